"""The journal: a file outside every backup that says what a restored database must not forget.

Append-only JSON lines, each chained to the one before it by SHA-256 over canonical JSON (RFC 8785). A line holds one
entry of the audit log and what its act left behind. By the last line's entry a database is known to be older than the
journal. A line that a crash cut has no end; it is removed before the next is written, and is made again from the log.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

import rfc8785

from storage.durable import sync
from storage.errors import NoRoom, Tampered, Unavailable
from storage.records import Anchor

FORMAT: Final = "vaiti-journal/1"
NAME: Final = "journal.jsonl"
_BEGINNING: Final = "0" * 64
_LONGEST: Final = 1 << 24
# Bytes of one line: a hold names a thousand recordings, a receipt takes a kilobyte.
_NAMES: Final = frozenset({"format", "line", "kind", "audit", "body", "previous", "hash"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What happened, as the journal keeps it: opaque ids, hashes, slugs and positions only.

    `kind` says what `body` holds: `purging`, `purged`, `refused`, `hold`, `profile`, `masks`, `period`, `api-key`,
    `amended`, `objection`, `person`, or `note` for an entry that says all itself; later versions add theirs. `entry` is
    the whole row of the audit log.
    """

    kind: str
    entry: Mapping[str, Any]
    body: Mapping[str, Any]

    @property
    def anchor(self) -> Anchor:
        """Which entry of the audit log it is."""
        return Anchor(number=int(self.entry["number"]), hash=str(self.entry["hash"]))


class Journal:
    """The file in a folder of the operator's choice. Safe to use from several threads and processes."""

    def __init__(self, folder: Path) -> None:
        """`folder` is made when the first line is written."""
        self._folder = folder
        self.path = folder / NAME

    def append(self, make: Callable[[Anchor | None], Iterable[Act]]) -> int:
        """Write what `make` returns for the last line's anchor (None: there is none) and say how many acts it was.

        Durable when it returns; one writer at a time. Raises Unavailable, NoRoom, Tampered, and what `make` raises.
        """
        with _answering(), self._locked() as file:
            _cut_torn_line(file)
            last = _last_line(file)
            number, previous = (last["line"], last["hash"]) if last else (0, _BEGINNING)
            written = 0
            file.seek(0, os.SEEK_END)
            for act in make(_anchor_of(last) if last else None):
                number, written = number + 1, written + 1
                line = _line(act, number=number, previous=previous)
                previous = line["hash"]
                file.write(rfc8785.dumps(line) + b"\n")
            file.flush()
            os.fsync(file.fileno())
            return written

    def last(self) -> Anchor | None:
        """Return the anchor of the last whole line. Raises Unavailable, Tampered."""
        with _answering():
            if not self.path.exists():
                return None
            with self.path.open("rb") as file:
                last = _last_line(file)
                return _anchor_of(last) if last else None

    def acts(self) -> Iterator[Act]:
        """Every act, oldest first; a line that a crash cut is left out. Raises Unavailable, Tampered."""
        previous = _BEGINNING
        with _answering():
            if not self.path.exists():
                return
            with self.path.open("rb") as file:
                for number, raw in enumerate(file, start=1):
                    if not raw.endswith(b"\n"):
                        return
                    line = _read(raw)
                    if line["line"] != number or line["previous"] != previous:
                        raise Tampered(f"line {number} of the journal is not what was written")
                    previous = line["hash"]
                    yield Act(kind=line["kind"], entry=line["audit"], body=line["body"])

    def drop(self, is_old: Callable[[Act], bool]) -> int:
        """Begin the journal anew with its first line that is not old, or its last; returns how many were dropped.

        The lines after it are chained again. Raises Unavailable, NoRoom, Tampered.
        """
        first = next(self.acts(), None)
        if first is None or not is_old(first):
            return 0  # most days nothing is
        with _answering(), self._locked() as file:
            _cut_torn_line(file)
            last, dropped, number, previous = _last_line(file), 0, 0, _BEGINNING
            new = self.path.with_suffix(".new")
            with os.fdopen(os.open(new, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as out:
                for act in self.acts():
                    if not number and is_old(act) and last is not None and act.anchor != _anchor_of(last):
                        dropped += 1
                        continue
                    number += 1
                    line = _line(act, number=number, previous=previous)
                    previous = line["hash"]
                    out.write(rfc8785.dumps(line) + b"\n")
                out.flush()
                os.fsync(out.fileno())
            new.replace(self.path)
            sync(self._folder)
        return dropped

    def check_writable(self) -> None:
        """Raise Unavailable or NoRoom where no line could be written."""
        with _answering(), self._locked():
            pass

    @contextmanager
    def _locked(self) -> Iterator[BinaryIO]:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        while True:
            is_new = not self.path.exists()
            with os.fdopen(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600), "r+b") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                if not self._is_current(file):  # it was begun anew while this one waited
                    continue
                if is_new:
                    sync(self._folder)
                yield file
                return

    def _is_current(self, file: BinaryIO) -> bool:
        try:
            return os.path.samestat(os.fstat(file.fileno()), self.path.stat())
        except FileNotFoundError:
            return False


def _line(act: Act, *, number: int, previous: str) -> dict[str, Any]:
    line = {
        "format": FORMAT,
        "line": number,
        "kind": act.kind,
        "audit": dict(act.entry),
        "body": dict(act.body),
        "previous": previous,
    }
    return {**line, "hash": _hash(line)}


def _hash(line: Mapping[str, Any]) -> str:
    return hashlib.sha256(rfc8785.dumps({name: line[name] for name in line if name != "hash"})).hexdigest()


def _read(raw: bytes) -> dict[str, Any]:
    """Read one line. Raises Tampered."""
    try:
        line = json.loads(raw)
        whole = isinstance(line, dict) and line.keys() == _NAMES and line["format"] == FORMAT
        if whole and line["hash"] == _hash(line):
            return dict(line)
    except (ValueError, rfc8785.CanonicalizationError):
        pass
    raise Tampered("the journal holds a line that is not what was written")


def _anchor_of(line: Mapping[str, Any]) -> Anchor:
    return Anchor(number=int(line["audit"]["number"]), hash=str(line["audit"]["hash"]))


def _last_line(file: BinaryIO) -> dict[str, Any] | None:
    """Return the last line that has its end."""
    size, length = file.seek(0, os.SEEK_END), 1 << 12
    while True:
        file.seek(max(0, size - length))
        whole = file.read().rpartition(b"\n")[0]
        if b"\n" in whole or length >= size:
            break
        if length > _LONGEST:
            raise Tampered("the journal holds a line that is not what was written")
        length *= 4
    raw = whole.rpartition(b"\n")[2]
    return _read(raw) if raw else None


def _cut_torn_line(file: BinaryIO) -> None:
    """Remove what follows the last end of a line: it was never whole, and nobody was told that it was kept."""
    end = file.seek(0, os.SEEK_END)
    keep = end
    while keep:
        file.seek(keep - 1)
        if file.read(1) == b"\n":
            break
        keep -= 1
    if keep < end:
        file.truncate(keep)


@contextmanager
def _answering() -> Iterator[None]:
    """Turn a fault of the file system into Unavailable; its text holds a path and is dropped."""
    try:
        yield
    except OSError as fault:
        if fault.errno == errno.ENOSPC:
            raise NoRoom("there is no room for the journal (VAITI_JOURNAL)") from None
        name = errno.errorcode.get(fault.errno or 0, "unknown")
        raise Unavailable(f"the journal (VAITI_JOURNAL) does not answer ({name})") from None
