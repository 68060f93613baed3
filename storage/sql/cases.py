"""Cases on SQL, in the catalog's database."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, Final

from sqlalchemy import select

from storage.cases import CLOSED, PERSON_NAMED, Asker, Case, CaseId, CaseKind, CaseState, Identification, Way
from storage.errors import Conflict, NotFound
from storage.records import AuditEntry, Scope, Tag
from storage.sql import audit as chain
from storage.sql.case_rows import CaseNumberRow, CaseRow
from storage.sql.session import Database, ScopedSession
from storage.sql.tables import ReferenceRow

_FIELDS: Final = tuple(field.name for field in fields(Case))
_WORDS: Final[Mapping[str, Callable[[str], Any]]] = {
    "kind": CaseKind,
    "way": Way,
    "asker": Asker,
    "state": CaseState,
    "identified_by": Identification,
}


class SqlCases:
    """Cases in the catalog's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, case: Case, *, audit: AuditEntry) -> Case:
        """Keep a new case under the next number of its register, which is never given twice; returns it.

        Raises Conflict where there is one of the same intake.
        """
        with self._database.writing(Scope.of(case.controller)) as session:
            session.wait_turn("cases")
            last = session.scalars(select(CaseNumberRow)).first()
            if last is None:
                last = CaseNumberRow(controller=case.controller, last=0)
                session.add(last)
            last.last += 1
            numbered = replace(case, number=last.last)
            if numbered.intake is not None and _of_intake(session, numbered.intake) is not None:
                raise Conflict
            session.add(CaseRow(**_values(numbered)))
            session.flush()
            chain.record(session, replace(audit, case=numbered.name))
            return numbered

    def of_intake(self, scope: Scope, intake: Tag) -> Case | None:
        """Return the case that a portal's word has opened."""
        with self._database.reading(scope) as session:
            row = _of_intake(session, intake)
            return None if row is None else _case_of(row)

    def get(self, scope: Scope, case: CaseId) -> Case:
        """Return a case. Raises NotFound."""
        with self._database.reading(scope) as session:
            return _case_of(_row(session, case))

    def list(self, scope: Scope, *, states: Collection[CaseState] = (), limit: int = 200) -> Sequence[Case]:
        """Return cases, the first due first. No states means all."""
        wanted = select(CaseRow).order_by(CaseRow.due_on, CaseRow.number).limit(limit)
        if states:
            wanted = wanted.where(CaseRow.state.in_([each.value for each in states]))
        with self._database.reading(scope) as session:
            return [_case_of(row) for row in session.scalars(wanted)]

    def change(self, case: Case, *, before: CaseState, audit: AuditEntry) -> Case:
        """Keep a case as it is given, if it is still in this state. Raises NotFound, and Conflict when it is not."""
        with self._database.writing(Scope.of(case.controller)) as session:
            row = _row(session, case.id, lock=True)
            if row.state != before.value:
                raise Conflict
            values = _values(case)
            if audit.action != PERSON_NAMED:
                del values["customer"]
            for name, value in values.items():
                setattr(row, name, value)
            session.flush()
            chain.record(session, replace(audit, case=case.name))
            return _case_of(row)

    def forget(self, case: Case, *, audit: AuditEntry) -> None:
        """Remove a closed case. Raises NotFound, Conflict."""
        with self._database.writing(Scope.of(case.controller)) as session:
            row = _row(session, case.id, lock=True)
            if CaseState(row.state) not in CLOSED:
                raise Conflict
            session.delete(row)
            session.flush()
            chain.record(session, replace(audit, case=case.name))

    def replay(self, case: Case) -> None:
        """Keep a case as the journal has it, under its number; of a person who is not known here, nobody's yet."""
        with self._database.writing(Scope.of(case.controller)) as session:
            session.wait_turn("cases")
            known = select(ReferenceRow.customer).where(ReferenceRow.customer == case.customer)
            if case.customer is not None and session.scalars(known).first() is None:
                case = replace(case, customer=None)
            row = session.get(CaseRow, case.id)
            if row is None:
                session.add(CaseRow(**_values(case)))
            else:
                for name, value in _values(case).items():
                    setattr(row, name, value)
            last = session.scalars(select(CaseNumberRow)).first()
            if last is None:
                session.add(CaseNumberRow(controller=case.controller, last=case.number))
            else:
                last.last = max(last.last, case.number)

    def drop(self, case: CaseId) -> None:
        """Remove a case that was forgotten after the backup; one that is not here is no error."""
        with self._database.writing(Scope.system()) as session:
            row = session.get(CaseRow, case)
            if row is not None:
                session.delete(row)


def _row(session: ScopedSession, case: CaseId, *, lock: bool = False) -> CaseRow:
    wanted = select(CaseRow).where(CaseRow.id == case)
    row = session.scalars(wanted.with_for_update() if lock else wanted).first()
    if row is None:
        raise NotFound
    return row


def _of_intake(session: ScopedSession, intake: Tag) -> CaseRow | None:
    return session.scalars(select(CaseRow).where(CaseRow.intake == intake)).first()


def _values(case: Case) -> dict[str, Any]:
    return {name: getattr(case, name) for name in _FIELDS}


def _case_of(row: CaseRow) -> Case:
    values = {name: getattr(row, name) for name in _FIELDS}
    return Case(**{name: _WORDS[name](value) if value and name in _WORDS else value for name, value in values.items()})
