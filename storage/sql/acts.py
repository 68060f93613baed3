"""What the journal keeps, read from the audit log: every act has its entry there, in the act's own transaction.

The log has no gaps and its numbers are given out in the order of commits, so whoever has seen everything up to a number
has missed nothing. What an entry does not say (a tombstone's hash, a receipt, a hold as it now is) is read beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from typing import Any, Final

from sqlalchemy import select

from storage.holds import Hold
from storage.journal import Act
from storage.records import Scope, Tombstone
from storage.sql.audit import plain
from storage.sql.session import Database, ScopedSession
from storage.sql.tables import AuditRow, HoldRecordingRow, HoldRow, ReceiptRow, TombstoneRow

_BEGUN, _ENDED, _REFUSED, _HOLDS = (
    "recording.purging",
    "recording.purged",
    "recording.refused",
    ("hold.", "restriction."),
)
_BATCH: Final = 500
# Entries that are looked up together.


class SqlActs:
    """Reads the acts of the catalog's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def since(self, number: int) -> Iterator[Act]:
        """Every act whose entry has a higher number, in their order. A hold is told as it is now."""
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
        )

    def tell(self, entry: AuditRow) -> Act:
        """Put an entry and what it left together."""
        kind, body = "note", dict[str, Any]()
        if entry.action == _BEGUN:
            kind, body = "purging", {"reason": entry.detail["reason"]}
        elif entry.action == _ENDED and entry.recording in self.tombstones:
            kind, body = "purged", {**self.tombstones[entry.recording], "receipt": self.receipts[entry.recording]}
        elif entry.action == _REFUSED:  # its receipt says when to the second; twice the same is told once
            at = entry.at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
            mine = [r for r in self.refusals if (r["controller"], r["refused_at"]) == (entry.controller, at)]
            kind, body = "refused", {"receipts": mine}
        elif entry.detail.get("hold") in self.holds and entry.action.startswith(_HOLDS):
            kind, body = "hold", dict(self.holds[entry.detail["hold"]])
        return Act(kind=kind, entry=plain(entry), body=body)


def _kept(session: ScopedSession, hold: str) -> list[str]:
    return sorted(session.scalars(select(HoldRecordingRow.recording).where(HoldRecordingRow.hold == hold)))


def _plain(row: object, form: type[Hold | Tombstone]) -> dict[str, Any]:
    """Return a row as plain JSON."""
    values = {field.name: getattr(row, field.name) for field in fields(form)}
    return {name: value.isoformat() if isinstance(value, date | datetime) else value for name, value in values.items()}
