"""What the journal keeps of persons, their objections and cases, read beside the audit log's entries as it is now."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from storage.cases import Case
from storage.objections import Objection
from storage.sql.case_rows import CaseRow
from storage.sql.objection_rows import ObjectionReferenceRow, ObjectionRow
from storage.sql.person_rows import PartedLinkRow, PersonDecisionRow
from storage.sql.session import ScopedSession
from storage.sql.tables import RecordingReferenceRow

_OBJECTION = tuple(field.name for field in fields(Objection))
_CASE = tuple(field.name for field in fields(Case))
_DECISION = tuple(PersonDecisionRow.__table__.columns.keys())


def objections(session: ScopedSession, ids: Collection[str]) -> dict[object, Mapping[str, Any]]:
    """Return these objections with the keyed hashes that name who objected; what was forgotten is left out."""
    if not ids:
        return {}
    theirs = session.scalars(select(ObjectionReferenceRow).where(ObjectionReferenceRow.objection.in_(ids))).all()
    return {
        row.id: {
            **_plain(row, _OBJECTION),
            "references": sorted([each.type, each.tag] for each in theirs if each.objection == row.id),
        }
        for row in session.scalars(select(ObjectionRow).where(ObjectionRow.id.in_(ids)))
    }


def decisions(session: ScopedSession, ids: Collection[str]) -> dict[object, Mapping[str, Any]]:
    """Return these decisions about who is one person; what went with its reference is left out."""
    if not ids:
        return {}
    found = session.scalars(select(PersonDecisionRow).where(PersonDecisionRow.id.in_(ids)))
    return {row.id: _plain(row, _DECISION) for row in found}


def links(session: ScopedSession, recordings: Collection[str | None]) -> dict[object, Mapping[str, Any]]:
    """Return these calls' links with their roles, and those that were parted; of a call that is gone, nothing."""
    if not recordings:
        return {}
    link, apart = RecordingReferenceRow, PartedLinkRow
    here = session.scalars(select(link).where(link.recording.in_(recordings))).all()
    gone = session.scalars(select(apart).where(apart.recording.in_(recordings))).all()
    told: dict[object, Mapping[str, Any]] = {}
    for row in here:
        its = told.setdefault(row.recording, {"links": [], "parted": []})
        its["links"].append([row.type, row.tag, row.role, row.evidence])
    for each in gone:
        told.setdefault(each.recording, {"links": [], "parted": []})["parted"].append([each.type, each.tag])
    return told


def cases(session: ScopedSession, ids: Collection[str]) -> dict[object, Mapping[str, Any]]:
    """Return these cases; what was forgotten is left out."""
    found = session.scalars(select(CaseRow).where(CaseRow.id.in_(ids))) if ids else ()
    return {row.id: _plain(row, _CASE) for row in found}


def _plain(row: object, names: Collection[str]) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in names}
    return {name: each.isoformat() if isinstance(each, date | datetime) else each for name, each in values.items()}
