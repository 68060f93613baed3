"""`vaiti audit`: the log of who did what goes to an auditor, whole or one register's, and is checked offline."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from recordings.factory import Vaiti
from recordings.settings import Settings
from recordings.stores import CATALOG
from storage.errors import Tampered
from storage.records import AuditEntry, Recording, Scope
from storage.sql import audit as chain
from storage.sql.tables import AuditRow
from tests.audit_auditor import accepts
from tests.integration.fakes import a_call
from workers.anchoring import write_anchor
from workers.auditing import AuditNotInParts, export_audit
from workers.main import app

Push = Callable[..., Recording]


@pytest.fixture
def settings(settings: Settings, home: Path) -> Settings:
    return settings.model_copy(update={"anchors": home / "anchors"})


@pytest.fixture
def told(push: Push, vaiti: Vaiti) -> list[Recording]:
    calls = [push(work=False), push(a_call(1, seed=2), call_id="two", controller="lahti", work=False)]
    vaiti.purge(calls[0].id, reason="erasure-request")
    write_anchor(vaiti)
    return calls


def export(vaiti: Vaiti, monkeypatch: pytest.MonkeyPatch, *options: str) -> Path:
    for name in ("data", "controllers"):
        monkeypatch.setenv(f"VAITI_{name.upper()}", str(getattr(vaiti.settings, name)))
    home = vaiti.settings.data.parent
    done = CliRunner().invoke(app, ["audit", "export", str(home / "audit.jsonl"), *options])
    assert done.exit_code == 0, done.output
    (home / "key.pem").write_text(vaiti.signer.public_key())
    return home / "audit.jsonl"


def verify(file: Path, *options: str) -> Result:
    home = file.parent
    return CliRunner().invoke(
        app,
        ["audit", "verify", str(file), "--key", str(home / "key.pem"), "--anchors", str(home / "anchors"), *options],
    )


def lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines()


def test_the_whole_log_is_checked_with_the_files_alone(
    vaiti: Vaiti, told: list[Recording], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = export(vaiti, monkeypatch)
    vaiti.settings.data.rename(vaiti.settings.data.with_name("elsewhere"))
    entries = len(lines(file)) - 1
    assert json.loads(verify(file, "--json").stdout) == {"verified": entries, "shown": entries}
    anchors = [json.loads(each.read_text()) for each in (file.parent / "anchors").iterdir()]
    assert accepts(lines(file), (file.parent / "key.pem").read_bytes(), anchors)
    assert "040 123" not in file.read_text()
    for touched, words in (
        (lines(file)[1:], "1 audit entries are missing after number 0"),
        (lines(file)[:-2], "the end is cut off"),
        ([line.replace('"anna"', '"nobody"').replace("erasure", "deleted") for line in lines(file)], "was changed"),
    ):
        (file.parent / "touched.jsonl").write_text("\n".join(touched))
        found = verify(file.with_name("touched.jsonl"))
        assert (found.exit_code, words in found.stderr) == (3, True), found.stderr
    (file.parent / "touched.jsonl").write_text("nothing")
    assert verify(file.with_name("touched.jsonl")).exit_code == 3


def test_one_register_is_shown_and_nothing_of_the_others(
    vaiti: Vaiti, told: list[Recording], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = export(vaiti, monkeypatch, "--controller", "kuopio")
    found = json.loads(verify(file, "--json").stdout)
    assert found["verified"] == len(lines(file)) - 1 > found["shown"] > 0
    assert told[0].id in file.read_text()
    assert told[1].id not in file.read_text()
    assert "lahti" not in file.read_text()


def test_a_log_with_old_entries_of_others_goes_whole_only(vaiti: Vaiti, told: list[Recording]) -> None:
    with sqlite3.connect(vaiti.settings.data / CATALOG) as connection:
        connection.execute("DELETE FROM audit")
        connection.execute(
            "INSERT INTO audit (number, at, actor, action, detail, previous, hash) "
            "VALUES (1, '2026-03-02 09:00:00.000000', 'anna', 'old', '{}', ?, '')",
            ["0" * 64],
        )
    with vaiti.database.writing(Scope.system()) as session:
        row = session.get(AuditRow, 1)
        assert row is not None
        row.hash = chain._hash(row)
    vaiti.audit.append(AuditEntry(at=vaiti.clock.now(), actor="anna", action="new", controller="kuopio"))
    home = vaiti.settings.data.parent
    assert export_audit(vaiti, home / "whole.jsonl").entries == 2
    with pytest.raises(AuditNotInParts):
        export_audit(vaiti, home / "part.jsonl", controller="kuopio")
    assert not (home / "part.jsonl").exists()


def test_a_log_that_was_changed_in_the_database_is_not_sealed(vaiti: Vaiti, told: list[Recording]) -> None:
    home = vaiti.settings.data.parent
    for which in ("max", "min"):
        with sqlite3.connect(vaiti.settings.data / CATALOG) as connection:
            connection.execute(f"UPDATE audit SET actor = 'x' WHERE number = (SELECT {which}(number) FROM audit)")
        with pytest.raises(Tampered):
            export_audit(vaiti, home / "audit.jsonl")
