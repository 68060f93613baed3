"""What the journal keeps, read from the audit log: every act has its entry there, in the act's own transaction.

The log has no gaps and its numbers are given out in the order of commits, so whoever has seen everything up to a number
has missed nothing. What an entry does not say is read beside it: a tombstone's hash, a receipt, a hold as it now is,
whose profile was set, where a person masked, a period and its change, when an amended call began and ends, when an
API key's secrets end, what an account and its roles are, who is in a call, which calls a case has, and how far it has
come.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import select

from storage.holds import Hold
from storage.journal import Act
from storage.periods import PeriodChange, Term
from storage.receipts import written
from storage.records import Decision, DecisionAction, Scope, Tombstone
from storage.sql import acts_of_persons
from storage.sql import people_then as people
from storage.sql.api_key_rows import ApiKeyRow, ApiKeySecretRow
from storage.sql.audit import plain
from storage.sql.session import Database, ScopedSession
from storage.sql.tables import (
    AuditRow,
    DecisionRow,
    HoldRecordingRow,
    HoldRow,
    PeriodChangeRow,
    PeriodRow,
    ReceiptRow,
    RecordingRow,
    ReferenceProfileRow,
    TombstoneRow,
)

(
    _BEGUN,
    _ENDED,
    _REFUSED,
    _PROFILE,
    _DECIDED,
    _HOLDS,
    _PERIOD,
    _API_KEY,
    _AMENDED,
    _PEOPLE,
    _GIVEN,
    _OBJECTION,
    _PERSON,
    _LINK,
    _CASE,
) = (
    "recording.purging",
    "recording.purged",
    "recording.refused",
    "customer.profile-set",
    "review.decided",
    ("hold.", "restriction."),
    "period.",
    "api-key.",
    ("recording.facts-added", "recording.part-moved", "recording.rectified"),
    ("account.", "role."),
    "given-call.",
    "objection.",
    "person.",
    "person.link-corrected",
    "case.",
)
_PROFILED: Final = ("id", "controller", "type", "tag", "profile")
_BATCH: Final = 500
# Entries that are looked up together.


class SqlActs:
    """Reads the acts of the catalog's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def since(self, number: int) -> Iterator[Act]:
        """Every act whose entry has a higher number, in their order. Holds and profiles are told as they are now."""
        statement = select(AuditRow).order_by(AuditRow.number).limit(_BATCH)
        while True:
            with self._database.reading(Scope.system()) as session:
                entries = session.scalars(statement.where(AuditRow.number > number)).all()
                beside = _Beside.read(session, entries)
            yield from (beside.tell(entry) for entry in entries)
            if len(entries) < _BATCH:
                return
            number = entries[-1].number


@dataclass(frozen=True, slots=True)
class _Beside:
    """What a batch of entries left in other tables."""

    tombstones: Mapping[str | None, Mapping[str, Any]]
    receipts: Mapping[str | None, Mapping[str, Any]]
    refusals: Sequence[Mapping[str, Any]]
    holds: Mapping[object, Mapping[str, Any]]
    profiles: Mapping[object, Mapping[str, Any]]
    masks: Mapping[int, Sequence[Mapping[str, Any]]]
    periods: Mapping[int, Mapping[str, Any]]
    api_keys: Mapping[object, Mapping[str, Any]]
    times: Mapping[str | None, Mapping[str, Any]]
    accounts: Mapping[object, Mapping[str, Any]]
    given: Mapping[object, Mapping[str, Any]]
    objections: Mapping[object, Mapping[str, Any]]
    persons: Mapping[object, Mapping[str, Any]]
    links: Mapping[object, Mapping[str, Any]]
    cases: Mapping[object, Mapping[str, Any]]

    @classmethod
    def read(cls, session: ScopedSession, entries: Sequence[AuditRow]) -> _Beside:
        ended = {entry.recording for entry in entries if entry.action == _ENDED}
        refused = {entry.controller for entry in entries if entry.action == _REFUSED}
        held = {str(entry.detail.get("hold")) for entry in entries if entry.action.startswith(_HOLDS)}
        tombstones = select(TombstoneRow).where(TombstoneRow.id.in_(ended))
        receipts = select(ReceiptRow).where(ReceiptRow.recording.in_(ended))
        refusals = select(ReceiptRow).where(ReceiptRow.recording.is_(None), ReceiptRow.controller.in_(refused))
        holds = session.scalars(select(HoldRow).where(HoldRow.id.in_(held))).all() if held else ()
        return cls(
            {row.id: _plain(row, Tombstone) for row in session.scalars(tombstones)} if ended else {},
            {row.recording: row.body for row in session.scalars(receipts)} if ended else {},
            [row.body for row in session.scalars(refusals)] if refused else [],
            {row.id: {**_plain(row, Hold), "recordings": _kept(session, row.id)} for row in holds},
            _profiles(session, {str(entry.detail.get("person")) for entry in entries if entry.action == _PROFILE}),
            _masks(session, {entry.recording: entry.number for entry in entries if entry.action == _DECIDED}),
            _periods(session, [entry for entry in entries if entry.action.startswith(_PERIOD)]),
            _api_keys(session, {str(entry.detail["key"]) for entry in entries if entry.action.startswith(_API_KEY)}),
            _times(session, {entry.recording for entry in entries if entry.action in _AMENDED}),
            people.accounts_then(
                session, {str(entry.detail["account"]) for entry in entries if entry.action.startswith(_PEOPLE)}
            ),
            people.given_then(
                session, {(entry.controller, entry.case) for entry in entries if entry.action.startswith(_GIVEN)}
            ),
            acts_of_persons.objections(session, _named(entries, _OBJECTION, "objection")),
            acts_of_persons.decisions(session, _named(entries, _PERSON, "decision")),
            acts_of_persons.links(session, {entry.recording for entry in entries if entry.action == _LINK}),
            acts_of_persons.cases(session, _named(entries, _CASE, "case")),
        )

    def tell(self, entry: AuditRow) -> Act:
        """Put an entry and what it left together."""
        kind, body = "note", dict[str, Any]()
        if entry.action == _BEGUN:
            kind, body = "purging", {"reason": entry.detail["reason"]}
        elif entry.action == _ENDED and entry.recording in self.tombstones:
            kind, body = "purged", {**self.tombstones[entry.recording], "receipt": self.receipts[entry.recording]}
        elif entry.action == _REFUSED:  # its receipt says when to the second; twice the same is told once
            told = (entry.controller, written(entry.at))
            mine = [r for r in self.refusals if (r["controller"], r["refused_at"]) == told]
            kind, body = "refused", {"receipts": mine}
        elif entry.detail.get("hold") in self.holds and entry.action.startswith(_HOLDS):
            kind, body = "hold", dict(self.holds[entry.detail["hold"]])
        elif entry.action == _PROFILE and "person" in entry.detail:
            kind, body = "profile", dict(self.profiles.get(entry.detail["person"], {"id": entry.detail["person"]}))
        elif entry.number in self.masks:
            kind, body = "masks", {"masks": [*self.masks[entry.number]]}
        elif entry.number in self.periods:
            kind, body = "period", dict(self.periods[entry.number])
        elif entry.action.startswith((_API_KEY, *_PEOPLE, _GIVEN)):
            kind, body = self._tell_access(entry)
        elif entry.action in _AMENDED and entry.recording in self.times:
            kind, body = "amended", dict(self.times[entry.recording])
        else:
            kind, body = self._of_persons(entry)
        return Act(kind=kind, entry=plain(entry), body=body)

    def _tell_access(self, entry: AuditRow) -> tuple[str, dict[str, Any]]:
        """Tell of a key, an account or a case's calls, as they are now."""
        if entry.action.startswith(_GIVEN):
            return "given-calls", dict(self.given[entry.controller, entry.case])
        if entry.action.startswith(_API_KEY):
            kind, found = "api-key", self.api_keys.get(entry.detail["key"])
        else:
            kind, found = "account", self.accounts.get(entry.detail["account"])
        return ("note", {}) if found is None else (kind, dict(found))

    def _of_persons(self, entry: AuditRow) -> tuple[str, dict[str, Any]]:
        """Tell what was recorded of persons; one that is gone by now is told by its id alone."""
        if entry.action.startswith(_OBJECTION) and "objection" in entry.detail:
            known = entry.detail["objection"]
            return "objection", dict(self.objections.get(known, {"id": known}))
        if entry.action.startswith(_PERSON) and "decision" in entry.detail:
            known = entry.detail["decision"]
            return "person", dict(self.persons.get(known, {"id": known}))
        if entry.action == _LINK and entry.recording in self.links:
            return "links", {"recording": entry.recording, **self.links[entry.recording]}
        if entry.action.startswith(_CASE) and "case" in entry.detail:
            known = entry.detail["case"]
            return "case", dict(self.cases.get(known, {"id": known}))
        return "note", {}


def _named(entries: Sequence[AuditRow], action: str, what: str) -> set[str]:
    return {str(each.detail[what]) for each in entries if each.action.startswith(action) and what in each.detail}


def _kept(session: ScopedSession, hold: str) -> list[str]:
    return sorted(session.scalars(select(HoldRecordingRow.recording).where(HoldRecordingRow.hold == hold)))


def _profiles(session: ScopedSession, ids: Collection[str]) -> dict[object, Mapping[str, Any]]:
    rows = session.scalars(select(ReferenceProfileRow).where(ReferenceProfileRow.id.in_(ids))).all() if ids else ()
    return {row.id: {name: getattr(row, name) for name in _PROFILED} for row in rows}


def _masks(session: ScopedSession, last: Mapping[str | None, int]) -> dict[int, list[Mapping[str, Any]]]:
    """Return all that people masked by hand in these recordings, told with the last entry about each."""
    mine = select(DecisionRow).where(DecisionRow.recording.in_(last), DecisionRow.action == DecisionAction.MASK)
    told: dict[int, list[Mapping[str, Any]]] = {}
    for row in session.scalars(mine.order_by(DecisionRow.number)) if last else ():
        told.setdefault(last[row.recording], []).append(_plain(row, Decision))
    return told


def _periods(session: ScopedSession, entries: Sequence[AuditRow]) -> dict[int, Mapping[str, Any]]:
    """Return the term of each entry's register and kind, and its change, as they are now."""
    if not entries:
        return {}
    theirs = select(PeriodRow).where(PeriodRow.controller.in_({entry.controller for entry in entries}))
    terms = {(row.controller, row.kind.value): _plain(row, Term) for row in session.scalars(theirs)}
    ids = {str(entry.detail.get("change")) for entry in entries}
    found = session.scalars(select(PeriodChangeRow).where(PeriodChangeRow.id.in_(ids)))
    changes = {row.id: _plain(row, PeriodChange) for row in found}
    return {
        entry.number: {
            "kind": entry.detail["kind"],
            "term": terms.get((entry.controller or "", entry.detail["kind"])),
            "change": changes.get(str(entry.detail.get("change"))),
        }
        for entry in entries
    }


def _api_keys(session: ScopedSession, ids: Collection[str]) -> dict[object, Mapping[str, Any]]:
    """Return when keys and their secrets end, as it is now; never a secret's hash."""
    if not ids:
        return {}
    secrets = session.scalars(select(ApiKeySecretRow).where(ApiKeySecretRow.key.in_(ids))).all()
    return {
        row.id: {
            "id": row.id,
            "revoked_at": row.revoked_at.isoformat() if row.revoked_at else None,
            "revoked_by": row.revoked_by,
            "secrets": {
                str(each.number): each.valid_until.isoformat() if each.valid_until else None
                for each in secrets
                if each.key == row.id
            },
        }
        for row in session.scalars(select(ApiKeyRow).where(ApiKeyRow.id.in_(ids)))
    }


def _times(session: ScopedSession, ids: Collection[str | None]) -> dict[str | None, Mapping[str, Any]]:
    """Return when each of these calls began and ends, as they are now; what else was sent lies with its objects."""
    theirs = select(RecordingRow).where(RecordingRow.id.in_(ids))
    return {
        row.id: {
            "began_at": (row.call_started_at or row.started_at).isoformat(),
            "delete_at": row.delete_at.isoformat(),
        }
        for row in (session.scalars(theirs) if ids else ())
    }


def _plain(row: object, form: type[Hold | Tombstone | Decision | Term | PeriodChange]) -> dict[str, Any]:
    """Return a row as plain JSON."""
    values = {field.name: getattr(row, field.name) for field in fields(form)}
    return {name: value.isoformat() if isinstance(value, date | datetime) else value for name, value in values.items()}
