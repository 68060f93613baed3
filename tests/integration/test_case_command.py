"""`vaiti case` as it is typed, from the letter to the answer."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import pyzipper
from typer.testing import CliRunner, Result

from recordings.factory import Vaiti
from storage.records import Recording
from tests.integration.fakes import MovedClock
from tests.integration.test_review_command import as_json
from workers.main import app

Push = Callable[..., Recording]
Run = Callable[..., Result]
WHO = ("--reference", "phone:0401234567")
OPEN = ("case", "open", "--controller", "kuopio", "--way", "letter", "--as", "officer-1")


@pytest.fixture
def run(vaiti: Vaiti, clock: MovedClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Run a command on the service, which stays open."""
    monkeypatch.setattr("workers.service.open_vaiti", lambda *_, **__: vaiti)
    monkeypatch.setattr(Vaiti, "close", lambda _: None)
    monkeypatch.setattr("recordings.observability.configure_logging", lambda: None)
    yield lambda *words: CliRunner().invoke(app, [*words])
    monkeypatch.undo()


def test_a_letter_is_noted_its_writer_identified_and_answered(run: Run, push: Push, tmp_path: Path) -> None:
    push()
    case = as_json(run(*OPEN, "--kind", "access", *WHO, "--json"))
    assert (case["name"], case["state"], case["due_on"]) == ("2026-1", "identity-awaited", "2026-04-02")
    early = run("case", "answered", case["id"])
    assert type(early.exception).__name__ == "IdentityNeeded"
    assert "open  due 2026-04-02" in run("case", "identified", case["id"], "--by", "document-shown").stdout
    assert "open  due 2026-06-02" in run("case", "extend", case["id"], "--reason", "complexity").stdout
    assert "1 found, 0 OVERDUE" in run("case", "list").stdout
    assert type(run("case", "answered", case["id"]).exception).__name__ == "PackNeeded"
    written = as_json(
        run("case", "pack", case["id"], "--out", str(tmp_path / "pack.zip"), "--language", "sv", "--json")
    )
    assert (written["calls"], len(written["passphrase"])) == (1, 24)
    with pyzipper.AESZipFile(tmp_path / "pack.zip") as archive:
        archive.setpassword(written["passphrase"].encode())
        assert {"letter.pdf", "001/audio.wav", "manifest.json"} <= set(archive.namelist())
        assert json.loads(archive.read("manifest.json"))["case"] == "2026-1"
    assert "answered" in run("case", "answered", case["id"]).stdout
    assert "0 found" in run("case", "list").stdout
    assert len(as_json(run("case", "list", "--closed", "--json"))["cases"]) == 1


def test_a_link_and_its_code_are_shown_once_and_answer_the_case(run: Run, push: Push) -> None:
    push()
    case = as_json(run(*OPEN, "--kind", "access", "--by", "called-back", *WHO, "--json"))
    made = as_json(run("case", "link", case["id"], "--language", "sv", "--json"))
    assert (made["address"][:8], len(made["code"])) == ("/copies#", 14)
    said = run("case", "link", case["id"]).stdout
    assert "/copies#" in said
    assert made["code"] not in said
    assert "answered" in run("case", "answered", case["id"]).stdout


def test_who_asks_to_be_erased_is(run: Run, push: Push, vaiti: Vaiti) -> None:
    call = push()
    case = as_json(run(*OPEN, "--kind", "erasure", "--by", "known-address", "--json"))
    assert "open" in run("case", "person", case["id"], *WHO).stdout
    assert run("case", "erase", case["id"]).stdout == "1 calls erased, 0 held\n"
    assert not vaiti.keys.knows(call.id)
    assert "withdrawn" in run("case", "withdrawn", case["id"]).stdout


def test_a_word_that_is_none_says_which_there_are(run: Run, push: Push) -> None:
    push()
    wrong = run(*OPEN, "--kind", "everything")
    assert (wrong.exit_code, "access, rectification, erasure" in wrong.output) == (2, True)
    case = as_json(run(*OPEN, "--kind", "objection", "--about", "direct-marketing", "--json"))
    assert "refused" in run("case", "refused", case["id"], "--ground", "excessive").stdout
