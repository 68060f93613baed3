"""The process ends at each named place of a shorter period's taking effect; the next start ends in one right state."""

from collections.abc import Callable
from datetime import date, timedelta
from threading import Event

import pytest

from recordings.factory import Vaiti
from recordings.settings import Settings
from storage.records import Recording, Scope
from tests.crashes import KILLED, points_of, run_until
from tests.integration.conftest import CONTROLLERS
from tests.integration.fakes import MovedClock, a_call
from tests.integration.test_holds import held
from tests.integration.test_shorter_periods import DAY, ENDS_SOONER, approved, ends, key_day, told
from workers.schedule import Schedule

Push = Callable[..., Recording]
POINTS = ["period.in-force", "period.keys-moved", "period.calls-moved", "period.applied"]
SETTLE = """
from datetime import datetime
from pathlib import Path
from recordings.factory import Vaiti
from recordings.settings import Settings
from tests.integration.fakes import MovedClock
settings = Settings(data=Path({data!r}), controllers=Path({controllers!r}))
Vaiti.open(settings, clock=MovedClock(datetime.fromisoformat({now!r}))).shorten.settle()
"""


def test_every_place_is_killed_at() -> None:
    assert {*points_of("recordings/steps/shorten.py")} == {*POINTS}


@pytest.mark.parametrize("point", POINTS)
def test_a_shorter_period_that_was_taking_effect_is_in_force(
    push: Push, vaiti: Vaiti, settings: Settings, clock: MovedClock, point: str
) -> None:
    young, case = push(), push(a_call(seed=2), call_id="held")
    old = push(a_call(seed=3), call_id="old", started_at="2025-05-01T10:00:00+03:00")
    hold = held(vaiti, case)
    assert settings.controllers is not None
    settings.controllers.write_text(CONTROLLERS.replace('"P1Y"', '"P6M"'), encoding="utf-8")
    change = approved(told(vaiti))
    clock.at += DAY
    place = {"data": str(settings.data), "controllers": str(settings.controllers), "now": clock.at.isoformat()}
    assert run_until(point, SETTLE.format(**place)) == KILLED
    again = Vaiti.open(settings, clock=clock)
    schedule = Schedule(again, stop=Event())
    for _ in range(2):
        schedule.run_once()
        clock.at += timedelta(minutes=1)
    assert [each["recording"] for each in again.catalog.receipts(Scope.system())] == [old.id]
    assert (ends(again, young), ends(again, case)) == (ENDS_SOONER, ENDS_SOONER)
    assert (key_day(again, young.id), again.keys.held()) == (date(2026, 9, 1), {case.id: hold.id})
    found = again.period_books.get(Scope.system(), change.id)
    assert (found.moved, found.applied_at is not None) == (3, True)
    assert again.audit.verify() > 0
    assert not any(again.reconcile().left.values())
    again.close()
