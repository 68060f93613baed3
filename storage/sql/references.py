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
from storage.sql.case_rows import CaseRow
from storage.sql.person_rows import PartedLinkRow
from storage.sql.session import ScopedSession
from storage.sql.tables import RecordingReferenceRow, ReferenceRow

REFERENCES: Final = "references"
# One transaction at a time changes them: two pushes of one new customer must find each other.


def link(session: ScopedSession, recording: Recording, references: Sequence[Reference]) -> None:
    """Link a recording to the persons that its references name, making or merging customers as needed.

    Those of one role are of one person, with those that the recording has already in this role. What was parted from
    the recording stays apart.
    """
    if not references:
        return
    session.wait_turn(REFERENCES)
    mine = select(RecordingReferenceRow).where(RecordingReferenceRow.recording == recording.id)
    linked = {(row.type, row.tag): row.role for row in session.scalars(mine)}
    apart = parted(session, recording.id)
    roles = {(each.type, str(each.tag)): each.role for each in references}
    new = {name: role for name, role in roles.items() if name not in apart and name not in linked}
    for role in sorted(set(new.values())):
        of_it = {name for name, its in new.items() if its == role}
        _link_as(session, recording, role, new=of_it, linked={name for name, its in linked.items() if its == role})


def parted(session: ScopedSession, recording: str) -> set[grouping.Name]:
    """Return the references that somebody said are not of this recording."""
    rows = session.scalars(select(PartedLinkRow).where(PartedLinkRow.recording == recording))
    return {(row.type, row.tag) for row in rows}


def _link_as(
    session: ScopedSession, recording: Recording, role: str, *, new: set[grouping.Name], linked: set[grouping.Name]
) -> None:
    named = new | linked
    known = session.scalars(select(ReferenceRow).where(_among(recording.controller, named))).all()
    customers = {row.customer for row in known}
    customer = min(customers, default=uuid4().hex)
    theirs = session.scalars(select(ReferenceRow).where(ReferenceRow.customer.in_(customers)))
    groups = named | {(row.type, row.tag) for row in theirs}
    decided = grouping.decisions_about(session, recording.controller, groups)
    for merged in customers - {customer} if not decided else ():
        session.execute(update(ReferenceRow).where(ReferenceRow.customer == merged).values(customer=customer))
        session.execute(update(CaseRow).where(CaseRow.customer == merged).values(customer=customer))
    for type_, tag in named - {(row.type, row.tag) for row in known}:
        # what was decided about is grouped below: there it finds whom it belongs to
        its_own = uuid4().hex if decided else customer
        session.add(ReferenceRow(controller=recording.controller, type=type_, tag=tag, customer=its_own))
    session.flush()
    for type_, tag in new:
        link = {"recording": recording.id, "controller": recording.controller, "type": type_, "tag": tag}
        session.add(RecordingReferenceRow(**link, role=role, evidence="pushed"))
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
