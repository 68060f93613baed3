"""Whatever became of a call, its own clock ends it: at `delete_at`, not a moment before."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from recordings.factory import Vaiti
from storage.records import Recording, Scope, Stage
from tests.contracts.builders import an_entry, moved
from tests.integration.fakes import NOW, MovedClock

Push = Callable[..., Recording]
WAYS: dict[str, tuple[Stage, ...]] = {
    "never-transcribed": (),
    "failed": (Stage.FAILED,),
    "quarantined": (Stage.TRANSCRIBED, Stage.PLANNED, Stage.QUARANTINED),
    "waits-for-its-mask": (Stage.TRANSCRIBED, Stage.PLANNED),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("promise", [("service", "2027-03-01T10:00"), ("contract", "2026-09-01T10:00")])
def test_every_call_ends_at_its_time(
    push: Push, vaiti: Vaiti, clock: MovedClock, way: str, promise: tuple[str, str]
) -> None:
    kind, period_ends = promise
    recording = moved(vaiti.catalog, push(kind=kind, work=False), *WAYS[way])
    assert f"{recording.delete_at.astimezone(vaiti.controllers.get('kuopio').zone_info):%Y-%m-%dT%H:%M}" == period_ends
    clock.at = recording.delete_at - timedelta(microseconds=1)
    assert vaiti.purge_due(clock.now()) == []
    clock.at = recording.delete_at
    (receipt,) = vaiti.purge_due(clock.now())
    assert receipt["recording"] == recording.id


def test_a_backfill_gets_what_is_left_of_its_year(push: Push, vaiti: Vaiti, clock: MovedClock) -> None:
    recording = push(started_at="2025-03-02T11:05:00+02:00", work=False)
    assert recording.delete_at - NOW == timedelta(minutes=5)
    clock.at = recording.delete_at
    assert len(vaiti.purge_due(clock.now())) == 1


def test_a_worker_takes_no_call_whose_time_has_come(push: Push, vaiti: Vaiti, clock: MovedClock) -> None:
    recording = push(work=False)
    claimed = vaiti.catalog.claim(worker="w", now=recording.delete_at, lease=60, stages=[Stage.RECEIVED])
    assert claimed is None
    vaiti.catalog.begin_purge(recording.id, reason="period-ended", audit=an_entry(recording))
    assert vaiti.catalog.get(Scope.system(), recording.id).stage is Stage.PURGING
