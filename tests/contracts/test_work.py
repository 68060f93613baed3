"""Work in one process and work through RQ are one contract: the same stories on both forms."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest

from recordings.factory import Vaiti
from recordings.settings import Settings, load_settings
from storage.errors import Unavailable
from storage.records import Recording, Scope, Stage
from storage.rq_queue import RqQueue, Weight
from tests.integration.conftest import CONTROLLERS, clock, home, playback, push, vaiti
from tests.integration.fakes import DigitDetector, MovedClock, Playback, a_call
from tests.integration.test_pipeline import use
from workers.requeue import requeue
from workers.rq_worker import work
from workers.worker import LEASE, LONGEST_PAUSE, MOST_ATTEMPTS, Worker

__all__ = ["clock", "home", "playback", "push", "vaiti"]

Push = Callable[..., Recording]
SYSTEM = Scope.system()


@dataclass(frozen=True)
class Form:
    """One of the two forms, with what runs in it: here each runs when a story says so."""

    vaiti: Vaiti

    def work_off(self) -> None:
        """Let a worker do all that it is told of or finds."""
        if isinstance(self.vaiti.queue, RqQueue):
            work(self.vaiti, self.vaiti.queue, Weight, burst=True)
        else:
            stop = Event()
            Worker(self.vaiti, name="one", stop=stop).run(lambda _: stop.set())

    def catch_up(self) -> None:
        """Let who looks after lost work look: where one process does everything, its worker does that itself."""
        if isinstance(self.vaiti.queue, RqQueue):
            requeue(self.vaiti, self.vaiti.queue)

    def look(self, recording: Recording) -> Recording:
        return self.vaiti.catalog.get(SYSTEM, recording.id)

    def published(self, recording: Recording) -> int:
        """How often it was published."""
        entries = self.vaiti.audit.list(SYSTEM, recording=recording.id)
        return [entry.action for entry in entries].count("recording.published")


@pytest.fixture(params=["one process", "redis"])
def settings(home: Path, request: pytest.FixtureRequest) -> Settings:
    (home / "controllers.toml").write_text(CONTROLLERS, encoding="utf-8")
    queue = {"queue_url": request.getfixturevalue("redis_server").url} if request.param == "redis" else {}
    return load_settings(data=home / "data", controllers=home / "controllers.toml", **queue)


@pytest.fixture
def form(vaiti: Vaiti) -> Form:
    return Form(vaiti)


def test_what_is_pushed_is_done_to_the_end_and_once(form: Form, push: Push) -> None:
    calls = [push(a_call(seed=number), call_id=str(number), work=False) for number in range(3)]
    form.work_off()
    form.catch_up()
    form.work_off()
    assert [form.look(each).stage for each in calls] == [Stage.PUBLISHED] * 3
    assert [form.published(each) for each in calls] == [1, 1, 1]


def test_hints_that_come_often_do_nothing_twice(form: Form, push: Push) -> None:
    call = push(work=False)
    for _ in range(3):
        form.vaiti.queue.hint(call)
    form.work_off()
    assert form.published(call) == 1


def test_a_hint_that_is_lost_costs_no_call(form: Form, push: Push) -> None:
    call = push(work=False)
    form.vaiti.queue.forget([call.id])
    form.catch_up()
    form.work_off()
    assert form.look(call).stage is Stage.PUBLISHED


def test_a_worker_that_dies_costs_its_lease(form: Form, push: Push, clock: MovedClock) -> None:
    call = push(work=False)
    assert form.vaiti.catalog.claim(worker="dead", now=clock.now(), lease=LEASE, stages=[Stage.RECEIVED])
    form.work_off()
    assert form.look(call).stage is Stage.RECEIVED
    clock.at += timedelta(seconds=LEASE + 1)
    form.catch_up()
    form.work_off()
    assert form.look(call).stage is Stage.PUBLISHED


def test_a_call_that_every_worker_dies_of_fails_and_stops_no_other(form: Form, push: Push, clock: MovedClock) -> None:
    call = push(work=False)
    for _ in range(MOST_ATTEMPTS):
        assert form.vaiti.catalog.claim(worker="dead", now=clock.now(), lease=LEASE, stages=[Stage.RECEIVED])
        clock.at += timedelta(seconds=LEASE + 1)
    other = push(a_call(seed=2), call_id="other", work=False)
    form.catch_up()
    form.work_off()
    assert (form.look(call).stage, form.look(call).slug) == (Stage.FAILED, "gave-up")
    assert form.look(other).stage is Stage.PUBLISHED


def test_work_that_fails_has_a_slug_and_is_not_tried_again(form: Form, push: Push, playback: Playback) -> None:
    playback.words = []
    call = push(work=False)
    form.work_off()
    failed = form.look(call)
    form.catch_up()
    form.work_off()
    assert failed.stage is Stage.FAILED
    assert failed.slug
    assert form.look(call) == failed


def test_a_store_that_is_away_is_waited_for_and_counts_as_no_attempt(
    form: Form, push: Push, clock: MovedClock, playback: Playback
) -> None:
    class Away(DigitDetector):
        def detect(self, *_: object, **__: object) -> tuple[()]:
            raise Unavailable

    call = push(work=False)
    use(form.vaiti, transcriber=lambda: playback, detector=Away)
    for _ in range(MOST_ATTEMPTS + 2):
        form.catch_up()
        form.work_off()
        clock.at += timedelta(seconds=LONGEST_PAUSE + 1)
    assert (form.look(call).stage, form.look(call).attempts) == (Stage.TRANSCRIBED, 0)
    use(form.vaiti, transcriber=lambda: playback, detector=DigitDetector)
    form.catch_up()
    form.work_off()
    assert form.look(call).stage is Stage.PUBLISHED


def test_a_purge_takes_the_work_along(form: Form, push: Push) -> None:
    purged, kept = push(work=False), push(a_call(seed=2), call_id="kept", work=False)
    form.vaiti.purge(purged.id, reason="erasure-request")
    form.work_off()
    assert form.vaiti.catalog.knows(purged.id) == 0
    assert form.vaiti.vault.inventory(purged.id) == []
    assert form.look(kept).stage is Stage.PUBLISHED
