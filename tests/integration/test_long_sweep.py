"""A sweep of many calls takes minutes: the minute's purge does not wait for it."""

from collections.abc import Callable
from datetime import timedelta
from threading import Event, Thread
from time import monotonic, sleep
from typing import Any

import pytest

from recordings.factory import Vaiti
from recordings.steps.reconcile import Reconcile
from storage.records import Recording
from storage.sweeps import SweepState
from tests.integration.fakes import MovedClock
from workers import schedule
from workers.schedule import Schedule


def test_a_call_is_purged_while_a_sweep_goes_on_and_no_second_sweep_begins(
    push: Callable[..., Recording], vaiti: Vaiti, clock: MovedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    recording = push(work=False)
    clock.at = recording.delete_at - timedelta(hours=1)
    sweeping, ended, stop, begun = Event(), Event(), Event(), list[int]()
    sweep = Reconcile.__call__

    def sweep_for_long(each: Reconcile, **options: Any) -> SweepState:
        begun.append(1)
        sweeping.set()
        assert ended.wait(60)
        return sweep(each, **options)

    monkeypatch.setattr(Reconcile, "__call__", sweep_for_long)
    monkeypatch.setattr(schedule, "PURGE_EVERY", 0.05)
    monkeypatch.setattr(schedule, "WATCH_EVERY", 0.0)
    rounds = Thread(target=Schedule(vaiti, stop=stop).run, daemon=True)
    rounds.start()
    try:
        assert sweeping.wait(30)
        clock.at = recording.delete_at
        since = monotonic()
        while vaiti.catalog.knows(recording.id) and monotonic() - since < 30:
            sleep(0.05)
        assert not vaiti.catalog.knows(recording.id)
        assert begun == [1]
    finally:
        stop.set()
        ended.set()
        rounds.join(30)
    assert not rounds.is_alive()  # and it has waited for the sweep
    assert vaiti.sweeps.read().swept_at is not None
