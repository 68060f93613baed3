"""One call as two mono files: both are kept in one sealed object, byte for byte, one behind the other.

Telephony often writes a file for each party. As one object they share a key, a row, a `delete_at` and a receipt, and
no step, sweep, purge or restore can find one without the other. What lies in the vault is

    VAITI-LEGS/1 <newline> | the agent's file | the customer's file | a table (JSON) | the table's length (4 bytes)

The table is at the end because a push is sealed while it streams in, when no length is known yet. No file that is taken
as sound begins with the first line, and ingest refuses a single file that does.
"""

from __future__ import annotations

import io
import json
import os
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from recordings.errors import BadAudio
from storage.seekable import SeekableReader

ROLES = ("agent", "customer")
# In this order: they are the channels of the one recording.
_MARK = b"VAITI-LEGS/1\n"
_LENGTH = struct.Struct(">I")
_AT_ONCE = 1 << 18


@dataclass(frozen=True, slots=True)
class Leg:
    """One party's own file, as it was pushed, and the second of the call at which it starts."""

    role: str
    start: float
    source: BinaryIO
    size: int


def join_legs(legs: Iterable[tuple[str, float, Iterable[bytes]]]) -> Iterator[bytes]:
    """Yield one object of several files, each (role, start in seconds, its bytes). Raises BadAudio for an empty one."""
    table = []
    yield _MARK
    for role, start, chunks in legs:
        size = 0
        for chunk in chunks:
            size += len(chunk)
            yield chunk
        if not size:
            raise BadAudio("audio-empty", "One of the two files is empty. Send both parties' recordings.")
        table.append({"role": role, "start": start, "bytes": size})
    written = json.dumps(table).encode()
    yield written + _LENGTH.pack(len(written))


def is_in_legs(source: BinaryIO) -> bool:
    """Tell whether a seekable object holds several files; it is left at its start."""
    source.seek(0)
    begins = source.read(len(_MARK)) == _MARK
    source.seek(0)
    return begins


def open_legs(source: BinaryIO) -> Sequence[Leg]:
    """Return the files inside, each to be read for itself; they share `source`, so not in several threads at once."""
    end = source.seek(-_LENGTH.size, os.SEEK_END)
    (length,) = _LENGTH.unpack(source.read(_LENGTH.size))
    source.seek(end - length)
    legs, at = [], len(_MARK)
    for each in json.loads(source.read(length)):
        part = io.BufferedReader(_Stretch(source, at, each["bytes"]), _AT_ONCE)
        legs.append(Leg(each["role"], each["start"], part, each["bytes"]))
        at += each["bytes"]
    return legs


class _Stretch(SeekableReader):
    """A stretch of another reader, as a file of its own. Closing it leaves the other open."""

    def __init__(self, source: BinaryIO, first: int, size: int) -> None:
        self._source, self._first = source, first
        super().__init__(size)

    def _at(self, position: int) -> tuple[int, bytes]:
        self._source.seek(self._first + position)
        return position, self._source.read(min(_AT_ONCE, self._size - position))
