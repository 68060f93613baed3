"""Customers are groups of references. A push that names one person in several ways joins their groups.

References that already belong to different customers are merged: the smallest CustomerId stays and every reference of
the others moves to it, so all their recordings do. An id that was merged away is not found any more; purging the
recording that joined them does not part them again. A reference goes with the last recording pushed with it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final
from uuid import uuid4

from sqlalchemy import ColumnElement, delete, exists, select, tuple_, update

from storage.records import Recording, Reference
from storage.sql import grouping
from storage.sql.session import ScopedSession
from storage.sql.tables import RecordingReferenceRow, ReferenceRow

REFERENCES: Final = "references"
# One transaction at a time changes them: two pushes of one new customer must find each other.


def link(session: ScopedSession, recording: Recording, references: Sequence[Reference]) -> None:
    """Link a recording to the customer that its references name, making or merging customers as needed.

    Those that it has already are of the same customer, as if all had been pushed together.
    """
    named = {(reference.type, str(reference.tag)) for reference in references}
    if not named:
        return
    session.wait_turn(REFERENCES)
    mine = select(RecordingReferenceRow).where(RecordingReferenceRow.recording == recording.id)
    linked = {(row.type, row.tag) for row in session.scalars(mine)}
    named |= linked
    known = session.scalars(select(ReferenceRow).where(_among(recording.controller, named))).all()
    customers = {row.customer for row in known}
    customer = min(customers, default=uuid4().hex)
    theirs = session.scalars(select(ReferenceRow).where(ReferenceRow.customer.in_(customers)))
    groups = named | {(row.type, row.tag) for row in theirs}
    decided = grouping.decisions_about(session, recording.controller, groups)
    for merged in customers - {customer} if not decided else ():
        session.execute(update(ReferenceRow).where(ReferenceRow.customer == merged).values(customer=customer))
    for type_, tag in named - {(row.type, row.tag) for row in known}:
        # what was decided about is grouped below: there it finds whom it belongs to
        its_own = uuid4().hex if decided else customer
        session.add(ReferenceRow(controller=recording.controller, type=type_, tag=tag, customer=its_own))
    session.flush()
    for type_, tag in named - linked:
        session.add(RecordingReferenceRow(recording=recording.id, controller=recording.controller, type=type_, tag=tag))
    session.flush()
    if decided:
        grouping.regroup(session, recording.controller, named)


def unlink(session: ScopedSession, recordings: Collection[Recording]) -> None:
    """Remove these recordings' links, and the references that only they had."""
    session.wait_turn(REFERENCES)
    theirs = RecordingReferenceRow.recording.in_([recording.id for recording in recordings])
    links = session.scalars(select(RecordingReferenceRow).where(theirs)).all()
    if not links:
        return
    session.execute(delete(RecordingReferenceRow).where(theirs))
    for controller in {link.controller for link in links}:
        drop_unused(session, controller, {(link.type, link.tag) for link in links if link.controller == controller})


def drop_unused(session: ScopedSession, controller: str, named: set[grouping.Name]) -> None:
    """Remove those of these references that no recording has any more, with what was decided about them."""
    still_used = exists().where(
        RecordingReferenceRow.controller == ReferenceRow.controller,
        RecordingReferenceRow.type == ReferenceRow.type,
        RecordingReferenceRow.tag == ReferenceRow.tag,
    )
    session.execute(delete(ReferenceRow).where(_among(controller, named), ~still_used))
    grouping.forget(session, controller, named)


def _among(controller: str, named: set[tuple[str, str]]) -> ColumnElement[bool]:
    return (ReferenceRow.controller == controller) & tuple_(ReferenceRow.type, ReferenceRow.tag).in_(sorted(named))
