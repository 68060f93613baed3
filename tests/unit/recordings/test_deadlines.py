"""Until when a person must be answered: Regulation 1182/71, Finnish holidays, ten years of days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recordings.deadlines import Deadline, deadline, is_working_day, working_days_until

TEN_YEARS = st.dates(min_value=date(2026, 1, 1), max_value=date(2036, 12, 31))


@pytest.mark.parametrize(
    ("received", "aim", "last"),
    [
        (date(2026, 3, 5), date(2026, 4, 5), date(2026, 4, 7)),  # Easter Sunday, then Easter Monday
        (date(2026, 8, 31), date(2026, 9, 30), date(2026, 9, 30)),  # there is no 31 September
        (date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 2)),  # a short month, and a Saturday
        (date(2028, 1, 31), date(2028, 2, 29), date(2028, 2, 29)),
        (date(2026, 11, 6), date(2026, 12, 6), date(2026, 12, 7)),  # Independence Day, a Sunday
        (date(2026, 11, 24), date(2026, 12, 24), date(2026, 12, 28)),  # Christmas Eve, two days and a Sunday
        (date(2026, 5, 19), date(2026, 6, 19), date(2026, 6, 22)),  # Midsummer Eve
        (date(2026, 10, 22), date(2026, 11, 22), date(2026, 11, 23)),
    ],
)
def test_the_month_ends_on_the_same_number_or_the_next_working_day(received: date, aim: date, last: date) -> None:
    assert deadline(received) == Deadline(aim=aim, last=last)


def test_an_extension_is_two_months_more_from_the_day_of_receipt_and_not_from_the_first_deadline() -> None:
    assert deadline(date(2026, 1, 31), extended=True) == Deadline(aim=date(2026, 4, 30), last=date(2026, 4, 30))


@given(received=TEN_YEARS, extended=st.booleans())
def test_over_ten_years_the_last_day_is_a_working_day_and_never_before_the_plain_date(
    received: date,
    *,
    extended: bool,
) -> None:
    found = deadline(received, extended=extended)
    assert is_working_day(found.last)
    assert found.aim <= found.last <= found.aim + timedelta(days=5)
    assert not any(is_working_day(found.aim + timedelta(days=n)) for n in range((found.last - found.aim).days))


@given(received=TEN_YEARS, extended=st.booleans())
def test_over_ten_years_the_plain_date_has_the_same_number_or_is_the_last_of_its_month(
    received: date,
    *,
    extended: bool,
) -> None:
    aim = deadline(received, extended=extended).aim
    months = (aim.year - received.year) * 12 + aim.month - received.month
    assert months == (3 if extended else 1)
    assert aim.day == received.day or (aim.day < received.day and (aim + timedelta(days=1)).day == 1)


@given(received=TEN_YEARS)
def test_a_request_of_a_later_day_is_never_due_before_an_earlier_one(received: date) -> None:
    assert deadline(received).last <= deadline(received + timedelta(days=1)).last


@given(received=TEN_YEARS)
def test_the_days_that_are_left_count_down_to_nothing(received: date) -> None:
    last = deadline(received).last
    assert working_days_until(last, last) == 0
    assert 16 <= working_days_until(last, received) <= 23  # 16: over a Christmas on working days
    assert working_days_until(last, last + timedelta(days=7)) < 0


def test_another_countrys_holidays_are_its_own() -> None:
    assert is_working_day(date(2026, 6, 19), country="DE")
    assert not is_working_day(date(2026, 6, 19))
    with pytest.raises(ValueError, match="no country"):
        is_working_day(date(2026, 6, 19), country="XX")
