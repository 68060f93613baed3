"""What the guard of the purge remembers: one row, written with its audit entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Final

from sqlalchemy import func, select, true

from storage.records import AuditEntry, DueCount, GuardState, Scope, Stage
from storage.sql import audit as chain
from storage.sql import rows
from storage.sql.session import Database
from storage.sql.tables import PurgeGuardRow, RecordingRow

_ONLY: Final = 1
_FIELDS: Final = tuple(field.name for field in fields(GuardState))


class SqlGuardMemory:
    """A GuardMemory in the catalog's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self) -> GuardState:
        """Return what was kept last."""
        with self._database.reading(Scope.system()) as session:
            row = session.scalars(select(PurgeGuardRow)).first()
            return GuardState(**{name: getattr(row, name) for name in _FIELDS}) if row else GuardState()

    def keep(self, state: GuardState, *, audit: Sequence[AuditEntry] = ()) -> None:
        """Keep this instead, with its audit entries in one transaction."""
        with self._database.writing(Scope.system()) as session:
            session.merge(PurgeGuardRow(id=_ONLY, **{name: getattr(state, name) for name in _FIELDS}))
            for entry in audit:
                chain.record(session, entry)

    def count(self, *, now: datetime, after: datetime | None) -> DueCount:
        """Count what is due at `now` and not begun; `fresh` is what came due after `after` (None: all of it)."""
        waiting = RecordingRow.stage != Stage.PURGING
        due = rows.is_due(now) & waiting
        fresh = due & (RecordingRow.delete_at > after if after is not None else true())
        with self._database.reading(Scope.system()) as session:
            counted = [
                session.scalar(select(func.count()).select_from(RecordingRow).where(each)) or 0
                for each in (due, fresh, waiting)
            ]
            oldest = session.scalar(select(func.min(RecordingRow.delete_at)).where(due))
        return DueCount(due=counted[0], fresh=counted[1], kept=counted[2], oldest=oldest)
