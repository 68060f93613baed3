"""A service on real stores in a temporary folder, with played engines."""

import json
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from time import monotonic, sleep
from typing import Any

import pytest
import uvicorn
from fastapi.testclient import TestClient

from recordings.api.app import create_app
from recordings.factory import Engines, Vaiti
from recordings.facts import parse_facts
from recordings.observability import LIBRARY_LOGGING
from recordings.settings import Settings, load_settings
from storage.records import Recording, Stage
from tests.integration.browser import call, chromium, open_browser, page
from tests.integration.fakes import DigitDetector, MovedClock, Playback, SquareTone, WavCodec, a_call, said
from tests.s3_server import S3Server
from workers.listening import PromptProtocol

__all__ = ["call", "chromium", "open_browser", "page"]  # fixtures of the browser tests

CONTROLLERS = """
[controllers.kuopio]
name = "Kuopion Energia Oy"
cases = "P2Y"
[controllers.kuopio.periods]
service = "P1Y"
contract = "P6M"

[controllers.lahti]
name = "Lahti Energia Oy"
end_of_day = true
[controllers.lahti.periods]
service = "P90D"

[controllers.kuopio.partners.myynti]
name = "Myyntitiimi Oy"
sources = ["myynti-pbx"]
agreement_ends = 2026-12-31
"""

FACTS: dict[str, Any] = {
    "controller": "kuopio",
    "kind": "service",
    "call_id": "pbx-0001",
    "started_at": "2026-03-01T10:00:00+02:00",
    "channels": ["agent", "customer"],
    "customer": [{"type": "phone", "value": "040 123 4567"}],
}


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def playback() -> Playback:
    agent, customer = said("Energiayhtiöstä hei"), said("tunnus on 131052-308T kiitos", start=1.5, channel=1)
    return Playback(words=[*agent, *customer])


@pytest.fixture
def home() -> Iterator[Path]:
    """A folder in memory where there is one: these tests write little and sync often, and disks are slow at that."""
    with TemporaryDirectory(prefix="vaiti-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None) as folder:
        yield Path(folder)


@pytest.fixture
def settings(home: Path) -> Settings:
    (home / "controllers.toml").write_text(CONTROLLERS, encoding="utf-8")
    return Settings(data=home / "data", controllers=home / "controllers.toml")


@pytest.fixture
def postgres_settings(home: Path, postgres_url: str) -> Settings:
    (home / "controllers.toml").write_text(CONTROLLERS, encoding="utf-8")
    return load_settings(data=home / "data", controllers=home / "controllers.toml", database_url=postgres_url)


def in_a_bucket(settings: Settings, server: S3Server, *, versioned: bool = False) -> Settings:
    """These settings with the objects in a new bucket."""
    secret = settings.data.with_name("objects.secret")
    secret.write_text(server.secret_key, encoding="ascii")
    secret.chmod(0o600)
    bucket = server.make_bucket(versioned=versioned)
    given = settings.model_dump(exclude_defaults=True) | {
        "objects_url": f"s3+http://{bucket.endpoint}/{bucket.name}",
        "objects_access_key": server.access_key,
        "objects_secret_key_file": secret,
    }
    return load_settings(**given)


@pytest.fixture
def vaiti(settings: Settings, clock: MovedClock, playback: Playback) -> Iterator[Vaiti]:
    engines = Engines(codec=WavCodec(), transcriber=lambda: playback, detector=DigitDetector, tone=SquareTone())
    service = Vaiti.open(settings, clock=clock, engines=engines)
    yield service
    service.close()


@pytest.fixture
def push(vaiti: Vaiti) -> Callable[..., Recording]:
    """Push a call straight into the service and work on it until nothing is left to do."""

    def push_and_work(audio: bytes | None = None, *, work: bool = True, **changes: Any) -> Recording:
        facts = parse_facts(json.dumps({**FACTS, **changes}).encode())
        recording = vaiti.ingest(facts, [audio or a_call()], actor="test").recording
        while work and recording.stage in {Stage.RECEIVED, Stage.TRANSCRIBED, Stage.PLANNED, Stage.MASKED}:
            recording = vaiti.advance(recording)
        return recording

    return push_and_work


@pytest.fixture
def live(vaiti: Vaiti) -> Iterator[str]:
    """A server on a port of its own: for what a client in the same process cannot show."""
    taken = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(
        uvicorn.Config(
            create_app(vaiti), http=PromptProtocol, log_config=LIBRARY_LOGGING, access_log=False, lifespan="on"
        )
    )
    thread = Thread(target=server.run, kwargs={"sockets": [taken]}, daemon=True)
    thread.start()
    begun = monotonic()
    while not server.started and monotonic() - begun < 30:
        sleep(0.02)
    yield f"http://127.0.0.1:{taken.getsockname()[1]}"
    server.should_exit = True
    thread.join(30)
    taken.close()


@pytest.fixture
def token(vaiti: Vaiti) -> str:
    return vaiti.settings.read_token()


@pytest.fixture
def api(vaiti: Vaiti, token: str) -> Iterator[TestClient]:
    headers = {"Authorization": f"Bearer {token}"}
    with TestClient(create_app(vaiti), base_url="http://127.0.0.1:8470", headers=headers) as client:
        yield client
