"""The audit chain: every edit by hand shows."""

import hashlib
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from storage import audit_chain
from storage.errors import LostClaim, Tampered
from storage.records import Scope, Stage
from storage.sql import Database, SqlAuditLog, SqlCatalog, open_database
from storage.sql import audit as chain
from storage.sql.tables import AuditRow
from tests.contracts.builders import ETELA, KESKI, NOW, added, an_entry, moved


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "catalog.db"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    database = open_database(path)
    log = SqlAuditLog(database)
    for number in range(5):
        log.append(an_entry(action=f"act.{number}", controller=KESKI))
    yield database
    database.close()


def by_hand(path: Path, statement: str) -> None:
    with sqlite3.connect(path) as connection:
        connection.executescript(statement)


@pytest.mark.parametrize(
    "edit",
    [
        "UPDATE audit SET actor = 'nobody' WHERE number = 3",
        "UPDATE audit SET at = '2026-11-22 09:00:01.000000' WHERE number = 3",
        "UPDATE audit SET action = 'other' WHERE number = 1",
        "UPDATE audit SET controller = NULL WHERE number = 5",
        "UPDATE audit SET \"case\" = 'case-1' WHERE number = 2",
        "UPDATE audit SET purpose = '' WHERE number = 2",
        "UPDATE audit SET recording = 'x' WHERE number = 2",
        "UPDATE audit SET salt = NULL WHERE number = 3",
        "UPDATE audit SET detail = '{}' WHERE number = 4",
        "UPDATE audit SET detail = json_set(detail, '$.count', 3) WHERE number = 4",
        "UPDATE audit SET previous = hash WHERE number = 4",
        "UPDATE audit SET hash = previous WHERE number = 4",
        "DELETE FROM audit WHERE number = 1",
        "DELETE FROM audit WHERE number = 3",
        "UPDATE audit SET number = CASE number WHEN 2 THEN -3 ELSE -2 END WHERE number IN (2, 3)",
        "UPDATE audit SET number = number + 1 WHERE number = 5",
        "CREATE TABLE t AS SELECT * FROM audit WHERE number=5; UPDATE t SET number=6;INSERT INTO audit SELECT * FROM t",
    ],
)
def test_an_edit_by_hand_shows(database: Database, path: Path, edit: str) -> None:
    log = SqlAuditLog(database)
    assert log.verify() == 5
    by_hand(path, edit)
    with pytest.raises(Tampered):
        log.verify()


def test_an_edit_whose_hash_was_made_anew_shows_at_the_next_entry(database: Database, path: Path) -> None:
    with database.reading(Scope.system()) as session:
        row = session.scalars(select(AuditRow).where(AuditRow.number == 3)).one()
        row.actor = "nobody"
        forged = chain._hash(row)
        session.expunge(row)
    by_hand(path, f"UPDATE audit SET actor = 'nobody', hash = '{forged}' WHERE number = 3")
    with pytest.raises(Tampered, match="entry 4"):
        SqlAuditLog(database).verify()


def test_a_cut_tail_shows_against_a_head_that_was_kept_elsewhere(database: Database, path: Path) -> None:
    log = SqlAuditLog(database)
    kept = log.head()
    by_hand(path, "DELETE FROM audit WHERE number = 5")
    assert log.verify() == 4
    assert log.head() != kept


def test_the_hash_is_the_documented_one(database: Database) -> None:
    """A third party recomputes it with SHA-256 and RFC 8785 alone."""
    with database.reading(Scope.system()) as session:
        row = session.scalars(select(AuditRow).where(AuditRow.number == 1)).one()
    said = (
        '{"action":"act.0","actor":"worker-1","at":"2026-11-22T09:00:00.000000+00:00","case":null,'
        '"controller":"keski-energia","detail":{"count":2,"reason":"test","seconds":1.5},"purpose":null,'
        f'"recording":null,"salt":"{row.salt}"}}'
    )
    content = hashlib.sha256(said.encode()).hexdigest()
    canonical = f'{{"content":"{content}","number":1,"previous":"{"0" * 64}"}}'
    assert row.hash == hashlib.sha256(canonical.encode()).hexdigest()


def test_an_entry_from_before_there_were_salts_holds(database: Database, path: Path) -> None:
    canonical = (
        '{"action":"old","actor":"worker-1","at":"2026-11-22T09:00:00.000000+00:00","case":null,"controller":null,'
        f'"detail":{{}},"number":1,"previous":"{"0" * 64}","purpose":null,"recording":null}}'
    )
    old = hashlib.sha256(canonical.encode()).hexdigest()
    by_hand(
        path,
        f"""DELETE FROM audit; INSERT INTO audit (number, at, actor, action, detail, previous, hash) VALUES
        (1, '2026-11-22 09:00:00.000000', 'worker-1', 'old', '{{}}', '{"0" * 64}', '{old}')""",
    )
    log = SqlAuditLog(database)
    log.append(an_entry())
    assert log.verify() == 2
    assert ["salt" in entry for entry in log.walk()] == [False, True]


def test_a_change_that_fails_leaves_no_entry_and_an_entry_that_fails_no_change(database: Database) -> None:
    catalog, log = SqlCatalog(database), SqlAuditLog(database)
    recording = added(catalog)
    moved(catalog, recording, Stage.TRANSCRIBED)
    entries = log.verify()
    stale = an_entry(recording)
    catalog.claim(worker="w", now=stale.at, lease=60, stages=[Stage.TRANSCRIBED])
    with pytest.raises(LostClaim):
        catalog.move(recording, to=Stage.FAILED, audit=stale)
    assert log.verify() == entries
    current = catalog.get(Scope.system(), recording.id)
    with pytest.raises(ValueError, match="slugs and counts"):
        catalog.move(current, to=Stage.PLANNED, audit=an_entry(detail={"too big for JSON": 2**60}))
    assert catalog.get(Scope.system(), recording.id) == current


def forgotten(database: Database, *, before: datetime = NOW + timedelta(days=1)) -> int:
    entry = an_entry(action="audit.forgotten", controller=KESKI)
    return SqlAuditLog(database).forget(KESKI, before=before, audit=replace(entry, at=before, detail={}))


def test_what_is_old_is_forgotten_and_the_chain_holds(database: Database, path: Path) -> None:
    log = SqlAuditLog(database)
    head = log.head()
    assert forgotten(database, before=NOW) == 0
    assert forgotten(database) == 5
    assert log.verify() == 6
    assert log.hash_of(5) == head[1]
    (left,) = log.list(Scope.system())
    assert (left.action, left.detail) == ("audit.forgotten", {"through": 5, "count": 5})
    assert forgotten(database) == 0


def test_what_tells_of_a_call_that_is_here_stays(database: Database) -> None:
    catalog, log = SqlCatalog(database), SqlAuditLog(database)
    call = added(catalog)
    log.append(an_entry(call, action="raw.opened"))
    forgotten(database)
    assert "raw.opened" in {each.action for each in log.list(Scope.system(), recording=call.id)}
    assert log.of_acts(Scope.system(), {"raw.opened"})


def test_another_registers_entries_stay(database: Database) -> None:
    log = SqlAuditLog(database)
    log.append(an_entry(action="act.6", controller=ETELA))
    forgotten(database)
    assert "act.6" in {each.action for each in log.list(Scope.system())}


def test_nobody_hides_by_hand_what_was_done(database: Database, path: Path) -> None:
    forgotten(database)
    log = SqlAuditLog(database)
    log.append(an_entry(action="raw.opened", controller=KESKI))
    with database.reading(Scope.system()) as session:
        row = session.scalars(select(AuditRow).where(AuditRow.number == 7)).one()
        content = audit_chain.hide(chain._body(row))["content"]
    by_hand(
        path, f"UPDATE audit SET content = '{content}', action = 'audit.forgotten', detail = '{{}}' WHERE number = 7"
    )
    with pytest.raises(Tampered, match="nothing says that it was to be forgotten"):
        log.verify()
