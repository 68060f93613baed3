"""When a recording must be gone: the call's own clock, one period later (design.md, decision 6). Pure.

The period is counted on the local calendar of the controller's zone, because "one year from the call" is a promise in
days that people read off a wall. Adding to an aware datetime is wrong twice: Python then keeps wall-clock arithmetic
without asking whether that wall-clock time exists, and `+365 days` is a day short across every leap day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import isodate
from dateutil.relativedelta import relativedelta

LONGEST_YEARS = 100
# A typing error such as P1000Y would otherwise only show when nothing was ever deleted.
ONE_SECOND = timedelta(seconds=1)


class BadPeriod(ValueError):
    """A period is a positive number of whole years, months, weeks or days as ISO 8601 writes it: P1Y, P6M, P90D."""


@dataclass(frozen=True, slots=True)
class Period:
    """How long a kind of recording is kept: whole years, months and days."""

    years: int = 0
    months: int = 0
    days: int = 0

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read an ISO 8601 duration without hours. Raises BadPeriod."""
        try:
            duration = isodate.parse_duration(text)
        except (isodate.ISO8601Error, TypeError, ValueError, OverflowError) as error:
            raise BadPeriod(BadPeriod.__doc__) from error
        rest = getattr(duration, "tdelta", duration)
        years, months = getattr(duration, "years", 0), getattr(duration, "months", 0)
        whole = all(each == int(each) >= 0 for each in (years, months)) and rest == timedelta(days=rest.days)
        period = cls(years=int(years), months=int(months), days=rest.days)
        if not whole or rest.days < 0 or period == cls() or period.years > LONGEST_YEARS:
            raise BadPeriod(BadPeriod.__doc__)
        return period

    def __str__(self) -> str:
        """Write it as ISO 8601, one way for each: weeks as days."""
        parts = ((self.years, "Y"), (self.months, "M"), (self.days, "D"))
        return "P" + "".join(f"{number}{letter}" for number, letter in parts if number)

    def after(self, day: datetime) -> datetime:
        """Return the same clock time one period later on the calendar; 29 February becomes 28 February."""
        return day + relativedelta(years=self.years, months=self.months, days=self.days)

    def before(self, day: datetime) -> datetime:
        """Return the same clock time one period earlier on the calendar; 29 February becomes 28 February."""
        return day - relativedelta(years=self.years, months=self.months, days=self.days)


def delete_at(started_at: datetime, period: Period, zone: ZoneInfo, *, end_of_day: bool = False) -> datetime:
    """Return the moment, in UTC, from which the recording of a call that began at `started_at` may not exist.

    The same local clock time on the date one period later; a time that daylight saving skips becomes the next one
    that exists, one that comes twice is the first. With `end_of_day` it is 00:00 after that date instead.
    """
    if started_at.tzinfo is None:
        raise ValueError("started_at must be an aware datetime")
    due = period.after(started_at.astimezone(zone).replace(tzinfo=None))
    if end_of_day:
        due = datetime.combine(due.date() + timedelta(days=1), time())
    return _to_utc(due, zone)


def local_date(moment: datetime, zone: ZoneInfo) -> date:
    """Return the calendar date of a moment in the controller's zone: what its deletion key is named after."""
    return moment.astimezone(zone).date()


def is_past(delete_on: datetime, now: datetime) -> bool:
    """Tell whether the time has come. From this very moment on the recording is unreachable."""
    return now >= delete_on


def _to_utc(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return the first moment at which the zone's clocks show `wall`, or the first that exists after it."""
    early = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    late = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    if early <= late:  # it exists once, or twice: fold 0 is the first
        return early
    return _find_change(late, early, zone)


def _find_change(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Return the moment at which the offset of the zone changes, between two moments that have different offsets."""
    offset = before.astimezone(zone).utcoffset()
    while after - before > ONE_SECOND:
        middle = before + (after - before) / 2
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)
