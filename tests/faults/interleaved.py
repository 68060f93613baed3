"""A hold or a restriction, the sweep that a call is due for, and an erasure of it, all at the same moment (T17)."""

import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import timedelta
from functools import partial
from hashlib import sha256
from threading import Barrier
from time import sleep
from typing import Any

import pytest

from recordings.errors import PurgeIncomplete, Restricted
from recordings.factory import Vaiti
from storage.errors import Held, KeyGone, NotFound
from storage.records import Item, Recording, Scope
from tests.faults import acts
from tests.integration.fakes import MovedClock, a_call

SYSTEM = Scope.system()
REFUSALS = (Held, NotFound, PurgeIncomplete, KeyGone)
LATEST = 0.01
# Seconds that an act may begin later than the others.


def interleave(
    vaiti: Vaiti, clock: MovedClock, push: Callable[..., Recording], *, times: int, seed: int
) -> Counter[str]:
    """Do it so often; returns how it ended. After each the call is held and whole, or it is gone from every store."""
    draw, ended = random.Random(seed), Counter[str]()
    with switching_often(), ThreadPoolExecutor(3) as pool:
        for number in range(times):
            sound = a_call(0.5, seed=number)
            call = push(sound, call_id=f"call-{number}", started_at=clock.at.isoformat(), work=False)
            due, restricts, case = call.delete_at, draw.random() < 0.5, f"R-{number}"
            clock.at = due - timedelta(seconds=1)  # the sweep's own clock is a second ahead
            holding = acts.restrict if restricts else acts.hold
            ways: list[Callable[[], Any]] = [
                partial(holding, vaiti, call.id, case),
                partial(vaiti.purge_due, due),
                *([partial(acts.erase, vaiti, call.id)] if draw.random() < 0.5 else []),
            ]
            at_once(pool, draw, ways)
            held = [each for each in vaiti.holds.list(SYSTEM) if each.case == case]
            if held and vaiti.catalog.knows(call.id):
                check_held(vaiti, call, sound, restricted=restricts)
                acts.release(vaiti, case)
                ended["held"] += 1
            else:
                check_gone(vaiti, call, due)
                ended["gone"] += 1
            clock.at = due
            vaiti.purge_due(due)
            assert not vaiti.keys.knows(call.id)
    assert vaiti.audit.verify() > 0
    return ended


def check_held(vaiti: Vaiti, call: Recording, sound: bytes, *, restricted: bool) -> None:
    """It is kept, whole, and what is restricted is shown to nobody."""
    with vaiti.vault.open(call.id, Item.RAW_AUDIO) as kept:
        assert sha256(kept.read()).digest() == sha256(sound).digest()
    assert not vaiti.catalog.receipts(SYSTEM, recording=call.id)
    row = vaiti.catalog.get(SYSTEM, call.id)
    assert (row.held, row.restricted) == (True, restricted)
    if restricted:
        with pytest.raises(Restricted):
            vaiti.view.get(SYSTEM, call.id)
        assert not acts.work(vaiti)


def check_gone(vaiti: Vaiti, call: Recording, due: Any) -> None:
    """It has gone from every store, once, with one receipt, and no hold says that it is kept."""
    vaiti.purge_due(due)  # goes on with what two ended together
    assert vaiti.catalog.knows(call.id) == vaiti.index.knows(call.id) == 0
    assert not vaiti.keys.knows(call.id)
    assert vaiti.vault.inventory(call.id) == []
    assert len(vaiti.catalog.receipts(SYSTEM, recording=call.id)) == 1
    assert call.id not in dict(vaiti.keys.held())


def at_once(pool: ThreadPoolExecutor, draw: random.Random, ways: list[Callable[[], Any]]) -> None:
    gate, waits = Barrier(len(ways)), [draw.random() * LATEST for _ in ways]

    def act(do: Callable[[], Any], wait: float) -> None:
        gate.wait()
        sleep(wait)
        with suppress(*REFUSALS):
            do()

    for each in [pool.submit(act, do, wait) for do, wait in zip(ways, waits, strict=True)]:
        each.result(120)


@contextmanager
def switching_often() -> Iterator[None]:
    """Let Python change between threads after each few instructions."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        yield
    finally:
        sys.setswitchinterval(before)
