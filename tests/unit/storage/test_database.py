"""The database file: durable settings, migrations that match the tables, faults without values."""

import os
import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select
from sqlalchemy.exc import StatementError

from storage import sqlite_file
from storage.errors import Unavailable
from storage.records import Scope
from storage.sql import SqlAuditLog, SqlCatalog, open_database
from storage.sql.migrate import upgrade_to_head
from storage.sql.tables import INDEX_TABLE, Base, RecordingRow
from storage.sqlite_file import open_sqlite
from tests.contracts.builders import NOW, a_recording, added, an_entry


def test_the_migrations_make_exactly_the_tables_of_the_code(tmp_path: Path) -> None:
    engine = open_sqlite(tmp_path / "catalog.db")
    upgrade_to_head(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_object": ours})
        assert compare_metadata(context, Base.metadata) == []
        names = [name for name in inspect(connection).get_table_names() if not name.startswith(INDEX_TABLE)]
    assert set(names) == {*Base.metadata.tables, "alembic_version"}


def ours(_object: object, name: str | None, kind: str, _reflected: object, _other: object) -> bool:
    return not (kind == "table" and str(name).startswith(INDEX_TABLE))


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "catalog.db"
    database = open_database(path)
    added(SqlCatalog(database))
    database.close()
    before = path.read_bytes()
    open_database(path).close()
    assert path.read_bytes() == before


def test_two_that_open_at_once_migrate_once(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom storage.sql import open_database\n"
        "sys.stdin.read(1)\nopen_database(Path(sys.argv[1])).close()\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "catalog.db")]
    root = Path(__file__).parents[3]
    both = [subprocess.Popen(command, stdin=subprocess.PIPE, cwd=root, stderr=subprocess.PIPE) for _ in range(3)]
    for process in both:
        assert process.stdin
        process.stdin.write(b"x")
        process.stdin.close()
    assert [process.wait(60) for process in both] == [0, 0, 0]


def test_a_commit_is_durable_and_what_is_deleted_is_overwritten(tmp_path: Path) -> None:
    engine = open_sqlite(tmp_path / "x.db")
    with engine.connect() as connection:
        setting = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys", "temp_store")
        }
    assert setting == {
        "journal_mode": "wal",
        "synchronous": 2,
        "secure_delete": 1,
        "foreign_keys": 1,
        "temp_store": 2,
    }
    assert (tmp_path / "x.db").stat().st_mode & 0o777 == 0o600


WRITE_FOR_EVER = """
import sys
from pathlib import Path
from storage.sql import SqlCatalog, open_database
from tests.contracts.builders import added
catalog = SqlCatalog(open_database(Path(sys.argv[1])))
while True:
    print(added(catalog).id, flush=True)
"""


def test_what_was_acknowledged_survives_a_killed_process(tmp_path: Path) -> None:
    path = tmp_path / "catalog.db"
    command = [sys.executable, "-c", WRITE_FOR_EVER, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[3]) as writer:
        assert writer.stdout
        acknowledged = [writer.stdout.readline().decode().strip() for _ in range(20)]
        os.kill(writer.pid, signal.SIGKILL)
        rest = writer.stdout.read().decode()
        acknowledged += [line for line in rest.splitlines() if len(line) == 32]
    database = open_database(path)
    kept = {recording.id for recording in SqlCatalog(database).list(Scope.system(), limit=10_000)}
    assert set(acknowledged) <= kept
    assert SqlAuditLog(database).verify() == len(kept)


def test_a_locked_database_is_unavailable_and_says_no_value(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_file, "BUSY_SECONDS", 0)
    path = tmp_path / "catalog.db"
    catalog = SqlCatalog(open_database(path))
    recording = a_recording(agent="salainen")
    with sqlite3.connect(path) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unavailable) as raised:
            catalog.add(recording, references=(), audit=an_entry(recording))
        other.rollback()
    chain: list[str] = []
    fault: BaseException | None = raised.value
    while fault:
        chain.append(str(fault))
        fault = fault.__cause__ or fault.__context__
    assert len(chain) > 1
    assert not any("salainen" in text or recording.id in text for text in chain)
    catalog.add(recording, references=(), audit=an_entry(recording))


def test_a_file_that_is_no_database_is_unavailable(tmp_path: Path) -> None:
    path = tmp_path / "catalog.db"
    path.write_bytes(b"not a database" * 1000)
    with pytest.raises(Unavailable):
        open_database(path)
    assert path.read_bytes() == b"not a database" * 1000


def test_a_folder_that_cannot_be_made_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Unavailable):
        open_database(tmp_path / "file" / "catalog.db")


def test_times_are_kept_as_moments_and_naive_ones_refused(tmp_path: Path) -> None:
    catalog = SqlCatalog(open_database(tmp_path / "catalog.db"))
    helsinki = timezone(timedelta(hours=2))
    recording = added(catalog, started_at=datetime(2026, 11, 22, 1, 30, 0, 5, tzinfo=helsinki))
    kept = catalog.get(Scope.system(), recording.id).started_at
    assert (kept, kept.tzinfo) == (recording.started_at, UTC)
    with pytest.raises(StatementError):
        added(catalog, started_at=datetime(2026, 11, 22, 1, 30))  # noqa: DTZ001  # that is the point


def test_one_read_sees_one_state(tmp_path: Path) -> None:
    database = open_database(tmp_path / "catalog.db")
    catalog = SqlCatalog(database)
    with database.reading(Scope.system()) as session:
        assert session.scalars(select(RecordingRow)).all() == []
        with ThreadPoolExecutor(1) as pool:
            pool.submit(added, catalog).result()
        assert session.scalars(select(RecordingRow)).all() == []
    assert len(catalog.list(Scope.system())) == 1


def test_a_reader_and_a_writer_do_not_wait_for_each_other(tmp_path: Path) -> None:
    catalog = SqlCatalog(open_database(tmp_path / "catalog.db"))

    def write(number: int) -> None:
        added(catalog, started_at=NOW - timedelta(minutes=number))

    with ThreadPoolExecutor(6) as pool:
        writing = [pool.submit(write, number) for number in range(60)]
        seen = [len(catalog.list(Scope.system(), limit=100)) for _ in range(60)]
        for each in writing:
            each.result()
    assert seen == sorted(seen)
    assert len(catalog.list(Scope.system(), limit=100)) == 60
