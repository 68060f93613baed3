"""What must be shown, whole: 2,000 calls from 20 clients, something killed every ten seconds; a store that crashes.

The short forms are `tests/faults/test_killed_at_random.py` and `tests/faults/test_servers_away.py`.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from time import monotonic, sleep

import pytest

from recordings.factory import Vaiti
from storage.records import Stage
from tests.faults.installation import Installation, installed
from tests.faults.pushing import SYSTEM, Pushed, check, killing_at_random, opened, wait_until_published

pytestmark = pytest.mark.soak

CALLS, CLIENTS, KILL_EVERY = 2_000, 20, 10.0
PUBLISHED_SECONDS, LONGEST_SECONDS = 300.0, 1_200.0
# After the last kill: as is asked, and until it is known whether anything was lost.
CRASHES, CRASHED_CALLS, CRASH_EVERY = 5, 60, 8.0


@pytest.fixture
def installation() -> Iterator[Installation]:
    """On PostgreSQL, Redis and a folder: an S3 server, asked fifty times for a call, would want cores of its own."""
    with installed(s3=False) as made:
        yield made


@pytest.fixture
def with_store() -> Iterator[Installation]:
    with installed(postgres=False) as made:
        yield made


def say(**figures: float) -> None:
    sys.__stderr__.write(json.dumps(figures) + "\n")  # type: ignore[union-attr]


def test_two_thousand_calls_are_published_once_whatever_is_killed(installation: Installation) -> None:
    """Something is killed every ten seconds until the last call is acknowledged; most are worked on meanwhile."""
    pushed, begun = Pushed(), monotonic()
    with killing_at_random(installation, every=KILL_EVERY, seed=2) as killed:
        pushed.push_all(installation, range(CALLS), clients=CLIENTS)
        acknowledged = monotonic()
    installation.wait_until_ready()
    last = killed[-1][0]
    with closing(opened(installation)) as vaiti:
        say(push_seconds=acknowledged - begun, slowest_push=pushed.slowest, waiting=waiting(vaiti))
        wait_until_published(vaiti, CALLS, seconds=LONGEST_SECONDS)
        published = monotonic()
        check(installation, vaiti, pushed)  # whole and once, however long it took
    say(calls=CALLS, after_last_kill=published - last, **Counter(f"killed {name}" for _, name in killed))
    assert published - last <= PUBLISHED_SECONDS


def test_a_store_that_crashes_five_times_loses_nothing(with_store: Installation) -> None:
    """T9: the S3 server crashes under load, and again before all that was pushed is worked on."""
    pushed = Pushed()

    def crash() -> None:
        for _ in range(CRASHES):
            sleep(CRASH_EVERY)
            with_store.kill("s3")

    with ThreadPoolExecutor(1) as pool:
        crashing = pool.submit(crash)
        pushed.push_all(with_store, range(CRASHED_CALLS), clients=CLIENTS)
        crashing.result()
    with_store.wait_until_ready()
    with closing(opened(with_store)) as vaiti:
        wait_until_published(vaiti, CRASHED_CALLS, seconds=PUBLISHED_SECONDS)
        check(with_store, vaiti, pushed)


def waiting(vaiti: Vaiti) -> int:
    """How many calls are not published yet."""
    return sum(number for stage, number in vaiti.catalog.count(SYSTEM).items() if stage is not Stage.PUBLISHED)
