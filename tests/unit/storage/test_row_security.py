"""PostgreSQL keeps registers apart by itself: a query that forgot every filter, and even the session, sees nothing."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from storage.contested import ContestedMask
from storage.errors import Unavailable
from storage.holds import Hold, HoldKind
from storage.persons import Bond, Evidence
from storage.records import Decision, DecisionAction, HoldId, Scope, Stage, Tag
from storage.sql import (
    Database,
    SqlAuditLog,
    SqlCases,
    SqlCatalog,
    SqlCollections,
    SqlContestedMasks,
    SqlHoldStore,
    SqlObjections,
    SqlPackLinks,
    SqlPeople,
    SqlPeriodBooks,
    SqlPersons,
    SqlSearchIndex,
    SqlTags,
    open_postgres_database,
)
from storage.sql.scoped import SCOPED
from tests.contracts.builders import (
    ETELA,
    KESKI,
    NOW,
    a_case,
    a_pack_link,
    a_period_change,
    a_recording,
    a_reference,
    an_entry,
    an_objection,
    decided,
    let_in,
    published,
    purged,
    shelved,
)
from tests.postgres import PostgresServer

TABLES = sorted(row.__tablename__ for row in SCOPED)


@pytest.fixture
def database(postgres_url: str) -> Iterator[Database]:
    """A database with rows of one controller in every table."""
    database = open_postgres_database(postgres_url)
    catalog, index = SqlCatalog(database), SqlSearchIndex(database)
    purged(catalog, published(catalog, index, "vanha lasku"))
    reference, wrong = a_reference(), a_reference("email")
    kept = a_recording()
    catalog.add(kept, references=[reference, wrong], audit=an_entry(kept), idempotency=Tag("k" * 64))
    recording = published(catalog, index, "lasku")
    catalog.set_profile(KESKI, reference, "strict", audit=an_entry(recording))
    decision = Decision(
        recording=recording.id, controller=KESKI, at=NOW, actor="officer", action=DecisionAction.MASK, type="PERSON"
    )
    catalog.decide(recording, [decision], to=Stage.PLANNED, audit=[an_entry(recording)])
    hold = Hold(
        id=HoldId("c" * 32),
        controller=KESKI,
        kind=HoldKind.LEGAL,
        ground="legal-claim",
        case="R-12",
        placed_at=NOW,
        placed_by="officer",
        review_on=NOW.date(),
    )
    SqlHoldStore(database).place(hold, [recording.id], now=NOW, audit=[an_entry(recording)])
    shelved(SqlTags(database), SqlCollections(database), recording)
    mask = ContestedMask(recording=recording.id, start=1.0, end=2.0, at=NOW, by="qa")
    SqlContestedMasks(database).add(recording, mask, audit=an_entry(recording))
    case = SqlCases(database).add(a_case(), audit=an_entry(recording))
    SqlPackLinks(database).put(a_pack_link(case))
    let_in(SqlPeople(database), recording)
    decided(SqlPersons(database), Bond.HOUSEHOLD, reference)
    SqlPersons(database).correct(kept.id, wrong, None, Evidence.SAID, audit=an_entry(kept))
    SqlObjections(database).add(an_objection(), [reference], audit=an_entry(recording))
    change = a_period_change()
    SqlPeriodBooks(database).keep_term(KESKI, change.kind, change.term, before=None, audit=an_entry())
    SqlPeriodBooks(database).propose(change, audit=an_entry())
    yield database
    database.close()


@contextmanager
def raw(url: str, *settings: str) -> Iterator[psycopg.Connection]:
    """A connection as the service's role, which owns the tables, with nothing of the program in between."""
    with psycopg.connect(url) as connection:
        for setting in settings:
            connection.execute("SELECT set_config('vaiti.scope', %s, true)", [setting])
        yield connection


def count(connection: psycopg.Connection, table: str) -> int:
    found = connection.execute(psycopg.sql.SQL("SELECT count(*) FROM {}").format(psycopg.sql.Identifier(table)))
    (number,) = found.fetchone() or (0,)
    return int(number)


def test_a_raw_query_without_a_filter_sees_its_own_register_only(database: Database, postgres_url: str) -> None:
    del database
    for all_of_it in ("{*}", f"{{{KESKI}}}", f"{{{ETELA},{KESKI}}}"):
        with raw(postgres_url, all_of_it) as connection:
            assert [table for table in TABLES if not count(connection, table)] == []
    for nothing in ((f"{{{ETELA}}}",), ("{}",), ("",), ()):
        with raw(postgres_url, *nothing) as connection:
            assert [table for table in TABLES if count(connection, table)] == []


def test_a_raw_change_without_a_filter_reaches_no_other_register(database: Database, postgres_url: str) -> None:
    del database
    with raw(postgres_url, f"{{{ETELA}}}") as connection:
        for name in map(psycopg.sql.Identifier, [table for table in TABLES if table != "audit"]):  # it refuses both
            update = psycopg.sql.SQL("UPDATE {} SET controller = {}").format(name, ETELA)
            assert connection.execute(update).rowcount == 0
            assert connection.execute(psycopg.sql.SQL("DELETE FROM {}").format(name)).rowcount == 0


def test_what_was_said_in_one_transaction_is_forgotten_in_the_next(postgres_url: str, database: Database) -> None:
    del database
    with raw(postgres_url, "{*}") as connection:
        assert count(connection, "recordings")
        connection.commit()
        assert count(connection, "recordings") == 0


def test_raw_sql_in_a_session_sees_the_sessions_register_only(database: Database) -> None:
    with database.reading(Scope.of(ETELA)) as session:
        assert session.connection().execute(text("SELECT count(*) FROM transcripts")).scalar() == 0
    with database.reading(Scope.of(KESKI)) as session:
        assert session.connection().execute(text("SELECT count(*) FROM transcripts")).scalar()


def test_nobody_writes_into_another_register(database: Database) -> None:
    theirs = a_recording(controller=ETELA)
    move = text("UPDATE recordings SET controller = :other")
    with pytest.raises(Unavailable), database.writing(Scope.of(KESKI)) as session:
        session.connection().execute(move, {"other": theirs.controller})
    assert SqlCatalog(database).list(Scope.of(ETELA)) == []


def test_every_table_with_a_controller_has_row_security_that_holds_for_its_owner(postgres_url: str) -> None:
    with raw(postgres_url) as connection:
        guarded = connection.execute(
            "SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity"
        ).fetchall()
        to_guard = connection.execute(
            "SELECT table_name FROM information_schema.columns"
            " WHERE column_name = 'controller' AND table_schema = 'public'"
        ).fetchall()
    assert sorted(name for (name,) in guarded) == TABLES
    assert {name for (name,) in to_guard} == {*TABLES, "transcript_words"}


def test_the_words_of_turns_are_found_by_their_index_within_a_scope(database: Database) -> None:
    """Why they have no policy: with one, the server reads every row before it may compare a word."""
    asked = "EXPLAIN SELECT number FROM transcript_words WHERE words @@ 'lasku'::tsquery AND controller IN ('x')"
    with database.reading(Scope.of(KESKI)) as session:
        connection = session.connection()
        connection.execute(text("SET LOCAL enable_seqscan = off"))
        plan = "\n".join(connection.execute(text(asked)).scalars())
        assert "ix_transcript_words_words" in plan
        with pytest.raises(DBAPIError):
            connection.execute(text("SELECT broken"))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET actor = 'nobody'",
        "UPDATE audit SET hash = previous WHERE number = 1",
        "DELETE FROM audit WHERE number = 1",
        "DELETE FROM audit WHERE number = (SELECT max(number) FROM audit)",
        "TRUNCATE audit",
    ],
)
@pytest.mark.parametrize("role", ["vaiti", "tests"])
def test_no_role_changes_or_removes_an_entry_of_the_audit_log(
    database: Database, postgres_url: str, postgres_server: PostgresServer, role: str, statement: str
) -> None:
    """The service's role owns the table, the other one is a superuser (T23)."""
    log = SqlAuditLog(database)
    before = log.head(), log.verify()
    address = postgres_server.url(str(make_url(postgres_url).database), role=role)
    connecting = psycopg.connect(address, options="-c vaiti.scope={*}")
    with connecting as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement)
    assert (log.head(), log.verify()) == before
