"""Marks the calls that fall under an objection, wherever an objection, a call or who is one person has changed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session

from storage.objections import ObjectionKind
from storage.persons import SHARED, Role
from storage.records import Stage
from storage.sql import rows
from storage.sql.objection_rows import ObjectionReferenceRow, ObjectionRow
from storage.sql.person_rows import PersonDecisionRow
from storage.sql.tables import RecordingReferenceRow, RecordingRow, ReferenceRow

_AT_ONCE: Final = 500
# Persons whose calls are looked up together.


def mark(session: Session, recording: str) -> None:
    """Mark the calls of the person whose call this is, or take their marks away."""
    mark_customers(session, session.scalars(_customers_of(recording)).all())


def mark_customers(session: Session, customers: Collection[str]) -> None:
    """Mark the calls of these persons, or take their marks away."""
    for customer in sorted(set(customers)):
        counting = _counting(session, customer)
        theirs = select(RecordingRow).where(rows.of_customer(customer)).order_by(RecordingRow.id)
        if not counting:
            theirs = theirs.where(RecordingRow.objected.is_(True))
        for row in session.scalars(theirs):
            objected = any(falls_under(row, each) for each in counting)
            if row.objected != objected:
                row.objected = objected
    session.flush()


def unmark_nobodys(session: Session, recording: str) -> None:
    """Take the mark from a call that is nobody's any more."""
    if not session.scalars(_customers_of(recording)).all():
        session.get_one(RecordingRow, recording).objected = False
        session.flush()
    else:
        mark(session, recording)


def customers_named(session: Session, objection: str) -> Sequence[str]:
    """Return whom the references of an objection name today."""
    named = select(ReferenceRow.customer).join(ObjectionReferenceRow, _same(ObjectionReferenceRow, ReferenceRow))
    return session.scalars(named.where(ObjectionReferenceRow.objection == objection).distinct()).all()


def withdrawn(session: Session) -> set[str]:
    """Return the calls that a withdrawn consent alone allowed, that nothing holds and that are hers without a doubt.

    From the few who took a consent back to their calls, never the other way: most calls are nobody's of these.
    """
    theirs = (
        select(ReferenceRow.customer, ObjectionRow)
        .join(ObjectionReferenceRow, _same(ObjectionReferenceRow, ReferenceRow))
        .join(ObjectionRow, ObjectionRow.id == ObjectionReferenceRow.objection)
        .where(ObjectionRow.kind == ObjectionKind.CONSENT_WITHDRAWAL.value, ObjectionRow.ended_at.is_(None))
    )
    taken_back: dict[str, list[ObjectionRow]] = {}
    for customer, objection in session.execute(theirs):
        taken_back.setdefault(customer, []).append(objection)
    found: set[str] = set()
    for batch in batched(sorted(taken_back), _AT_ONCE):
        calls = (
            select(RecordingRow, ReferenceRow.customer)
            .join(RecordingReferenceRow, RecordingReferenceRow.recording == RecordingRow.id)
            .join(ReferenceRow, _same(ReferenceRow, RecordingReferenceRow))
            .where(ReferenceRow.customer.in_(batch), ~_doubtful())
            .where(RecordingRow.objected.is_(True), RecordingRow.held.is_(False), RecordingRow.stage != Stage.PURGING)
        )
        for row, customer in session.execute(calls):
            if any(falls_under(row, each) for each in taken_back[customer]):
                found.add(row.id)
    return found


def batched(values: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    """Yield the values, some at a time."""
    return (values[start : start + size] for start in range(0, len(values), size))


def _doubtful() -> ColumnElement[bool]:
    """Say that a call may be somebody else's by this link: only a person's yes ends it (`vaiti case erase`)."""
    shared = exists().where(
        PersonDecisionRow.controller == RecordingReferenceRow.controller,
        PersonDecisionRow.type == RecordingReferenceRow.type,
        PersonDecisionRow.tag == RecordingReferenceRow.tag,
        PersonDecisionRow.bond.in_([each.value for each in SHARED]),
        PersonDecisionRow.undone_at.is_(None),
    )
    return or_(RecordingReferenceRow.role == Role.THIRD_PARTY.value, shared)


def falls_under(row: RecordingRow, objection: ObjectionRow) -> bool:
    """Tell whether a call may no longer be used: one of its kinds is stopped, or its only basis is taken back."""
    kinds = {row.kind.value, *row.kinds}
    if objection.kind == ObjectionKind.CONSENT_WITHDRAWAL:
        return row.started_at < objection.made_at and kinds <= set(objection.stops)
    return not kinds.isdisjoint(objection.stops)


def _counting(session: Session, customer: str) -> Sequence[ObjectionRow]:
    named = (
        select(ObjectionReferenceRow.objection)
        .join(ReferenceRow, _same(ObjectionReferenceRow, ReferenceRow))
        .where(ReferenceRow.customer == customer)
    )
    return session.scalars(
        select(ObjectionRow).where(ObjectionRow.id.in_(named), ObjectionRow.ended_at.is_(None))
    ).all()


def _customers_of(recording: str) -> Select[str]:
    return (
        select(ReferenceRow.customer)
        .join(RecordingReferenceRow, _same(RecordingReferenceRow, ReferenceRow))
        .where(RecordingReferenceRow.recording == recording)
        .distinct()
    )


def _same(one: Any, other: Any) -> ColumnElement[bool]:
    """Say that two rows name a person in the same way."""
    return and_(one.controller == other.controller, one.type == other.type, one.tag == other.tag)
