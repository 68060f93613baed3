"""Once a day the chains' heads go outside, and whoever cuts an end off is found out."""

import json
import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from recordings.errors import SettingsWrong
from recordings.factory import Vaiti
from recordings.settings import Settings, load_settings
from recordings.stores import CATALOG
from storage.errors import Tampered
from storage.records import Recording
from tests.integration.fakes import MovedClock, a_call
from workers.anchoring import AnchorOld, check_anchors, write_anchor
from workers.files import write_lines
from workers.main import app
from workers.schedule import Schedule

Push = Callable[..., Recording]
DAY = timedelta(days=1)


@pytest.fixture
def settings(settings: Settings, home: Path) -> Settings:
    return settings.model_copy(update={"anchors": home / "anchors"})


def files(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "anchors").iterdir())


def edit(settings: Settings, statement: str) -> None:
    with sqlite3.connect(settings.data / CATALOG) as connection:
        connection.execute(statement)


def test_one_anchor_a_day_is_written_and_never_changed(push: Push, vaiti: Vaiti, clock: MovedClock, home: Path) -> None:
    schedule = Schedule(vaiti, stop=None)  # type: ignore[arg-type]
    schedule.run_once()
    first = (home / "anchors" / "2026-03-02.json").read_bytes()
    push(work=False)
    assert not write_anchor(vaiti)
    clock.at += DAY
    assert write_anchor(vaiti)
    assert files(home) == ["2026-03-02.json", "2026-03-03.json"]
    assert (home / "anchors" / "2026-03-02.json").read_bytes() == first
    assert check_anchors(vaiti) == "the audit log and the receipts are those of 2026-03-03"


def test_a_cut_or_rewritten_end_of_the_audit_log_shows(push: Push, vaiti: Vaiti, clock: MovedClock) -> None:
    push(work=False)
    write_anchor(vaiti)
    edit(vaiti.settings, "DELETE FROM audit WHERE number = (SELECT max(number) FROM audit)")
    vaiti.audit.verify()  # the chain alone does not tell
    with pytest.raises(Tampered, match="2026-03-02"):
        check_anchors(vaiti)
    clock.at += DAY
    with pytest.raises(Tampered):
        write_anchor(vaiti)  # what is wrong is not anchored again


def test_receipts_that_are_gone_show(push: Push, vaiti: Vaiti) -> None:
    vaiti.purge(push(work=False).id, reason="erasure-request")
    write_anchor(vaiti)
    edit(vaiti.settings, "DELETE FROM receipts")
    with pytest.raises(Tampered, match="fewer receipts"):
        check_anchors(vaiti)


def test_nobody_writing_anchors_is_told(vaiti: Vaiti, clock: MovedClock) -> None:
    with pytest.raises(AnchorOld):
        check_anchors(vaiti)
    write_anchor(vaiti)
    clock.at += 3 * DAY
    with pytest.raises(AnchorOld):
        check_anchors(vaiti)


def test_anchors_do_not_lie_beside_what_they_vouch_for(home: Path) -> None:
    with pytest.raises(SettingsWrong, match="VAITI_ANCHORS"):
        load_settings(data=home / "data", anchors=home / "data" / "anchors")


def test_an_auditor_finds_a_cut_end_with_the_files_alone(push: Push, vaiti: Vaiti, home: Path) -> None:
    for number in range(3):
        vaiti.purge(push(a_call(1, seed=number), call_id=str(number), work=False).id, reason="erasure-request")
    write_anchor(vaiti)
    found = vaiti.catalog.receipts(vaiti.controllers.scope)
    assert [receipt["number"] for receipt in found] == [3, 2, 1]
    (home / "key.pem").write_text(vaiti.signer.public_key())
    verify = ["receipts", "verify", str(home / "r.jsonl"), "--public-key", str(home / "key.pem")]
    anchored = [*verify, "--anchors", str(home / "anchors")]
    write_lines(found, home / "r.jsonl")
    assert json.loads(CliRunner().invoke(app, [*anchored, "--json"]).stdout) == {"verified": 3}
    write_lines(found[1:], home / "r.jsonl")
    assert CliRunner().invoke(app, verify).exit_code == 0  # without anchors a missing end cannot show
    cut = CliRunner().invoke(app, anchored)
    assert (cut.exit_code, "the end is cut off" in cut.stderr) == (3, True)
    write_lines([found[0], found[2]], home / "r.jsonl")
    gap = CliRunner().invoke(app, verify)
    assert (gap.exit_code, "1 receipts of kuopio are missing after number 1" in gap.stderr) == (3, True)
