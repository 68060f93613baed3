"""When a recording must be gone. The vectors are design.md's and domain.md's."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import example, given, settings
from hypothesis import strategies as st

from recordings.retention import BadPeriod, Period, delete_at, is_past, local_date

HELSINKI = ZoneInfo("Europe/Helsinki")
YEAR = Period(years=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("started", "due"),
    [
        ("2025-03-29T03:30+02:00", "2026-03-29T01:00+00:00"),  # 03:30 is skipped that day
        ("2025-10-25T03:30+03:00", "2026-10-25T00:30+00:00"),  # 03:30 comes twice: the first
        ("2028-02-29T23:59+02:00", "2029-02-28T21:59+00:00"),
        ("2027-03-01T12:00+02:00", "2028-03-01T10:00+00:00"),  # a leap day lies between
        ("2025-12-31T22:15+00:00", "2026-12-31T22:15+00:00"),
        ("2025-10-26T03:30+03:00", "2026-10-26T01:30+00:00"),
        ("2026-06-01T09:00-04:00", "2027-06-01T13:00+00:00"),  # pushed with another zone's offset
    ],
)
def test_one_year_from_the_moment_of_the_call(started: str, due: str) -> None:
    assert delete_at(at(started), YEAR, HELSINKI) == at(due)


@pytest.mark.parametrize(
    ("started", "due"),
    [
        ("2028-02-29T23:59+02:00", "2029-02-28T22:00+00:00"),
        ("2028-02-29T22:30+00:00", "2029-03-01T22:00+00:00"),  # already 1 March in Helsinki
        ("2025-12-31T22:15+00:00", "2027-01-01T22:00+00:00"),
        ("2025-10-26T03:30+03:00", "2026-10-26T22:00+00:00"),
    ],
)
def test_to_the_end_of_the_last_day(started: str, due: str) -> None:
    assert delete_at(at(started), YEAR, HELSINKI, end_of_day=True) == at(due)


def test_a_midnight_that_does_not_exist_is_the_next_moment_that_does() -> None:
    # Beirut's clocks go from 00:00 to 01:00
    due = delete_at(at("2023-03-30T12:00+03:00"), YEAR, ZoneInfo("Asia/Beirut"), end_of_day=True)
    assert due == at("2024-03-30T22:00+00:00")
    skipped = delete_at(at("2023-03-31T00:30+03:00"), YEAR, ZoneInfo("Asia/Beirut"))
    assert skipped == at("2024-03-30T22:00+00:00")


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("P1Y", Period(years=1)),
        ("P6M", Period(months=6)),
        ("P90D", Period(days=90)),
        ("P2W", Period(days=14)),
        ("P1Y6M10D", Period(years=1, months=6, days=10)),
    ],
)
def test_periods_are_iso_8601(text: str, period: Period) -> None:
    assert Period.parse(text) == period


@pytest.mark.parametrize(
    "text", ["", "1Y", "P", "P0D", "P0Y", "-P1Y", "PT1H", "P1DT1H", "P0.5Y", "P1.5D", "P1000Y", "year", "P1Y-1D"]
)
def test_other_periods_are_refused(text: str) -> None:
    with pytest.raises(BadPeriod):
        Period.parse(text)


def test_a_period_that_is_no_text_is_refused() -> None:
    with pytest.raises(BadPeriod):
        Period.parse(365)  # type: ignore[arg-type]


def test_a_time_without_an_offset_is_no_time() -> None:
    with pytest.raises(ValueError, match="aware"):
        delete_at(datetime(2026, 1, 1), YEAR, HELSINKI)  # noqa: DTZ001 - that is the point


def test_the_moment_itself_is_past() -> None:
    due = at("2026-03-29T01:00+00:00")
    assert is_past(due, due)
    assert not is_past(due, due - timedelta(microseconds=1))


def test_the_local_date_is_the_controllers() -> None:
    assert local_date(at("2028-02-29T22:30+00:00"), HELSINKI) == date(2028, 3, 1)


moments = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
zones = st.sampled_from([HELSINKI, ZoneInfo("UTC"), ZoneInfo("Asia/Beirut"), ZoneInfo("America/St_Johns")])


@given(moments, zones)
def test_a_year_later_is_the_same_date_on_the_wall(started: datetime, zone: ZoneInfo) -> None:
    before, after = started.astimezone(zone), delete_at(started, YEAR, zone).astimezone(zone)
    if (before.month, before.day) == (2, 29):
        assert (after.year, after.month, after.day) == (before.year + 1, 2, 28)
    else:
        assert (after.year, after.month, after.day) == (before.year + 1, before.month, before.day)


@given(moments, zones)
def test_the_clock_on_the_wall_is_the_same_unless_it_was_skipped(started: datetime, zone: ZoneInfo) -> None:
    before, after = started.astimezone(zone), delete_at(started, YEAR, zone).astimezone(zone)
    if before.time() != after.time():
        # the zone skips a time then: just before `after` the offset was another one
        earlier = (after.astimezone(UTC) - timedelta(seconds=1)).astimezone(zone)
        assert earlier.utcoffset() != after.utcoffset()
        assert after.fold == 0


@given(moments, zones, st.integers(1, 40))
def test_a_call_is_never_kept_longer_than_its_days_and_one_hour(started: datetime, zone: ZoneInfo, days: int) -> None:
    kept = delete_at(started, Period(days=days), zone) - started
    assert abs(kept - timedelta(days=days)) <= timedelta(hours=2)


@given(moments, zones)
def test_the_end_of_the_day_comes_within_a_day_after_the_moment(started: datetime, zone: ZoneInfo) -> None:
    moment, end = delete_at(started, YEAR, zone), delete_at(started, YEAR, zone, end_of_day=True)
    assert timedelta() < end - moment <= timedelta(hours=25)


periods = st.one_of(
    st.builds(Period, years=st.integers(1, 12)),
    st.builds(Period, months=st.integers(1, 40)),
    st.builds(Period, days=st.integers(1, 800)),
    st.builds(Period, years=st.integers(0, 3), months=st.integers(1, 11), days=st.integers(0, 40)),
)
# Helsinki's clocks change on the last Sundays of March and October: these hours hold both days and their midnights
on_days_of_change = st.builds(
    lambda year, month, hours: datetime(year, month, 24, tzinfo=UTC) + timedelta(minutes=hours),
    st.integers(2020, 2040),
    st.sampled_from([3, 10]),
    st.integers(0, 9 * 24 * 60),
)
on_leap_days = st.builds(
    lambda year, minutes: datetime(4 * year, 2, 28, 20, tzinfo=UTC) + timedelta(minutes=minutes),
    st.integers(500, 520),
    st.integers(0, 32 * 60),
)
hard_moments = st.one_of(moments, on_days_of_change, on_leap_days)


def naive(started: datetime, period: Period, zone: ZoneInfo) -> datetime:
    """The wall's clock one period later, whether it exists there or not."""
    return period.after(started.astimezone(zone).replace(tzinfo=None))


def as_shown(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)


@settings(deadline=None)
@given(hard_moments, zones, periods)
def test_a_call_ends_at_the_first_moment_at_which_the_wall_shows_its_time_or_later(
    started: datetime, zone: ZoneInfo, period: Period
) -> None:
    due, wanted = delete_at(started, period, zone), naive(started, period, zone)
    assert as_shown(due, zone) >= wanted
    just_before = as_shown(due - timedelta(seconds=1), zone)
    # a second earlier the clock shows less: or, where a time comes twice, it would be the second showing
    assert just_before < wanted
    assert due - started <= timedelta(days=366 * (period.years + 1) + 31 * (period.months + 1) + period.days)


def falls_short(started: datetime, zone: ZoneInfo, period: Period) -> bool:
    """Tell whether the month in which the period ends has no day of this number, so that its last day counts."""
    local = started.astimezone(zone)
    return (local + relativedelta(years=period.years, months=period.months)).day != local.day


@settings(deadline=None)
@given(hard_moments, zones, periods, st.integers(0, 72 * 3600))
@example(at("2000-02-28T12:00+00:00"), ZoneInfo("UTC"), YEAR, 13 * 3600)
def test_an_earlier_call_outlives_a_later_one_only_where_the_clock_was_set_back_or_a_month_is_short(
    started: datetime, zone: ZoneInfo, period: Period, seconds: int
) -> None:
    later = started + timedelta(seconds=seconds)
    apart = timedelta(hours=25) if falls_short(later, zone, period) else timedelta(hours=1)
    assert delete_at(started, period, zone) <= delete_at(later, period, zone) + apart


@settings(deadline=None)
@given(hard_moments, zones, periods)
def test_the_zone_that_a_moment_is_written_in_does_not_matter(
    started: datetime, zone: ZoneInfo, period: Period
) -> None:
    elsewhere = started.astimezone(ZoneInfo("America/St_Johns"))
    assert delete_at(elsewhere, period, zone) == delete_at(started, period, zone)


@settings(deadline=None)
@given(hard_moments, zones, periods)
def test_the_end_of_the_day_is_the_next_midnight_or_the_first_moment_after_it(
    started: datetime, zone: ZoneInfo, period: Period
) -> None:
    end = delete_at(started, period, zone, end_of_day=True)
    last_day = naive(started, period, zone).date()
    assert as_shown(end, zone).date() == last_day + timedelta(days=1)
    assert as_shown(end - timedelta(seconds=1), zone).date() == last_day


@settings(deadline=None)
@given(hard_moments)
def test_a_year_of_months_is_a_year_and_a_week_is_seven_days(started: datetime) -> None:
    assert delete_at(started, Period(months=12), HELSINKI) == delete_at(started, YEAR, HELSINKI)
    assert delete_at(started, Period.parse("P2W"), HELSINKI) == delete_at(started, Period(days=14), HELSINKI)
