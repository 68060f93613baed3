"""One descriptor for each SQLite file that is open in this process, and never a second one that is closed.

POSIX drops every lock that a process has on a file when it closes any descriptor of it, SQLite's own too. Another
process would then take itself for the last one, and as it closes the file remove the log that this one writes to: what
was committed here afterwards, keys for instance, would be in no file.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Final

_OWNER_ONLY: Final = 0o600
_PIECE: Final = 1 << 20
_Place = tuple[int, int]
# The file itself, whatever its name: device and inode.


@dataclass(slots=True)
class _Held:
    descriptor: int
    users: int


_HELD: Final[dict[_Place, _Held]] = {}
_ONE_AT_A_TIME: Final = Lock()


def hold(path: Path, *, make: bool = True) -> _Place:
    """Open the file, or make it, 0600; it stays open until whoever holds it has let it go. Raises OSError."""
    with _ONE_AT_A_TIME:
        with suppress(FileNotFoundError):
            place = _place(path.stat())
            if place in _HELD:
                _HELD[place].users += 1
                return place
        descriptor = os.open(path, os.O_RDWR | (os.O_CREAT if make else 0), _OWNER_ONLY)
        place = _place(os.fstat(descriptor))
        _HELD[place] = _Held(descriptor, users=1)
        return place


def let_go(place: _Place) -> None:
    """Close the file where nobody else here holds it. Only after its connections were closed."""
    with _ONE_AT_A_TIME:
        held = _HELD[place]
        held.users -= 1
        if not held.users:
            os.close(held.descriptor)
            del _HELD[place]


def pieces(path: Path, *, overlap: int) -> Iterator[bytes]:
    """Read the file from its beginning to its end; each piece begins with the last bytes of the one before.

    Raises OSError, FileNotFoundError where there is none.
    """
    place, at = hold(path, make=False), 0
    try:
        while piece := os.pread(_HELD[place].descriptor, _PIECE + overlap, at):
            yield piece
            at += _PIECE
    finally:
        let_go(place)


def _place(found: os.stat_result) -> _Place:
    return found.st_dev, found.st_ino
