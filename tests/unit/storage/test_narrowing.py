"""A scope that is narrowed to some calls: a partner's, or those that were given to a case. Nothing else is seen."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select, update

from storage.errors import NotFound
from storage.records import Only, Recording, Scope, SearchFilter, Stage
from storage.sql import Database, SqlCatalog, SqlPeople, SqlSearchIndex, open_database, open_postgres_database
from storage.sql.scoped import SCOPED
from storage.sql.tables import RecordingRow, TranscriptRow, TranscriptTurnsRow
from tests.contracts.builders import ETELA, KESKI, NOW, a_reference, an_entry, let_in, published

PARTNER = Scope(frozenset({KESKI}), Only(sources=frozenset({"myynti"})))
CASE = Scope(frozenset({KESKI}), Only(cases=frozenset({"T-7"})))
NOTHING = Scope(frozenset({KESKI}), Only())


@pytest.fixture(params=["sqlite", "postgresql"])
def database(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Database]:
    if request.param == "sqlite":
        database = open_database(tmp_path / "catalog.db")
    else:
        database = open_postgres_database(request.getfixturevalue("postgres_url"))
    yield database
    database.close()


@pytest.fixture
def calls(database: Database) -> dict[str, Recording]:
    """One call of a partner, one given to a case, one of neither, and both kinds in another register."""
    catalog, index, people = SqlCatalog(database), SqlSearchIndex(database), SqlPeople(database)
    found = {
        name: published(catalog, index, "lasku", controller=controller, source=source, references=[a_reference()])
        for name, controller, source in (
            ("partner", KESKI, "myynti"),
            ("given", KESKI, "oma"),
            ("other", KESKI, None),
            ("foreign", ETELA, "myynti"),
        )
    }
    let_in(people, found["given"])
    let_in(people, found["foreign"])
    return found


def ids(recordings: object) -> set[str]:
    return {each.id for each in recordings}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("scope", "mine"),
    [
        (PARTNER, {"partner"}),
        (CASE, {"given"}),
        (NOTHING, set()),
        (Scope(frozenset({KESKI}), Only(frozenset({"myynti"}), frozenset({"T-7"}))), {"partner", "given"}),
        (Scope(frozenset({KESKI}), Only(cases=frozenset({"T-8"}))), set()),
        (Scope(frozenset({ETELA}), Only(frozenset({"oma"}), frozenset({"T-7"}))), {"foreign"}),
        (Scope(frozenset(), Only(frozenset({"myynti"}), frozenset({"T-7"}))), set()),
    ],
)
def test_only_these_calls_are_listed_found_and_counted(
    database: Database, calls: dict[str, Recording], scope: Scope, mine: set[str]
) -> None:
    catalog, index = SqlCatalog(database), SqlSearchIndex(database)
    wanted = {calls[name].id for name in mine}
    assert ids(catalog.list(scope)) == wanted
    assert {hit.recording.id for hit in index.search(scope, "lasku", only=SearchFilter(), now=NOW)} == wanted
    assert sum(catalog.count(scope).values()) == len(wanted)
    for name, call in calls.items():
        if name in mine:
            assert catalog.get(scope, call.id).id == call.id
        else:
            with pytest.raises(NotFound):
                catalog.get(scope, call.id)


def test_of_every_table_only_rows_of_these_calls_are_seen(database: Database, calls: dict[str, Recording]) -> None:
    with database.reading(CASE) as session:
        for row in SCOPED:
            for found in session.scalars(select(row)):
                call = found
                if isinstance(found, TranscriptTurnsRow):
                    call = session.get_one(TranscriptRow, found.number)
                assert getattr(call, "recording", getattr(call, "id", None)) == calls["given"].id, row
    with database.reading(NOTHING) as session:
        assert not any(session.scalars(select(row)).all() for row in SCOPED)


def test_words_are_read_of_these_calls_only(database: Database, calls: dict[str, Recording]) -> None:
    with database.reading(PARTNER) as session:
        assert len(session.scalars(select(TranscriptTurnsRow.turns)).all()) == 1
        numbers = select(TranscriptRow.number).where(TranscriptRow.recording == calls["other"].id)
        other = select(TranscriptTurnsRow.turns).where(TranscriptTurnsRow.number.in_(numbers))
        assert session.scalars(other).all() == []


def test_no_other_call_is_changed(database: Database, calls: dict[str, Recording]) -> None:
    with database.writing(PARTNER) as session:
        session.execute(update(RecordingRow).values(stage=Stage.FAILED))
        session.execute(delete(TranscriptRow))
    stages = {each.id: each.stage for each in SqlCatalog(database).list(Scope.system())}
    assert {name for name, call in calls.items() if stages[call.id] == Stage.FAILED} == {"partner"}
    with database.reading(Scope.system()) as session:
        assert session.scalar(select(func.count(TranscriptRow.number))) == len(calls) - 1


def test_scopes_of_different_people_do_not_mix(database: Database, calls: dict[str, Recording]) -> None:
    """Statements are compiled once and cached: what narrows a scope must never be cached with them."""
    catalog = SqlCatalog(database)
    for scope, seen in [(PARTNER, 1), (Scope.of(KESKI), 3), (CASE, 1), (NOTHING, 0), (Scope.system(), 4)] * 3:
        assert len(catalog.list(scope)) == seen


def test_a_call_that_is_taken_back_is_seen_no_more(database: Database, calls: dict[str, Recording]) -> None:
    catalog, people = SqlCatalog(database), SqlPeople(database)
    people.take(Scope.of(KESKI), calls["given"].id, "T-7", audit=an_entry())
    assert catalog.list(CASE) == []
