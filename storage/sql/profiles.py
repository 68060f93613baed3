"""Profiles that people asked for, by how the company names them. They outlast the recordings: the next call counts."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.records import RecordingId, Reference
from storage.sql.references import REFERENCES
from storage.sql.session import ScopedSession
from storage.sql.tables import RecordingReferenceRow, ReferenceProfileRow, ReferenceRow


def put(
    session: ScopedSession, controller: str, reference: Reference, profile: str | None, *, id_: str | None = None
) -> str | None:
    """Keep a person's profile, or forget it; returns its id, None where there was none to forget.

    Without `id_` it keeps the id that it had.
    """
    session.wait_turn(REFERENCES)
    row = session.get(ReferenceProfileRow, (controller, reference.type, reference.tag))
    known = None if row is None else row.id
    if row is not None:
        session.delete(row)
        session.flush()
    if profile is None:
        return known
    names = {"controller": controller, "type": reference.type, "tag": reference.tag}
    session.add(row := ReferenceProfileRow(**names, profile=profile, id=id_ or known or uuid.uuid4().hex))
    session.flush()
    return row.id


def of_recording(session: Session, recording: RecordingId) -> Sequence[str]:
    """Return the profiles that any reference of the recording's customer has."""
    customers = session.scalars(
        select(ReferenceRow.customer)
        .join(
            RecordingReferenceRow,
            (RecordingReferenceRow.controller == ReferenceRow.controller)
            & (RecordingReferenceRow.type == ReferenceRow.type)
            & (RecordingReferenceRow.tag == ReferenceRow.tag),
        )
        .where(RecordingReferenceRow.recording == recording)
    ).all()
    asked = (
        select(ReferenceProfileRow.profile)
        .join(
            ReferenceRow,
            (ReferenceRow.controller == ReferenceProfileRow.controller)
            & (ReferenceRow.type == ReferenceProfileRow.type)
            & (ReferenceRow.tag == ReferenceProfileRow.tag),
        )
        .where(ReferenceRow.customer.in_(set(customers)))
    )
    return sorted(set(session.scalars(asked)))
