"""`vaiti hold`, `restrict` and `request open` as they are typed: what is printed, what is refused, how they end."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from recordings.factory import Vaiti
from storage.records import Recording
from tests.integration.fakes import MovedClock
from tests.integration.test_review_command import as_json, run
from workers import doctor
from workers.doctor import _check_holds, _Wrong

Push = Callable[..., Recording]
Run = Callable[..., Result]
PLACE = ("hold", "place", "--controller", "kuopio", "--ground", "legal-claim", "--case", "R-12")
RESTRICT = ("restrict", "place", "--controller", "kuopio", "--ground", "objection-pending", "--case", "R-13")
REQUEST = ("request", "open", "--controller", "kuopio", "--case", "R-14")
__all__ = ["run"]


def test_a_hold_is_placed_listed_opened_and_released(
    run: Run, push: Push, vaiti: Vaiti, clock: MovedClock, tmp_path: Path
) -> None:
    recording = push()
    placed = as_json(run(*PLACE, recording.id, "--as", "officer-1", "--json"))
    assert (placed["recordings"], placed["placed_by"]) == ([recording.id], "officer-1")
    assert recording.id in run("hold", "show", placed["id"]).stdout
    clock.at = recording.delete_at
    assert "1 OVERDUE" in run("hold", "list").stdout
    (tmp_path / "phrase").write_text("pitkä ja yksinkertainen lause", encoding="utf-8")
    out = tmp_path / "held.zip"
    opened = run("hold", "open", placed["id"], "--out", str(out), "--passphrase-file", str(tmp_path / "phrase"))
    assert (opened.exit_code, out.read_bytes()[:2]) == (0, b"PK")
    released = as_json(run("hold", "release", placed["id"], "--json"))
    assert [each["recording"] for each in released["receipts"]] == [recording.id]
    assert "ended" in run("hold", "list", "--ended").stdout
    assert vaiti.holds.list(vaiti.controllers.scope) == []


def test_a_restriction_and_a_request_are_placed_for_a_person(run: Run, push: Push, clock: MovedClock) -> None:
    recording = push()
    restricted = as_json(run(*RESTRICT, "--reference", "phone:0401234567", "--json"))
    assert restricted["recordings"] == [recording.id]
    refused = run("restrict", "lift", restricted["id"])
    assert type(refused.exception).__name__ == "NoticeNeeded"
    noted = run("restrict", "notice", restricted["id"], "--on", clock.now().date().isoformat())
    assert "told 2026-03-02" in noted.stdout
    assert "1 calls set free, 0 of them purged" in run("restrict", "lift", restricted["id"]).stdout
    asked = as_json(run(*REQUEST, "--reference", "phone:0401234567", "--json"))
    assert asked["until"].startswith("2026-04-01")
    assert as_json(run("request", "proved", asked["id"], "--json"))["until"] is None
    assert "until 2026-03-16" in run("request", "answered", asked["id"], "delivered").stdout


def test_a_hold_names_calls_or_a_person(run: Run, push: Push) -> None:
    recording = push(work=False)
    for wrong in ((), (recording.id, "--reference", "phone:0401234567"), ("not-an-id",), ("--reference", "phone")):
        assert run(*PLACE, *wrong).exit_code == 2


def test_the_doctor_shows_what_is_overdue_and_asks_for_a_review(
    run: Run, push: Push, vaiti: Vaiti, clock: MovedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "SystemClock", lambda: clock)
    recording = push()
    run(*PLACE, recording.id)
    assert _check_holds(vaiti.settings) == "1 holds and restrictions, 0 calls held past their time"
    clock.at = recording.delete_at
    with pytest.raises(_Wrong, match="1 calls held past their time; 1 to be reviewed"):
        _check_holds(vaiti.settings)
    listed = run("hold", "list").stdout
    assert "REVIEW DUE" in listed
    (hold,) = re.findall("^[0-9a-f]{32}", listed)
    assert "REVIEW DUE" not in run("hold", "review", hold).stdout
    assert _check_holds(vaiti.settings) == "1 holds and restrictions, 1 calls held past their time"
