"""How recordings end: purges that are interrupted, stores that will not let go, and what a crash leaves behind."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from recordings.errors import PurgeIncomplete
from recordings.factory import Vaiti
from storage import receipts
from storage.errors import NotFound, Unavailable
from storage.records import Recording, RecordingId, Scope, Stage
from tests.integration.fakes import MovedClock, a_call

Push = Callable[..., Recording]


def test_a_purge_that_breaks_off_goes_on_and_its_receipt_counts_what_there_was(
    push: Push, vaiti: Vaiti, clock: MovedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    recording = push()
    clock.at = recording.delete_at

    def fail(_: RecordingId) -> int:
        raise Unavailable

    with monkeypatch.context() as broken:
        broken.setattr(vaiti.index, "remove_all", fail)
        with pytest.raises(Unavailable):
            vaiti.purge_due(clock.now())
    assert not vaiti.keys.knows(recording.id)  # the key went first
    assert vaiti.catalog.get(Scope.system(), recording.id).stage is Stage.PURGING
    clock.at += timedelta(minutes=1)
    (receipt,) = vaiti.purge_due(clock.now())
    assert {store: counts["before"] for store, counts in receipt["stores"].items()} == {
        "keys": 1,
        "objects": 7,
        "versions": 7,
        "rows": 3,
        "index": 2,
    }
    assert receipt["reason"] == "period-ended"


def test_a_store_that_keeps_something_gets_no_receipt_and_holds_up_nobody_else(
    push: Push, vaiti: Vaiti, clock: MovedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    stubborn, other = push(call_id="one"), push(a_call(seed=2), call_id="two")
    clock.at = other.delete_at
    destroy = vaiti.vault.destroy

    def keep_one(recording: RecordingId) -> int:
        return 0 if recording == stubborn.id else destroy(recording)

    with monkeypatch.context() as broken:
        broken.setattr(vaiti.vault, "destroy", keep_one)
        with pytest.raises(PurgeIncomplete):
            vaiti.purge_due(clock.now())
    kept = vaiti.catalog.receipts(Scope.system())
    assert [each["recording"] for each in kept] == [other.id]
    (receipt,) = vaiti.purge_due(clock.now())
    assert receipt["recording"] == stubborn.id


def test_purging_what_is_gone_answers_with_its_receipt(push: Push, vaiti: Vaiti) -> None:
    recording = push()
    first = vaiti.purge(recording.id, reason="erasure-request")
    assert vaiti.purge(recording.id, reason="again") == first
    assert first["reason"] == "erasure-request"
    with pytest.raises(NotFound):
        vaiti.purge(RecordingId("0" * 32), reason="erasure-request")


def test_a_receipt_that_was_changed_does_not_verify(push: Push, vaiti: Vaiti) -> None:
    receipt = dict(vaiti.purge(push().id, reason="erasure-request"))
    receipts.verify(receipt, vaiti.signer.public_key())
    with pytest.raises(Exception, match="sealed object"):
        receipts.verify({**receipt, "reason": "period-ended"}, vaiti.signer.public_key())


def test_progress_is_told_while_many_are_purged(push: Push, vaiti: Vaiti, clock: MovedClock) -> None:
    for number in range(3):
        push(a_call(1, seed=number), call_id=str(number), work=False)
    clock.at += timedelta(days=400)
    told: list[tuple[int, int]] = []
    assert len(vaiti.purge_due(clock.now(), lambda done, found: told.append((done, found)))) == 3
    assert told == [(1, 3), (3, 3)]


@pytest.mark.parametrize("whole", [False, True])
def test_what_a_crash_left_is_removed_a_day_later_or_taken_up_when_it_was_pushed_whole(
    push: Push, vaiti: Vaiti, clock: MovedClock, monkeypatch: pytest.MonkeyPatch, *, whole: bool
) -> None:
    def crash(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("recordings.steps.ingest.write_manifest", crash)
        if whole:
            broken.undo()
            broken.setattr(type(vaiti.catalog), "add", crash)
        broken.setattr("recordings.steps.ingest.Ingest._forget", lambda *_: None)  # the process is gone
        with pytest.raises(KeyboardInterrupt):
            push(work=False)
    (orphan,) = vaiti.keys.recordings()
    for hours in (0, 23):
        clock.at += timedelta(hours=hours)
        vaiti.reconcile()
    clock.at += timedelta(hours=1)
    found = vaiti.reconcile()
    assert (found.left.get("key-without-row", 0), found.repaired["key-without-row"]) == (0, 1)
    if whole:
        assert push(work=False).id == orphan
    else:
        assert (vaiti.vault.inventory(orphan), [*vaiti.keys.recordings()]) == ([], [])


def test_a_recording_is_no_orphan(push: Push, vaiti: Vaiti, clock: MovedClock) -> None:
    push()
    vaiti.reconcile()
    clock.at += timedelta(days=2)
    assert not any(vaiti.reconcile().left.values())
    assert len([*vaiti.keys.recordings()]) == 1


def test_a_purge_that_does_not_come_is_reported_as_overdue(push: Push, vaiti: Vaiti, clock: MovedClock) -> None:
    recording = push()
    clock.at = recording.delete_at + timedelta(minutes=59)
    assert vaiti.status(Scope.system()).overdue == 0
    clock.at += timedelta(minutes=1)
    status = vaiti.status(Scope.system())
    assert (status.overdue, status.oldest_overdue) == (1, timedelta(hours=1))
