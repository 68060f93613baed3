"""As what a person is in a call, put right: a role of its own, or that the reference is not of this call at all.

What is put right may move whose a case is: those cases are returned.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from storage.errors import NotFound
from storage.persons import Evidence, Role
from storage.records import Reference
from storage.sql import grouping, objected, rows
from storage.sql.case_rows import CaseRow
from storage.sql.person_rows import PartedLinkRow
from storage.sql.references import drop_unused, link
from storage.sql.session import ScopedSession
from storage.sql.tables import RecordingReferenceRow, RecordingRow, ReferenceRow


def put(
    session: ScopedSession, recording: str, reference: Reference, role: Role, evidence: Evidence
) -> Sequence[CaseRow]:
    """Give a link its role, also one that was parted. Raises NotFound where the call was not pushed with it."""
    row = _find(session, recording, reference)
    if row is None:
        session.delete(_parted(session, recording, reference))
        session.flush()
        call = rows.recording_of(session.get(RecordingRow, recording))
        link(session, call, [Reference(type=reference.type, tag=reference.tag, role=role.value)])
        row = session.get_one(RecordingReferenceRow, (recording, reference.type, str(reference.tag)))
    group = _group(session, row)
    row.role, row.evidence = role.value, evidence.value
    session.flush()
    moved = grouping.regroup(session, row.controller, group)  # who speaks for somebody is not that person
    objected.mark(session, recording)
    return moved


def part(session: ScopedSession, recording: str, reference: Reference) -> Sequence[CaseRow]:
    """Take a wrong link away; a reference that no call has any more goes, with what was decided about it.

    Raises NotFound where the call has no such link.
    """
    row = _find(session, recording, reference)
    if row is None:
        raise NotFound
    controller, name, group = row.controller, (row.type, row.tag), _group(session, row)
    session.add(PartedLinkRow(recording=recording, controller=controller, type=row.type, tag=row.tag))
    session.delete(row)
    session.flush()
    drop_unused(session, controller, {name})
    moved = grouping.regroup(session, controller, group)  # what only this call had joined parts again
    objected.unmark_nobodys(session, recording)
    return moved


def _find(session: ScopedSession, recording: str, reference: Reference) -> RecordingReferenceRow | None:
    return session.get(RecordingReferenceRow, (recording, reference.type, str(reference.tag)))


def _parted(session: ScopedSession, recording: str, reference: Reference) -> PartedLinkRow:
    row = session.get(PartedLinkRow, (recording, reference.type, str(reference.tag)))
    if row is None:
        raise NotFound
    return row


def _group(session: ScopedSession, row: RecordingReferenceRow) -> set[grouping.Name]:
    customer = session.get_one(ReferenceRow, (row.controller, row.type, row.tag)).customer
    theirs = session.scalars(select(ReferenceRow).where(ReferenceRow.customer == customer))
    return {(each.type, each.tag) for each in theirs}
