"""What must be shown, whole: 2,000 calls from 20 clients, something killed every ten seconds; a store that crashes.

The short forms are `tests/faults/test_killed_at_random.py` and `tests/faults/test_servers_away.py`.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import closing
from threading import Event, Thread
from time import monotonic

import pytest

from tests.faults.installation import Installation, installed
from tests.faults.pushing import Pushed, check, kill_at_random, opened, wait_until_published

pytestmark = pytest.mark.soak

CALLS, CLIENTS, KILL_EVERY = 2_000, 20, 10.0
PUBLISHED_SECONDS = 300.0
# After the last kill.
CRASHES, CRASHED_CALLS, CRASH_EVERY = 5, 200, 8.0


@pytest.fixture
def installation() -> Iterator[Installation]:
    with installed() as made:
        yield made


def say(**figures: float) -> None:
    sys.__stderr__.write(json.dumps(figures) + "\n")  # type: ignore[union-attr]


def test_two_thousand_calls_are_published_once_whatever_is_killed(installation: Installation) -> None:
    """Something is killed every ten seconds while calls are pushed *and* while they are worked on."""
    pushed, stop, begun = Pushed(), Event(), monotonic()
    killer = kill_at_random(installation, every=KILL_EVERY, stop=stop, seed=2)
    try:
        pushed.push_all(installation, range(CALLS), clients=CLIENTS)
        acknowledged = monotonic()
    finally:
        stop.set()
        killer.join()
    installation.wait_until_ready()
    with closing(opened(installation)) as vaiti:
        wait_until_published(vaiti, CALLS, seconds=PUBLISHED_SECONDS)
        published = monotonic()
        check(installation, vaiti, pushed)
    say(
        calls=CALLS,
        push_seconds=acknowledged - begun,
        after_last_kill=published - acknowledged,
        killed=killed(begun, acknowledged),
    )


def test_a_store_that_crashes_five_times_loses_nothing(installation: Installation) -> None:
    """T9: the S3 server crashes under load, and again before all that was pushed is worked on."""
    pushed, stop = Pushed(), Event()

    def crash() -> None:
        for _ in range(CRASHES):
            if stop.wait(CRASH_EVERY):
                return
            installation.kill("s3")

    crashing = Thread(target=crash, daemon=True)
    crashing.start()
    try:
        pushed.push_all(installation, range(CRASHED_CALLS), clients=CLIENTS)
        crashing.join(CRASHES * (CRASH_EVERY + 60))
    finally:
        stop.set()
        crashing.join()
    installation.wait_until_ready()
    with closing(opened(installation)) as vaiti:
        wait_until_published(vaiti, CRASHED_CALLS, seconds=PUBLISHED_SECONDS)
        check(installation, vaiti, pushed)


def killed(begun: float, ended: float) -> int:
    """How often something was killed between two moments."""
    return int((ended - begun) / KILL_EVERY)
