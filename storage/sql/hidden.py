"""Writes into a restored database what hides more than it knows of. Each can be done again with the same result."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import select

from storage.records import Decision, RecordingId, Reference, Scope
from storage.sql import profiles, rows
from storage.sql.session import Database
from storage.sql.tables import DecisionRow, RecordingRow, ReferenceProfileRow


class SqlHidden:
    """For a database that serves nobody."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def tighten(self, controller: str, reference: Reference, keep: Callable[[str | None], str], *, id_: str) -> None:
        """Keep what `keep` makes of a person's profile as it is here, under this id."""
        with self._database.writing(Scope.of(controller)) as session:
            row = session.get(ReferenceProfileRow, (controller, reference.type, reference.tag))
            profiles.put(session, controller, reference, keep(row.profile if row else None), id_=id_)

    def keep_masks(self, recording: RecordingId, masks: Sequence[Decision]) -> None:
        """Keep what a person masked and what is not known here; nothing where the recording is gone."""
        mine = select(DecisionRow).where(DecisionRow.recording == recording)
        with self._database.writing(Scope.system()) as session:
            if session.get(RecordingRow, recording) is not None:
                known = [rows.decision_of(row) for row in session.scalars(mine)]
                session.add_all(rows.decision_row(each) for each in masks if each not in known)
