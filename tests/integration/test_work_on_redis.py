"""Work through RQ on a real Redis: it may forget, lie or be gone, and every call is published, once."""

import json
import os
import signal
import subprocess
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from redis import Redis

from recordings.errors import VaitiError
from recordings.factory import Vaiti
from recordings.settings import Settings, load_settings
from storage.records import Recording, RecordingId, Scope, Stage
from storage.rq_queue import FUNCTION, RqQueue, Weight
from tests.crashes import ROOT
from tests.integration.conftest import CONTROLLERS
from tests.integration.fakes import MovedClock, Playback, a_call
from tests.redis_server import RedisServer
from workers import doctor
from workers.requeue import requeue
from workers.rq_worker import work
from workers.scheduler import _leading, is_led

Push = Callable[..., Recording]
SYSTEM = Scope.system()


@pytest.fixture
def settings(home: Path, redis_server: RedisServer) -> Settings:
    (home / "controllers.toml").write_text(CONTROLLERS, encoding="utf-8")
    return load_settings(data=home / "data", controllers=home / "controllers.toml", queue_url=redis_server.url)


@pytest.fixture
def queue(vaiti: Vaiti) -> RqQueue:
    assert isinstance(vaiti.queue, RqQueue)
    return vaiti.queue


@pytest.fixture
def canary(tmp_path: Path) -> Iterator[Path]:
    """A file that only code from Redis would make."""
    path = tmp_path / "canary"
    yield path
    assert not path.exists()


def work_off(vaiti: Vaiti, queue: RqQueue) -> None:
    work(vaiti, queue, Weight, burst=True)


def stage(vaiti: Vaiti, recording: Recording) -> Stage:
    return vaiti.catalog.get(SYSTEM, recording.id).stage


def test_a_push_is_worked_on_until_it_is_published(push: Push, vaiti: Vaiti, queue: RqQueue) -> None:
    recording = push(work=False)
    assert queue.waiting() == frozenset({recording.id})
    work_off(vaiti, queue)
    assert stage(vaiti, recording) is Stage.PUBLISHED
    assert queue.waiting() == frozenset()


def test_what_redis_forgot_gets_a_job_again_once(
    push: Push, vaiti: Vaiti, queue: RqQueue, redis_server: RedisServer
) -> None:
    calls = [push(a_call(seed=n), call_id=str(n), work=False) for n in range(3)]
    redis_server.empty()
    assert [requeue(vaiti, queue), requeue(vaiti, queue)] == [3, 0]
    work_off(vaiti, queue)
    assert {stage(vaiti, each) for each in calls} == {Stage.PUBLISHED}
    assert [entry.action for entry in vaiti.audit.list(SYSTEM)].count("recording.published") == 3
    assert requeue(vaiti, queue) == 0


def test_without_redis_a_push_is_kept_and_its_work_waits(
    push: Push, vaiti: Vaiti, queue: RqQueue, redis_server: RedisServer
) -> None:
    redis_server.stop()
    recording = push(work=False)
    assert not queue.answers()
    assert (queue.waiting(), requeue(vaiti, queue)) == (None, 0)
    redis_server.start()
    assert requeue(vaiti, queue) == 1
    work_off(vaiti, queue)
    assert stage(vaiti, recording) is Stage.PUBLISHED


def test_a_redis_that_says_nothing_delays_one_push_by_seconds_and_the_next_by_nothing(
    push: Push, vaiti: Vaiti, queue: RqQueue, redis_server: RedisServer
) -> None:
    with redis_server.silent():
        took = []
        for number in range(3):
            began = time.monotonic()
            push(a_call(seed=number), call_id=str(number), work=False)
            took.append(time.monotonic() - began)
    assert took[0] < 15
    assert max(took[1:]) < took[0] / 2
    assert requeue(vaiti, queue) == 3


def test_a_job_that_comes_twice_does_the_work_once(push: Push, vaiti: Vaiti, queue: RqQueue) -> None:
    recording = push(work=False)
    for _ in range(3):
        queue.hint(recording)
    work_off(vaiti, queue)
    assert [entry.action for entry in vaiti.audit.list(SYSTEM)].count("recording.published") == 1


def test_a_call_whose_length_nobody_knows_yet_gets_the_time_of_the_longest(
    push: Push, vaiti: Vaiti, queue: RqQueue
) -> None:
    recording = push(work=False)
    (unheard,) = queue.queue(Weight.SPEECH).get_jobs()
    assert unheard.timeout == 600 + 4 * vaiti.settings.max_call_seconds
    queue.hint(replace(recording, seconds=90.0), first=True)
    assert queue.queue(Weight.SPEECH).get_jobs()[0].timeout == 600 + 4 * 90


def test_who_waits_for_a_person_goes_first(push: Push, vaiti: Vaiti, queue: RqQueue) -> None:
    push(call_id="one", work=False)
    urgent = push(a_call(seed=2), call_id="two", work=False)
    queue.hint(urgent, first=True)
    assert queue.queue(Weight.SPEECH).get_job_ids()[0].startswith(urgent.id)
    del vaiti


def test_redis_holds_opaque_ids_and_nothing_of_a_call(
    push: Push, vaiti: Vaiti, queue: RqQueue, redis_server: RedisServer, playback: Playback
) -> None:
    recording = push(work=False)
    told = redis_server.dump()
    work_off(vaiti, queue)
    told += redis_server.dump()
    assert recording.id.encode() in told
    for value in ("0401234567", "040 123 4567", "+358401234567", "pbx-0001", "kuopio", "131052"):
        assert value.encode() not in told
        assert value not in inflated(told)
    del playback


def inflated(told: bytes) -> str:
    """Job data is deflated in Redis: look into it as well."""
    found = []
    for at in range(len(told) - 1):
        if told[at] == 0x78 and told[at + 1] in {0x01, 0x9C, 0xDA}:
            try:
                found.append(zlib.decompressobj().decompress(told[at:]).decode("utf-8", "replace"))
            except zlib.error:
                continue
    return "".join(found)


def test_a_purge_takes_the_jobs_along_also_those_that_failed(push: Push, vaiti: Vaiti, queue: RqQueue) -> None:
    purged, kept = push(call_id="one", work=False), push(a_call(seed=2), call_id="two", work=False)
    failed = queue.queue(Weight.LIGHT).enqueue_call(FUNCTION, args=["x"], job_id=f"{purged.id}-ended")
    queue.queue(Weight.LIGHT).remove(failed)
    queue.queue(Weight.LIGHT).failed_job_registry.add(failed, ttl=60)
    vaiti.purge(purged.id, reason="erasure-request")
    assert queue.waiting() == frozenset({kept.id})
    assert queue.queue(Weight.LIGHT).failed_job_registry.get_job_ids() == []
    assert not [key for key in queue.connection.keys("*") if purged.id in str(key)]


@pytest.mark.parametrize(
    "data",
    [
        ["os.system", None, ["touch {canary}"], {}],
        ["subprocess.call", None, [["touch", "{canary}"]], {}],
        [FUNCTION, None, ["0" * 32 + ".9999999999.forged"], {}],
        [FUNCTION, "storage.rq_queue.RqQueue", ["x"], {}],
    ],
)
def test_whoever_writes_to_redis_gets_no_code_run_and_stops_nobody(
    push: Push, vaiti: Vaiti, redis_server: RedisServer, canary: Path, data: list[Any]
) -> None:
    recording = push(work=False)
    queue = vaiti.queue
    assert isinstance(queue, RqQueue)
    forge(redis_server, json.dumps(data).replace("{canary}", str(canary)))
    work_off(vaiti, queue)
    assert stage(vaiti, recording) is Stage.PUBLISHED


@pytest.mark.parametrize("name", ["success_callback_name", "failure_callback_name", "stopped_callback_name"])
def test_callbacks_from_redis_are_not_called(
    vaiti: Vaiti, queue: RqQueue, redis_server: RedisServer, canary: Path, name: str
) -> None:
    ticket = json.dumps([FUNCTION, None, [queue.ticket(RecordingId("0" * 32))], {}])
    forge(redis_server, ticket, **{name: "tests.integration.test_work_on_redis.touch_canary"})
    os.environ["VAITI_TEST_CANARY"] = str(canary)
    work_off(vaiti, queue)


def touch_canary(*_: object) -> None:
    Path(os.environ["VAITI_TEST_CANARY"]).touch()


def forge(redis_server: RedisServer, data: str, **more: str) -> None:
    """Write a job as an attacker would who reaches Redis."""
    with Redis.from_url(redis_server.url) as client:
        fields = {
            "data": zlib.compress(data.encode()),
            "created_at": "2026-01-01T00:00:00.000000Z",
            "origin": "vaiti-light",
            "status": "queued",
            "timeout": "60",
            **more,
        }
        client.hset("rq:job:forged", mapping=fields)
        client.lpush("rq:queue:vaiti-light", "forged")
        client.sadd("rq:queues", "rq:queue:vaiti-light")


_WORKER = """
import sys, time
from datetime import datetime
from pathlib import Path
from recordings.factory import Engines, Vaiti
from recordings.settings import load_settings
from storage.rq_queue import Weight
from tests.integration.fakes import DigitDetector, MovedClock, Playback, SquareTone, WavCodec, said
from workers.rq_worker import work
class Slow(Playback):
    def transcribe(self, *args, **more):
        print("begun", flush=True)
        time.sleep({seconds})
        return super().transcribe(*args, **more)
words = [*said("Energiayhtiöstä hei"), *said("tunnus on 131052-308T kiitos", start=1.5, channel=1)]
engines = Engines(codec=WavCodec(), transcriber=lambda: Slow(words=words), detector=DigitDetector, tone=SquareTone())
settings = load_settings(data=Path({data!r}), controllers=Path({controllers!r}), queue_url={url!r})
vaiti = Vaiti.open(settings, clock=MovedClock(datetime.fromisoformat({now!r})), engines=engines)
work(vaiti, vaiti.queue, Weight, burst=True)
"""


def a_worker(settings: Settings, clock: MovedClock, *, seconds: float) -> subprocess.Popen[str]:
    """Start a worker process that has begun to transcribe when this returns."""
    code = _WORKER.format(
        data=str(settings.data),
        controllers=str(settings.controllers),
        url=settings.queue_address,
        now=clock.at.isoformat(),
        seconds=seconds,
    )
    worker = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert worker.stdout is not None
    assert worker.stdout.readline() == "begun\n"
    return worker


def test_a_worker_that_is_killed_costs_its_lease_and_no_call(
    push: Push, vaiti: Vaiti, queue: RqQueue, clock: MovedClock
) -> None:
    recording = push(work=False)
    with a_worker(vaiti.settings, clock, seconds=60) as worker:
        worker.kill()
    assert requeue(vaiti, queue) == 0  # its lease still runs
    clock.at += timedelta(seconds=61)
    assert requeue(vaiti, queue) == 1
    work_off(vaiti, queue)
    assert stage(vaiti, recording) is Stage.PUBLISHED


def test_a_worker_that_is_told_to_stop_ends_its_step_first(
    push: Push, vaiti: Vaiti, queue: RqQueue, clock: MovedClock
) -> None:
    recording = push(work=False)
    with a_worker(vaiti.settings, clock, seconds=1) as worker:
        worker.send_signal(signal.SIGTERM)
        began = time.monotonic()
        assert worker.wait(30) == 0
    assert time.monotonic() - began < 20
    assert stage(vaiti, recording) is Stage.TRANSCRIBED
    work_off(vaiti, queue)
    assert stage(vaiti, recording) is not Stage.TRANSCRIBED


def test_the_doctor_says_whether_redis_answers(settings: Settings, redis_server: RedisServer) -> None:
    assert doctor._check_queue(settings) == "Redis answers"
    redis_server.stop()
    with pytest.raises(VaitiError, match="VAITI_QUEUE_URL"):
        doctor._check_queue(settings)


def test_the_doctor_says_when_nobody_minds_the_clock(vaiti: Vaiti, settings: Settings) -> None:
    with pytest.raises(VaitiError, match="vaiti schedule"):
        doctor._check_schedule(settings)
    with _leading(settings.data, Event()):
        assert doctor._check_schedule(settings) == "somebody minds the clock"
    del vaiti


def test_one_scheduler_leads_and_another_follows_when_it_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = Event(), Event()
    seen: list[str] = []
    monkeypatch.setattr("workers.scheduler.REQUEUE_EVERY", 0.05)

    def lead(name: str, stop: Event) -> None:
        with _leading(tmp_path, stop) as leads:
            if leads:
                seen.append(name)
                stop.wait()

    one = Thread(target=lead, args=("one", first))
    assert not is_led(tmp_path)
    one.start()
    while not seen:
        time.sleep(0.01)
    assert is_led(tmp_path)
    other = Thread(target=lead, args=("other", second))
    other.start()
    time.sleep(0.2)
    assert seen == ["one"]
    first.set()
    one.join()
    while len(seen) < 2:
        time.sleep(0.01)
    second.set()
    other.join()
    assert seen == ["one", "other"]
