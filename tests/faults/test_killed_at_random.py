"""Calls are pushed while a process or a server is killed every few seconds: each is published, once, by itself."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from tests.faults.installation import Installation, installed
from tests.faults.pushing import Pushed, check, killing_at_random, opened, wait_until_published

CALLS, CLIENTS = 200, 20
KILL_EVERY = 6.0
PUBLISHED_SECONDS = 300.0
# After the last kill (issue: "within 5 minutes").


@pytest.fixture
def installation() -> Iterator[Installation]:
    with installed(s3=False) as made:  # with it, in the soak test: each call asks an S3 server fifty times
        yield made


def test_every_acknowledged_call_is_published_once_whatever_is_killed(installation: Installation) -> None:
    pushed = Pushed()
    with killing_at_random(installation, every=KILL_EVERY, seed=1) as killed:
        pushed.push_all(installation, range(CALLS), clients=CLIENTS)
    assert killed
    installation.wait_until_ready()
    with closing(opened(installation)) as vaiti:
        wait_until_published(vaiti, CALLS, seconds=PUBLISHED_SECONDS)
        check(installation, vaiti, pushed)
