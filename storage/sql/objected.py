"""Marks the calls that fall under an objection, wherever an objection, a call or who is one person has changed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from storage.objections import ObjectionKind
from storage.persons import SHARED, Role
from storage.records import Stage
from storage.sql import rows
from storage.sql.objection_rows import ObjectionReferenceRow, ObjectionRow
from storage.sql.person_rows import PersonDecisionRow
from storage.sql.tables import RecordingReferenceRow, RecordingRow, ReferenceRow


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


def withdrawn() -> Select[RecordingRow, ObjectionRow]:
    """Select calls of whom a withdrawn consent names, each with the withdrawal, where nothing holds them."""
    other = aliased(ReferenceRow)
    return (
        select(RecordingRow, ObjectionRow)
        .join(RecordingReferenceRow, RecordingReferenceRow.recording == RecordingRow.id)
        .join(other, _same(other, RecordingReferenceRow))
        .join(ReferenceRow, ReferenceRow.customer == other.customer)
        .join(ObjectionReferenceRow, _same(ObjectionReferenceRow, ReferenceRow))
        .join(ObjectionRow, ObjectionRow.id == ObjectionReferenceRow.objection)
        .where(ObjectionRow.kind == ObjectionKind.CONSENT_WITHDRAWAL.value, ObjectionRow.ended_at.is_(None))
        .where(~_doubtful())
        .where(RecordingRow.objected.is_(True), RecordingRow.held.is_(False), RecordingRow.stage != Stage.PURGING)
    )


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
