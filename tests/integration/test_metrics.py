"""How the work goes, as a Prometheus server is told: who waits for whom, how long steps take, what stops."""

import json
from collections.abc import Callable
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from recordings.api.work_metrics import MOST_SLUGS, OTHER, Refusals
from recordings.factory import Vaiti
from recordings.settings import Settings, load_settings
from storage.records import Recording, Stage
from storage.rq_queue import RqQueue
from storage.work import Weight
from tests.integration.conftest import FACTS
from tests.integration.fakes import MovedClock, Playback, a_call, said
from tests.redis_server import RedisServer
from workers.worker import Worker

Push = Callable[..., Recording]
Samples = dict[tuple[str, ...], float]


class SlowPlayback(Playback):
    """Hears for some seconds, as its clock shows."""

    def __init__(self, clock: MovedClock, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.clock = clock

    def transcribe(self, *args: Any, **more: Any) -> Any:
        self.clock.at += timedelta(seconds=20)
        return super().transcribe(*args, **more)


@pytest.fixture
def playback(clock: MovedClock) -> Playback:
    words = [*said("hei"), *said("tunnus on 131052-308T kiitos", start=1.5, channel=1)]
    return SlowPlayback(clock, words=words)


def read(api: TestClient) -> Samples:
    """Every sample by its name and the values of its labels, in the order of their names."""
    text = api.get("/api/v1/metrics").text
    return {
        (sample.name, *(value for _, value in sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def work_off(vaiti: Vaiti) -> None:
    worker = Worker(vaiti, name="test", stop=Event())
    while worker.work_once():
        pass


def test_what_waits_is_told_by_stage_and_by_whom_it_waits_for(
    push: Push, vaiti: Vaiti, clock: MovedClock, api: TestClient
) -> None:
    push(work=False)
    clock.at += timedelta(minutes=10)
    push(a_call(seed=2), call_id="two", work=False)
    found = read(api)
    assert found["vaiti_waiting_recordings", "received", "speech"] == 2
    assert found["vaiti_oldest_waiting_seconds", "received", "speech"] == 600
    assert found["vaiti_oldest_waiting_seconds", "masked", "light"] == 0
    claimed = vaiti.catalog.claim(worker="w", now=clock.at, lease=60, stages=[Stage.RECEIVED])
    assert claimed is not None
    assert read(api)["vaiti_waiting_recordings", "received", "speech"] == 1


def test_how_long_steps_took_is_counted_with_the_sound_in_them(push: Push, vaiti: Vaiti, api: TestClient) -> None:
    push(a_call(6.0), work=False)
    push(a_call(6.0, seed=2), call_id="two", work=False)
    work_off(vaiti)
    found = read(api)
    assert found["vaiti_step_seconds_count", "transcribe"] == 2
    assert found["vaiti_step_seconds_sum", "transcribe"] == 40
    assert found["vaiti_step_seconds_bucket", "10.0", "transcribe"] == 0
    assert found["vaiti_step_seconds_bucket", "30.0", "transcribe"] == 2
    assert found["vaiti_step_seconds_bucket", "+Inf", "transcribe"] == 2
    assert found["vaiti_step_sound_seconds_total", "transcribe"] == pytest.approx(12)
    assert all(found["vaiti_step_seconds_count", step] == 2 for step in ("detect", "mask", "index"))


def test_what_fails_is_counted_by_slug_and_waits_for_a_person(
    push: Push, vaiti: Vaiti, clock: MovedClock, api: TestClient, playback: Playback
) -> None:
    playback.words, playback.speech = (), [[(0.0, 4.0)], []]
    push(work=False)
    work_off(vaiti)
    clock.at += timedelta(hours=1)
    found = read(api)
    (stopped,) = [(key, value) for key, value in found.items() if key[0] == "vaiti_stopped_total"]
    assert stopped == (("vaiti_stopped_total", "speech-without-words", "failed"), 1.0)
    assert found["vaiti_recordings", "failed"] == 1
    assert found["vaiti_oldest_waiting_seconds", "failed", "person"] == 3600
    assert found["vaiti_step_seconds_count", "transcribe"] == 0


def test_refused_pushes_are_counted_by_slug(api: TestClient) -> None:
    audio = a_call()
    for facts in ({**FACTS, "kind": "gossip"}, {**FACTS, "controller": "nobody"}, {"call_id": "x"}, {"call_id": "y"}):
        files: Any = {"facts": (None, json.dumps(facts), "application/json"), "audio": ("a.wav", audio)}
        assert api.post("/api/v1/recordings", files=files).status_code == 422
    api.post("/api/v1/recordings", content=b"nothing", headers={"Content-Type": "text/plain"})
    found = {key[1]: value for key, value in read(api).items() if key[0] == "vaiti_pushes_refused_total"}
    assert found["facts-invalid"] == 2
    assert sum(found.values()) == 5


def test_a_slug_that_is_none_of_ours_is_not_named_and_labels_do_not_grow_for_ever() -> None:
    refusals = Refusals()
    refusals.add("Aino Kanäriäinen")
    for number in range(2 * MOST_SLUGS):
        refusals.add(f"slug-{number}")
    names = [sample.labels["slug"] for sample in refusals.family().samples]
    assert OTHER in names
    assert len(names) <= MOST_SLUGS + 1


def test_no_label_tells_one_recording_or_register_from_another(push: Push, vaiti: Vaiti, api: TestClient) -> None:
    recording = push(work=False, agent="agent-7", queue="laskutus")
    work_off(vaiti)
    text = api.get("/api/v1/metrics").text
    for value in (recording.id, "kuopio", "lahti", "agent-7", "laskutus", recording.call_tag):
        assert value not in text


def test_workers_and_the_disk_are_told(vaiti: Vaiti, api: TestClient) -> None:
    assert read(api)["vaiti_workers", "speech"] == 0
    with vaiti.queue.attended():  # type: ignore[union-attr]
        found = read(api)
    assert (found["vaiti_workers", "speech"], found["vaiti_workers", "light"]) == (1, 1)
    assert found["vaiti_queue_up",] == 1
    assert 0 < found["vaiti_disk_free_bytes",] <= found["vaiti_disk_size_bytes",]


def test_a_purge_that_is_looked_after_shows_its_age(vaiti: Vaiti, clock: MovedClock, api: TestClient) -> None:
    assert ("vaiti_last_purge_round_age_seconds",) not in read(api)
    vaiti.purge_all_due(clock.at)
    clock.at += timedelta(minutes=5)
    assert read(api)["vaiti_last_purge_round_age_seconds",] == 300


class TestOnRedis:
    """The same where work is on Redis."""

    @pytest.fixture
    def settings(self, settings: Settings, redis_server: RedisServer) -> Settings:
        return load_settings(data=settings.data, controllers=settings.controllers, queue_url=redis_server.url)

    def test_a_queue_that_is_away_has_no_workers_and_says_so(
        self, vaiti: Vaiti, api: TestClient, redis_server: RedisServer
    ) -> None:
        assert isinstance(vaiti.queue, RqQueue)
        assert vaiti.queue.workers() == dict.fromkeys(Weight, 0)
        redis_server.stop()
        found = read(api)
        assert found["vaiti_queue_up",] == 0
        assert ("vaiti_workers", "speech") not in found
