"""What becomes of work that goes wrong: five outcomes, and never a message."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any

import pytest

from recordings.errors import BadAudio, DecoderStopped, NoStep, SpeechFailed
from redaction.errors import DetectionFailed
from storage.errors import KeyGone, LostClaim, NotFound, Tampered, Unavailable
from storage.records import Kind, Recording, RecordingId, Stage, Tag
from workers.runner import Outcome, attempt
from workers.worker import FIRST_PAUSE, LONGEST_PAUSE, MOST_ATTEMPTS, Worker

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SECRET = "131052-308T"


def raising(fault: BaseException) -> Callable[[], Any]:
    def work() -> None:
        raise fault

    return work


@pytest.mark.parametrize(
    ("fault", "outcome", "slug"),
    [
        (BadAudio("audio-truncated", "x"), Outcome.FAILED, "audio-truncated"),
        (SpeechFailed(), Outcome.FAILED, "speech-without-words"),
        (DetectionFailed(), Outcome.FAILED, "detection-failed"),
        (Tampered(), Outcome.FAILED, "tampered"),
        (KeyGone(), Outcome.FAILED, "key-gone"),
        (NotFound(), Outcome.FAILED, "not-found"),
        (NoStep(), Outcome.FAILED, "no-step"),
        (LostClaim(), Outcome.DROPPED, "lost-claim"),
        (DecoderStopped(), Outcome.DIED, "decoder-stopped"),
        (Unavailable(), Outcome.WAIT, "storage-unavailable"),
        (ValueError(SECRET), Outcome.FAILED, "fault"),
        (MemoryError(), Outcome.FAILED, "fault"),
        (KeyError(SECRET), Outcome.FAILED, "fault"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else str(value),
)
def test_each_failure_has_one_outcome(fault: Exception, outcome: Outcome, slug: str) -> None:
    tried = attempt(raising(fault))
    assert (tried.outcome, tried.slug, tried.error) == (outcome, slug, type(fault).__name__)
    assert SECRET not in repr(tried)


@pytest.mark.parametrize("wish", [KeyboardInterrupt(), SystemExit(3)])
def test_the_wish_to_stop_is_not_a_failure(wish: BaseException) -> None:
    with pytest.raises(type(wish)):
        attempt(raising(wish))


def test_work_that_is_done_gives_its_result() -> None:
    tried = attempt(lambda: 42)
    assert (tried.outcome, tried.result, tried.slug, tried.error) == (Outcome.DONE, 42, None, None)


def a_recording(**changes: Any) -> Recording:
    values: dict[str, Any] = {
        "id": RecordingId("0" * 32),
        "controller": "esimerkki",
        "kind": Kind.SERVICE,
        "call_tag": Tag("c"),
        "content_tag": Tag("d"),
        "started_at": NOW,
        "zone_offset": 7200,
        "received_at": NOW,
        "delete_at": NOW + timedelta(days=365),
        "language": "fi",
        "roles": (),
        "attempts": 1,
    }
    return Recording(**{**values, **changes})


class FakeCatalog:
    """Gives one recording once and notes what is done with it."""

    def __init__(self, recording: Recording | None) -> None:
        self.waiting = recording
        self.moved: list[tuple[Stage, Any]] = []
        self.released: list[datetime | None] = []
        self.renewed = 0

    def claim(self, **_: Any) -> Recording | None:
        recording, self.waiting = self.waiting, None
        return recording

    def renew(self, *_: Any, **__: Any) -> None:
        self.renewed += 1

    def release(self, _: Recording, *, until: datetime | None) -> None:
        self.released.append(until)

    def move(self, _: Recording, *, to: Stage, audit: Any, changes: Any) -> None:
        assert SECRET not in repr(audit)
        self.moved.append((to, changes))


class FakeVaiti:
    """A service of which only what a worker touches is there."""

    def __init__(self, recording: Recording | None, step: Callable[[], Any] = lambda: None) -> None:
        self.catalog = FakeCatalog(recording)
        self.clock = self
        self.queue: Any = None
        self.step = step
        self.stepped = 0

    def now(self) -> datetime:
        return NOW

    def advance(self, _: Recording) -> Any:
        self.stepped += 1
        return self.step()


def worked(vaiti: FakeVaiti) -> bool:
    return Worker(vaiti, name="test", stop=Event()).work_once()  # type: ignore[arg-type]


def test_a_worker_without_work_does_nothing() -> None:
    vaiti = FakeVaiti(None)
    assert not worked(vaiti)
    assert vaiti.stepped == 0


def test_a_step_that_is_done_leaves_the_recording_to_the_step() -> None:
    vaiti = FakeVaiti(a_recording(), lambda: a_recording(stage=Stage.TRANSCRIBED))
    assert worked(vaiti)
    assert vaiti.stepped == 1
    assert vaiti.catalog.moved == []
    assert vaiti.catalog.released == []


@pytest.mark.parametrize(
    ("fault", "slug"),
    [
        (BadAudio("audio-undecodable", "x"), "audio-undecodable"),
        (ValueError(SECRET), "fault"),
        (Tampered(), "tampered"),
    ],
)
def test_what_cannot_be_used_fails_with_a_slug(fault: Exception, slug: str) -> None:
    vaiti = FakeVaiti(a_recording(), raising(fault))
    assert worked(vaiti)
    assert vaiti.catalog.moved == [(Stage.FAILED, {"slug": slug})]


def test_work_whose_claim_is_lost_is_dropped() -> None:
    vaiti = FakeVaiti(a_recording(), raising(LostClaim()))
    assert worked(vaiti)
    assert vaiti.catalog.moved == []
    assert vaiti.catalog.released == []


def test_a_store_that_does_not_answer_is_waited_for_longer_each_time_until_it_does() -> None:
    vaiti = FakeVaiti(a_recording(), raising(Unavailable()))
    worker = Worker(vaiti, name="test", stop=Event())  # type: ignore[arg-type]
    for _ in range(6):
        vaiti.catalog.waiting = a_recording()
        assert worker.work_once()
    pauses = [until - NOW for until in vaiti.catalog.released if until is not None]
    assert pauses == [timedelta(seconds=seconds) for seconds in (5, 10, 20, 40, LONGEST_PAUSE, LONGEST_PAUSE)]
    assert vaiti.catalog.moved == []
    vaiti.step = lambda: a_recording(stage=Stage.TRANSCRIBED)
    vaiti.catalog.waiting = a_recording()
    worker.work_once()
    vaiti.step = raising(Unavailable())
    vaiti.catalog.waiting = a_recording()
    worker.work_once()
    assert vaiti.catalog.released[-1] == NOW + timedelta(seconds=FIRST_PAUSE)


def test_a_recording_that_never_comes_back_is_given_up() -> None:
    vaiti = FakeVaiti(a_recording(attempts=MOST_ATTEMPTS + 1))
    assert worked(vaiti)
    assert vaiti.stepped == 0
    assert vaiti.catalog.moved == [(Stage.FAILED, {"slug": "gave-up"})]


def test_a_long_step_keeps_its_claim(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workers.worker.LEASE", 0.03)
    vaiti = FakeVaiti(a_recording(), lambda: Event().wait(0.2) or a_recording())
    assert worked(vaiti)
    assert vaiti.catalog.renewed >= 3


def test_a_log_that_cannot_be_written_stops_neither_the_work_nor_its_outcome(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def __getattr__(self, _: str) -> Any:
            def write(*_: Any, **__: Any) -> None:
                raise OSError("no space")

            return write

    monkeypatch.setattr("workers.worker.log", Broken())
    vaiti = FakeVaiti(a_recording(), raising(BadAudio("audio-truncated", "x")))
    stop = Event()
    monkeypatch.setattr("workers.worker.FIRST_PAUSE", 0.0)
    worker = Worker(vaiti, name="test", stop=stop)  # type: ignore[arg-type]
    worker.run(QuietQueue(stop).wait)
    assert vaiti.catalog.moved == [(Stage.FAILED, {"slug": "audio-truncated"})]


class QuietQueue:
    """Nobody hints; the first wait ends the test."""

    def __init__(self, stop: Event) -> None:
        self._stop = stop

    def wait(self, _: float) -> bool:
        self._stop.set()
        return False
