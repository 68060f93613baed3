"""What handlers are given: the service and who is calling."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, cast

from fastapi import Depends, Path, Request

from recordings.errors import NotAllowed, NotSignedIn
from recordings.factory import Vaiti
from recordings.identity import FACTS, METRICS, PUSH, READ, Caller


def get_vaiti(request: Request) -> Vaiti:
    """Return the service of this application."""
    return cast("Vaiti", request.app.state.vaiti)


def find_caller(request: Request) -> Caller:
    """Return who is calling; the guard has put it there. Raises NotSignedIn."""
    caller = getattr(request.state, "caller", None)
    if not isinstance(caller, Caller):
        raise NotSignedIn
    return caller


def get_caller(request: Request) -> Caller:
    """Return the person who is calling: a route that asks for no more is closed to API keys. Raises NotAllowed."""
    caller = find_caller(request)
    if caller.key is not None:
        raise NotAllowed
    return caller


def needs(scope: str) -> Callable[[Request], Caller]:
    """Return what finds a caller who may do this, a person or an API key."""

    def get_allowed(request: Request) -> Caller:
        caller = find_caller(request)
        caller.require(scope)
        return caller

    return get_allowed


Service = Annotated[Vaiti, Depends(get_vaiti)]
Who = Annotated[Caller, Depends(get_caller)]
MayPush = Annotated[Caller, Depends(needs(PUSH))]
MayRead = Annotated[Caller, Depends(needs(READ))]
MayAddFacts = Annotated[Caller, Depends(needs(FACTS))]
MayMeasure = Annotated[Caller, Depends(needs(METRICS))]
OpaqueId = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]
