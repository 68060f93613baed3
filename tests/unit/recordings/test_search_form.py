"""The search form takes whatever is typed; what means nothing narrows nothing."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from recordings.web.search_form import SearchForm
from storage.records import Kind, SearchFilter

HELSINKI = ZoneInfo("Europe/Helsinki")


def test_days_are_the_zones_and_the_last_one_is_included() -> None:
    form = SearchForm(since="2026-03-29", until="2026-03-29")
    only = form.filter(HELSINKI)
    assert only.since == datetime(2026, 3, 28, 22, tzinfo=UTC)
    assert only.until == datetime(2026, 3, 29, 21, tzinfo=UTC)  # a day of 23 hours
    assert form.narrows


def test_the_fields_become_a_filter() -> None:
    form = SearchForm(
        kind="contract", queue=" q ", direction="inbound", language="sv", shortest="1,5", longest="10", query="x"
    )
    assert form.filter(HELSINKI) == SearchFilter(
        kind=Kind.CONTRACT, queue="q", direction="inbound", language="sv", shortest=90.0, longest=600.0
    )


@pytest.mark.parametrize("typed", ["", "x", "2026-02-30", "9999-12-31", "-1", "nan", "inf", "1e300", "\x00", "'"])
def test_what_means_nothing_narrows_nothing(typed: str) -> None:
    form = SearchForm(kind=typed, since=typed, until=typed, direction=typed, language=typed * 3, shortest=typed)
    only = form.filter(HELSINKI)
    assert (only.kind, only.until, only.direction, only.shortest) == (None, None, None, None)
    assert only.language is None
    assert not SearchForm(query="lasku", kind="contract").narrows
