"""Redis says nothing (T7), then the S3 server crashes (T9), while calls are pushed and worked on by other processes.

Each is acknowledged or told to come again, and is published once when the server is back.
"""

from collections.abc import Iterator
from contextlib import closing

import httpx
import pytest

from tests.faults.installation import Installation, installed
from tests.faults.pushing import Pushed, check, opened, wait_until_published

CALLS, CLIENTS, SECONDS = 4, 4, 3.2
# Of sound: as long as what is said in it (tests/faults/played.py).
PUBLISHED_SECONDS = 300.0


@pytest.fixture
def installation() -> Iterator[Installation]:
    with installed(postgres=False) as made:
        yield made


def asked_if_ready(where: Installation) -> tuple[int, str]:
    answer = httpx.get(f"{where.url}/health/ready", timeout=120)
    return answer.status_code, answer.json()["status"]


def test_without_redis_and_over_a_crash_of_the_s3_server_no_acknowledged_call_is_lost(
    installation: Installation,
) -> None:
    pushed = Pushed()
    with installation.redis.silent():
        pushed.push_all(installation, range(CALLS), clients=CLIENTS, seconds=SECONDS)
        assert asked_if_ready(installation) == (200, "degraded")
    assert pushed.answers.keys() == {201}
    assert installation.s3
    installation.s3.crash()
    assert asked_if_ready(installation) == (503, "down")
    installation.s3.start()
    pushed.push_all(installation, range(CALLS, 2 * CALLS), clients=CLIENTS, seconds=SECONDS)
    with closing(opened(installation)) as vaiti:
        wait_until_published(vaiti, 2 * CALLS, seconds=PUBLISHED_SECONDS)
        check(installation, vaiti, pushed)
