"""The search index: masked turns only, and the words in them as the database at hand indexes words.

A recording matches when all words are said somewhere in it; the hit shows the turn that has most to do with them.
ä and a are different letters: "väli" must not find "vali".
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from storage.errors import LostClaim
from storage.records import Clearance, Hit, IndexedTurn, Recording, RecordingId, Scope, SearchFilter, Stage
from storage.sql import query as queries
from storage.sql import rows
from storage.sql.session import Database
from storage.sql.tables import RecordingRow, TurnRow


class SqlSearchIndex:
    """A SearchIndex in the catalog's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, recording: Recording, turns: Sequence[IndexedTurn]) -> None:
        """Index, replacing what was indexed for this recording.

        Raises LostClaim when the row has another token: a worker that was busy with a purged call cannot bring its
        words back.
        """
        with self._database.writing(Scope.system()) as session:
            row = session.get(RecordingRow, recording.id, with_for_update=True)  # a purge waits for us, or we for it
            if row is None or row.token != recording.token or row.stage == Stage.PURGING:
                raise LostClaim
            session.execute(delete(TurnRow).where(TurnRow.recording == recording.id))
            written = [_turn_row(recording, turn) for turn in turns]
            session.add_all(written)
            session.flush()
            self._database.words.keep(session, written)

    def search(self, scope: Scope, query: str, *, only: SearchFilter, limit: int = 20, now: datetime) -> Sequence[Hit]:
        """Return published recordings whose turns match, newest call first, one hit each; none past `delete_at`.

        Raises ValueError for a query without words.
        """
        wanted = queries.parse(query)
        saying = self._database.words.saying
        statement = (
            select(RecordingRow)
            .where(RecordingRow.stage == Stage.PUBLISHED, RecordingRow.delete_at > now, _cleared())
            .where(RecordingRow.restricted.is_(False))
            .where(*(RecordingRow.id.in_(saying(term)) for term in wanted.wanted))
            .where(*(RecordingRow.id.not_in(saying(term)) for term in wanted.unwanted))
            .order_by(RecordingRow.started_at.desc(), RecordingRow.id.desc())
            .limit(limit)
        )
        with self._database.reading(scope) as session:
            found = session.scalars(rows.narrow(statement, only)).all()
            return [Hit(recording=rows.recording_of(row), turn=self._best_turn(session, row, wanted)) for row in found]

    def _best_turn(self, session: Session, row: RecordingRow, wanted: queries.Query) -> IndexedTurn:
        """Pick the first turn with all the words, or else the first with any."""
        for every in (True, False):
            turns = self._database.words.turns(row.id, wanted.wanted, every=every)
            turn = session.scalars(turns.order_by(TurnRow.start, TurnRow.id).limit(1)).first()
            if turn is not None:
                return IndexedTurn(channel=turn.channel, start=turn.start, end=turn.end, text=turn.text)
        raise LostClaim  # cannot be: one read sees one state

    def remove(self, recording: RecordingId) -> int:
        """Remove a recording's turns; returns how many there were."""
        return self.remove_all([recording])

    def remove_all(self, recordings: Sequence[RecordingId]) -> int:
        """Remove the turns of these recordings in one transaction; returns how many there were."""
        mine = TurnRow.recording.in_(recordings)
        with self._database.writing(Scope.system()) as session:
            number = session.scalar(select(func.count(TurnRow.id)).where(mine)) or 0
            session.execute(delete(TurnRow).where(mine))
            return number

    def knows(self, recording: RecordingId) -> int:
        """How many turns are indexed: the negative probe of a purge."""
        return self.count_turns([recording]).get(recording, 0)

    def count_turns(self, recordings: Collection[RecordingId]) -> Mapping[RecordingId, int]:
        """Ask as `knows` does about several; what has no turn is left out."""
        theirs = TurnRow.recording.in_(recordings)
        counted = select(TurnRow.recording, func.count()).where(theirs).group_by(TurnRow.recording)
        with self._database.reading(Scope.system()) as session:
            return {RecordingId(recording): number for recording, number in session.execute(counted)}

    def scrub(self) -> None:
        """Make removed terms unreadable on disk too, as far as the database can. Raises Unavailable."""
        self._database.scrub()


def _cleared() -> ColumnElement[bool]:
    """Say that staff may see it: nothing sensitive in it, or a privacy officer has granted it."""
    return RecordingRow.clearance.is_(None) | (RecordingRow.clearance == Clearance.GRANTED)


def _turn_row(recording: Recording, turn: IndexedTurn) -> TurnRow:
    return TurnRow(
        recording=recording.id,
        controller=recording.controller,
        channel=turn.channel,
        start=turn.start,
        end=turn.end,
        text=queries.normal(turn.text),
    )
