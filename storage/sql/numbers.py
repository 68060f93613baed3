"""The numbers of transcripts: the later a call began the greater, so that the newest are found first without sorting.

A call's number is the second in which it began, counted from 1970, times 16, and then the next that is free: calls of
one second come in any order, and always in the same.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.sql.tables import TranscriptRow
from storage.sql.words import Stretch

PLACES: Final = 16
# Of one second. More of them would make the lists of the index longer: they hold the steps between numbers.
_AT_ONCE: Final = 512
_FIRST, _LAST = -(2**62), 2**62


def first_of(at: datetime) -> int:
    """Return the first number of a second."""
    return int(at.timestamp() // 1) * PLACES


def stretch(since: datetime | None, until: datetime | None) -> Stretch:
    """Return the numbers that calls of a time have, and perhaps a few beside it."""
    first = _FIRST if since is None else first_of(since)
    # many calls of one second take numbers of the next ones
    end = _LAST if until is None else first_of(until) + PLACES * _AT_ONCE
    return Stretch(first, end)


def next_free(session: Session, at: datetime) -> int:
    """Return the first number from a second on that no transcript has."""
    wanted = first_of(at)
    while True:
        later = select(TranscriptRow.number).where(TranscriptRow.number >= wanted)
        taken = session.scalars(later.order_by(TranscriptRow.number).limit(_AT_ONCE)).all()
        for number in taken:
            if number != wanted:
                return wanted
            wanted += 1
        if len(taken) < _AT_ONCE:
            return wanted
