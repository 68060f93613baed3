"""Keeps the journal in step with the database, and knows a restored database by it.

Acts are written into it after their transaction, from the audit log that is part of that transaction: what a crash
leaves out is found there at the next start, or a minute later by the clock. A journal that cannot be written stops no
purge and no hold; it is behind then, and `vaiti doctor` says so (docs/adr/0024).
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final, Protocol

from pydantic import TypeAdapter

from recordings.errors import RestoreNeeded, RestoreRefused
from storage.api_keys import ApiKeyId, KeyEnds
from storage.cases import Case, CaseId
from storage.errors import StorageError, Unavailable
from storage.holds import Hold
from storage.journal import Act, Journal
from storage.objections import Objection, ObjectionId
from storage.people import AccountId, AccountThen
from storage.periods import ChangeId, PeriodChange, Term
from storage.persons import Bond, DecisionId, Evidence, LinksThen, PersonDecision
from storage.persons import Role as PersonRole
from storage.ports import AuditLog
from storage.records import Anchor, Kind, RecordingId, Reference, Tag, Tombstone
from storage.sqlite_file import answering

MARK: Final = "restored.json"
# In the data folder: the database there was put back and has not been told yet what it must not forget.
_BEFORE_ALL: Final = 0


def write_mark(folder: Path, **changes: object) -> None:
    """Say in a data folder, or in a backup of one, that what lies there serves nobody before a replay.

    `changes` go over what the mark says already: `half_copied` while a backup is being copied; `since`, the last entry
    of the audit log that the database had when its replay began; `keys_of`, when the keys were made that were put back.
    """
    with answering():
        document = {**_read_mark(folder), **changes}
        new = folder / f"{MARK}.new"
        new.write_text(json.dumps(document) + "\n", encoding="ascii")
        new.replace(folder / MARK)
        os.sync()


def is_half_copied(data: Path) -> bool:
    """Tell whether a backup was being copied here and that did not end."""
    return bool(_read_mark(data).get("half_copied"))


def keys_made_at(data: Path) -> datetime | None:
    """Return when the keys were made that were put back here, None where they are today's."""
    found = _read_mark(data).get("keys_of")
    return datetime.fromisoformat(str(found)) if found else None


def begin_replay(data: Path, head: int) -> int:
    """Return after which entry of the audit log the database knows nothing; `head` is the last that it has.

    The mark keeps it: a replay that was killed has written the log on already, and its acts are replayed again.
    """
    known = _read_mark(data).get("since")
    since = head if known is None else min(head, int(known))
    write_mark(data, since=since)
    return since


def _read_mark(folder: Path) -> dict[str, Any]:
    """Return what the mark says. One that cannot be read says that nothing is known of what lies there."""
    try:
        found = json.loads((folder / MARK).read_text(encoding="ascii"))
    except FileNotFoundError:
        return {"format": "vaiti-restored/1"}
    except ValueError:
        found = None
    return dict(found) if isinstance(found, dict) else {"half_copied": True, "since": _BEFORE_ALL}


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

    def forget(self, before: datetime) -> None:
        """Drop the lines of acts from before then: no backup is so old."""
        with suppress(Unavailable):
            self.journal.drop(lambda act: datetime.fromisoformat(str(act.entry["at"])) < before)

    def open(self) -> None:
        """Refuse a database that was restored, and catch up. Raises RestoreNeeded, Unavailable, Tampered."""
        if (self.data / MARK).exists():
            raise RestoreNeeded
        self._check(self.journal.last())  # a journal that cannot be read cannot tell: nothing is served
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
        self._check(last)
        return self.acts.since(last.number if last else _BEFORE_ALL)

    def _check(self, last: Anchor | None) -> None:
        """Raise RestoreNeeded where the database lacks the last line's very entry: it is older, or another one."""
        if last is not None and self.audit.hash_of(last.number) != last.hash:
            raise RestoreNeeded


@dataclass(frozen=True, slots=True)
class HeldThen:
    """A hold as the journal had it last, and what it kept."""

    hold: Hold
    recordings: tuple[RecordingId, ...]


@dataclass(frozen=True, slots=True)
class AmendedThen:
    """When a call began and ends, as the journal had it last."""

    began_at: datetime
    delete_at: datetime


@dataclass(frozen=True, slots=True)
class ObjectedThen:
    """An objection as the journal had it last, and the references of who objected."""

    objection: Objection
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What a whole journal says at its end."""

    buried: dict[RecordingId, Tombstone]
    begun: dict[RecordingId, str]  # purges that had begun and not ended, and their reasons
    holds: dict[str, HeldThen]
    receipts: list[Mapping[str, Any]]
    terms: dict[tuple[str, Kind], Term]  # the periods in force
    changes: dict[ChangeId, PeriodChange]
    api_keys: dict[ApiKeyId, KeyEnds]
    amended: dict[RecordingId, AmendedThen]
    accounts: dict[AccountId, AccountThen]
    given: dict[tuple[str, str], frozenset[RecordingId]]  # the calls that cases have, by controller and case
    objections: dict[ObjectionId, ObjectedThen | None] = field(default_factory=dict)  # None: it was forgotten
    persons: dict[DecisionId, PersonDecision] = field(default_factory=dict)
    links: dict[RecordingId, LinksThen] = field(default_factory=dict)
    cases: dict[CaseId, Case | None] = field(default_factory=dict)  # None: it was forgotten


_TOLD_ELSEWHERE: Final = frozenset({"note", "profile", "masks"})
# What only hides is told from where the backup ends (`recordings.hidden`).
_HOLD: Final = TypeAdapter(Hold)
_TOMBSTONE: Final = TypeAdapter(Tombstone)
_TERM: Final = TypeAdapter(Term)
_CHANGE: Final = TypeAdapter(PeriodChange)
_KEY_ENDS: Final = TypeAdapter(KeyEnds)
_AMENDED: Final = TypeAdapter(AmendedThen)
_ACCOUNT: Final = TypeAdapter(AccountThen)
_OBJECTION: Final = TypeAdapter(Objection)
_CASE: Final = TypeAdapter(Case)


def read_told(acts: Iterable[Act]) -> Told:
    """Read a journal to its end. Raises RestoreRefused for a kind of act that this version does not know."""
    told = Told({}, {}, {}, [], {}, {}, {}, {}, {}, {})
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
        elif act.kind == "period":
            _read_period(told, act)
        elif act.kind in {"api-key", "account", "given-calls"}:
            _read_access(told, act)
        elif act.kind == "amended":
            told.amended[RecordingId(act.entry["recording"])] = _AMENDED.validate_python(body)
        elif act.kind in _READERS:
            _READERS[act.kind](told, body)
        elif act.kind not in _TOLD_ELSEWHERE:
            raise RestoreRefused("The journal holds acts of a newer version of Vaiti: restore with that version.")
    return told


def _read_period(told: Told, act: Act) -> None:
    if act.body["term"] is not None:
        told.terms[str(act.entry["controller"]), Kind(act.body["kind"])] = _TERM.validate_python(act.body["term"])
    if act.body["change"] is not None:
        change = _CHANGE.validate_python(act.body["change"])
        told.changes[change.id] = change


def _read_access(told: Told, act: Act) -> None:
    body = dict(act.body)
    if act.kind == "api-key":
        told.api_keys[ApiKeyId(body.pop("id"))] = _KEY_ENDS.validate_python(body)
    elif act.kind == "account":
        told.accounts[AccountId(body.pop("id"))] = _ACCOUNT.validate_python(body)
    else:
        told.given[str(act.entry["controller"]), str(act.entry["case"])] = frozenset(body["recordings"])


def _read_hold(told: Told, body: dict[str, Any]) -> None:
    kept = tuple(RecordingId(each) for each in body.pop("recordings"))
    hold = _HOLD.validate_python(body)
    told.holds[hold.id] = HeldThen(hold, kept)


def _read_objection(told: Told, body: dict[str, Any]) -> None:
    named = tuple(Reference(type=type_, tag=Tag(tag)) for type_, tag in body.pop("references", ()))
    told.objections[ObjectionId(body["id"])] = (
        ObjectedThen(_OBJECTION.validate_python(body), named) if len(body) > 1 else None
    )


def _read_person(told: Told, body: dict[str, Any]) -> None:
    known = DecisionId(body["id"])
    if len(body) == 1:  # it went with the last call of its reference
        told.persons.pop(known, None)
        return
    other = body["other_type"] and Reference(type=body["other_type"], tag=Tag(body["other_tag"]))
    told.persons[known] = PersonDecision(
        id=known,
        controller=body["controller"],
        bond=Bond(body["bond"]),
        reference=Reference(type=body["type"], tag=Tag(body["tag"])),
        other=other or None,
        evidence=Evidence(body["evidence"]),
        at=datetime.fromisoformat(body["at"]),
        by=body["by"],
        case=body["case"],
        undone_at=datetime.fromisoformat(body["undone_at"]) if body["undone_at"] else None,
        undone_by=body["undone_by"],
    )


def _read_links(told: Told, body: dict[str, Any]) -> None:
    of: dict[Reference, tuple[PersonRole, Evidence] | None]
    of = {Reference(type=type_, tag=Tag(tag)): None for type_, tag in body["parted"]}
    for type_, tag, role, evidence in body["links"]:
        of[Reference(type=type_, tag=Tag(tag))] = (PersonRole(role), Evidence(evidence))
    told.links[RecordingId(body["recording"])] = LinksThen(of)


def _read_case(told: Told, body: dict[str, Any]) -> None:
    told.cases[CaseId(body["id"])] = _CASE.validate_python(body) if len(body) > 1 else None


_READERS: Final[Mapping[str, Callable[[Told, dict[str, Any]], None]]] = {
    "hold": _read_hold,
    "objection": _read_objection,
    "person": _read_person,
    "links": _read_links,
    "case": _read_case,
}
