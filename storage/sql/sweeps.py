"""What the daily sweep asks of the catalog, and what it remembers: one row, and the names of what waits for a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, CursorResult, and_, delete, exists, func, select

from storage.receipts import written
from storage.records import AFTER, RecordingId, Scope, Stage
from storage.sql import rows
from storage.sql.session import Database
from storage.sql.tables import NoticedRow, ReceiptRow, RecordingRow, SweepRow, TombstoneRow, TranscriptRow
from storage.sweeps import OVERDUE, SweepState, WeekCounts

_ONLY: Final = 1
_AT_ONCE: Final = 500
# Ids in one statement: SQLite and PostgreSQL both take that many.


class SqlSweepBooks:
    """SweepBooks in the catalog's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self) -> SweepState:
        """Return what the last sweep left."""
        with self._database.reading(Scope.system()) as session:
            row = session.scalars(select(SweepRow)).first()
            return SweepState(swept_at=row.swept_at, left=row.left, repaired=row.repaired) if row else SweepState()

    def keep(self, state: SweepState) -> None:
        """Keep this instead."""
        with self._database.writing(Scope.system()) as session:
            left, repaired = dict(state.left), dict(state.repaired)
            session.merge(SweepRow(id=_ONLY, swept_at=state.swept_at, left=left, repaired=repaired))

    def notice(self, names: Collection[str], *, now: datetime) -> Mapping[str, datetime]:
        """Remember these and forget all others; returns since when each has been there at every sweep."""
        with self._database.writing(Scope.system()) as session:
            before = {row.name: row for row in session.scalars(select(NoticedRow))}
            for name in before.keys() - set(names):
                session.delete(before[name])
            session.add_all(NoticedRow(name=name, seen_at=now) for name in set(names) - before.keys())
            return {name: before[name].seen_at if name in before else now for name in names}

    def stages(self, beginning: str = "") -> Mapping[RecordingId, Stage]:
        """Return every recording of every register whose id begins so, and its stage."""
        mine = RecordingRow.id.between(beginning, beginning + AFTER)
        with self._database.reading(Scope.system()) as session:
            found = session.execute(select(RecordingRow.id, RecordingRow.stage).where(mine))
            return {RecordingId(row.id): row.stage for row in found}

    def purged(self, recordings: Collection[RecordingId]) -> frozenset[RecordingId]:
        """Return which of these have a tombstone."""
        wanted = sorted(recordings)
        found: set[RecordingId] = set()
        with self._database.reading(Scope.system()) as session:
            for start in range(0, len(wanted), _AT_ONCE):
                some = select(TombstoneRow.id).where(TombstoneRow.id.in_(wanted[start : start + _AT_ONCE]))
                found.update(map(RecordingId, session.scalars(some)))
        return frozenset(found)

    def unindexed(self) -> Collection[RecordingId]:
        """Return what is published and has no turn in the index."""
        without = select(RecordingRow.id).where(
            RecordingRow.stage == Stage.PUBLISHED, ~exists().where(TranscriptRow.recording == RecordingRow.id)
        )
        with self._database.reading(Scope.system()) as session:
            return [RecordingId(each) for each in session.scalars(without)]

    def mend_index(self) -> int:
        """Remove transcripts without a row and index again those whose words are not there; how many were wrong."""
        with self._database.writing(Scope.system()) as session:
            gone = session.execute(delete(TranscriptRow).where(_without_row()))
            wrong = gone.rowcount if isinstance(gone, CursorResult) else 0
            wrong += self._database.words.mend(session)
        return wrong

    def count_week(self, scope: Scope, *, since: datetime, until: datetime, now: datetime) -> WeekCounts:
        """Count deletions from `since` to before `until`, and what is overdue `now`."""
        in_week = _between(since, until)
        purged: Counter[str] = Counter()
        due = late = refused = 0
        wanted = select(ReceiptRow.body).where(in_week("purged_at") | in_week("refused_at") | in_week("delete_at"))
        with self._database.reading(scope) as session:
            there = (RecordingRow.delete_at >= since) & (RecordingRow.delete_at < until)
            waiting = session.scalar(select(func.count()).select_from(RecordingRow).where(there)) or 0
            for body in session.scalars(wanted.execution_options(yield_per=1_000)):
                if body.get("event") == "refused":
                    refused += _is_between(body["refused_at"], since, until)
                    continue
                due += _is_between(body["delete_at"], since, until)
                if _is_between(body["purged_at"], since, until):
                    purged[body["reason"]] += 1
                    late += datetime.fromisoformat(body["purged_at"]) > _late_after(body)
            overdue = rows.is_due(now - OVERDUE) & (RecordingRow.stage != Stage.PURGING)
            waits = session.execute(
                select(func.count(RecordingRow.id), func.min(RecordingRow.delete_at)).where(overdue)
            ).one()
        return WeekCounts(
            due=due + waiting,
            purged=dict(sorted(purged.items())),
            late=late,
            refused=refused,
            overdue=waits[0],
            oldest_overdue=waits[1],
        )


def _without_row() -> ColumnElement[bool]:
    return ~exists().where(RecordingRow.id == TranscriptRow.recording)


def _between(since: datetime, until: datetime) -> Callable[[str], ColumnElement[bool]]:
    """Say that a time in a receipt lies there: they are written alike, so they sort as text."""
    first, end = written(since), written(until)

    def of(name: str) -> ColumnElement[bool]:
        at = ReceiptRow.body[name].as_string()
        return and_(at >= first, at < end)

    return of


def _is_between(at: str, since: datetime, until: datetime) -> bool:
    return written(since) <= at < written(until)


def _late_after(body: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(body["delete_at"]) + OVERDUE
