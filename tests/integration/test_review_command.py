"""`vaiti review` and `vaiti remask` as they are typed: what is printed, what is refused, how they end."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from recordings.factory import Vaiti
from storage.records import Recording, Scope, Stage
from tests.integration.fakes import MovedClock, Playback, said
from tests.integration.test_pipeline import use
from tests.integration.test_remask import Keener, rules
from workers.main import app

Push = Callable[..., Recording]
SYSTEM = Scope.system()
__all__ = ["rules"]


@pytest.fixture
def run(vaiti: Vaiti, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Result]]:
    """Run a command on the test's own service, which stays open."""
    monkeypatch.setattr("workers.service.open_vaiti", lambda *_, **__: vaiti)
    monkeypatch.setattr(Vaiti, "close", lambda _: None)
    monkeypatch.setattr("recordings.observability.configure_logging", lambda: None)
    yield lambda *words: CliRunner().invoke(app, [*words])
    monkeypatch.undo()


def as_json(result: Result) -> Any:
    return json.loads(result.stdout.strip().splitlines()[-1])


def test_what_waits_is_listed_shown_and_released(run: Callable[..., Result], push: Push, playback: Playback) -> None:
    playback.again = said("308", start=2.9)
    waiting = push()
    listed = run("review", "list")
    assert listed.exit_code == 0
    assert waiting.id in listed.stdout
    assert "heard" in listed.stdout
    (document,) = as_json(run("review", "list", "--json"))["waiting"]
    assert (document["slug"], document["places"][0]["shape"]) == ("residue-after-masking", ["other"])
    assert "kiitos" not in run("review", "show", waiting.id).stdout + json.dumps(document)
    assert "kiitos" in run("review", "show", waiting.id, "--words").stdout
    assert as_json(run("review", "show", waiting.id, "--words", "--json"))["places"][0]["text"] == "kiitos"
    refused = run("review", "decide", waiting.id, "release")
    assert type(refused.exception).__name__ == "OfficerNeeded"  # `run` of workers.main makes it one line and a code
    again = run("review", "decide", waiting.id, "retry", "--json")
    assert (again.exit_code, as_json(again)["stage"]) == (4, "quarantined")
    done = run("review", "decide", waiting.id, "release", "--privacy-officer", "--as", "officer-1", "--case", "T-7")
    assert (done.exit_code, done.stdout.split()[-2:]) == (0, [waiting.id, "published"])


def test_words_and_stretches_are_named_on_the_line(run: Callable[..., Result], push: Push, vaiti: Vaiti) -> None:
    recording = push()
    done = run("review", "decide", recording.id, "mask", "--words", "0:1-1", "--time", "4-5", "--type", "PERSON")
    assert done.exit_code == 0
    assert vaiti.catalog.get(SYSTEM, recording.id).findings == {"PERSON": 1, "SECRET": 1}
    shown = run("review", "show", recording.id)
    assert "masked" in shown.stdout
    assert len(vaiti.catalog.decisions(SYSTEM, recording.id)) == 2


@pytest.mark.parametrize(
    "words",
    [
        ("review", "decide", "0" * 32, "forget"),
        ("review", "show", "no-id"),
        ("review", "decide", "0" * 32, "mask", "--words", "1:5-3"),
        ("review", "decide", "0" * 32, "mask", "--time", "5-5"),
        ("review", "decide", "0" * 32, "mask", "--time", "5-6", "--type", "name of a person"),
        ("review", "show", "0" * 32, "--as", "Aino Virtanen"),
    ],
)
def test_what_cannot_be_read_is_a_usage_error(run: Callable[..., Result], words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2


def test_remask_says_what_is_newly_masked_and_who_had_opened_it(
    run: Callable[..., Result], push: Push, vaiti: Vaiti, rules: list[str], clock: MovedClock
) -> None:
    recording = push()
    vaiti.view.open_sound(SYSTEM, recording.id, actor="qa-7").close()
    never = push(call_id="b")
    rules[0] = "new"
    use(vaiti, detector=Keener)
    done = run("remask", "--controller", "kuopio", "--from", "2026-01-01", "--to", "2027-01-01")
    assert done.exit_code == 0
    assert "qa-7 had opened its sound 1 and its words 0 times" in done.stdout
    assert "nobody had opened it" in done.stdout
    assert "2 masked again, 0 with nothing more, 0 looked through before" in done.stdout
    assert vaiti.catalog.get(SYSTEM, never.id).stage is Stage.PUBLISHED
    rules[0], clock.at = "newer", clock.at + timedelta(minutes=1)
    document = as_json(run("remask", recording.id, "--json"))
    assert (document["looked"]["same"], document["unfinished"], document["newly"]) == (1, {}, [])
