"""A database of the first release is brought to the newest schema with all that is in it, on both kinds of database."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, text, update

from storage.records import HitCount, RecordingId, Reference, Scope, SearchFilter, Stage, Tag
from storage.sql import (
    Database,
    SqlAuditLog,
    SqlCatalog,
    SqlSearchIndex,
    SqlWorkBooks,
    migrate,
    open_database,
    open_postgres_database,
)
from storage.sql.postgres_engine import open_postgres
from storage.sql.tables import RecordingRow
from storage.sqlite_file import open_sqlite
from storage.work import Waiting
from tests.contracts.builders import ETELA, KESKI, NOW, added, an_entry, forgotten
from tests.postgres import PostgresServer

SYSTEM = Scope.system()
CALL, OLD = "a" * 32, "b" * 32
PHONE = "f" * 64
# As the first release wrote them.
ROWS: dict[str, dict[str, object]] = {
    "recordings": {
        "id": CALL,
        "controller": KESKI,
        "kind": "service",
        "call_tag": "c" * 64,
        "content_tag": "d" * 64,
        "started_at": "2026-11-22 08:00:00.000000",
        "zone_offset": 7200,
        "received_at": "2026-11-22 09:00:00.000000",
        "delete_at": "2027-11-22 09:00:00.000000",
        "language": "fi",
        "roles": ["agent", "customer"],
        "seconds": 61.5,
        "stage": "published",
        "attempts": 0,
        "token": 3,
        "findings": {"PERSON": 2},
        "verdict": "masked",
    },
    "customer_references": {"controller": KESKI, "type": "phone", "tag": PHONE, "customer": "e" * 32},
    "recording_references": {"recording": CALL, "controller": KESKI, "type": "phone", "tag": PHONE},
    "idempotency": {"controller": KESKI, "key": "k" * 64, "recording": CALL},
    "turns": {
        "recording": CALL,
        "controller": KESKI,
        "channel": 1,
        "start": 0.5,
        "end": 2.5,
        "text": "Siirretään laskun eräpäivää.",
    },
    "tombstones": {"id": OLD, "controller": KESKI, "call_tag": "9" * 64, "purged_at": "2026-11-01 00:00:00.000000"},
    "receipts": {"controller": KESKI, "recording": OLD, "body": {"event": "purged", "recording": OLD}},
}
PROFILE: dict[str, object] = {"controller": KESKI, "type": "phone", "tag": PHONE, "profile": "strict"}
# As the third did.
WORDS = "'siirretään':1 'laskun':2 'eräpäivää':3"


@pytest.fixture(params=["sqlite", "postgresql"])
def upgraded(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    if request.param == "sqlite":
        path = tmp_path / "catalog.db"
        _write_first(open_sqlite(path))
        database = open_database(path)
        yield database
        database.close()
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    with server.database(empty=True) as url:
        _write_first(open_postgres(url))
        database = open_postgres_database(url)
        yield database
        database.close()


def _write_first(engine: Engine) -> None:
    migrate.upgrade(engine, "0001")
    with engine.begin() as connection:
        for table, row in ROWS.items():
            _insert(connection, table, row)
        if connection.dialect.name == "postgresql":
            words = {"id": 1, "recording": CALL, "controller": KESKI, "words": WORDS}
            _insert(connection, "turn_words", words)
    migrate.upgrade(engine, "0003")
    with engine.begin() as connection:
        _insert(connection, "reference_profiles", PROFILE)
    engine.dispose()


def _insert(connection: Connection, table: str, row: dict[str, object]) -> None:
    plain = {name: json.dumps(value) if isinstance(value, dict | list) else value for name, value in row.items()}
    names = ", ".join(f'"{name}"' for name in plain)
    utc = {"started_at", "received_at", "delete_at", "purged_at"}
    if connection.dialect.name == "postgresql":
        plain = {name: f"{value}+00" if name in utc else value for name, value in plain.items()}
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({', '.join(f':{n}' for n in plain)})"), plain)


def test_everything_of_the_first_release_is_read_back(upgraded: Database) -> None:
    catalog, index = SqlCatalog(upgraded), SqlSearchIndex(upgraded)
    call = catalog.get(SYSTEM, RecordingId(CALL))
    assert (call.controller, call.stage, call.token, call.seconds) == (KESKI, Stage.PUBLISHED, 3, 61.5)
    assert (call.started_at, call.delete_at) == (NOW.replace(hour=8), NOW.replace(year=2027))
    assert (call.roles, dict(call.findings)) == (("agent", "customer"), {"PERSON": 2})
    assert (call.topics, call.clearance, call.rules) == ((), None, None)
    assert (call.held, call.restricted, call.call_started_at) == (False, False, None)
    assert catalog.find_call(SYSTEM, KESKI, Tag("c" * 64)) == call
    assert catalog.find_idempotent(SYSTEM, KESKI, Tag("k" * 64)) == call
    customer = catalog.find_customer(SYSTEM, KESKI, Reference(type="phone", tag=Tag(PHONE)))
    assert customer
    assert catalog.recordings_of(SYSTEM, customer) == [call]
    assert catalog.receipts(SYSTEM) == [{"event": "purged", "recording": OLD}]
    assert index.count(SYSTEM, "lasku", only=SearchFilter(), now=NOW) == HitCount(calls=0, more=False, unread=1)
    assert (index.knows(call.id), index.renew(), index.renew()) == (1, 1, 0)
    (hit,) = index.search(Scope.of(KESKI), "lasku", only=SearchFilter(), now=NOW)
    assert (hit.recording, hit.turn.text) == (call, "Siirretään laskun eräpäivää.")
    assert index.search(Scope.of(ETELA), "lasku", only=SearchFilter(), now=NOW) == []


def test_what_waited_before_waits_since_it_was_received(upgraded: Database) -> None:
    with upgraded.writing(SYSTEM) as session:
        session.execute(update(RecordingRow).values(stage=Stage.FAILED))
    found = SqlWorkBooks(upgraded).read(now=NOW)
    assert found.waiting[Stage.FAILED] == Waiting(count=1, since=NOW.replace(hour=9, minute=0))
    assert found.stopped == {}


def test_a_profile_keeps_what_it_asks_and_gets_an_id(upgraded: Database) -> None:
    catalog, audit = SqlCatalog(upgraded), SqlAuditLog(upgraded)
    assert catalog.profiles_of(SYSTEM, RecordingId(CALL)) == ["strict"]
    for profile in ("non-disclosure", None):
        catalog.set_profile(KESKI, Reference(type="phone", tag=Tag(PHONE)), profile, audit=an_entry())
    forgotten_last, set_first = (entry.detail["person"] for entry in audit.list(SYSTEM))
    assert forgotten_last == set_first
    assert len(str(set_first)) == 32


def test_the_service_goes_on_where_the_first_release_stopped(upgraded: Database) -> None:
    catalog = SqlCatalog(upgraded)
    added(catalog)
    begun = catalog.begin_purge(RecordingId(CALL), reason="period-ended", audit=an_entry())
    forgotten(catalog, begun)
    assert catalog.knows(begun.id) == 0
    assert SqlAuditLog(upgraded).verify() == 3
