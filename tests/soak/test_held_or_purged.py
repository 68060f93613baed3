"""A thousand times a hold, the sweep and an erasure fall together, on SQLite and on PostgreSQL (T17)."""

from collections.abc import Callable

import pytest

from recordings.factory import Vaiti
from recordings.settings import Settings
from storage.records import Recording
from tests.faults.interleaved import interleave
from tests.integration.conftest import clock, home, playback, postgres_settings, push, vaiti
from tests.integration.conftest import settings as sqlite_settings
from tests.integration.fakes import MovedClock

__all__ = ["clock", "home", "playback", "postgres_settings", "push", "sqlite_settings", "vaiti"]

pytestmark = pytest.mark.soak
TIMES = 1_000


@pytest.fixture(params=["sqlite_settings", "postgres_settings"])
def settings(request: pytest.FixtureRequest) -> Settings:
    made: Settings = request.getfixturevalue(request.param)
    return made


def test_a_call_is_held_and_whole_or_gone_from_everywhere_a_thousand_times(
    vaiti: Vaiti, clock: MovedClock, push: Callable[..., Recording]
) -> None:
    ended = interleave(vaiti, clock, push, times=TIMES, seed=2)
    assert min(ended["held"], ended["gone"]) > TIMES / 20
