"""Objections on SQL, in the catalog's database."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import select, tuple_

from storage.errors import Conflict, NotFound
from storage.objections import Objection, ObjectionId, ObjectionKind, Telling
from storage.records import AuditEntry, CustomerId, Kind, RecordingId, Reference, Scope, Tag
from storage.sql import audit as chain
from storage.sql import objected
from storage.sql.objection_rows import ObjectionNumberRow, ObjectionReferenceRow, ObjectionRow
from storage.sql.references import REFERENCES
from storage.sql.session import Database, ScopedSession
from storage.sql.tables import ReferenceRow

_FIELDS: Final = tuple(field.name for field in fields(Objection))
_BATCH: Final = 500
_Name = tuple[str, str]
_TELLING: Final = ("told", "attempts", "next_at", "failed")


class SqlObjections:
    """Objections in the catalog's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, objection: Objection, references: Collection[Reference], *, audit: AuditEntry) -> Objection:
        """Keep an objection of whom these references name, and the customer's. Raises NotFound for nobody."""
        with self._database.writing(Scope.of(objection.controller)) as session:
            session.wait_turn(REFERENCES)  # no call may come in between that neither of both knows of
            named = {(each.type, str(each.tag)) for each in references}
            if objection.customer is not None:
                theirs = select(ReferenceRow).where(ReferenceRow.customer == objection.customer)
                named |= {(row.type, row.tag) for row in session.scalars(theirs)}
            if not named:
                raise NotFound
            numbered = replace(objection, number=_next(session, objection.controller))
            session.add(ObjectionRow(**_values(numbered)))
            session.flush()
            mine = {"objection": objection.id, "controller": objection.controller}
            session.add_all(ObjectionReferenceRow(**mine, type=type_, tag=tag) for type_, tag in sorted(named))
            session.flush()
            objected.mark_customers(session, objected.customers_named(session, objection.id))
            chain.record(session, audit)
            return numbered

    def get(self, scope: Scope, objection: ObjectionId) -> Objection:
        """Return an objection. Raises NotFound."""
        with self._database.reading(scope) as session:
            return _objection_of(_row(session, objection))

    def since(self, scope: Scope, controller: str, number: int, *, limit: int = 100) -> Sequence[Objection]:
        """Return what was made or changed after this number, in that order."""
        newer = select(ObjectionRow).where(ObjectionRow.controller == controller, ObjectionRow.number > number)
        with self._database.reading(scope) as session:
            found = session.scalars(newer.order_by(ObjectionRow.number).limit(limit))
            return [_objection_of(row) for row in found]

    def list(self, scope: Scope) -> Sequence[Objection]:
        """Return all that count, oldest first."""
        counting = select(ObjectionRow).where(ObjectionRow.ended_at.is_(None))
        with self._database.reading(scope) as session:
            found = session.scalars(counting.order_by(ObjectionRow.made_at, ObjectionRow.id))
            return [_objection_of(row) for row in found]

    def over(self, scope: Scope, today: date) -> Sequence[Objection]:
        """Return those whose own period is over, some at a time."""
        ended = select(ObjectionRow).where(ObjectionRow.forget_on <= today).order_by(ObjectionRow.forget_on)
        with self._database.reading(scope) as session:
            return [_objection_of(row) for row in session.scalars(ended.limit(_BATCH))]

    def against(
        self, scope: Scope, controller: str, references: Collection[Reference]
    ) -> Mapping[Reference, Collection[ObjectionKind]]:
        """Return what counts for whom each of these names; who objected to nothing is left out."""
        asked = {(each.type, str(each.tag)) for each in references}
        found: dict[Reference, set[ObjectionKind]] = {}
        with self._database.reading(scope) as session:
            named = _of_same_person(session, controller, asked)
            counting = _kinds(session, controller, {each for group in named.values() for each in group})
        for type_, tag in asked:
            kinds = {kind for each in named[type_, tag] for kind in counting.get(each, ())}
            if kinds:
                found[Reference(type=type_, tag=Tag(tag))] = kinds
        return found

    def change(self, objection: Objection, *, audit: AuditEntry) -> Objection:
        """Keep an objection as it is given, under a new number. Raises NotFound, and Conflict when it has ended."""
        with self._database.writing(Scope.of(objection.controller)) as session:
            session.wait_turn(REFERENCES)
            row = _row(session, objection.id, lock=True)
            if row.ended_at is not None:
                raise Conflict
            numbered = replace(objection, number=_next(session, objection.controller))
            for name, value in _values(numbered).items():
                setattr(row, name, value)
            session.flush()
            objected.mark_customers(session, objected.customers_named(session, objection.id))
            chain.record(session, audit)
            return numbered

    def withdrawn(self) -> Sequence[RecordingId]:
        """Return the calls that only a withdrawn consent allowed, and that nothing holds."""
        with self._database.reading(Scope.system()) as session:
            return [RecordingId(each) for each in sorted(objected.withdrawn(session))]

    def forget(self, objection: Objection, *, audit: AuditEntry) -> None:
        """Remove an objection with its references. Raises NotFound."""
        with self._database.writing(Scope.of(objection.controller)) as session:
            session.wait_turn(REFERENCES)
            row = _row(session, objection.id, lock=True)
            customers = objected.customers_named(session, objection.id)
            session.delete(row)
            session.flush()
            objected.mark_customers(session, customers)
            chain.record(session, audit)

    def replay(self, objection: Objection, references: Collection[Reference]) -> None:
        """Keep an objection as the journal has it, under its number, whatever is known of it here."""
        with self._database.writing(Scope.of(objection.controller)) as session:
            session.wait_turn(REFERENCES)
            row = session.get(ObjectionRow, objection.id)
            before = objected.customers_named(session, objection.id) if row else ()
            if row is not None:
                session.delete(row)
                session.flush()
            taken = (ObjectionRow.controller == objection.controller, ObjectionRow.number == objection.number)
            if session.scalars(select(ObjectionRow).where(*taken)).first() is not None:
                _number_anew(session, objection)
            session.add(ObjectionRow(**_values(objection)))
            counter = _counter(session, objection.controller)
            counter.last = max(counter.last, objection.number)
            session.flush()
            mine = {"objection": objection.id, "controller": objection.controller}
            session.add_all(ObjectionReferenceRow(**mine, type=each.type, tag=each.tag) for each in references)
            session.flush()
            objected.mark_customers(session, {*before, *objected.customers_named(session, objection.id)})

    def drop(self, objection: ObjectionId) -> None:
        """Remove an objection that was forgotten after the backup; one that is not here is no error."""
        with self._database.writing(Scope.system()) as session:
            row = session.get(ObjectionRow, objection)
            if row is not None:
                customers = objected.customers_named(session, objection)
                session.delete(row)
                session.flush()
                objected.mark_customers(session, customers)

    def telling(self, controller: str) -> Telling:
        """Return how far this register's systems were told."""
        with self._database.reading(Scope.of(controller)) as session:
            row = session.get(ObjectionNumberRow, controller)
            return Telling(controller=controller, **({name: getattr(row, name) for name in _TELLING} if row else {}))

    def keep_telling(self, telling: Telling) -> None:
        """Keep it instead."""
        with self._database.writing(Scope.of(telling.controller)) as session:
            session.wait_turn(REFERENCES)
            row = _counter(session, telling.controller)
            for name in _TELLING:
                setattr(row, name, getattr(telling, name))


def _next(session: ScopedSession, controller: str) -> int:
    """Give the next number of a register: nobody else gives one before this transaction has ended."""
    row = _counter(session, controller)
    row.last += 1
    session.flush()
    return row.last


def _number_anew(session: ScopedSession, objection: Objection) -> None:
    """Free a number: whoever has it here was changed since, and comes later in the journal under a newer one."""
    taken = (ObjectionRow.controller == objection.controller, ObjectionRow.number == objection.number)
    for row in session.scalars(select(ObjectionRow).where(*taken)):
        row.number = _next(session, objection.controller)
    session.flush()


def _counter(session: ScopedSession, controller: str) -> ObjectionNumberRow:
    row = session.get(ObjectionNumberRow, controller)
    if row is None:
        row = ObjectionNumberRow(controller=controller, last=0, told=0, attempts=0)
        session.add(row)
    return row


def _of_same_person(session: ScopedSession, controller: str, asked: Collection[_Name]) -> Mapping[_Name, set[_Name]]:
    """Return each reference with all that name the same person."""
    mine = (ReferenceRow.controller == controller, _pair(ReferenceRow).in_(asked))
    who = {(row.type, row.tag): row.customer for row in session.scalars(select(ReferenceRow).where(*mine))}
    groups: dict[str, set[_Name]] = {}
    for row in session.scalars(select(ReferenceRow).where(ReferenceRow.customer.in_(set(who.values())))):
        groups.setdefault(row.customer, set()).add((row.type, row.tag))
    return {each: {each, *(groups[who[each]] if each in who else ())} for each in asked}


def _kinds(
    session: ScopedSession, controller: str, names: Collection[_Name]
) -> Mapping[_Name, Collection[ObjectionKind]]:
    """Return which kinds of objection count for each of these references."""
    both = (
        select(ObjectionReferenceRow.type, ObjectionReferenceRow.tag, ObjectionRow.kind)
        .join(ObjectionRow, ObjectionRow.id == ObjectionReferenceRow.objection)
        .where(ObjectionReferenceRow.controller == controller, ObjectionRow.ended_at.is_(None))
        .where(_pair(ObjectionReferenceRow).in_(names))
    )
    found: dict[_Name, set[ObjectionKind]] = {}
    for type_, tag, kind in session.execute(both):
        found.setdefault((type_, tag), set()).add(ObjectionKind(kind))
    return found


def _pair(row: type[ReferenceRow | ObjectionReferenceRow]) -> Any:
    return tuple_(row.type, row.tag)


def _row(session: ScopedSession, objection: ObjectionId, *, lock: bool = False) -> ObjectionRow:
    wanted = select(ObjectionRow).where(ObjectionRow.id == objection)
    row = session.scalars(wanted.with_for_update() if lock else wanted).first()
    if row is None:
        raise NotFound
    return row


def _values(objection: Objection) -> dict[str, Any]:
    values = {name: getattr(objection, name) for name in _FIELDS}
    return values | {"stops": [each.value for each in objection.stops]}


def _objection_of(row: ObjectionRow) -> Objection:
    values = {name: getattr(row, name) for name in _FIELDS}
    customer = CustomerId(row.customer) if row.customer else None
    return Objection(
        **values
        | {"kind": ObjectionKind(row.kind), "stops": tuple(Kind(each) for each in row.stops), "customer": customer}
    )
