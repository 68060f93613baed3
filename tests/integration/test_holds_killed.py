"""The process ends at each named place of placing and releasing a hold; the next start finds one right state."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from threading import Event
from typing import Any

import pytest

from recordings.factory import Vaiti
from recordings.settings import Settings
from recordings.steps.hold import PlaceHold
from storage.records import Recording, Scope
from tests.crashes import KILLED, points_of, run_until
from tests.integration.fakes import MovedClock, a_call
from tests.integration.test_holds import held
from workers.schedule import Schedule

Push = Callable[..., Recording]
SYSTEM = Scope.system()
PLACING = ["hold.placed", "hold.keys-under-case"]
RELEASING = ["hold.ended", "hold.call-purged", "hold.key-under-day"]
_OPEN = """
from datetime import datetime
from pathlib import Path
from recordings.factory import Vaiti
from recordings.holding import Order
from recordings.settings import Settings
from recordings.steps.hold import PlaceHold
from storage.records import Scope
from tests.integration.fakes import MovedClock
settings = Settings(data=Path({data!r}), controllers=Path({controllers!r}))
vaiti = Vaiti.open(settings, clock=MovedClock(datetime.fromisoformat({now!r})))
act = PlaceHold(holding=vaiti.holding)
"""
PLACE = """
act(Order(controller="kuopio", ground="legal-claim", case="R-12", actor="officer-1", recordings={ids!r}))
"""
RELEASE = """
vaiti.let_go(act.release(Scope.system(), vaiti.holds.list(Scope.system())[0].id, actor="officer-1"))
"""


@dataclass
class Calls:
    """Two calls; the time of one comes half a year before the other's."""

    settings: Settings
    clock: MovedClock
    early: Recording
    late: Recording

    def kill_at(self, point: str, code: str) -> None:
        """Do this in a process of its own that ends at the point."""
        place = {"data": str(self.settings.data), "controllers": str(self.settings.controllers)}
        program = (_OPEN + code).format(**place, now=self.clock.at.isoformat(), ids=(self.early.id, self.late.id))
        assert run_until(point, program) == KILLED

    def start(self) -> Vaiti:
        """Open the service again and let the clock do its duties once."""
        vaiti = Vaiti.open(self.settings, clock=self.clock)
        Schedule(vaiti, stop=Event()).run_once()
        return vaiti


@pytest.fixture
def calls(push: Push, settings: Settings, clock: MovedClock, vaiti: Vaiti) -> Iterator[Calls]:
    early, late = push(kind="contract"), push(a_call(seed=2), call_id="late")
    yield Calls(settings=settings, clock=clock, early=early, late=late)
    del vaiti


def test_every_place_is_killed_at() -> None:
    assert {*points_of("recordings/holding.py"), *points_of("recordings/factory.py")} == {*PLACING, *RELEASING}


@pytest.mark.parametrize("point", PLACING)
def test_a_hold_that_was_being_placed_holds(calls: Calls, point: str) -> None:
    calls.kill_at(point, PLACE)
    vaiti = calls.start()
    (hold,) = vaiti.holds.list(SYSTEM)
    assert dict(vaiti.keys.held()) == {calls.early.id: hold.id, calls.late.id: hold.id}
    calls.clock.at = calls.early.delete_at + timedelta(days=1)
    assert vaiti.purge_due(calls.clock.now()) == []
    released = PlaceHold(holding=vaiti.holding).release(SYSTEM, hold.id, actor="officer-1")
    vaiti.let_go(released)
    check_only_the_late_one_is_left(vaiti, calls)
    vaiti.close()


@pytest.mark.parametrize("point", RELEASING)
def test_a_hold_that_was_being_released_lets_go(calls: Calls, vaiti: Vaiti, point: str) -> None:
    held(vaiti, calls.early, calls.late)
    calls.clock.at = calls.early.delete_at + timedelta(days=1)
    calls.kill_at(point, RELEASE)
    again = calls.start()
    check_only_the_late_one_is_left(again, calls)
    again.close()


def check_only_the_late_one_is_left(vaiti: Vaiti, calls: Calls) -> None:
    receipts: list[Any] = [*vaiti.catalog.receipts(SYSTEM)]
    assert [each["recording"] for each in receipts] == [calls.early.id]
    assert (vaiti.catalog.knows(calls.early.id), vaiti.keys.knows(calls.early.id)) == (0, False)
    assert vaiti.holds.list(SYSTEM) == []
    assert (vaiti.holds.owners(), vaiti.keys.held()) == ({}, {})
    assert not vaiti.catalog.get(SYSTEM, calls.late.id).held
    with vaiti.view.open_sound(SYSTEM, calls.late.id, actor="agent-1") as sound:
        assert sound.read(4) == b"RIFF"
    assert vaiti.audit.verify() > 0
    assert not any(vaiti.reconcile().left.values())
