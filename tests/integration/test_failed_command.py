"""`vaiti failed` as it is typed: what no worker tries again is listed without content, and goes back to work."""

from collections.abc import Callable
from datetime import timedelta
from threading import Event

import pytest
from typer.testing import Result

from recordings.factory import Vaiti
from storage.records import Recording, Scope, Stage
from tests.integration.fakes import MovedClock, Playback, a_call
from tests.integration.test_review_command import as_json, run
from workers.worker import MOST_ATTEMPTS, Worker

Run = Callable[..., Result]
Push = Callable[..., Recording]
SYSTEM = Scope.system()
__all__ = ["run"]


class Dies(BaseException):
    """A worker's end, as the recording sees it: nobody comes back."""


@pytest.fixture
def given_up(push: Push, vaiti: Vaiti, playback: Playback, clock: MovedClock, monkeypatch: pytest.MonkeyPatch) -> str:
    """A call whose transcription killed every worker that tried."""
    recording = push(work=False)
    worker = Worker(vaiti, name="a", stop=Event())

    def die(*_: object, **__: object) -> None:
        raise Dies

    with monkeypatch.context() as patched:
        patched.setattr(Playback, "transcribe", die)
        for _ in range(MOST_ATTEMPTS):
            with pytest.raises(Dies):
                worker.work_once()
            clock.at += timedelta(seconds=61)
        assert worker.work_once()
    del playback
    return recording.id


def test_what_failed_is_listed_by_place_and_cause_and_without_content(
    run: Run, given_up: str, push: Push, vaiti: Vaiti
) -> None:
    push(a_call(seed=2), call_id="fine")
    (found,) = as_json(run("failed", "--json"))["failed"]
    at = vaiti.audit.list(SYSTEM, recording=vaiti.catalog.list(SYSTEM, stages=[Stage.FAILED])[0].id)[0].at
    assert found == {
        "recording": given_up,
        "controller": "kuopio",
        "stage": "received",
        "slug": "gave-up",
        "at": at.isoformat(),
        "attempts": MOST_ATTEMPTS + 1,
    }
    listed = run("failed")
    assert given_up in listed.stdout
    assert listed.stdout.splitlines()[-1] == "1 failed"
    assert as_json(run("failed", "--slug", "no-speech", "--json"))["failed"] == []


def test_all_that_failed_by_one_cause_goes_back_to_work_and_nothing_else(
    run: Run, given_up: str, push: Push, vaiti: Vaiti, playback: Playback
) -> None:
    playback.words = []
    silent = push(a_call(seed=2), call_id="silent")
    assert silent.stage is Stage.FAILED
    sent = run("failed", "--slug", "gave-up", "--retry", "--as", "operator-1")
    assert (sent.exit_code, sent.stdout.strip()) == (0, "1 back to work")
    assert {each.id: each.stage for each in vaiti.catalog.list(SYSTEM)} == {
        given_up: Stage.RECEIVED,
        silent.id: Stage.FAILED,
    }
    assert vaiti.audit.list(SYSTEM)[0].actor == "operator-1"


def test_nothing_is_sent_back_without_its_cause_being_named(run: Run, given_up: str, vaiti: Vaiti) -> None:
    assert run("failed", "--retry").exit_code == 2
    assert {each.id: each.stage for each in vaiti.catalog.list(SYSTEM)} == {given_up: Stage.FAILED}
