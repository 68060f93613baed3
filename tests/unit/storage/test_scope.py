"""Registers stay apart: no query, old or new, sees another controller's rows (design.md 10)."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import astuple, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import delete, func, literal, select, text, update
from sqlalchemy.orm import aliased

import storage.sql
from storage.amendments import Amendments
from storage.cases import CaseId, Cases
from storage.collections import CollectionId, Collections, Tags
from storage.contested import ContestedMask, ContestedMasks
from storage.errors import NotFound
from storage.holds import HoldStore
from storage.notices import NoticeBooks
from storage.objections import ObjectionId, Objections
from storage.people import People, RoleId
from storage.periods import ChangeId, PeriodBooks
from storage.persons import Bond, Evidence, Persons
from storage.ports import AuditLog, Catalog, SearchIndex
from storage.records import (
    CustomerId,
    Decision,
    DecisionAction,
    HoldId,
    Kind,
    Recording,
    Reference,
    Scope,
    SearchFilter,
    Stage,
    Tag,
)
from storage.sql import (
    Database,
    SqlAmendments,
    SqlAuditLog,
    SqlCases,
    SqlCatalog,
    SqlCollections,
    SqlContestedMasks,
    SqlHoldStore,
    SqlNoticeBooks,
    SqlObjections,
    SqlPackLinks,
    SqlPeople,
    SqlPeriodBooks,
    SqlPersons,
    SqlSearchIndex,
    SqlSweepBooks,
    SqlTags,
    open_database,
    open_postgres_database,
)
from storage.sql.postgres import PostgresDatabase
from storage.sql.postgres_words import TranscriptWordsRow
from storage.sql.scoped import SCOPED
from storage.sql.tables import AuditRow, RecordingRow, ScopedRow, TranscriptRow, TranscriptTurnsRow
from tests.contracts.builders import (
    ETELA,
    KESKI,
    NOW,
    a_case,
    a_hold,
    a_pack_link,
    a_period_change,
    a_reference,
    an_entry,
    an_objection,
    decided,
    let_in,
    moved,
    published,
    purged,
    shelved,
)

HERS = Scope.of(ETELA)
NOBODY = Scope.of()
INTAKE = Tag("7" * 64)
REFERENCE, WRONG = a_reference(), a_reference("email")
GROUP = Tag("d" * 64)
GIVEN = "disclosure.made"
LATER = NOW + timedelta(days=400)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Database]:
    if request.param == "sqlite":
        database = open_database(tmp_path / "catalog.db")
    else:
        database = open_postgres_database(request.getfixturevalue("postgres_url"))
    yield database
    database.close()


@pytest.fixture
def mine(database: Database) -> Recording:
    """A recording of one controller, with rows in every table."""
    catalog, index = SqlCatalog(database), SqlSearchIndex(database)
    purged(catalog, published(catalog, index, "vanha lasku"))
    published(catalog, index, "toinen", references=[WRONG])
    recording = published(
        catalog, index, "lasku", references=[REFERENCE, WRONG], call_tag=Tag("c" * 64), call_group=GROUP
    )
    SqlAuditLog(database).append(an_entry(recording, action=GIVEN))
    catalog.set_profile(KESKI, REFERENCE, "strict", audit=an_entry(recording))
    decision = Decision(
        recording=recording.id, controller=KESKI, at=NOW, actor="officer", action=DecisionAction.MASK, type="PERSON"
    )
    planned = catalog.decide(recording, [decision], to=Stage.PLANNED, audit=[an_entry(recording)])
    recording = moved(catalog, planned, Stage.MASKED, Stage.PUBLISHED)
    catalog.add_receipt(KESKI, dict, audit=an_entry(recording))
    SqlHoldStore(database).place(a_hold(), [recording.id], now=NOW, audit=[an_entry(recording)])
    shelved(SqlTags(database), SqlCollections(database), recording)
    mask = ContestedMask(recording=recording.id, start=1.0, end=2.0, at=NOW, by="aino")
    SqlContestedMasks(database).add(recording, mask, audit=an_entry(recording))
    case = SqlCases(database).add(a_case(intake=INTAKE), audit=an_entry(recording))
    SqlPackLinks(database).put(a_pack_link(case))
    let_in(SqlPeople(database), recording)
    decided(SqlPersons(database), Bond.HOUSEHOLD, REFERENCE)
    SqlPersons(database).correct(recording.id, WRONG, None, Evidence.SAID, audit=an_entry(recording))
    SqlObjections(database).add(an_objection(), [REFERENCE], audit=an_entry(recording))
    periods = SqlPeriodBooks(database)
    periods.propose(a_period_change(), audit=an_entry(recording))
    periods.keep_term(KESKI, Kind.SERVICE, a_period_change().term, before=None, audit=an_entry(recording))
    return catalog.get(Scope.system(), recording.id)


def hold(holds: HoldStore) -> HoldId:
    return holds.list(Scope.system())[0].id


def change(periods: PeriodBooks) -> ChangeId:
    return periods.list(Scope.system())[0].id


def collection(collections: Collections) -> CollectionId:
    return collections.list(Scope.system())[0].id


def case(cases: Cases) -> CaseId:
    return cases.list(Scope.system())[0].id


def role(people: People) -> RoleId:
    """Give one role more: each is revoked once."""
    held = replace(people.roles(Scope.system())[0], id=RoleId(uuid4().hex), revoked_at=None, revoked_by=None)
    people.grant(held, audit=an_entry())
    return held.id


def given(people: People, call: Recording) -> str:
    """Give the call to a case: each is taken once."""
    people.give(Scope.system(), call.id, "T-9", audit=an_entry())
    return "T-9"


def undone(persons: Persons, scope: Scope) -> object:
    """Try to take a decision back, and leave it as it was: what is not there answers so."""
    who = CustomerId(customer(SqlCatalog(persons._database)))  # type: ignore[attr-defined]
    (known,) = persons.history(Scope.system(), who)
    return persons.undo(scope, known.id, at=NOW, by="officer", audit=an_entry())


def objection(objections: Objections) -> ObjectionId:
    return objections.list(Scope.system())[0].id


def customer(catalog: Catalog, reference: Reference = REFERENCE) -> str:
    found = catalog.find_customer(Scope.system(), KESKI, reference)
    assert found
    return found


QUERIES: dict[str, Callable[[Any, Scope, Recording], object]] = {
    "SqlCatalog.get": lambda c, s, r: c.get(s, r.id),
    "SqlCatalog.find_call": lambda c, s, r: c.find_call(s, KESKI, r.call_tag),
    "SqlCatalog.find_idempotent": lambda c, s, _: c.find_idempotent(s, KESKI, Tag("k")),
    "SqlCatalog.list": lambda c, s, _: c.list(s),
    "SqlCatalog.count": lambda c, s, _: c.count(s),
    "SqlCatalog.find_customer": lambda c, s, _: c.find_customer(s, KESKI, REFERENCE),
    "SqlCatalog.recordings_of": lambda c, s, _: c.recordings_of(s, customer(c)),
    "SqlCatalog.decisions": lambda c, s, r: c.decisions(s, r.id),
    "SqlCatalog.profiles_of": lambda c, s, r: c.profiles_of(s, r.id),
    "SqlCatalog.receipts": lambda c, s, _: c.receipts(s),
    "SqlCatalog.receipt_heads": lambda c, s, _: c.receipt_heads(s),
    "SqlSearchIndex.search": lambda i, s, _: i.search(s, "lasku", only=SearchFilter(), now=NOW),
    "SqlSearchIndex.count": lambda i, s, _: i.count(s, "lasku", only=SearchFilter(), now=NOW).calls,
    "SqlAuditLog.list": lambda a, s, _: a.list(s),
    "SqlAuditLog.of_acts": lambda a, s, _: a.of_acts(s, {GIVEN}),
    "SqlHoldStore.get": lambda h, s, _: h.get(s, hold(h)),
    "SqlHoldStore.list": lambda h, s, _: h.list(s),
    "SqlHoldStore.recordings": lambda h, s, _: h.recordings(s, hold(h)),
    "SqlHoldStore.overdue": lambda h, s, _: h.overdue(s, now=LATER),
    "SqlPeriodBooks.terms": lambda p, s, _: p.terms(s),
    "SqlPeriodBooks.get": lambda p, s, _: p.get(s, change(p)),
    "SqlPeriodBooks.list": lambda p, s, _: p.list(s),
    "SqlPeriodBooks.decide": lambda p, s, _: p.decide(s, change(p), lambda each: each, audit=an_entry()),
    "SqlAmendments.amend": lambda a, s, r: a.amend(s, r.id, lambda *_: None),
    "SqlAmendments.parts": lambda a, s, _: a.parts(s, KESKI, GROUP),
    "SqlNoticeBooks.count": lambda n, s, _: n.count(s, since=NOW - timedelta(days=1), until=LATER),
    "SqlCases.get": lambda c, s, _: c.get(s, case(c)),
    "SqlCases.list": lambda c, s, _: c.list(s),
    "SqlCases.of_intake": lambda c, s, _: c.of_intake(s, INTAKE),
    "SqlPeople.roles": lambda p, s, _: p.roles(s),
    "SqlPeople.revoke": lambda p, s, _: p.revoke(s, role(p), at=NOW, by="x", audit=an_entry()),
    "SqlPeople.give": lambda p, s, r: p.give(s, r.id, "T-8", audit=an_entry()) or p.given(Scope.system(), "T-8"),
    "SqlPeople.take": lambda p, s, r: (
        p.take(s, r.id, given(p, r), audit=an_entry()) or not p.given(Scope.system(), "T-9")
    ),
    "SqlPeople.given": lambda p, s, _: p.given(s, "T-7"),
    "SqlObjections.get": lambda o, s, _: o.get(s, objection(o)),
    "SqlObjections.since": lambda o, s, _: o.since(s, KESKI, 0),
    "SqlObjections.list": lambda o, s, _: o.list(s),
    "SqlObjections.over": lambda o, s, _: o.over(s, date(2037, 1, 1)),
    "SqlObjections.against": lambda o, s, _: o.against(s, KESKI, [REFERENCE]),
    "SqlPersons.links": lambda p, s, _: p.links(s, customer(SqlCatalog(p._database))),
    "SqlPersons.history": lambda p, s, _: p.history(s, customer(SqlCatalog(p._database))),
    "SqlPersons.parted": lambda p, s, _: p.parted(s, customer(SqlCatalog(p._database), WRONG)),
    "SqlPersons.undo": lambda p, s, _: undone(p, s),
    "SqlContestedMasks.list": lambda c, s, _: c.list(s, limit=10),
    "SqlTags.of": lambda t, s, r: t.of(s, [r.id]),
    "SqlTags.counts": lambda t, s, _: t.counts(s),
    "SqlCollections.list": lambda c, s, _: c.list(s),
    "SqlCollections.get": lambda c, s, _: c.get(s, collection(c)),
    "SqlCollections.items": lambda c, s, _: c.items(s, collection(c)),
    "SqlSweepBooks.count_week": lambda b, s, _: any(astuple(b.count_week(s, since=NOW, until=LATER, now=LATER))),
}
_PORTS = (
    SqlAmendments,
    SqlAuditLog,
    SqlCases,
    SqlCatalog,
    SqlCollections,
    SqlContestedMasks,
    SqlHoldStore,
    SqlNoticeBooks,
    SqlPeople,
    SqlObjections,
    SqlPeriodBooks,
    SqlPersons,
    SqlSearchIndex,
    SqlSweepBooks,
    SqlTags,
)
PORTS = {each.__name__: each for each in _PORTS}


@pytest.mark.parametrize("name", QUERIES)
@pytest.mark.parametrize("scope", [HERS, NOBODY])
def test_no_query_answers_about_another_register(database: Database, mine: Recording, name: str, scope: Scope) -> None:
    port = PORTS[name.split(".", maxsplit=1)[0]](database)
    try:
        answer = QUERIES[name](port, scope, mine)
    except NotFound:
        answer = None
    assert not answer


@pytest.mark.parametrize("name", sorted(QUERIES.keys() - {"SqlCatalog.find_idempotent", "SqlPersons.undo"}))
def test_each_of_them_answers_within_the_register(database: Database, mine: Recording, name: str) -> None:
    port = PORTS[name.split(".", maxsplit=1)[0]](database)
    assert QUERIES[name](port, Scope.of(KESKI), mine)
    assert QUERIES[name](port, Scope.of(KESKI, ETELA), mine)


def test_every_method_that_takes_a_scope_is_tried_here() -> None:
    taking = {
        f"{name}.{method}"
        for name, port in PORTS.items()
        for method, function in inspect.getmembers(port, inspect.isfunction)
        if "scope" in inspect.signature(function).parameters
    }
    assert taking == set(QUERIES)


def test_a_scope_comes_first_in_every_port_that_reads_for_people() -> None:
    for port in (
        Amendments,
        AuditLog,
        Cases,
        Catalog,
        Collections,
        ContestedMasks,
        HoldStore,
        NoticeBooks,
        People,
        Objections,
        PeriodBooks,
        Persons,
        SearchIndex,
        Tags,
    ):
        for method, function in inspect.getmembers(port, inspect.isfunction):
            parameters = list(inspect.signature(function).parameters)
            assert "scope" not in parameters or parameters[1] == "scope", f"{port.__name__}.{method}"


FORGETFUL = {
    "all": select(RecordingRow),
    "a column": select(RecordingRow.id),
    "a count": select(func.count()).select_from(RecordingRow),
    "a join": select(TranscriptRow.number).join(RecordingRow, RecordingRow.id == TranscriptRow.recording),
    "an alias": select(aliased(RecordingRow)),
    "a sub-select": select(func.count()).select_from(select(TranscriptTurnsRow.turns).subquery()),
    "exists": select(literal(1)).where(select(RecordingRow.id).exists()),
    "the other way": select(RecordingRow).where(RecordingRow.controller != ETELA),
    "or": select(RecordingRow).where((RecordingRow.id == "x") | literal(value=True)),
    "audit": select(AuditRow.number),
    "words": select(TranscriptWordsRow.number),
}


@pytest.mark.parametrize("name", FORGETFUL)
def test_a_new_query_that_forgets_the_controller_sees_nothing(database: Database, mine: Recording, name: str) -> None:
    if name == "words" and not isinstance(database, PostgresDatabase):
        pytest.skip("a table that SQLite does not have")
    try:
        with database.reading(HERS) as session:
            answer = session.execute(FORGETFUL[name]).scalars().all()
    except TypeError:
        answer = []
    assert [value for value in answer if value] == []
    assert SqlCatalog(database).get(Scope.of(KESKI), mine.id) == mine


@pytest.mark.parametrize("row", sorted(SCOPED, key=repr), ids=lambda row: row.__tablename__)
def test_every_table_is_kept_apart(database: Database, mine: Recording, row: Any) -> None:
    with database.reading(Scope.system()) as session:
        assert session.scalars(select(row)).first() or row.__tablename__ == "idempotency"
    with database.reading(HERS) as session:
        assert session.scalars(select(row)).all() == []
    assert SqlCatalog(database).knows(mine.id)


def test_no_table_of_a_register_is_left_out() -> None:
    for module in pkgutil.iter_modules(storage.sql.__path__, "storage.sql."):
        importlib.import_module(module.name)
    assert set(SCOPED) == {row for row in ScopedRow.__subclasses__() if "__tablename__" in vars(row)}


def test_a_change_reaches_no_other_register(database: Database, mine: Recording) -> None:
    with database.writing(HERS) as session:
        session.execute(update(RecordingRow).values(stage=Stage.FAILED))
        session.execute(delete(TranscriptRow))
        assert session.get(RecordingRow, mine.id) is None
    with database.reading(Scope.system()) as session:
        row = session.get(RecordingRow, mine.id)
        assert row
        assert row.stage == Stage.PUBLISHED
        assert session.scalars(select(TranscriptRow)).all()


def test_scopes_of_different_people_do_not_mix(database: Database, mine: Recording) -> None:
    """Statements are compiled once and cached: the scope must never be cached with them."""
    catalog = SqlCatalog(database)
    for scope, seen in [(Scope.of(KESKI), 2), (HERS, 0), (Scope.system(), 2), (NOBODY, 0), (Scope.of(KESKI), 2)] * 3:
        assert len(catalog.list(scope)) == seen
        assert sum(catalog.count(scope).values()) == seen
    assert catalog.get(Scope.system(), mine.id) == mine


def test_a_statement_that_cannot_be_kept_to_a_scope_is_refused(database: Database) -> None:
    for statement in (text("SELECT * FROM recordings"), select(RecordingRow.__table__)):
        with pytest.raises(TypeError, match="kept to a scope"), database.reading(HERS) as session:
            session.execute(statement)


def test_only_the_databases_themselves_go_around_the_session() -> None:
    folder = Path(storage.sql.__file__).parent
    around = {
        path.name
        for path in folder.glob("*.py")
        if re.search(r"\.connection\(|exec_driver_sql|raw_connection|engine\.(begin|connect)", path.read_text())
    }
    ours = {"session.py", "sqlite.py", "sqlite_plans.py", "postgres.py", "postgres_engine.py"}
    assert around == {*ours, "copies.py"}
