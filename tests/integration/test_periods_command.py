"""`vaiti periods` as it is typed, and what the doctor and the service say meanwhile."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from threading import Event

import pytest
from typer.testing import CliRunner, Result

from recordings.factory import Vaiti
from storage.records import Recording
from tests.integration.conftest import CONTROLLERS
from tests.integration.fakes import MovedClock, a_call
from tests.integration.test_holds import held
from tests.integration.test_review_command import as_json
from tests.integration.test_shorter_periods import DAY, ENDS_SOONER, ends, told
from workers import doctor
from workers.doctor import _check_periods, _Wrong
from workers.main import app
from workers.schedule import Schedule

Push = Callable[..., Recording]
Run = Callable[..., Result]
PROPOSE = ("periods", "propose", "kuopio", "service", "--as", "officer-1")


@pytest.fixture
def shorter(vaiti: Vaiti, push: Push) -> Vaiti:
    """The service with two calls, one of them held, started anew with half a year in its file."""
    held(vaiti, push(started_at="2025-05-01T10:00:00+03:00", work=False))
    push(a_call(seed=2), call_id="young", work=False)
    return told(vaiti)


@pytest.fixture
def run(shorter: Vaiti, clock: MovedClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Run a command on that service, which stays open."""
    monkeypatch.setattr("workers.service.open_vaiti", lambda *_, **__: shorter)
    monkeypatch.setattr(Vaiti, "close", lambda _: None)
    monkeypatch.setattr("recordings.observability.configure_logging", lambda: None)
    monkeypatch.setattr(doctor, "SystemClock", lambda: clock)
    yield lambda *words: CliRunner().invoke(app, [*words])
    monkeypatch.undo()


def test_a_period_is_listed_proposed_approved_and_in_force(
    run: Run, shorter: Vaiti, clock: MovedClock, push: Push
) -> None:
    listed = run("periods", "list").stdout
    assert "kuopio  service  P1Y Europe/Helsinki  the controllers file asks for less: P6M" in listed
    assert "2 of 2 stored calls end sooner, between 2026-03-02 09:00 UTC and 2026-09-01 07:00 UTC" in listed
    assert "1 of them at once, 1 are held" in listed
    proposed = as_json(run(*PROPOSE, "--json"))
    assert (proposed["state"], proposed["impact"]["earlier"], proposed["impact"]["due"]) == ("proposed", 2, 1)
    refused = run("periods", "approve", proposed["id"], "--as", "officer-1")
    assert type(refused.exception).__name__ == "SecondPersonNeeded"
    approved = run("periods", "approve", proposed["id"], "--as", "officer-2").stdout
    assert "takes effect 2026-03-03 09:00 UTC" in approved
    assert f"vaiti periods withdraw {proposed['id']}" in approved
    clock.at += DAY
    Schedule(shorter, stop=Event()).run_once()
    listed_now = as_json(run("periods", "list", "--json"))["periods"]
    (standing,) = [each for each in listed_now if (each["controller"], each["kind"]) == ("kuopio", "service")]
    assert (standing["in_force"]["period"], standing["shortened"], standing["change"]["moved"]) == ("P6M", False, 2)
    assert "2 calls have their earlier time" in run("periods", "list").stdout
    assert ends(shorter, push(a_call(seed=3), call_id="c", work=False)) == ENDS_SOONER
    clock.at += DAY
    Schedule(shorter, stop=Event()).run_once()
    assert "DONE" not in run("periods", "list").stdout
    assert "DONE" in run("periods", "list", "--ended").stdout


def test_a_change_is_withdrawn_by_anybody(run: Run, shorter: Vaiti, clock: MovedClock) -> None:
    change = as_json(run(*PROPOSE, "--json"))["id"]
    run("periods", "approve", change, "--as", "officer-2")
    assert "WITHDRAWN" in run("periods", "withdraw", change, "--as", "agent-7").stdout
    clock.at += 2 * DAY
    Schedule(shorter, stop=Event()).run_once()
    assert "the controllers file asks for less" in run("periods", "list").stdout
    again = run("periods", "withdraw", change)
    assert type(again.exception).__name__ == "ChangeEnded"


def test_what_is_typed_wrong_is_refused(run: Run) -> None:
    assert run("periods", "approve", "not-an-id").exit_code == 2
    assert run(*PROPOSE[:4], "--as", "Anna Virtanen").exit_code == 2
    for kind, error in (("gossip", "UnknownKind"), ("other", "NoPeriod"), ("contract", "NothingShorter")):
        assert type(run("periods", "propose", "kuopio", kind).exception).__name__ == error
    assert type(run("periods", "approve", "0" * 32).exception).__name__ == "NotFound"


def test_the_doctor_says_what_a_shorter_period_waits_for(run: Run, shorter: Vaiti, clock: MovedClock) -> None:
    def wrong(match: str) -> None:
        with pytest.raises(_Wrong, match=match):
            _check_periods(shorter.settings)

    wrong("1 periods are shorter in the controllers file than in force: `vaiti periods list`")
    change = as_json(run(*PROPOSE, "--json"))["id"]
    wrong("1 periods wait for a second person")
    run("periods", "approve", change, "--as", "officer-2")
    assert _check_periods(shorter.settings) == "as in force; the next gets shorter at 2026-03-03 09:00 UTC"
    clock.at += DAY + timedelta(minutes=15)
    wrong("1 periods should be shorter by now: start the service anew")
    Schedule(shorter, stop=Event()).run_once()
    assert _check_periods(shorter.settings) == "as in force"


def test_the_doctor_shows_a_change_that_the_file_no_longer_asks_for(
    run: Run, vaiti: Vaiti, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = as_json(run(*PROPOSE, "--json"))["id"]
    monkeypatch.setattr("workers.service.open_vaiti", lambda *_, **__: vaiti)
    with pytest.raises(_Wrong, match="1 periods were to become shorter"):
        _check_periods(vaiti.settings)
    assert run("periods", "withdraw", change).exit_code == 0
    assert _check_periods(vaiti.settings) == "as in force"


def test_the_service_says_that_its_file_asks_for_less(shorter: Vaiti, capsys: pytest.CaptureFixture[str]) -> None:
    Schedule(shorter, stop=Event()).run_once()
    told_of = capsys.readouterr()
    assert "period.shorter-in-file" in told_of.out + told_of.err


def test_a_register_that_left_the_file_is_still_listed(run: Run, monkeypatch: pytest.MonkeyPatch, vaiti: Vaiti) -> None:
    del run
    without = told(vaiti, None)
    monkeypatch.setattr("workers.service.open_vaiti", lambda *_, **__: without)
    assert 'service = "P1Y"' in CONTROLLERS
    assert "not in the controllers file: no call is taken" in CliRunner().invoke(app, ["periods", "list"]).stdout
