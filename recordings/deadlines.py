"""Until when a person who asks must be answered: GDPR Art. 12(3), counted by Regulation (EEC, Euratom) 1182/71. Pure.

One month from receipt, three with an extension. The day of receipt is not counted; the period ends with the last hour
of the day of the same number, or of the month's last day where there is none; where that day is a Saturday, a Sunday or
a public holiday, with that of the next working day (Art. 3(2)(c), 3(4); EDPB Guidelines 01/2022, 157 to 160). The shift
is the controller's outer limit, so the plain date is told beside it: it is what to aim at.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import holidays
from dateutil.relativedelta import relativedelta

ANSWER_MONTHS = 1
EXTENDED_MONTHS = 3
# "two further months", counted from receipt as the first one is
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day on which the answer is in time."""

    aim: date  # the plain date
    last: date  # moved to a working day


def deadline(received_on: date, *, extended: bool = False, country: str = "FI") -> Deadline:
    """Return the deadline of a request that came on this day of the controller's calendar.

    `country` (ISO 3166) is the one whose public holidays count. Raises ValueError for one that is not known.
    """
    aim = received_on + relativedelta(months=EXTENDED_MONTHS if extended else ANSWER_MONTHS)
    last = aim
    while not is_working_day(last, country=country):
        last += timedelta(days=1)
    return Deadline(aim=aim, last=last)


def is_working_day(day: date, *, country: str = "FI") -> bool:
    """Tell whether a day is neither Saturday, Sunday nor a public holiday. Raises ValueError for an unknown country."""
    return day.weekday() < _SATURDAY and day not in _public_holidays(country, day.year)


def working_days_until(last: date, today: date, *, country: str = "FI") -> int:
    """Return how many working days are left after today, the last one counted; negative when it is past."""
    if last < today:
        return -sum(
            is_working_day(last + timedelta(days=n), country=country) for n in range(1, (today - last).days + 1)
        )
    return sum(is_working_day(today + timedelta(days=n), country=country) for n in range(1, (last - today).days + 1))


@cache
def _public_holidays(country: str, year: int) -> frozenset[date]:
    try:
        return frozenset(holidays.country_holidays(country, years=year))
    except NotImplementedError:
        raise ValueError("is no country whose public holidays are known, such as FI") from None
