"""Two at once on PostgreSQL, on connections of their own: one wins, and what the loser did is not there."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from threading import Barrier
from time import sleep
from typing import Any

import pytest
from sqlalchemy import select

from storage.errors import Conflict, Held, LostClaim, NotFound
from storage.records import Scope, SearchFilter, Stage
from storage.sql import Database, SqlAuditLog, SqlCatalog, SqlHoldStore, SqlSearchIndex, open_postgres_database
from storage.sql.tables import RecordingRow, TranscriptRow
from tests.contracts.builders import (
    KESKI,
    NOW,
    a_hold,
    a_recording,
    a_reference,
    a_turn,
    added,
    an_entry,
    forgotten,
    moved,
    published,
)

SYSTEM = Scope.system()
LONG_ENOUGH = 0.3
# Seconds after which a statement that has not come back is taken to wait for a lock.


@dataclass(frozen=True)
class Books:
    database: Database
    catalog: SqlCatalog
    index: SqlSearchIndex
    audit: SqlAuditLog


@pytest.fixture
def books(postgres_url: str) -> Iterator[Books]:
    database = open_postgres_database(postgres_url)
    yield Books(database, SqlCatalog(database), SqlSearchIndex(database), SqlAuditLog(database))
    database.close()


@pytest.fixture
def beside() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as pool:
        yield pool


def at_once(pool: ThreadPoolExecutor, *acts: Callable[[], Any]) -> list[Any]:
    """Run all at the same moment; an error is an answer too."""
    gate = Barrier(len(acts))

    def act(do: Callable[[], Any]) -> Any:
        gate.wait()
        try:
            return do()
        except (Conflict, Held, LostClaim, NotFound) as fault:
            return fault

    return [each.result() for each in [pool.submit(act, do) for do in acts]]


def waits(act: Future[Any]) -> bool:
    sleep(LONG_ENOUGH)
    return not act.done()


def test_of_two_moves_with_one_token_one_counts(books: Books, beside: ThreadPoolExecutor) -> None:
    for _ in range(10):
        mine = added(books.catalog)
        ways = [partial(moved, books.catalog, mine, to) for to in (Stage.TRANSCRIBED, Stage.QUARANTINED)]
        results = at_once(beside, *ways)
        assert sorted(type(each).__name__ for each in results) == ["LostClaim", "Recording"]
    assert books.audit.verify() == 20


def test_a_claim_does_not_wait_for_who_holds_a_row_and_takes_the_next(books: Books, beside: ThreadPoolExecutor) -> None:
    first, second = added(books.catalog), added(books.catalog, received_at=NOW.replace(hour=10))
    with books.database.writing(SYSTEM) as session:
        session.scalars(select(RecordingRow).where(RecordingRow.id == first.id).with_for_update()).one()
        taken = beside.submit(books.catalog.claim, worker="w2", now=NOW, lease=60, stages=[Stage.RECEIVED]).result(5)
    assert taken
    assert taken.id == second.id
    taken = books.catalog.claim(worker="w1", now=NOW, lease=60, stages=[Stage.RECEIVED])
    assert taken
    assert taken.id == first.id


def test_words_that_are_being_written_when_a_purge_begins_go_with_it(books: Books, beside: ThreadPoolExecutor) -> None:
    """The purge waits until they are there: they cannot come after it has looked."""
    call = published(books.catalog, books.index)
    with books.database.writing(SYSTEM) as session:
        session.get(RecordingRow, call.id, with_for_update=True)
        begin = beside.submit(books.catalog.begin_purge, call.id, reason="erasure", audit=an_entry(call))
        assert waits(begin)
        session.add(TranscriptRow(number=1, recording=call.id, controller=KESKI, turns=2, edition=""))
    begun = begin.result(5)
    assert books.index.remove(call.id) == 2
    with pytest.raises(LostClaim):
        books.index.put(call, [a_turn("lasku")])
    forgotten(books.catalog, begun)
    assert books.index.search(SYSTEM, "lasku", only=SearchFilter(), now=NOW) == []


def test_a_call_that_is_pushed_again_while_it_is_forgotten_does_not_come_back(
    books: Books, beside: ThreadPoolExecutor
) -> None:
    for _ in range(10):
        call = added(books.catalog)
        begun = books.catalog.begin_purge(call.id, reason="erasure", audit=an_entry(call))
        again = a_recording(call_tag=call.call_tag)
        results = at_once(
            beside,
            partial(forgotten, books.catalog, begun),
            partial(books.catalog.add, again, references=[a_reference()], audit=an_entry(again)),
        )
        assert results[0] is None
        assert isinstance(results[1], Conflict)
        assert books.catalog.knows(again.id) == 0


def test_a_recording_that_two_forget_has_one_receipt(books: Books, beside: ThreadPoolExecutor) -> None:
    for _ in range(10):
        call = added(books.catalog, references=[a_reference()])
        begun = books.catalog.begin_purge(call.id, reason="erasure", audit=an_entry(call))
        forget = partial(forgotten, books.catalog, begun)
        assert at_once(beside, forget, forget) == [None, None]
        assert len(books.catalog.receipts(SYSTEM, recording=call.id)) == 1
    books.audit.verify()


def test_first_calls_of_a_new_customer_find_each_other(books: Books, beside: ThreadPoolExecutor) -> None:
    for _ in range(10):
        shared = a_reference()
        push = [partial(added, books.catalog, references=[shared, a_reference("email")]) for _ in range(3)]
        calls = at_once(beside, *push)
        customer = books.catalog.find_customer(SYSTEM, KESKI, shared)
        assert customer
        found = {call.id for call in books.catalog.recordings_of(SYSTEM, customer)}
        assert found == {call.id for call in calls}
    assert books.audit.verify() == 30


def test_a_profile_that_two_set_is_one_of_theirs(books: Books, beside: ThreadPoolExecutor) -> None:
    reference = a_reference()
    call = added(books.catalog, references=[reference])
    for _ in range(5):
        ask = [
            partial(
                books.catalog.set_profile,
                KESKI,
                reference,
                profile,
                audit=an_entry(action="customer.profile-set"),
            )
            for profile in ("strict", "non-disclosure")
        ]
        assert at_once(beside, *ask) == [None, None]
        assert len(books.catalog.profiles_of(SYSTEM, call.id)) == 1


def test_a_call_is_held_or_purged_and_never_both(books: Books, beside: ThreadPoolExecutor) -> None:
    holds, held = SqlHoldStore(books.database), 0
    for _ in range(50):
        call = added(books.catalog)
        hold = a_hold()
        results = at_once(
            beside,
            partial(holds.place, hold, [call.id], now=NOW, audit=[an_entry(call, "hold.placed")]),
            partial(books.catalog.begin_purge, call.id, reason="erasure-request", audit=an_entry(call)),
        )
        after = books.catalog.get(SYSTEM, call.id)
        kinds = [type(each).__name__ for each in results]
        assert (kinds, after.held, after.stage) in [
            (["NoneType", "Held"], True, Stage.RECEIVED),
            (["NotFound", "Recording"], False, Stage.PURGING),
        ]
        held += after.held
    assert len(holds.list(SYSTEM)) == held
    assert books.audit.verify() == 100
