"""A network before PostgreSQL, Redis and the S3 server that cuts, delays and falls silent (T10).

What was acknowledged is there once, whole and masked: also where a server had done what it was asked, and nobody heard.
"""

from time import monotonic

import httpx
import pytest

from recordings.factory import Vaiti
from tests.faults.network import (
    LONGEST,
    SYSTEM,
    Network,
    check,
    clock,
    home,
    in_a_thread,
    live,
    network,
    playback,
    push,
    pushing,
    settings,
    short_patience,
    token,
    vaiti,
    wait_for,
    work_off,
)
from tests.integration.fakes import MovedClock

__all__ = ["clock", "home", "live", "network", "playback", "settings", "short_patience", "token", "vaiti"]

PUSHED = [
    ("postgres", (b"recording.received", b"COMMIT")),
    ("s3", (b"PUT /", b"manifest")),
    ("redis", (b"EXEC",)),
]
WORKED = [
    ("postgres", (b"recording.masked", b"COMMIT")),
    ("postgres", (b"recording.published", b"COMMIT")),
    ("s3", (b"PUT /", b"masked-audio")),
]


@pytest.mark.parametrize(("server", "asked"), PUSHED)
def test_a_push_that_a_server_took_and_nobody_heard_of_is_stored_once(
    network: Network, vaiti: Vaiti, clock: MovedClock, *, live: str, token: str, server: str, asked: tuple[bytes, ...]
) -> None:
    proxy = network[server]
    proxy.cut_answer_to = asked
    pushed = in_a_thread(lambda: push(live, token, 0))
    wait_for(lambda: proxy.cuts > 0)
    proxy.cut_answer_to = ()
    ids = [pushed(), push(live, token, 1)]
    work_off(vaiti, clock, ids)
    check(vaiti, live, token, ids)


@pytest.mark.parametrize(("server", "asked"), WORKED)
def test_a_step_whose_end_nobody_heard_of_is_done_once(
    network: Network, vaiti: Vaiti, clock: MovedClock, *, live: str, token: str, server: str, asked: tuple[bytes, ...]
) -> None:
    ids = [push(live, token, 0)]
    proxy = network[server]
    proxy.cut_answer_to = asked
    worked = in_a_thread(lambda: work_off(vaiti, clock, ids))
    wait_for(lambda: proxy.cuts > 0)
    proxy.cut_answer_to = ()
    worked()
    check(vaiti, live, token, ids)


def test_on_a_slow_network_a_call_is_published(
    network: Network, vaiti: Vaiti, clock: MovedClock, live: str, token: str
) -> None:
    for proxy in network.values():
        proxy.delay = 0.01
    ids = [push(live, token, 0)]
    work_off(vaiti, clock, ids)
    check(vaiti, live, token, ids)


@pytest.mark.parametrize("server", ["postgres", "s3"])
@pytest.mark.usefixtures("short_patience")
def test_a_server_that_falls_silent_holds_a_push_up_for_seconds_and_then_it_goes_on(
    network: Network, vaiti: Vaiti, *, live: str, token: str, server: str
) -> None:
    """The connection stays open and nothing comes. Redis does it in `tests/integration/test_work_on_redis.py`."""
    first = push(live, token, 0)
    network[server].silent = True
    began = monotonic()
    answer = httpx.post(f"{live}/api/v1/recordings", **pushing(token, 1), timeout=120)
    assert monotonic() - began < LONGEST
    assert answer.status_code == 503
    network[server].silent = False
    ids = {first, push(live, token, 1)}
    assert {each.id for each in vaiti.catalog.list(SYSTEM)} == ids
