"""A scope that is narrowed to some calls of its registers: a partner's, or those given to a case.

The condition goes onto every table that the session keeps apart. A row of a call is seen where the call is; what is of
no one call (holds, customers, collections) is not seen at all: nobody with some calls only has to do with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, Table, false, or_, select
from sqlalchemy.orm import LoaderCriteriaOption, with_loader_criteria

from storage.records import Only
from storage.sql.people_rows import GivenCallRow
from storage.sql.tables import Base, RecordingRow, TranscriptRow

_RECORDINGS: Final[Table] = Base.metadata.tables[RecordingRow.__tablename__]
_TRANSCRIPTS: Final[Table] = Base.metadata.tables[TranscriptRow.__tablename__]
_GIVEN: Final[Table] = Base.metadata.tables[GivenCallRow.__tablename__]
# As plain tables: a condition on a mapped one within a condition on a mapped one would not end.


def narrowed(rows: Iterable[type[Any]], only: Only, controllers: Sequence[str]) -> list[LoaderCriteriaOption]:
    """Return the conditions for these mapped tables."""
    given = select(_GIVEN.c.recording).where(_GIVEN.c.controller.in_(controllers), _GIVEN.c.case.in_(only.cases))
    calls = select(_RECORDINGS.c.id).where(
        or_(_RECORDINGS.c.source.in_(only.sources), _RECORDINGS.c.id.in_(given)),
        _RECORDINGS.c.controller.in_(controllers),
    )
    return [with_loader_criteria(row, _condition(row, only, given, calls), include_aliases=True) for row in rows]


def _condition(row: type[Any], only: Only, given: Select[Any], calls: Select[Any]) -> ColumnElement[bool]:
    if row is RecordingRow:
        return or_(RecordingRow.source.in_(only.sources), RecordingRow.id.in_(given))
    of_call: ColumnElement[bool] = false()
    if hasattr(row, "recording"):
        of_call = row.recording.in_(calls)
    elif hasattr(row, "number"):  # a transcript's words and turns
        of_call = row.number.in_(select(_TRANSCRIPTS.c.number).where(_TRANSCRIPTS.c.recording.in_(calls)))
    return of_call
