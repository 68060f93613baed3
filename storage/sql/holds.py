"""Holds on SQL. What they stop is two flags on the recording's row, written in the transaction of the act.

So every statement that purges or uses asks the row that it has anyway, and no hold can be overlooked between two reads.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from storage.errors import NotFound
from storage.holds import Hold, HoldKind
from storage.records import AuditEntry, HoldId, Recording, RecordingId, Scope, Stage
from storage.sql import audit as chain
from storage.sql import rows
from storage.sql.session import Database
from storage.sql.tables import HoldRecordingRow, HoldRow, RecordingRow

_FIELDS: Final = tuple(field.name for field in fields(Hold))


class SqlHoldStore:
    """A HoldStore in the catalog's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def place(
        self, hold: Hold, recordings: Sequence[RecordingId], *, now: datetime, audit: Sequence[AuditEntry]
    ) -> None:
        """Keep a hold. Raises NotFound, and then nothing is held, when a recording is not the controller's or gone."""
        wanted = set(recordings)
        with self._database.writing(Scope.of(hold.controller)) as session:
            found = [row for row in _locked(session, wanted) if row.stage != Stage.PURGING and row.delete_at > now]
            if not found or len(found) < len(wanted):
                raise NotFound
            session.add(HoldRow(**_values(hold)))
            session.flush()
            session.add_all(
                HoldRecordingRow(hold=hold.id, recording=row.id, controller=hold.controller) for row in found
            )
            session.flush()
            _flag(session, found)
            for entry in audit:
                chain.record(session, entry)

    def replay(self, hold: Hold, recordings: Sequence[RecordingId]) -> None:
        """Keep a hold as the journal has it, whatever is known of it here; recordings that are gone are left out."""
        with self._database.writing(Scope.of(hold.controller)) as session:
            session.merge(HoldRow(**_values(hold)))
            session.flush()
            mine = HoldRecordingRow.hold == hold.id
            before = set(session.scalars(select(HoldRecordingRow.recording).where(mine)))
            session.execute(delete(HoldRecordingRow).where(mine))
            found = _locked(session, before.union(recordings))
            kept = set(recordings) if hold.ended_at is None else set()
            session.add_all(
                HoldRecordingRow(hold=hold.id, recording=row.id, controller=hold.controller)
                for row in found
                if row.id in kept and row.stage != Stage.PURGING
            )
            session.flush()
            _flag(session, found)

    def get(self, scope: Scope, hold: HoldId) -> Hold:
        """Return a hold, also one that has ended. Raises NotFound."""
        with self._database.reading(scope) as session:
            row = session.scalars(select(HoldRow).where(HoldRow.id == hold)).first()
            if row is None:
                raise NotFound
            return _hold_of(row)

    def list(self, scope: Scope, *, kinds: Iterable[HoldKind] = (), ended: bool = False) -> Sequence[Hold]:
        """Return holds, oldest first; those that have ended only where asked for. No kinds means all."""
        statement = select(HoldRow).order_by(HoldRow.placed_at, HoldRow.id)
        wanted = frozenset(kinds)
        if wanted:
            statement = statement.where(HoldRow.kind.in_(wanted))
        if not ended:
            statement = statement.where(HoldRow.ended_at.is_(None))
        with self._database.reading(scope) as session:
            return [_hold_of(row) for row in session.scalars(statement)]

    def recordings(self, scope: Scope, hold: HoldId) -> Sequence[Recording]:
        """Return what a hold keeps, oldest call first; nothing once it has ended."""
        mine = select(HoldRecordingRow.recording).where(HoldRecordingRow.hold == hold)
        statement = select(RecordingRow).where(RecordingRow.id.in_(mine))
        with self._database.reading(scope) as session:
            found = session.scalars(statement.order_by(RecordingRow.started_at, RecordingRow.id))
            return [rows.recording_of(row) for row in found]

    def change(self, hold: Hold, *, audit: AuditEntry) -> Hold:
        """Keep the hold as it is given. Raises NotFound when it has ended."""
        with self._database.writing(Scope.of(hold.controller)) as session:
            row = _active(session, hold)
            for name, value in _values(hold).items():
                setattr(row, name, value)
            chain.record(session, audit)
            return _hold_of(row)

    def end(self, hold: Hold, *, at: datetime, by: str, audit: Sequence[AuditEntry]) -> Sequence[Recording]:
        """End a hold and return what it kept, as it now is. Raises NotFound when it has ended."""
        with self._database.writing(Scope.of(hold.controller)) as session:
            row = _active(session, hold)
            row.ended_at, row.ended_by = at, by
            mine = HoldRecordingRow.hold == hold.id
            kept = _locked(session, set(session.scalars(select(HoldRecordingRow.recording).where(mine))))
            session.execute(delete(HoldRecordingRow).where(mine))
            _flag(session, kept)
            for entry in audit:
                chain.record(session, entry)
            return [rows.recording_of(each) for each in kept]

    def owners(self) -> Mapping[RecordingId, HoldId]:
        """Every held recording and the first of its holds, under whose key its own key lies."""
        newest_first = (
            select(HoldRecordingRow.recording, HoldRow.id)
            .join(HoldRow, HoldRow.id == HoldRecordingRow.hold)
            .order_by(HoldRow.placed_at.desc(), HoldRow.id.desc())
        )
        with self._database.reading(Scope.system()) as session:
            return {RecordingId(recording): HoldId(hold) for recording, hold in session.execute(newest_first)}

    def overdue(self, scope: Scope, *, now: datetime) -> Sequence[Recording]:
        """Return what would have been purged and is held, oldest `delete_at` first."""
        statement = select(RecordingRow).where(RecordingRow.held.is_(True), RecordingRow.delete_at <= now)
        with self._database.reading(scope) as session:
            found = session.scalars(statement.order_by(RecordingRow.delete_at, RecordingRow.id))
            return [rows.recording_of(row) for row in found]


def _locked(session: Session, recordings: Collection[str]) -> Sequence[RecordingRow]:
    """Read rows that nobody else changes until this transaction ends, in one order, so that nobody waits in a ring."""
    statement = select(RecordingRow).where(RecordingRow.id.in_(recordings)).order_by(RecordingRow.id)
    return session.scalars(statement.with_for_update()).all()


def _active(session: Session, hold: Hold) -> HoldRow:
    mine = (HoldRow.id == hold.id, HoldRow.ended_at.is_(None))
    row = session.scalars(select(HoldRow).where(*mine).with_for_update()).first()
    if row is None:
        raise NotFound
    return row


def _flag(session: Session, recordings: Sequence[RecordingRow]) -> None:
    """Write on the rows what their holds say. Whoever works on what becomes restricted loses it."""
    held: dict[str, set[HoldKind]] = {row.id: set() for row in recordings}
    statement = (
        select(HoldRecordingRow.recording, HoldRow.kind)
        .join(HoldRow, HoldRow.id == HoldRecordingRow.hold)
        .where(HoldRecordingRow.recording.in_(held))
    )
    for recording, kind in session.execute(statement):
        held[recording].add(kind)
    for row in recordings:
        restricted = HoldKind.RESTRICTION in held[row.id]
        if restricted and not row.restricted:
            row.token += 1
            row.worker = row.lease_until = None
        row.held, row.restricted = bool(held[row.id]), restricted
    session.flush()


def _hold_of(row: HoldRow) -> Hold:
    return Hold(**_values(row))


def _values(of: Hold | HoldRow) -> dict[str, Any]:
    return {name: getattr(of, name) for name in _FIELDS}
