"""Periods in force and their changes on SQL. A change and what it does to calls share their transactions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, func, select

from storage.errors import Conflict, NotFound
from storage.periods import ChangeId, ChangeState, KeptCall, PeriodChange, Term
from storage.records import AuditEntry, Kind, RecordingId, Scope, Stage
from storage.sql import audit as chain
from storage.sql import rows
from storage.sql.session import Database, ScopedSession
from storage.sql.tables import PeriodChangeRow, PeriodRow, RecordingRow

_CHANGE: Final = tuple(field.name for field in fields(PeriodChange))
_TERM: Final = tuple(field.name for field in fields(Term))
_TURN: Final = "periods"


class SqlPeriodBooks:
    """PeriodBooks in the catalog's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def term(self, controller: str, kind: Kind) -> Term | None:
        """Return what is in force, None where no call of this kind ever came."""
        return self.terms(Scope.of(controller)).get((controller, kind))

    def terms(self, scope: Scope) -> Mapping[tuple[str, Kind], Term]:
        """Return all that is in force."""
        with self._database.reading(scope) as session:
            return {(row.controller, row.kind): _term_of(row) for row in session.scalars(select(PeriodRow))}

    def keep_term(self, controller: str, kind: Kind, term: Term, *, before: Term | None, audit: AuditEntry) -> None:
        """Put a term in force if `before` still is; else nothing changes."""
        with self._database.writing(Scope.of(controller)) as session:
            session.wait_turn(_TURN)
            row = session.get(PeriodRow, (controller, kind))
            if (None if row is None else _term_of(row)) != before:
                return
            _put(session, controller, kind, term)
            chain.record(session, audit)

    def propose(self, change: PeriodChange, *, audit: AuditEntry) -> None:
        """Keep a new change. Raises Conflict while another of this kind waits or is moving calls."""
        with self._database.writing(Scope.of(change.controller)) as session:
            session.wait_turn(_TURN)
            mine = (PeriodChangeRow.controller == change.controller, PeriodChangeRow.kind == change.kind)
            if session.scalars(select(PeriodChangeRow).where(*mine, _open())).first() is not None:
                raise Conflict
            session.add(PeriodChangeRow(**_values(change)))
            chain.record(session, audit)

    def get(self, scope: Scope, change: ChangeId) -> PeriodChange:
        """Return a change. Raises NotFound."""
        with self._database.reading(scope) as session:
            return _change_of(_found(session, _one(change)))

    def list(self, scope: Scope, *, ended: bool = False) -> Sequence[PeriodChange]:
        """Return changes, oldest first; those that are done or withdrawn only where asked for."""
        statement = select(PeriodChangeRow).order_by(PeriodChangeRow.proposed_at, PeriodChangeRow.id)
        with self._database.reading(scope) as session:
            return [_change_of(row) for row in session.scalars(statement if ended else statement.where(_open()))]

    def decide(
        self, scope: Scope, change: ChangeId, to: Callable[[PeriodChange], PeriodChange], *, audit: AuditEntry
    ) -> PeriodChange:
        """Keep what `to` makes of a change that has not taken effect; `to` may refuse. Raises NotFound, Conflict."""
        with self._database.writing(scope) as session:
            row = _locked(session, change)
            before = _change_of(row)
            if before.state not in {ChangeState.PROPOSED, ChangeState.APPROVED}:
                raise Conflict
            _write(row, to(before))
            chain.record(session, audit)
            return _change_of(row)

    def begin(self, change: ChangeId, *, at: datetime, audit: AuditEntry) -> PeriodChange:
        """Put an approved change in force. Raises NotFound, Conflict where it is not approved any more."""
        with self._database.writing(Scope.system()) as session:
            session.wait_turn(_TURN)
            row = _locked(session, change)
            if _change_of(row).state is not ChangeState.APPROVED:
                raise Conflict
            row.in_force_at = at
            _put(session, row.controller, row.kind, _change_of(row).term)
            chain.record(session, audit)
            return _change_of(row)

    def calls(
        self,
        controller: str,
        kind: Kind,
        *,
        limit: int,
        after: RecordingId | None = None,
        received_before: datetime | None = None,
    ) -> Sequence[KeptCall]:
        """Return calls whose purge has not begun, in order of id from `after` on."""
        begun = func.coalesce(RecordingRow.call_started_at, RecordingRow.started_at, type_=RecordingRow.started_at.type)
        statement = (
            select(RecordingRow.id, begun.label("begun"), RecordingRow.delete_at, RecordingRow.held)
            .where(RecordingRow.controller == controller, rows.is_of(kind))
            .where(RecordingRow.stage != Stage.PURGING)
            .order_by(RecordingRow.id)
            .limit(limit)
        )
        if after is not None:
            statement = statement.where(RecordingRow.id > after)
        if received_before is not None:
            statement = statement.where(RecordingRow.received_at < received_before)
        with self._database.reading(Scope.of(controller)) as session:
            return [
                KeptCall(id=RecordingId(row.id), started_at=row.begun, delete_at=row.delete_at, held=row.held)
                for row in session.execute(statement)
            ]

    def move(self, change: PeriodChange, times: Mapping[RecordingId, datetime], *, audit: AuditEntry) -> int:
        """Give calls their `delete_at` where it is earlier; returns how many. What is gone is left out."""
        theirs = select(RecordingRow).where(RecordingRow.id.in_(times), RecordingRow.stage != Stage.PURGING)
        with self._database.writing(Scope.of(change.controller)) as session:
            found = session.scalars(theirs.order_by(RecordingRow.id).with_for_update()).all()
            later = [row for row in found if times[RecordingId(row.id)] < row.delete_at]
            for row in later:
                row.delete_at = times[RecordingId(row.id)]
            if later:
                _locked(session, change.id).moved += len(later)
                session.flush()
                chain.record(session, audit)
            return len(later)

    def end_pass(self, change: ChangeId, *, at: datetime, audit: AuditEntry) -> PeriodChange:
        """Note that every call was looked at: the first time it is applied, the second time checked."""
        with self._database.writing(Scope.system()) as session:
            row = _locked(session, change)
            if row.applied_at is None:
                row.applied_at = at
            else:
                row.checked_at = at
            chain.record(session, audit)
            return _change_of(row)

    def replay(self, terms: Mapping[tuple[str, Kind], Term], changes: Sequence[PeriodChange]) -> None:
        """Keep what the journal of a restored database says; its calls are looked at again where it knew less."""
        with self._database.writing(Scope.system()) as session:
            for (controller, kind), term in terms.items():
                _put(session, controller, kind, term)
            for change in changes:
                known = session.get(PeriodChangeRow, change.id)
                values = _values(change)
                if known is None or known.applied_at is None:
                    values |= {"applied_at": None, "checked_at": None}
                elif known.checked_at is None:
                    values |= {"checked_at": None}
                session.merge(PeriodChangeRow(**values))


def _open() -> Any:
    return PeriodChangeRow.withdrawn_at.is_(None) & PeriodChangeRow.checked_at.is_(None)


def _locked(session: ScopedSession, change: ChangeId) -> PeriodChangeRow:
    """Read a change that nobody else changes until this transaction ends. Raises NotFound."""
    return _found(session, _one(change).with_for_update())


def _one(change: ChangeId) -> Select[PeriodChangeRow]:
    return select(PeriodChangeRow).where(PeriodChangeRow.id == change)


def _found(session: ScopedSession, statement: Select[PeriodChangeRow]) -> PeriodChangeRow:
    row = session.scalars(statement).first()
    if row is None:
        raise NotFound
    return row


def _put(session: ScopedSession, controller: str, kind: Kind, term: Term) -> None:
    session.merge(PeriodRow(controller=controller, kind=kind, **{name: getattr(term, name) for name in _TERM}))
    session.flush()


def _write(row: PeriodChangeRow, change: PeriodChange) -> None:
    for name, value in _values(change).items():
        setattr(row, name, value)


def _term_of(row: PeriodRow) -> Term:
    return Term(**{name: getattr(row, name) for name in _TERM})


def _change_of(row: PeriodChangeRow) -> PeriodChange:
    return PeriodChange(**_values(row))


def _values(of: PeriodChange | PeriodChangeRow) -> dict[str, Any]:
    return {name: getattr(of, name) for name in _CHANGE}
