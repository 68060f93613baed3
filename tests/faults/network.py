"""A service whose PostgreSQL, Redis and S3 server are behind a network that a test may spoil (tests/proxy.py)."""

import json
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep
from typing import Any, TypeVar

import httpx
import pytest
from sqlalchemy.engine import make_url

from recordings.factory import Vaiti
from recordings.settings import Settings, load_settings
from storage.errors import Unavailable
from storage.records import Item, RecordingId, Scope, Stage
from storage.s3 import client as s3_client
from storage.sql import postgres_engine
from tests.faults.played import CODE, WORD, spoken
from tests.integration.conftest import CONTROLLERS, FACTS, clock, home, in_a_bucket, live, token, vaiti
from tests.integration.fakes import MovedClock, Playback, a_call
from tests.proxy import Proxy, running_proxy
from tests.redis_server import RedisServer
from tests.s3_server import S3Server
from workers.worker import LEASE, Worker

__all__ = ["clock", "home", "live", "token", "vaiti"]

SYSTEM = Scope.system()
GIVE_UP = 120.0
LONGEST = 60.0
# Seconds until an answer, where a server is given up after 2: the S3 client tries three times, and so it tidies up.
T = TypeVar("T")
Network = Mapping[str, Proxy]


@pytest.fixture
def network(postgres_url: str, redis_server: RedisServer, s3_server: S3Server) -> Iterator[Network]:
    folder = make_url(postgres_url).query["host"]
    with ExitStack() as stack:
        yield {
            "postgres": stack.enter_context(running_proxy(f"{folder}/.s.PGSQL.5432")),
            "redis": stack.enter_context(running_proxy(f"{redis_server.folder}/redis.sock")),
            "s3": stack.enter_context(running_proxy(("127.0.0.1", s3_server.port))),
        }


@pytest.fixture
def settings(home: Path, network: Network, postgres_url: str, s3_server: S3Server) -> Settings:
    (home / "controllers.toml").write_text(CONTROLLERS, encoding="utf-8")
    address = make_url(postgres_url).set(host="127.0.0.1", port=network["postgres"].port, query={})
    settings = load_settings(
        data=home / "data",
        controllers=home / "controllers.toml",
        queue_url=f"redis://127.0.0.1:{network['redis'].port}/0",
        database_url=address.render_as_string(hide_password=False),
    )
    settings = in_a_bucket(settings, s3_server)
    place = f"s3+http://127.0.0.1:{network['s3'].port}/{settings.objects_url.rpartition('/')[2]}"
    return load_settings(**settings.model_dump(exclude_defaults=True) | {"objects_url": place})


@pytest.fixture
def playback() -> Playback:
    return Playback(words=spoken())


@pytest.fixture
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server is given up after seconds; before the service is opened."""
    monkeypatch.setattr(s3_client, "READ_SECONDS", 2.0)
    monkeypatch.setattr(postgres_engine.PatientConnection, "patience", 2.0)


def pushing(token: str, number: int) -> dict[str, Any]:
    """The push of one call, under its own key."""
    facts = json.dumps({**FACTS, "call_id": f"call-{number}"}).encode()
    sound = a_call(3.2, seed=number)
    return {
        "headers": {"Authorization": f"Bearer {token}", "Idempotency-Key": f"call-{number}"},
        "files": {"facts": (None, facts, "application/json"), "audio": ("call.wav", sound, "audio/wav")},
    }


def push(url: str, token: str, number: int) -> RecordingId:
    """Push until it is acknowledged."""
    end = monotonic() + GIVE_UP
    while monotonic() < end:
        answer = httpx.post(f"{url}/api/v1/recordings", **pushing(token, number), timeout=60)
        if answer.is_success:
            return RecordingId(answer.json()["id"])
        assert answer.status_code == 503, answer.text
        sleep(0.05)
    raise AssertionError("never acknowledged")


def work_off(vaiti: Vaiti, clock: MovedClock, ids: list[RecordingId], *, seconds: float = GIVE_UP) -> None:
    """Work as a worker does until all are published; time goes by where a step waits for its store or its lease."""
    stop = Event()
    worker = Worker(vaiti, name="worker", stop=stop)
    thread = Thread(target=worker.run, args=(lambda _: stop.wait(0.05),), daemon=True)
    thread.start()
    end = monotonic() + seconds
    try:
        while (found := stages(vaiti, ids)) != {Stage.PUBLISHED}:
            assert monotonic() < end, found
            clock.at += timedelta(seconds=LEASE + 1)
            sleep(0.5)
    finally:
        stop.set()
        thread.join(60)


def in_a_thread(act: Callable[[], T]) -> Callable[[], T]:
    """Begin an act, and return what waits for its end."""
    pool = ThreadPoolExecutor(1)
    begun = pool.submit(act)
    pool.shutdown(wait=False)
    return lambda: begun.result(GIVE_UP)


def wait_for(what: Callable[[], bool]) -> None:
    end = monotonic() + GIVE_UP
    while not what():
        assert monotonic() < end
        sleep(0.01)


def stages(vaiti: Vaiti, ids: list[RecordingId]) -> set[Stage]:
    """Where these recordings are; nowhere, while the database is not reached."""
    with suppress(Unavailable):
        return {vaiti.catalog.get(SYSTEM, each).stage for each in ids}
    return set()


def check(vaiti: Vaiti, url: str, token: str, ids: list[RecordingId]) -> None:
    """Each call is there once, its sound is what was pushed, and staff hear and read it masked."""
    assert sorted(each.id for each in vaiti.catalog.list(SYSTEM)) == sorted(ids)
    published = [each.recording for each in vaiti.audit.list(SYSTEM, limit=999) if each.action == "recording.published"]
    assert sorted(each for each in published if each) == sorted(ids)
    with httpx.Client(base_url=f"{url}/api/v1", headers={"Authorization": f"Bearer {token}"}, timeout=60) as api:
        for number, recording in enumerate(ids):
            with vaiti.vault.open(recording, Item.RAW_AUDIO) as sound:
                assert sha256(sound.read()).digest() == sha256(a_call(3.2, seed=number)).digest()
            words = api.get(f"/recordings/{recording}/transcript").text
            assert WORD in words.casefold()
            assert CODE not in words
            assert api.get(f"/recordings/{recording}/audio").is_success
    assert vaiti.audit.verify() > 0
