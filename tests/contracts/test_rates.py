"""What counting must do, in the process and on Redis; and what happens while Redis is away."""

import time
from collections.abc import Iterator
from uuid import uuid4

import pytest

from storage.rates import Rates
from tests.redis_server import RedisServer

MINUTE = 60


class Hours:
    """A clock of hours: what it says is when Redis may be asked again."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Hours:
    return Hours()


@pytest.fixture(params=["memory", "redis"])
def rates(request: pytest.FixtureRequest, clock: Hours) -> Iterator[Rates]:
    address = None if request.param == "memory" else request.getfixturevalue("redis_server").url
    rates = Rates(address, now=clock)
    yield rates
    rates.close()


@pytest.fixture
def name() -> str:
    return f"pushes/{uuid4().hex}"


def test_so_many_are_let_in_and_the_next_hears_when_to_come(rates: Rates, name: str) -> None:
    assert [rates.take(name, 3, seconds=MINUTE) for _ in range(3)] == [0, 0, 0]
    assert 0 < rates.take(name, 3, seconds=MINUTE) <= MINUTE
    assert rates.take(f"{name}-other", 3, seconds=MINUTE) == 0


def test_what_was_refused_is_not_counted(rates: Rates, name: str) -> None:
    assert rates.take(name, 1, seconds=1) == 0
    end = time.monotonic() + 30
    while rates.take(name, 1, seconds=1):  # asking all the time would never end if each time counted
        assert time.monotonic() < end
        time.sleep(0.05)


def test_it_is_told_how_much_of_an_amount_is_left(rates: Rates, name: str) -> None:
    most = 500 * 1024**3
    assert rates.left(name, most, seconds=MINUTE).amount == most
    rates.add(name, most - 10, most, seconds=MINUTE)
    assert rates.left(name, most, seconds=MINUTE).amount == 10
    rates.add(name, 100, most, seconds=MINUTE)
    left = rates.left(name, most, seconds=MINUTE)
    assert (left.amount, 0 < left.seconds <= MINUTE) == (0, True)


def test_all_processes_share_what_redis_counts(redis_server: RedisServer, name: str) -> None:
    one, other = Rates(redis_server.url), Rates(redis_server.url)
    assert (one.take(name, 1, seconds=MINUTE), other.take(name, 1, seconds=MINUTE) > 0) == (0, True)
    for each in (one, other):
        each.close()


def test_while_redis_is_away_each_process_counts_for_itself(redis_server: RedisServer, clock: Hours, name: str) -> None:
    rates = Rates(redis_server.url, now=clock)
    assert rates.take(name, 1, seconds=MINUTE) == 0
    redis_server.stop()
    assert rates.take(name, 1, seconds=MINUTE) == 0
    assert rates.take(name, 1, seconds=MINUTE) > 0
    redis_server.start()
    assert rates.take(name, 1, seconds=MINUTE) > 0  # it is not asked again at once
    clock.now += 3_600
    assert rates.take(name, 1, seconds=MINUTE) == 0  # Redis has forgotten, as it may
    rates.close()
