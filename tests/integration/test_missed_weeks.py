"""The clock makes up every weekly page that was missed since the first one."""

import json
from collections.abc import Callable
from datetime import timedelta
from threading import Event

import pytest

from recordings.factory import Vaiti
from recordings.weekly import Week
from storage import receipts
from storage.records import Recording
from tests.integration.fakes import MovedClock
from workers import reporting
from workers.reporting import write_missed_weeks, write_week
from workers.schedule import Schedule

WEEK = timedelta(weeks=1)
FIRST = "2026-W09"


def pages(vaiti: Vaiti, controller: str = "kuopio") -> list[str]:
    folder = vaiti.settings.data / "reports"
    assert {path.stem for path in folder.glob("*.md")} == {path.stem for path in folder.glob("*.json")}
    return sorted(path.stem.removesuffix(f"-{controller}") for path in folder.glob(f"*-{controller}.md"))


def test_weeks_in_which_the_service_was_off_have_their_pages_at_the_next_start(
    push: Callable[..., Recording], vaiti: Vaiti, clock: MovedClock
) -> None:
    Schedule(vaiti, stop=Event()).run_once()
    assert pages(vaiti) == pages(vaiti, "lahti") == [FIRST]
    vaiti.purge(push(work=False).id, reason="erasure-request")
    clock.at += 4 * WEEK
    Schedule(vaiti, stop=Event()).run_once()
    assert pages(vaiti) == pages(vaiti, "lahti") == [FIRST, "2026-W10", "2026-W11", "2026-W12", "2026-W13"]
    for week, purged in (("2026-W10", {"erasure-request": 1}), ("2026-W11", {})):
        signed = json.loads((vaiti.settings.data / "reports" / f"{week}-kuopio.json").read_text())
        receipts.verify(signed, vaiti.signer.public_key(), form=receipts.WEEK)
        assert (signed["week"], signed["purged"]) == (week, purged)


def test_a_page_that_went_missing_comes_back_and_those_that_are_there_stay(vaiti: Vaiti, clock: MovedClock) -> None:
    write_missed_weeks(vaiti)
    clock.at += 2 * WEEK
    write_missed_weeks(vaiti)
    folder = vaiti.settings.data / "reports"
    (folder / "2026-W10-kuopio.md").unlink()
    kept = {path: path.stat().st_mtime_ns for path in folder.glob("*.md")}
    write_missed_weeks(vaiti)
    assert pages(vaiti) == [FIRST, "2026-W10", "2026-W11"]
    assert {path: path.stat().st_mtime_ns for path in kept} == kept


def test_a_clock_that_stood_wrong_once_does_not_have_thousands_of_pages_written(
    vaiti: Vaiti, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reporting, "MOST_MADE_UP", 4)
    for wrong in ("1969-W52", "2040-W01"):
        write_week(vaiti, Week.parse(wrong))
    write_missed_weeks(vaiti)
    assert pages(vaiti) == ["1969-W52", FIRST, "2040-W01"]
    write_week(vaiti, Week.parse("2026-W06"))
    write_missed_weeks(vaiti)
    assert pages(vaiti) == ["1969-W52", "2026-W06", "2026-W07", "2026-W08", FIRST, "2040-W01"]
