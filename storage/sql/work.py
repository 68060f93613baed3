"""How the work stands: two small tables of counts, written by the transactions that end steps, and what waits."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import CursorResult, func, or_, select, update
from sqlalchemy.orm import Session

from storage.records import Scope, Stage
from storage.sql.session import Database
from storage.sql.tables import RecordingRow, StepTimeRow, StoppedRow
from storage.work import BUCKETS, WEIGHTS, StepTimes, Waiting, Work, bucket_of

_FOR_A_PERSON: Final = (Stage.QUARANTINED, Stage.FAILED)


class SqlWorkBooks:
    """WorkBooks in the catalog's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self, *, now: datetime) -> Work:
        """Return how the work stands at `now`. Raises Unavailable."""
        with self._database.reading(Scope.system()) as session:
            stopped = {(row.stage, row.slug): row.count for row in session.scalars(select(StoppedRow))}
            return Work(waiting=_waiting(session, now), steps=_steps(session), stopped=stopped)


def count(session: Session, row: RecordingRow, *, before: Stage, at: datetime) -> None:
    """Count what became of a step, in its transaction and after its audit entry: who writes that holds the turn."""
    if row.stage in _FOR_A_PERSON:
        _add(session, StoppedRow(stage=row.stage, slug=row.slug or "", count=1))
    if before not in WEIGHTS or row.stage is Stage.FAILED or row.began_at is None:
        return
    seconds = max(0.0, (at - row.began_at).total_seconds())  # a clock that went back is no time won
    times = {"count": 1, "seconds": seconds, "sound": row.seconds or 0.0}
    _add(session, StepTimeRow(stage=before, bucket=bucket_of(seconds), **times))


def _add(session: Session, row: StepTimeRow | StoppedRow) -> None:
    """Add these numbers to the row with the same key, or keep the row."""
    kind, mapped = type(row), type(row).__mapper__
    keys = [mapped.get_property_by_column(column).key for column in mapped.primary_key]
    rest = [each.key for each in mapped.column_attrs if each.key not in keys]
    same = [getattr(kind, key) == getattr(row, key) for key in keys]
    more = {name: getattr(kind, name) + getattr(row, name) for name in rest}
    added = update(kind).where(*same).values(**more).execution_options(synchronize_session=False)
    done = session.execute(added)
    if not isinstance(done, CursorResult) or done.rowcount != 1:
        session.add(row)


def _waiting(session: Session, now: datetime) -> dict[Stage, Waiting]:
    free = or_(RecordingRow.worker.is_(None), RecordingRow.lease_until.is_(None), RecordingRow.lease_until <= now)
    wanted = (
        select(
            RecordingRow.stage,
            func.count().label("number"),
            func.min(func.coalesce(RecordingRow.stage_since, RecordingRow.received_at)).label("since"),
        )
        .where(RecordingRow.stage.in_([*WEIGHTS, *_FOR_A_PERSON]), free, RecordingRow.restricted.is_(False))
        .where(RecordingRow.delete_at > now)
        .group_by(RecordingRow.stage)
    )
    found = {row.stage: Waiting(count=row.number, since=row.since) for row in session.execute(wanted)}
    return {stage: found.get(stage, Waiting(count=0)) for stage in (*WEIGHTS, *_FOR_A_PERSON)}


def _steps(session: Session) -> dict[Stage, StepTimes]:
    rows = session.scalars(select(StepTimeRow)).all()
    return {stage: _times([row for row in rows if row.stage is stage]) for stage in WEIGHTS}


def _times(rows: list[StepTimeRow]) -> StepTimes:
    counts = {row.bucket: row.count for row in rows}
    return StepTimes(
        counts=[counts.get(number, 0) for number in range(len(BUCKETS) + 1)],
        seconds=sum(row.seconds for row in rows),
        sound=sum(row.sound for row in rows),
    )
