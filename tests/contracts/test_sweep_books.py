"""What every SweepBooks must do."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from storage.ports import Catalog, SearchIndex
from storage.records import Scope, SearchFilter, Stage
from storage.sql import Database, SqlCatalog, SqlSweepBooks
from storage.sweeps import SweepState
from tests.contracts.builders import ETELA, KESKI, NOW, added, an_entry, an_id, published, purged
from tests.contracts.conftest import Books

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def database(books: Books) -> Database:
    assert isinstance(books.catalog, SqlCatalog)
    return books.catalog._database


@pytest.fixture
def sweeps(database: Database) -> SqlSweepBooks:
    return SqlSweepBooks(database)


def test_what_is_kept_last_is_read_back(sweeps: SqlSweepBooks) -> None:
    assert sweeps.read() == SweepState()
    for left in ({"stuck": 2}, {"unknown-file": 1}):
        state = SweepState(swept_at=NOW, left=left, repaired={"stale-file": 3})
        sweeps.keep(state)
        assert sweeps.read() == state


def test_what_is_noticed_is_remembered_until_a_sweep_does_not_see_it(sweeps: SqlSweepBooks) -> None:
    assert sweeps.notice(["a", "b"], now=NOW) == {"a": NOW, "b": NOW}
    assert sweeps.notice(["a", "c"], now=NOW + DAY) == {"a": NOW, "c": NOW + DAY}
    assert sweeps.notice(["a", "b"], now=NOW + 2 * DAY) == {"a": NOW, "b": NOW + 2 * DAY}


def test_rows_and_tombstones_of_all_registers_are_told(sweeps: SqlSweepBooks, catalog: Catalog) -> None:
    here, elsewhere = added(catalog), added(catalog, controller=ETELA)
    gone = added(catalog)
    purged(catalog, gone)
    assert sweeps.stages() == {here.id: Stage.RECEIVED, elsewhere.id: Stage.RECEIVED}
    for each in (here, elsewhere):
        assert each.id in sweeps.stages(each.id[:2])
        assert each.id not in sweeps.stages("0f" if each.id[:2] != "0f" else "f0")
    assert sweeps.purged([gone.id, here.id, an_id()]) == {gone.id}
    assert sweeps.purged([an_id() for _ in range(1_200)]) == frozenset()


def test_what_is_published_without_a_turn_is_told(sweeps: SqlSweepBooks, catalog: Catalog, index: SearchIndex) -> None:
    published(catalog, index, "lasku")
    lost = published(catalog, index, "lasku")
    added(catalog)
    index.remove(lost.id)
    assert list(sweeps.unindexed()) == [lost.id]


def test_an_index_that_lost_words_has_them_again(
    sweeps: SqlSweepBooks, catalog: Catalog, index: SearchIndex, database: Database
) -> None:
    published(catalog, index, "sopimus")
    published(catalog, index, "lasku")
    assert sweeps.mend_index() == 0
    with database.writer().begin() as connection:
        connection.execute(text(_LOSE[connection.dialect.name]))
    assert len(index.search(Scope.system(), "lasku", only=SearchFilter(), now=NOW)) == 0
    assert sweeps.mend_index() == 1
    index.renew()
    assert len(index.search(Scope.system(), "lasku", only=SearchFilter(), now=NOW)) == 1
    assert sweeps.mend_index() == 0


_LOSE = {
    "sqlite": "INSERT INTO transcript_words(transcript_words, rowid, lemmas, also)"
    " SELECT 'delete', number, lemmas, also FROM transcript_words_text WHERE lemmas='lasku'",
    "postgresql": "DELETE FROM transcript_words WHERE words @@ 'lasku'",
}


def test_a_turn_without_a_row_goes_with_its_words(
    sweeps: SqlSweepBooks, catalog: Catalog, index: SearchIndex, database: Database
) -> None:
    """The foreign key keeps this from happening; a tool that opens the file without it does not."""
    lost = published(catalog, index, "lasku")
    published(catalog, index, "lasku")
    with database.writer().connect() as connection:
        if connection.dialect.name != "sqlite":
            pytest.skip("the server keeps foreign keys whoever writes")
        raw = connection.connection.cursor()
        raw.execute("COMMIT") if connection.in_transaction() else None
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute("DELETE FROM recordings WHERE id = ?", (lost.id,))
        raw.execute("PRAGMA foreign_keys=ON")
    assert index.knows(lost.id) == 1
    assert sweeps.mend_index() == 1
    assert index.knows(lost.id) == 0
    assert len(index.search(Scope.system(), "lasku", only=SearchFilter(), now=NOW)) == 1


def test_a_week_is_counted_for_one_register(sweeps: SqlSweepBooks, catalog: Catalog) -> None:
    def receipt(event: str = "purged", **times: str) -> None:
        body = {"event": event, "reason": "period-ended", **times}
        catalog.add_receipt(KESKI, lambda link: {**body, **link}, audit=an_entry(action="test"))

    receipt(delete_at="2026-11-17T09:00:00Z", purged_at="2026-11-17T09:10:00Z")
    receipt(delete_at="2026-11-18T09:00:00Z", purged_at="2026-11-18T10:00:01Z")  # late
    receipt(delete_at="2026-11-15T23:00:00Z", purged_at="2026-11-16T00:00:00Z")  # due before, purged in it
    receipt(delete_at="2027-11-18T09:00:00Z", purged_at="2026-11-22T23:59:59Z")  # purged before its time
    receipt(delete_at="2026-11-22T23:59:00Z", purged_at="2026-11-23T00:00:00Z")  # due in it, purged after
    receipt("refused", delete_at="2025-11-17T09:00:00Z", refused_at="2026-11-17T09:00:00Z")
    added(catalog, delete_at=NOW - HOUR)  # due in it, and there
    added(catalog, delete_at=NOW - HOUR, controller=ETELA)
    since = NOW.replace(day=16, hour=0)
    found = sweeps.count_week(Scope.of(KESKI), since=since, until=since + 7 * DAY, now=NOW)
    assert (found.due, found.purged, found.late, found.refused) == (4, {"period-ended": 4}, 1, 1)
    assert (found.overdue, found.oldest_overdue) == (1, NOW - HOUR)
    assert sweeps.count_week(Scope.of(ETELA), since=since, until=since + 7 * DAY, now=NOW).due == 1
