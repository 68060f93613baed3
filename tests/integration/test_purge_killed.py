"""The process ends at each named place of a purge; the next start ends it, with one true receipt for each call."""

from collections.abc import Callable

import pytest

from recordings.factory import Vaiti
from storage import receipts
from storage.records import Recording, Scope
from tests.crashes import KILLED, points_of, run_until
from tests.integration.fakes import MovedClock, a_call

Push = Callable[..., Recording]
SYSTEM = Scope.system()
PURGING = [
    "purge.begun",
    "keys.deleted",
    "purge.keys-destroyed",
    "purge.words-removed",
    "purge.objects-destroyed",
    "purge.scrubbed",
    "purge.receipts-kept",
]
_PURGE = """
from datetime import datetime
from pathlib import Path
from recordings.factory import Vaiti
from recordings.settings import Settings
from recordings.steps import purge
from tests.integration.fakes import MovedClock
purge.PART = {part}
settings = Settings(data=Path({data!r}), controllers=Path({controllers!r}))
vaiti = Vaiti.open(settings, clock=MovedClock(datetime.fromisoformat({now!r})))
vaiti.purge_due(vaiti.clock.now())
"""
COUNTED = {"keys": 1, "objects": 7, "versions": 7, "rows": 3, "index": 2}


def test_every_place_is_killed_at() -> None:
    purge = points_of("recordings/steps/purge.py")
    assert {*purge, "keys.deleted"} == {*PURGING}
    assert "keys.deleted" in points_of("storage/keyring.py")


@pytest.mark.parametrize("part", [1, 250])
@pytest.mark.parametrize("point", PURGING)
def test_a_purge_that_was_killed_ends_with_one_receipt_for_each_call(
    push: Push, vaiti: Vaiti, clock: MovedClock, point: str, part: int
) -> None:
    calls = [push(), push(a_call(seed=2), call_id="two")]
    kept = push(a_call(seed=3), call_id="three", started_at="2026-03-02T10:00:00+02:00")
    clock.at = calls[1].delete_at
    settings = vaiti.settings
    place = {"data": str(settings.data), "controllers": str(settings.controllers)}
    assert run_until(point, _PURGE.format(**place, now=clock.at.isoformat(), part=part)) == KILLED
    again = Vaiti.open(settings, clock=clock)
    again.purge_due(clock.now())
    signed = again.catalog.receipts(SYSTEM)
    assert sorted(each["recording"] for each in signed) == sorted(each.id for each in calls)
    for receipt in signed:
        receipts.verify(receipt, again.signer.public_key())
        assert {store: count["before"] for store, count in receipt["stores"].items()} == COUNTED
        assert {count["after"] for count in receipt["stores"].values()} == {0}
    gone = [each.id for each in calls]
    assert (again.catalog.count_rows(gone), again.index.count_turns(gone), again.keys.known(gone)) == ({}, {}, set())
    assert [again.vault.inventory(each) for each in gone] == [[], []]
    assert again.keys.knows(kept.id)
    assert again.audit.verify() > 0
    assert not any(again.reconcile().left.values())
    again.close()
