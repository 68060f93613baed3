"""What every Catalog must do: keep recordings, and let only the owner of a claim change one."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from storage.errors import Conflict, IllegalMove, LostClaim, NotFound
from storage.lifecycle import MOVES
from storage.ports import AuditLog, Catalog, SearchIndex
from storage.records import Kind, Recording, Scope, SearchFilter, Stage, Tag, Tombstone
from tests.contracts.builders import (
    KESKI,
    NOW,
    WAY_TO_PUBLISHED,
    a_recording,
    a_reference,
    a_tag,
    added,
    an_entry,
    an_id,
    forgotten,
    moved,
    published,
    purged,
)

SYSTEM = Scope.system()
LEASE = 60.0


def claimed(catalog: Catalog, *stages: Stage, worker: str = "w1", after: float = 0) -> Recording | None:
    now = NOW + timedelta(seconds=after)
    return catalog.claim(worker=worker, now=now, lease=LEASE, stages=stages or (Stage.RECEIVED,))


def test_a_recording_is_kept_as_it_was_given(catalog: Catalog) -> None:
    given = a_recording(
        kind=Kind.FAULT_REPORT, direction="in", queue="sähkö", agent="a-17", source="asterisk", seconds=61.5
    )
    catalog.add(given, references=(), audit=an_entry(given))
    assert catalog.get(SYSTEM, given.id) == given


def test_a_recording_never_had_is_not_found(catalog: Catalog) -> None:
    with pytest.raises(NotFound):
        catalog.get(SYSTEM, an_id())


def test_a_call_is_kept_once(catalog: Catalog) -> None:
    first = added(catalog)
    again = a_recording(call_tag=first.call_tag)
    with pytest.raises(Conflict):
        catalog.add(again, references=[a_reference()], audit=an_entry(again))
    assert catalog.find_call(SYSTEM, KESKI, first.call_tag) == first
    assert catalog.knows(again.id) == 0


def test_of_many_pushes_of_one_call_exactly_one_is_kept(catalog: Catalog, audit: AuditLog) -> None:
    tag = a_tag()

    def push(_: int) -> bool:
        recording = a_recording(call_tag=tag)
        try:
            catalog.add(recording, references=(), audit=an_entry(recording))
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(push, range(24))).count(True) == 1
    assert len(catalog.list(SYSTEM)) == 1
    assert audit.verify() == 1


def test_a_purged_call_cannot_come_back(catalog: Catalog) -> None:
    recording = added(catalog)
    purged(catalog, recording)
    again = a_recording(call_tag=recording.call_tag)
    with pytest.raises(Conflict):
        catalog.add(again, references=(), audit=an_entry(again))
    found = catalog.find_call(SYSTEM, KESKI, recording.call_tag)
    assert isinstance(found, Tombstone)
    assert found.id == recording.id


def test_an_idempotency_key_is_used_once_and_goes_with_its_recording(catalog: Catalog) -> None:
    key = Tag("k" * 64)
    first, second = a_recording(), a_recording()
    catalog.add(first, references=(), audit=an_entry(first), idempotency=key)
    with pytest.raises(Conflict):
        catalog.add(second, references=(), audit=an_entry(second), idempotency=key)
    assert catalog.find_idempotent(SYSTEM, KESKI, key) == first
    purged(catalog, first)
    assert catalog.find_idempotent(SYSTEM, KESKI, key) is None
    catalog.add(second, references=(), audit=an_entry(second), idempotency=key)


def test_a_list_begins_with_the_newest_call_and_goes_on_where_a_page_ended(catalog: Catalog) -> None:
    calls = [added(catalog, started_at=NOW - timedelta(hours=hours)) for hours in (1, 2, 2, 3, 4)]
    newest_first = sorted(calls, key=lambda r: (r.started_at, r.id), reverse=True)
    assert catalog.list(SYSTEM) == newest_first
    page = catalog.list(SYSTEM, limit=2)
    assert [*page, *catalog.list(SYSTEM, before=page[-1].id)] == newest_first


def test_a_list_is_narrowed_by_every_filter(catalog: Catalog) -> None:
    reference = a_reference()
    wanted = added(
        catalog,
        references=[reference],
        kind=Kind.CONTRACT,
        queue="q1",
        agent="a1",
        started_at=NOW - timedelta(days=2),
    )
    moved(catalog, added(catalog), Stage.TRANSCRIBED)
    customer = catalog.find_customer(SYSTEM, KESKI, reference)
    for only in (
        SearchFilter(kind=Kind.CONTRACT),
        SearchFilter(queue="q1"),
        SearchFilter(agent="a1"),
        SearchFilter(until=NOW - timedelta(days=1)),
        SearchFilter(since=wanted.started_at, until=wanted.started_at + timedelta(seconds=1)),
        SearchFilter(customer=customer),
    ):
        assert catalog.list(SYSTEM, only=only) == [wanted]
    assert catalog.list(SYSTEM, stages=[Stage.RECEIVED]) == [wanted]
    assert catalog.list(SYSTEM, only=SearchFilter(until=wanted.started_at)) == []


def test_recordings_are_counted_by_stage(catalog: Catalog) -> None:
    added(catalog)
    moved(catalog, added(catalog), Stage.TRANSCRIBED)
    moved(catalog, added(catalog), Stage.TRANSCRIBED)
    assert catalog.count(SYSTEM) == {Stage.RECEIVED: 1, Stage.TRANSCRIBED: 2}


# -- work


def test_the_oldest_free_recording_is_claimed_first(catalog: Catalog) -> None:
    newer = added(catalog, received_at=NOW)
    older = added(catalog, received_at=NOW - timedelta(minutes=1))
    first, second, third = (claimed(catalog) for _ in range(3))
    assert (first and first.id, second and second.id, third) == (older.id, newer.id, None)


def test_a_claim_adds_one_to_token_and_attempts(catalog: Catalog) -> None:
    added(catalog)
    first, again = claimed(catalog), claimed(catalog, after=LEASE)
    assert first
    assert again
    assert (first.token, first.attempts) == (1, 1)
    assert (again.token, again.attempts) == (2, 2)


def test_only_the_stages_asked_for_are_claimed(catalog: Catalog) -> None:
    moved(catalog, added(catalog), Stage.FAILED)
    assert claimed(catalog, Stage.RECEIVED, Stage.TRANSCRIBED) is None


def test_a_recording_whose_time_has_come_is_not_worked_on(catalog: Catalog) -> None:
    added(catalog, delete_at=NOW)
    assert claimed(catalog) is None


def test_two_threads_never_get_one_recording(catalog: Catalog) -> None:
    calls = {added(catalog).id for _ in range(40)}

    def work(worker: int) -> list[str]:
        mine: list[str] = []
        while recording := claimed(catalog, worker=f"w{worker}"):
            mine.append(recording.id)
        return mine

    with ThreadPoolExecutor(8) as pool:
        taken = [recording for mine in pool.map(work, range(8)) for recording in mine]
    assert sorted(taken) == sorted(calls)


def test_a_claim_can_be_renewed_until_it_is_lost(catalog: Catalog) -> None:
    added(catalog)
    mine = claimed(catalog)
    assert mine
    catalog.renew(mine, now=NOW + timedelta(seconds=50), lease=LEASE)
    assert claimed(catalog, worker="w2", after=61) is None
    assert claimed(catalog, worker="w2", after=110)
    with pytest.raises(LostClaim):
        catalog.renew(mine, now=NOW, lease=LEASE)


def test_a_claim_that_is_given_back_can_be_taken_when_it_is_time(catalog: Catalog) -> None:
    added(catalog)
    mine = claimed(catalog)
    assert mine
    catalog.release(mine, until=NOW + timedelta(seconds=10))
    assert claimed(catalog, after=9) is None
    again = claimed(catalog, after=10)
    assert again
    assert (again.token, again.attempts) == (2, 1)  # only those that nobody came back from are counted
    catalog.release(again)
    assert claimed(catalog, after=10)
    with pytest.raises(LostClaim):
        catalog.release(mine)


def test_a_move_changes_stage_and_columns_and_frees_the_lease(catalog: Catalog) -> None:
    added(catalog)
    mine = claimed(catalog)
    assert mine
    changes = {"model": "demo", "seconds": 12.5, "findings": {"PERSON": 2}, "roles": ("agent",)}
    after = catalog.move(mine, to=Stage.TRANSCRIBED, audit=an_entry(mine), changes=changes)
    assert after == catalog.get(SYSTEM, mine.id)
    assert (after.stage, after.model, after.seconds) == (Stage.TRANSCRIBED, "demo", 12.5)
    assert (dict(after.findings), after.roles, after.attempts) == ({"PERSON": 2}, ("agent",), 0)
    assert claimed(catalog, Stage.TRANSCRIBED)


def test_attempts_are_kept_by_what_failed(catalog: Catalog) -> None:
    added(catalog)
    mine = claimed(catalog)
    assert mine
    after = catalog.move(mine, to=Stage.FAILED, audit=an_entry(mine), changes={"slug": "audio-undecodable"})
    assert (after.attempts, after.slug) == (1, "audio-undecodable")


def test_who_lost_the_claim_cannot_move_the_recording(catalog: Catalog, audit: AuditLog) -> None:
    added(catalog)
    slow, quick = claimed(catalog), claimed(catalog, worker="w2", after=LEASE)
    assert slow
    assert quick
    with pytest.raises(LostClaim):
        catalog.move(slow, to=Stage.TRANSCRIBED, audit=an_entry(slow, "not.to.be.kept"))
    assert catalog.get(SYSTEM, slow.id).stage == Stage.RECEIVED
    catalog.move(quick, to=Stage.TRANSCRIBED, audit=an_entry(quick))
    assert [entry.action for entry in audit.list(SYSTEM)] == ["recording.changed", "recording.received"]


@pytest.mark.parametrize("to", sorted(Stage))
def test_no_move_outside_the_table_is_possible(catalog: Catalog, audit: AuditLog, to: Stage) -> None:
    recording = added(catalog)
    if to in MOVES[Stage.RECEIVED] - {Stage.PURGING}:  # a purge begins at its own door, which asks for holds
        assert catalog.move(recording, to=to, audit=an_entry(recording)).stage == to
    else:
        with pytest.raises(IllegalMove):
            catalog.move(recording, to=to, audit=an_entry(recording))
        assert catalog.get(SYSTEM, recording.id) == recording
        assert audit.verify() == 1


@pytest.mark.parametrize("column", ["id", "controller", "delete_at_all", "stage", "token", "started_at", "call_tag"])
def test_a_step_cannot_change_what_is_fixed(catalog: Catalog, column: str) -> None:
    recording = added(catalog)
    with pytest.raises(ValueError, match="not to be changed"):
        catalog.move(recording, to=Stage.TRANSCRIBED, audit=an_entry(recording), changes={column: "x"})
    assert catalog.get(SYSTEM, recording.id) == recording


# -- the end


def test_what_is_due_comes_oldest_first_with_what_is_half_purged(catalog: Catalog) -> None:
    later = added(catalog, delete_at=NOW - timedelta(minutes=1))
    sooner = added(catalog, delete_at=NOW - timedelta(days=1))
    erased = added(catalog)
    added(catalog)
    erased = catalog.begin_purge(erased.id, reason="erasure", audit=an_entry(erased))
    assert catalog.due(now=NOW, limit=10) == [sooner, later, erased]
    assert catalog.due(now=NOW, limit=1) == [sooner]


def test_a_recording_is_due_at_its_very_moment(catalog: Catalog) -> None:
    recording = added(catalog, delete_at=NOW)
    assert catalog.due(now=NOW, limit=10) == [recording]
    assert catalog.due(now=NOW - timedelta(microseconds=1), limit=10) == []


@pytest.mark.parametrize("way", [(), WAY_TO_PUBLISHED[:2], WAY_TO_PUBLISHED, (Stage.FAILED,), (Stage.QUARANTINED,)])
def test_a_purge_begins_from_any_stage_and_only_once(catalog: Catalog, audit: AuditLog, way: tuple[Stage, ...]) -> None:
    recording = moved(catalog, added(catalog), *way)
    begun = catalog.begin_purge(recording.id, reason="erasure", audit=an_entry(recording, "recording.purging"))
    again = catalog.begin_purge(recording.id, reason="period-ended", audit=an_entry(recording, "recording.purging"))
    assert (begun.stage, begun.slug, begun.token) == (Stage.PURGING, "erasure", recording.token + 1)
    assert again == begun
    assert [entry.action for entry in audit.list(SYSTEM)].count("recording.purging") == 1


def test_a_worker_in_flight_loses_when_the_purge_begins(catalog: Catalog, index: SearchIndex) -> None:
    added(catalog)
    mine = claimed(catalog)
    assert mine
    catalog.begin_purge(mine.id, reason="erasure", audit=an_entry(mine))
    with pytest.raises(LostClaim):
        catalog.renew(mine, now=NOW, lease=LEASE)
    with pytest.raises(LostClaim):
        catalog.move(mine, to=Stage.TRANSCRIBED, audit=an_entry(mine))
    with pytest.raises(LostClaim):
        index.put(mine, [])
    assert claimed(catalog, Stage.RECEIVED, *WAY_TO_PUBLISHED, after=LEASE) is None


def test_what_is_forgotten_leaves_tombstone_receipt_and_audit_only(
    catalog: Catalog, index: SearchIndex, audit: AuditLog
) -> None:
    recording = published(catalog, index, "lasku tuli", references=[a_reference(), a_reference()])
    assert catalog.knows(recording.id) == 1 + 2 + 1
    begun = purged(catalog, recording)
    assert catalog.knows(recording.id) == 0
    with pytest.raises(NotFound):
        catalog.get(SYSTEM, recording.id)
    assert [receipt["recording"] for receipt in catalog.receipts(SYSTEM, recording=recording.id)] == [recording.id]
    entries = audit.verify()
    forgotten(catalog, begun)
    assert audit.verify() == entries
    assert len(catalog.receipts(SYSTEM)) == 1


def test_nothing_is_forgotten_before_its_purge_began(catalog: Catalog) -> None:
    recording = added(catalog)
    with pytest.raises(IllegalMove):
        forgotten(catalog, recording)
    with pytest.raises(NotFound):
        forgotten(catalog, a_recording())
    assert catalog.get(SYSTEM, recording.id) == recording


def test_a_purge_of_what_never_was_is_not_found(catalog: Catalog) -> None:
    with pytest.raises(NotFound):
        catalog.begin_purge(an_id(), reason="erasure", audit=an_entry())


def test_a_receipt_for_a_push_that_came_too_late_is_kept_newest_first(catalog: Catalog, audit: AuditLog) -> None:
    def seal(link: dict[str, Any]) -> dict[str, Any]:
        return {"number": link["number"]}

    for _ in range(2):
        catalog.add_receipt(KESKI, seal, audit=an_entry(action="push.too-late", controller=KESKI))
    assert catalog.receipts(Scope.of(KESKI)) == [{"number": 2}, {"number": 1}]
    assert audit.verify() == 2
