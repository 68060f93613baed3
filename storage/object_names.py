"""What an object may be called: small letters, digits, dashes and dots between slashes. No name leaves a store."""

from __future__ import annotations

import re
from typing import Final

_SEGMENT: Final = r"[0-9a-z][0-9a-z-]*(\.[0-9a-z-]+)*"
UNFINISHED: Final = ".tmp-"
# What is still being written in a folder begins so; no object can.
_NAME: Final = re.compile(rf"{_SEGMENT}(/{_SEGMENT})*")


def check_name(name: str) -> str:
    """Return the name. Raises ValueError, which does not repeat it."""
    if not _NAME.fullmatch(name):
        msg = "not an object name"
        raise ValueError(msg)
    return name


def check_prefix(prefix: str) -> str:
    """Return the prefix of what is to be destroyed. Raises ValueError for an empty one."""
    if not prefix:
        msg = "an empty prefix would destroy every recording"
        raise ValueError(msg)
    return prefix
