"""What every WorkBooks must do: count steps in the transactions that end them, and say what waits since when."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from storage.errors import LostClaim
from storage.ports import Catalog
from storage.records import Clearance, Recording, Stage
from storage.work import BUCKETS, Waiting, WorkBooks, bucket_of
from tests.contracts.builders import NOW, added, an_entry, moved

LATER = NOW + timedelta(minutes=10)


def stepped(catalog: Catalog, recording: Recording, *, seconds: float, to: Stage, slug: str | None = None) -> Recording:
    """Claim it, and end the step so many seconds later."""
    mine = catalog.claim(worker="w", now=NOW, lease=60, stages=[recording.stage], only=recording.id)
    assert mine is not None
    audit = an_entry(mine, at=NOW + timedelta(seconds=seconds))
    return catalog.move(mine, to=to, audit=audit, changes={"seconds": 60.0, "slug": slug})


def test_steps_are_counted_by_their_time_with_the_sound_in_them(catalog: Catalog, work: WorkBooks) -> None:
    for seconds in (2.0, 2.5, 45.0):
        stepped(catalog, added(catalog), seconds=seconds, to=Stage.TRANSCRIBED)
    times = work.read(now=LATER).steps[Stage.RECEIVED]
    assert (times.seconds, times.sound, sum(times.counts)) == (49.5, 180.0, 3)
    assert (times.counts[bucket_of(2.0)], times.counts[bucket_of(45.0)]) == (2, 1)


def test_a_step_that_lost_its_claim_is_not_counted(catalog: Catalog, work: WorkBooks) -> None:
    mine = catalog.claim(worker="w", now=NOW, lease=60, stages=[added(catalog).stage])
    assert mine is not None
    catalog.claim(worker="other", now=LATER, lease=60, stages=[Stage.RECEIVED])
    with pytest.raises(LostClaim):
        catalog.move(mine, to=Stage.TRANSCRIBED, audit=an_entry(mine, at=LATER))
    assert sum(work.read(now=LATER).steps[Stage.RECEIVED].counts) == 0


def test_what_stops_is_counted_by_slug_and_not_as_a_step_that_went_well(catalog: Catalog, work: WorkBooks) -> None:
    for slug in ("no-speech", "no-speech", "fault"):
        stepped(catalog, added(catalog), seconds=1, to=Stage.FAILED, slug=slug)
    found = work.read(now=LATER)
    assert found.stopped == {(Stage.FAILED, "no-speech"): 2, (Stage.FAILED, "fault"): 1}
    assert sum(found.steps[Stage.RECEIVED].counts) == 0


def test_many_that_end_at_once_are_all_counted(catalog: Catalog, work: WorkBooks) -> None:
    calls = [added(catalog) for _ in range(8)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda call: stepped(catalog, call, seconds=1, to=Stage.TRANSCRIBED), calls))
    assert sum(work.read(now=LATER).steps[Stage.RECEIVED].counts) == 8


def test_what_waits_is_told_since_it_came_into_its_stage(catalog: Catalog, work: WorkBooks) -> None:
    added(catalog, received_at=NOW - timedelta(hours=1))
    stepped(catalog, added(catalog), seconds=30, to=Stage.QUARANTINED, slug="doubt")
    found = work.read(now=LATER).waiting
    assert found[Stage.RECEIVED] == Waiting(count=1, since=NOW - timedelta(hours=1))
    assert found[Stage.QUARANTINED] == Waiting(count=1, since=NOW + timedelta(seconds=30))
    assert found[Stage.FAILED] == Waiting(count=0)


def test_what_is_planned_again_waits_since_then(catalog: Catalog, work: WorkBooks) -> None:
    call = moved(catalog, added(catalog, clearance=Clearance.GRANTED), Stage.TRANSCRIBED, Stage.PLANNED)
    catalog.plan_again(call.id, audit=an_entry(call, at=LATER))
    assert work.read(now=LATER).waiting[Stage.TRANSCRIBED] == Waiting(count=1, since=LATER)


def test_who_works_on_it_has_it_until_the_lease_ends(catalog: Catalog, work: WorkBooks) -> None:
    added(catalog)
    catalog.claim(worker="w", now=NOW, lease=60, stages=[Stage.RECEIVED])
    assert work.read(now=NOW).waiting[Stage.RECEIVED].count == 0
    assert work.read(now=LATER).waiting[Stage.RECEIVED].count == 1


def test_every_time_has_one_bucket() -> None:
    assert [bucket_of(each) for each in BUCKETS] == list(range(len(BUCKETS)))
    assert bucket_of(BUCKETS[-1] + 1) == len(BUCKETS)
