"""What handlers are given: the service and who is calling."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import Depends, Path, Request

from recordings.errors import NotSignedIn
from recordings.factory import Vaiti
from recordings.identity import Caller


def get_vaiti(request: Request) -> Vaiti:
    """Return the service of this application."""
    return cast("Vaiti", request.app.state.vaiti)


def get_caller(request: Request) -> Caller:
    """Return who is calling; the guard has put it there. Raises NotSignedIn."""
    caller = getattr(request.state, "caller", None)
    if not isinstance(caller, Caller):
        raise NotSignedIn
    return caller


Service = Annotated[Vaiti, Depends(get_vaiti)]
Who = Annotated[Caller, Depends(get_caller)]
OpaqueId = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]
