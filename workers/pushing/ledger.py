"""What became of each file: JSON lines, the last line of a file counts. It is the memory of a restart and the result.

No path and no value is in it: names hold phone numbers, and the ledger may outlive the file. A file is known by a keyed
hash, whose key is the ledger's own first line; who has both can only ask whether a name that he guesses was here.
Each line is on the disk before the next file is touched, so a sender's copy is never deleted before its line stands.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from threading import Lock
from typing import IO, Any, Self

from recordings.errors import VaitiError
from workers.files import CannotWrite, write_lines

FORMAT = "vaiti-push/1"
_FORGOTTEN = 10_000
# Lines of files that are gone, after which the ledger is written anew.


class LedgerInUse(VaitiError):
    """Another `vaiti push` works on this; its state file is in use."""

    slug = "push-in-use"


class LedgerUnreadable(VaitiError):
    """This is not the state of a `vaiti push`. Name another file with --state."""

    slug = "push-state"


class Outcome(StrEnum):
    """What the service said of a file, or why it was not asked."""

    STORED = "stored"  # 201: durably stored now
    KNOWN = "known"  # 200: the same was stored before
    REFUSED = "refused"  # tried again only when the file or its facts change
    FAILED = "failed"  # tried again


class Copy(StrEnum):
    """Where the sender's copy is."""

    KEPT = "kept"
    DELETED = "deleted"
    DELETE_FAILED = "delete-failed"
    CHANGED = "changed"  # the bytes are not those that were stored: never deleted
    AWAITED = "awaited"  # stored; it goes when the recording is published


class DeleteAfter(StrEnum):
    """When the sender's copy of a call may go."""

    STORED = "stored"  # the service has answered
    PUBLISHED = "published"  # its sound was read, masked and verified: no better copy will be needed


ACKNOWLEDGED = frozenset({Outcome.STORED, Outcome.KNOWN})
FINAL = ACKNOWLEDGED | {Outcome.REFUSED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What is known of one file. `version` changes with its bytes, time or facts; `digest` is of the bytes sent."""

    file: str
    version: str
    outcome: Outcome
    row: int | None = None
    slug: str | None = None
    recording: str | None = None
    receipt: str | None = None
    digest: str | None = None
    beside: str | None = None  # digest of the sidecar
    copy: Copy = Copy.KEPT

    @classmethod
    def from_line(cls, line: Mapping[str, Any]) -> Entry:
        """Read a line. Raises TypeError, ValueError, KeyError."""
        return cls(**{**line, "outcome": Outcome(line["outcome"]), "copy": Copy(line["copy"])})


class Ledger:
    """The entries of one folder or manifest; open_ledger and read_ledger make it. Safe for several threads."""

    def __init__(self, path: Path, key: bytes, entries: dict[str, Entry]) -> None:
        """`entries` are those of the file, by their hash."""
        self._path, self._key, self._entries = path, key, entries
        self._file: IO[bytes] | None = None
        self._forgotten = 0
        self._lock = Lock()

    def tag(self, *texts: str) -> str:
        """Return the keyed hash by which a file is known."""
        hasher = self.hasher()
        hasher.update(json.dumps(texts).encode())
        return str(hasher.hexdigest())

    def hasher(self) -> Any:
        """Return a new keyed hash, as hashlib's are."""
        return hashlib.blake2b(key=self._key, digest_size=16)

    def get(self, file: str) -> Entry | None:
        """Return what is known of a file."""
        return self._entries.get(file)

    def __iter__(self) -> Iterator[Entry]:
        """Yield every entry."""
        yield from [*self._entries.values()]

    def add(self, entry: Entry) -> None:
        """Note what became of a file; it is on the disk when this returns. Raises CannotWrite."""
        with self._lock:
            self._entries[entry.file] = entry
            if self._file is None:
                return
            try:
                self._file.write(json.dumps(asdict(entry)).encode() + b"\n")
                self._file.flush()
                os.fsync(self._file.fileno())
            except OSError as fault:
                raise CannotWrite(f"{self._path} cannot be written: {fault.strerror}.") from None

    def keep(self, files: Iterable[str]) -> None:
        """Forget every file but these, so that the ledger ends with what it is about."""
        kept = set(files)
        with self._lock:
            gone = self._entries.keys() - kept
            for file in gone:
                del self._entries[file]
            self._forgotten += len(gone)
            if self._forgotten > _FORGOTTEN:
                self._begin()

    def _begin(self) -> None:
        """Write the ledger anew, in the order of a manifest's rows, and go on at its end."""
        self.close()
        head = {"format": FORMAT, "key": self._key.hex()}
        entries = sorted(self._entries.values(), key=lambda each: each.row or 0)
        write_lines([head, *map(asdict, entries)], self._path)
        self._file = self._path.open("ab")
        self._forgotten = 0
        _claim(self._file, self._path)

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    @classmethod
    def of(cls, path: Path, content: bytes) -> Self:
        """Read a ledger; a last line that a kill cut short is not there. Raises LedgerUnreadable."""
        lines = content.split(b"\n")[:-1]
        try:
            head = json.loads(lines[0]) if lines else {"format": FORMAT, "key": secrets.token_hex(32)}
            if head["format"] != FORMAT:
                raise LedgerUnreadable
            entries = [Entry.from_line(json.loads(line)) for line in lines[1:]]
            return cls(path, bytes.fromhex(head["key"]), {each.file: each for each in entries})
        except (ValueError, TypeError, KeyError):
            raise LedgerUnreadable from None


@contextmanager
def open_ledger(path: Path) -> Iterator[Ledger]:
    """Open a ledger to work on, alone; a new one where there is none.

    Raises LedgerInUse, LedgerUnreadable, CannotWrite.
    """
    try:
        with open(path, "a+b", opener=_open_own) as file:
            _claim(file, path)
            file.seek(0)
            ledger = Ledger.of(path, file.read())
            ledger._begin()  # noqa: SLF001 - the claim on the old file ends when the new one's stands
    except OSError as fault:
        raise CannotWrite(f"{path} cannot be written: {fault.strerror}. Name a file with --state.") from None
    try:
        yield ledger
    finally:
        with suppress(VaitiError):  # what is lost is order, not a line
            ledger._begin()  # noqa: SLF001 - as above
        ledger.close()


def _open_own(path: str, how: int) -> int:
    """Open for the owner alone; a link that somebody put there leads to a file that is not ours."""
    return os.open(path, how | os.O_NOFOLLOW, 0o600)


def read_ledger(path: Path) -> Ledger:
    """Read a ledger to look at; an empty one where there is none. Raises LedgerUnreadable."""
    try:
        return Ledger.of(path, path.read_bytes())
    except FileNotFoundError:
        return Ledger.of(path, b"")
    except OSError:
        raise LedgerUnreadable from None


def _claim(file: IO[bytes], path: Path) -> None:
    """Lock the file, and see that it still has its name. Raises LedgerInUse."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if path.stat().st_ino == os.fstat(file.fileno()).st_ino:
            return
    except OSError:
        pass
    file.close()
    raise LedgerInUse
