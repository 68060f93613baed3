"""Yesterday's backup is put back after a period became shorter: no call has its old time again."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

from recordings.controllers import Controllers
from recordings.factory import Vaiti
from recordings.restoring import backing_up, restore
from recordings.settings import Settings
from storage.periods import ChangeState
from storage.records import Kind, Scope
from tests.integration.conftest import CONTROLLERS
from tests.integration.fakes import MovedClock
from tests.integration.test_shorter_periods import DAY, ENDS, ENDS_SOONER, approved, ends, pushed
from workers.schedule import Schedule

SYSTEM = Scope.system()
EDITED = CONTROLLERS.replace('"P6M"', '"P3M"').replace('"P1Y"', '"P6M"').replace('"P90D"', '"P1Y"')


# Contracts and service calls shorter, another register's calls longer.
@pytest.fixture(params=["sqlite", "postgres"])
def settings(settings: Settings, request: pytest.FixtureRequest) -> Settings:
    return settings if request.param == "sqlite" else request.getfixturevalue("postgres_settings")


class Story:
    """Before the backup contracts were to be shorter; after it that was withdrawn, and service calls became shorter."""

    def __init__(self, vaiti: Vaiti, clock: MovedClock, home: Path) -> None:
        self.settings, self.clock = vaiti.settings, clock
        edited = replace(vaiti, controllers=Controllers.parse(EDITED))
        self.before, self.contract = pushed(vaiti), pushed(vaiti, call_id="contract", kind="contract")
        vaiti.shorten.settle()
        dropped = approved(edited, Kind.CONTRACT)
        self.backup = backing_up(vaiti)(home / "backups", actor="operator").path

        edited.shorten.withdraw(SYSTEM, dropped.id, actor="agent-1")
        approved(edited)
        self.between = pushed(vaiti, call_id="between")
        clock.at += DAY
        edited.shorten.settle()
        self.later, self.longer = pushed(edited, call_id="later"), pushed(edited, controller="lahti")
        edited.journal.catch_up()
        vaiti.close()
        assert self.settings.controllers is not None
        self.settings.controllers.write_text(EDITED, encoding="utf-8")

    def restore(self) -> None:
        restore(self.settings, self.backup, clock=self.clock, actor="operator")

    def check(self) -> None:
        vaiti = Vaiti.open(self.settings, clock=self.clock)
        shortened = (self.between, self.later)
        assert {ends(vaiti, each) for each in shortened} == {ENDS_SOONER}  # as they were taken up
        for _ in range(2):
            Schedule(vaiti, stop=Event()).run_once()
            self.clock.at += DAY
        assert {ends(vaiti, each) for each in (self.before, *shortened)} == {ENDS_SOONER}
        assert [ends(vaiti, each) for each in (self.contract, self.longer)] == [ENDS_SOONER, self.longer.delete_at]
        assert vaiti.periods.in_force("kuopio", Kind.SERVICE).period == "P6M"
        assert vaiti.periods.in_force("kuopio", Kind.CONTRACT).period == "P6M"
        states = {each.kind: each.state for each in vaiti.period_books.list(SYSTEM, ended=True)}
        assert states == {Kind.CONTRACT: ChangeState.WITHDRAWN, Kind.SERVICE: ChangeState.DONE}
        assert vaiti.audit.verify() > 0
        vaiti.close()


@pytest.fixture
def story(vaiti: Vaiti, clock: MovedClock, home: Path) -> Story:
    return Story(vaiti, clock, home)


def test_a_shorter_period_and_a_withdrawn_one_stay_what_they_were(story: Story) -> None:
    assert (story.before.delete_at, story.between.delete_at) == (ENDS, ENDS)
    assert (story.contract.delete_at, story.later.delete_at) == (ENDS_SOONER, ENDS_SOONER)
    assert story.longer.delete_at - story.clock.at > timedelta(days=360)
    story.restore()
    story.check()
