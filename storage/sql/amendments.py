"""Amendments on SQL. The row is locked while `change` looks at it and seals what belongs to it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from storage.amendments import Amend
from storage.records import Recording, RecordingId, Reference, Scope, Stage, Tag
from storage.sql import audit as chain
from storage.sql import objected, rows
from storage.sql import references as links
from storage.sql.session import Database
from storage.sql.tables import RecordingReferenceRow, RecordingRow


class SqlAmendments:
    """Amendments in the catalog's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def amend(self, scope: Scope, recording: RecordingId, change: Amend) -> Recording:
        """Do what `change` says, in one transaction in which nobody else changes the row. Raises NotFound."""
        mine = select(RecordingRow).where(RecordingRow.id == recording).with_for_update()
        linked = select(RecordingReferenceRow).where(RecordingReferenceRow.recording == recording)
        with self._database.writing(scope) as session:
            row = session.scalars(mine).first()
            before = rows.recording_of(row)
            names = {(each.type, each.tag) for each in session.scalars(linked)} | links.parted(session, recording)
            known = [Reference(type=type_, tag=Tag(tag)) for type_, tag in sorted(names)]
            amendment = change(before, known)
            if row is None or amendment is None:
                return before
            for name, value in rows.columns(amendment.changes).items():
                setattr(row, name, value)
            session.flush()
            links.link(session, before, amendment.references)
            objected.mark(session, row.id)
            chain.record(session, amendment.audit)
            return rows.recording_of(row)

    def parts(self, scope: Scope, controller: str, call_group: Tag) -> Sequence[Recording]:
        """Return the parts of a call whose purge has not begun, in order of id."""
        statement = (
            select(RecordingRow)
            .where(RecordingRow.controller == controller, RecordingRow.call_group == call_group)
            .where(RecordingRow.stage != Stage.PURGING)
            .order_by(RecordingRow.id)
        )
        with self._database.reading(scope) as session:
            return [rows.recording_of(row) for row in session.scalars(statement)]
