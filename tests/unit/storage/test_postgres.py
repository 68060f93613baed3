"""The server: one schema, refused where it cannot keep its promises, faults without values or passwords."""

import os
import signal
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select
from sqlalchemy.engine import make_url

from storage.errors import DatabaseUnfit, StorageError, Unavailable
from storage.records import Scope, Stage
from storage.sql import Database, SqlCatalog, open_postgres_database, postgres_engine
from storage.sql.postgres_engine import PatientConnection, open_postgres
from storage.sql.tables import Base, RecordingRow
from tests.contracts.builders import NOW, a_recording, added, an_entry
from tests.postgres import PostgresServer
from tests.unit.storage.test_database import ours

SYSTEM = Scope.system()


@pytest.fixture
def database(postgres_url: str) -> Iterator[Database]:
    database = open_postgres_database(postgres_url)
    yield database
    database.close()


def told(fault: BaseException) -> str:
    """What a log would show of an error."""
    return "".join(traceback.format_exception(fault))


def test_the_migrations_make_exactly_the_tables_of_the_code(postgres_url: str) -> None:
    engine = open_postgres(postgres_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_object": ours})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()


def test_many_that_open_an_empty_database_at_once_migrate_once(postgres_server: PostgresServer) -> None:
    with postgres_server.database(empty=True) as url, ThreadPoolExecutor(4) as pool:
        opened = list(pool.map(open_postgres_database, [url] * 4))
        added(SqlCatalog(opened[0]))
        assert [len(SqlCatalog(each).list(SYSTEM)) for each in opened] == [1] * 4
        for each in opened:
            each.close()


@pytest.mark.parametrize("right", ["SUPERUSER", "BYPASSRLS"])
def test_a_role_that_row_security_does_not_hold_for_is_refused(postgres_server: PostgresServer, right: str) -> None:
    boss = postgres_server.url("postgres", role="tests")
    if right == "BYPASSRLS":
        with postgres_server.boss() as connection:
            connection.execute("DROP ROLE IF EXISTS free")
            connection.execute("CREATE ROLE free LOGIN BYPASSRLS")
            connection.pgconn.change_password(b"free", postgres_server.password.encode())
        boss = postgres_server.url("postgres", role="free")
    with pytest.raises(DatabaseUnfit, match="a role of its own"):
        open_postgres(boss)


def test_a_database_that_cannot_hold_every_letter_is_refused(postgres_server: PostgresServer) -> None:
    postgres_server.execute("CREATE DATABASE narrow OWNER vaiti ENCODING 'LATIN1' TEMPLATE template0")
    with pytest.raises(DatabaseUnfit, match="UTF8"):
        open_postgres(postgres_server.url("narrow"))
    postgres_server.execute("DROP DATABASE narrow")


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://vaiti:hunter2@127.0.0.1:1/vaiti",
        "postgresql://vaiti:hunter2@127.0.0.1:hunter2/vaiti",
        "postgresql://vaiti:hunter2@/vaiti?host=/nowhere",
        "postgresql://vaiti:hunter2@nowhere.invalid/vaiti",
        "postgresql://vaiti:hunter2@[127.0.0.1/vaiti",
        "hunter2",
    ],
)
def test_no_error_repeats_the_address_or_its_password(address: str) -> None:
    with pytest.raises(StorageError) as raised:
        open_postgres_database(address)
    assert "hunter2" not in told(raised.value)


def test_a_wrong_password_is_not_repeated_and_one_from_a_file_goes_before_the_address(
    postgres_server: PostgresServer, postgres_url: str
) -> None:
    wrong = make_url(postgres_url).set(password="hunter2").render_as_string(hide_password=False)
    with pytest.raises(Unavailable) as raised:
        open_postgres(wrong)
    assert "hunter2" not in told(raised.value)
    open_postgres(wrong, password=postgres_server.password).dispose()


def test_a_password_file_of_the_servers_own_kind_is_read(
    postgres_server: PostgresServer, postgres_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    secrets = tmp_path / "pgpass"
    secrets.write_text(f"*:*:*:vaiti:{postgres_server.password}\n")
    secrets.chmod(0o600)
    without = postgres_url.replace(f":{postgres_server.password}@", "@")
    with pytest.raises(Unavailable):
        open_postgres(without)
    monkeypatch.setenv("PGPASSFILE", str(secrets))
    open_postgres(without).dispose()


@pytest.mark.parametrize(
    ("host", "mode"),
    [("db.example", "require"), ("10.0.0.5", "require"), ("localhost", None), ("127.0.0.1", None), ("[::1]", None)],
)
def test_over_a_network_a_connection_is_encrypted_unless_the_address_says_otherwise(
    host: str, mode: str | None
) -> None:
    assert postgres_engine.read_address(f"postgresql://vaiti@{host}/vaiti", None).query.get("sslmode") == mode
    own = postgres_engine.read_address(f"postgresql://vaiti@{host}/vaiti?sslmode=verify-full", None)
    assert own.query["sslmode"] == "verify-full"


def test_connections_that_the_server_cut_are_made_anew(database: Database, postgres_server: PostgresServer) -> None:
    catalog = SqlCatalog(database)
    recording = added(catalog)
    postgres_server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'vaiti'")
    assert catalog.get(SYSTEM, recording.id) == recording


def test_a_connection_that_is_cut_within_a_transaction_leaves_nothing_behind(
    database: Database, postgres_server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog = SqlCatalog(database)
    kept, recording = added(catalog), a_recording()

    def cut(*_: object) -> None:
        postgres_server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'vaiti'")

    with monkeypatch.context() as cutting:
        cutting.setattr("storage.sql.references.link", cut)  # the row is written, the audit entry is not
        with pytest.raises(Unavailable):
            catalog.add(recording, references=(), audit=an_entry(recording))
    assert catalog.list(SYSTEM) == [kept]


def test_who_waits_too_long_for_a_lock_hears_that_the_database_does_not_answer(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.sql.postgres.LOCK_SECONDS", 1)
    catalog = SqlCatalog(database)
    recording = added(catalog)
    with database.writing(SYSTEM) as session:
        session.scalars(select(RecordingRow).with_for_update()).one()
        with pytest.raises(Unavailable, match="55P03"):
            catalog.begin_purge(recording.id, reason="erasure", audit=an_entry(recording))
    catalog.begin_purge(recording.id, reason="erasure", audit=an_entry(recording))


def test_a_value_that_does_not_fit_is_not_repeated(database: Database) -> None:
    recording = a_recording(agent="salainen" * 20)
    with pytest.raises(ValueError, match="does not fit") as raised:
        SqlCatalog(database).add(recording, references=(), audit=an_entry(recording))
    assert "salainen" not in told(raised.value)
    assert recording.id not in told(raised.value)


def test_one_read_sees_one_state(database: Database) -> None:
    catalog = SqlCatalog(database)
    with database.reading(SYSTEM) as session:
        assert session.scalars(select(RecordingRow)).all() == []
        added(catalog)
        assert session.scalars(select(RecordingRow)).all() == []
    assert len(catalog.list(SYSTEM)) == 1


def test_a_reader_and_a_writer_do_not_wait_for_each_other(database: Database) -> None:
    catalog = SqlCatalog(database)

    def write(number: int) -> None:
        added(catalog, started_at=NOW - timedelta(minutes=number))

    with ThreadPoolExecutor(6) as pool:
        writing = [pool.submit(write, number) for number in range(40)]
        seen = [len(catalog.list(SYSTEM, limit=100)) for _ in range(40)]
        for each in writing:
            each.result()
    assert seen == sorted(seen)
    assert len(catalog.list(SYSTEM, limit=100)) == 40


def test_a_connection_that_stops_answering_is_given_up_for_a_new_one(
    database: Database, postgres_server: PostgresServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(PatientConnection, "patience", 1.0)
    catalog = SqlCatalog(database)
    added(catalog)
    stopped = postgres_server.execute("SELECT pid FROM pg_stat_activity WHERE application_name = 'vaiti'")
    assert stopped
    for (pid,) in stopped:
        os.kill(pid, signal.SIGSTOP)
    began = monotonic()
    assert catalog.count(SYSTEM) == {Stage.RECEIVED: 1}
    assert monotonic() - began < 15
    for (pid,) in stopped:
        os.kill(pid, signal.SIGCONT)
