"""A network that resets and delays connections to all three servers at random (T10): every call is published once."""

import pytest

from recordings.factory import Vaiti
from tests.faults.network import (
    Network,
    check,
    clock,
    home,
    live,
    network,
    playback,
    push,
    settings,
    token,
    vaiti,
    work_off,
)
from tests.integration.fakes import MovedClock

__all__ = ["clock", "home", "live", "network", "playback", "settings", "token", "vaiti"]

pytestmark = pytest.mark.soak
CALLS, SECONDS = 5, 1800.0


def test_on_a_network_that_resets_and_delays_every_call_is_published_once(
    network: Network, vaiti: Vaiti, clock: MovedClock, live: str, token: str
) -> None:
    for proxy in network.values():
        proxy.resets, proxy.delay = 0.03, 0.003
    ids = [push(live, token, number) for number in range(CALLS)]
    work_off(vaiti, clock, ids, seconds=SECONDS)
    for proxy in network.values():
        proxy.resets = proxy.delay = 0.0
    assert sum(proxy.cuts for proxy in network.values()) > CALLS
    check(vaiti, live, token, ids)
