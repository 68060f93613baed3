"""What counts as shorter, and when a call ends that a shorter period finds stored."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recordings.periods import end_of, may_shorten, new_time
from recordings.retention import Period
from storage.periods import ChangeState, KeptCall, Term
from storage.records import RecordingId
from tests.contracts.builders import a_period_change

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
PERIODS = ("P1Y", "P6M", "P90D", "P12M", "P366D", "P1M", "P30D", "P1Y1D", "P2Y", "P4W", "P28D")
moments = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001


def term(period: str, *, zone: str = "Europe/Helsinki", end_of_day: bool = False) -> Term:
    return Term(period=period, zone=zone, end_of_day=end_of_day)


@pytest.mark.parametrize(
    ("new", "old"),
    [
        (term("P6M"), term("P1Y")),
        (term("P365D"), term("P1Y")),  # a day short across a leap day
        (term("P1M"), term("P30D")),  # in February
        (term("P30D"), term("P1M")),  # in March
        (term("P1Y"), term("P1Y", end_of_day=True)),
        (term("P90D", end_of_day=True), term("P91D")),
        (term("P1Y", zone="Europe/Stockholm"), term("P1Y")),
        (term("P2Y", zone="Europe/Stockholm"), term("P1Y")),  # nobody has to think it through
    ],
)
def test_what_might_end_any_call_sooner_is_shorter(new: Term, old: Term) -> None:
    assert may_shorten(new, old)


@pytest.mark.parametrize(
    ("new", "old"),
    [
        (term("P1Y"), term("P1Y")),
        (term("P12M"), term("P1Y")),
        (term("P366D"), term("P1Y")),
        (term("P1Y", end_of_day=True), term("P1Y")),
        (term("P2Y"), term("P1Y", end_of_day=True)),
        (term("P4W"), term("P28D")),
    ],
)
def test_what_ends_no_call_sooner_is_not(new: Term, old: Term) -> None:
    assert not may_shorten(new, old)


@given(moments, *2 * [st.builds(term, st.sampled_from(PERIODS), end_of_day=st.booleans())])
def test_what_is_not_shorter_ends_no_call_sooner_at_any_moment(at: datetime, new: Term, old: Term) -> None:
    assert may_shorten(new, old) or end_of(at, new) >= end_of(at, old)


@given(moments, moments)
def test_no_call_is_due_before_a_shorter_period_takes_effect(started: datetime, at: datetime) -> None:
    call = KeptCall(id=RecordingId("a" * 32), started_at=started, delete_at=NOW, held=False)
    assert new_time(call, term("P6M"), at=at) == max(at, end_of(started, term("P6M")))


@pytest.mark.parametrize("text", ["P1Y", "P6M", "P90D", "P1Y6M", "P1Y2M3D"])
def test_a_period_is_written_as_it_was_read(text: str) -> None:
    assert str(Period.parse(text)) == text


def test_weeks_are_written_as_days() -> None:
    assert str(Period.parse("P4W")) == "P28D"


def test_a_change_says_how_far_it_has_come() -> None:
    steps = [
        {},
        {"approved_at": NOW},
        {"approved_at": NOW, "in_force_at": NOW},
        {"approved_at": NOW, "in_force_at": NOW, "applied_at": NOW, "checked_at": NOW},
        {"withdrawn_at": NOW},
    ]
    assert [a_period_change(**step).state for step in steps] == list(ChangeState)
