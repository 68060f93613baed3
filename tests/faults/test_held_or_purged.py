"""A call is held or purged and never both, however a hold, the sweep and an erasure fall together (T17)."""

from collections.abc import Callable

from recordings.factory import Vaiti
from storage.records import Recording
from tests.faults.interleaved import interleave
from tests.integration.conftest import clock, home, playback, push, settings, vaiti
from tests.integration.fakes import MovedClock

__all__ = ["clock", "home", "playback", "push", "settings", "vaiti"]

TIMES = 30


def test_a_call_is_held_and_whole_or_gone_from_everywhere(
    vaiti: Vaiti, clock: MovedClock, push: Callable[..., Recording]
) -> None:
    ended = interleave(vaiti, clock, push, times=TIMES, seed=1)
    assert min(ended["held"], ended["gone"]) > 0
