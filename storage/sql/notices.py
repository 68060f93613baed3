"""Was the caller told: counts over the recordings' rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import false, func, select, true

from storage.notices import NoticeCount
from storage.records import Scope, Stage
from storage.sql.session import Database
from storage.sql.tables import RecordingRow as Row


class SqlNoticeBooks:
    """NoticeBooks in the catalog's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def count(self, scope: Scope, *, since: datetime, until: datetime) -> Sequence[NoticeCount]:
        """Count the calls that began in [since, until), by controller, kind and queue. Raises Unavailable."""
        by = (Row.controller, Row.kind, Row.queue)
        counted = (
            select(
                *by,
                func.count().filter(Row.told == true()).label("told"),
                func.count().filter(Row.told == false()).label("untold"),
                func.count().filter(Row.told.is_(None)).label("unheard"),
            )
            # a later part begins amid the call: its caller was told before
            .where(Row.call_started_at.is_(None) | (Row.call_started_at == Row.started_at))
            .where(Row.started_at >= since, Row.started_at < until)
            .where(Row.stage.not_in([Stage.PURGING, Stage.PURGED]), Row.restricted.is_(False))
            .group_by(*by)
        )
        with self._database.reading(scope) as session:
            counts = [NoticeCount(**row) for row in session.execute(counted).mappings()]
        return sorted(counts, key=lambda each: (each.controller, each.kind, each.queue or ""))
