"""Contested masks on SQL, in the catalog's database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from sqlalchemy import CursorResult, delete, select

from storage.contested import ContestedMask
from storage.errors import NotFound
from storage.records import AuditEntry, Recording, RecordingId, Scope
from storage.sql import audit as chain
from storage.sql.collection_rows import ContestedMaskRow as Row
from storage.sql.session import Database
from storage.sql.tables import RecordingRow

_MOST: Final = 100
# Of one call: who contests more means the rules and not a place.


class SqlContestedMasks:
    """ContestedMasks in the catalog's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, recording: Recording, mask: ContestedMask, *, audit: AuditEntry) -> None:
        """Keep one; said again by anybody it changes nothing. Raises NotFound for a call that is gone."""
        mine = select(RecordingRow.id).where(RecordingRow.id == recording.id).with_for_update()
        said = select(Row.start).where(Row.recording == recording.id)
        with self._database.writing(Scope.of(recording.controller)) as session:
            if session.scalars(mine).first() is None:
                raise NotFound
            known = session.scalars(said).all()
            if mask.start in known or len(known) >= _MOST:
                return
            values = {"start": mask.start, "end": mask.end, "at": mask.at, "by": mask.by}
            session.add(Row(recording=recording.id, controller=recording.controller, **values))
            session.flush()
            chain.record(session, audit)

    def list(self, scope: Scope, *, limit: int, only: RecordingId | None = None) -> Sequence[ContestedMask]:
        """Return what waits for a privacy officer, `only` of one call, the oldest word first. Raises Unavailable."""
        wanted = select(Row).order_by(Row.at, Row.recording, Row.start).limit(limit)
        if only is not None:
            wanted = wanted.where(Row.recording == only)
        with self._database.reading(scope) as session:
            rows = session.scalars(wanted).all()
            return [
                ContestedMask(recording=RecordingId(row.recording), start=row.start, end=row.end, at=row.at, by=row.by)
                for row in rows
            ]

    def settle(self, recording: Recording, *, audit: AuditEntry | None) -> int:
        """Forget what was said of a call; returns how many masks. Raises Unavailable."""
        with self._database.writing(Scope.of(recording.controller)) as session:
            gone = session.execute(delete(Row).where(Row.recording == recording.id))
            count = gone.rowcount if isinstance(gone, CursorResult) else 0
            if count and audit is not None:
                chain.record(session, audit)
            return count
