"""Keeps the journal in step with the database, and knows a restored database by it.

Acts are written into it after their transaction, from the audit log that is part of that transaction: what a crash
leaves out is found there at the next start, or a minute later by the clock. A journal that cannot be written stops no
purge and no hold; it is behind then, and `vaiti doctor` says so (docs/adr/0024).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

from pydantic import TypeAdapter

from recordings.errors import RestoreNeeded, RestoreRefused
from storage.errors import StorageError, Unavailable
from storage.holds import Hold
from storage.journal import Act, Journal
from storage.ports import AuditLog
from storage.records import Anchor, RecordingId, Tombstone
from storage.sqlite_file import answering

MARK: Final = "restored.json"
# In the data folder: the database there was put back and has not been told yet what it must not forget.
_BEFORE_ALL: Final = 0


def write_mark(folder: Path, *, half_copied: bool = False) -> None:
    """Say in a data folder, or in a backup of one, that the database there serves nobody before a replay."""
    document = {"format": "vaiti-restored/1", "half_copied": half_copied}
    with answering():
        new = folder / f"{MARK}.new"
        new.write_text(json.dumps(document) + "\n", encoding="ascii")
        new.replace(folder / MARK)
        os.sync()


def is_half_copied(data: Path) -> bool:
    """Tell whether a backup was being copied here and that did not end."""
    try:
        return bool(json.loads((data / MARK).read_text(encoding="ascii"))["half_copied"])
    except FileNotFoundError:
        return False
    except (ValueError, KeyError, TypeError):
        return True


class Acts(Protocol):
    """Where the journal's lines come from."""

    def since(self, number: int) -> Iterable[Act]:
        """Every act whose entry has a higher number, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepJournal:
    """Writes it, and compares."""

    journal: Journal
    acts: Acts
    audit: AuditLog
    data: Path

    def catch_up(self) -> int:
        """Write every act that is not in it yet; returns how many. Raises RestoreNeeded, Unavailable, Tampered."""
        last = self.journal.last()
        if last is not None and self.audit.head() == (last.number, last.hash):
            return 0  # most minutes nothing happened, and nobody has to wait for a disk
        return self.journal.append(self._missing)

    def note(self) -> None:
        """Catch up if that can be done now: what cannot be written is written a minute later."""
        with suppress(Unavailable):
            self.catch_up()

    def open(self) -> None:
        """Refuse a database that was restored, and catch up. Raises RestoreNeeded, Unavailable, Tampered."""
        if (self.data / MARK).exists():
            raise RestoreNeeded
        self._last_known()  # a journal that cannot be read cannot tell: nothing is served
        self.note()  # one that cannot be written is behind, and the doctor says so

    def find_fault(self) -> str | None:
        """Catch up, and say what is wrong with the journal, None when nothing is."""
        try:
            self.catch_up()
            self.journal.check_writable()
        except (StorageError, RestoreNeeded) as fault:
            number, _ = self.audit.head()
            return f"{fault} The journal lacks {number - self._written()} acts of the audit log."
        return None

    def _written(self) -> int:
        """Return how much of the audit log is written, as far as that can be read."""
        with suppress(StorageError):
            last = self.journal.last()
            return last.number if last else _BEFORE_ALL
        return _BEFORE_ALL

    def _missing(self, last: Anchor | None) -> Iterable[Act]:
        if last is not None and not self._knows(last):
            raise RestoreNeeded
        return self.acts.since(last.number if last else _BEFORE_ALL)

    def _last_known(self) -> Anchor | None:
        """Return the last line's anchor. Raises RestoreNeeded when the database does not have it."""
        last = self.journal.last()
        if last is not None and not self._knows(last):
            raise RestoreNeeded
        return last

    def _knows(self, anchor: Anchor) -> bool:
        """Tell whether the database has this very entry: if not, it is older, or another one."""
        return self.audit.hash_of(anchor.number) == anchor.hash


@dataclass(frozen=True, slots=True)
class HeldThen:
    """A hold as the journal had it last, and what it kept."""

    hold: Hold
    recordings: tuple[RecordingId, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What a whole journal says at its end."""

    buried: dict[RecordingId, Tombstone]
    begun: dict[RecordingId, str]  # purges that had begun and not ended, and their reasons
    holds: dict[str, HeldThen]
    receipts: list[Mapping[str, Any]]


_HOLD: Final = TypeAdapter(Hold)
_TOMBSTONE: Final = TypeAdapter(Tombstone)


def read_told(acts: Iterable[Act]) -> Told:
    """Read a journal to its end. Raises RestoreRefused for a kind of act that this version does not know."""
    told = Told({}, {}, {}, [])
    for act in acts:
        body = dict(act.body)
        if act.kind == "purged":
            told.receipts.append(body.pop("receipt"))
            tombstone = _TOMBSTONE.validate_python(body)
            told.buried[tombstone.id] = tombstone
            told.begun.pop(tombstone.id, None)
        elif act.kind == "refused":
            told.receipts.extend(body["receipts"])
        elif act.kind == "purging":
            told.begun[RecordingId(act.entry["recording"])] = str(body["reason"])
        elif act.kind == "hold":
            kept = tuple(RecordingId(each) for each in body.pop("recordings"))
            hold = _HOLD.validate_python(body)
            told.holds[hold.id] = HeldThen(hold, kept)
        elif act.kind != "note":
            raise RestoreRefused("The journal holds acts of a newer version of Vaiti: restore with that version.")
    return told
