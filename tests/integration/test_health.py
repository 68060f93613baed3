"""Alive is not ready: what each part's absence makes of `/health/ready`, and what it says of it."""

import shutil
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import SecretStr

from recordings.api.app import create_app
from recordings.factory import Vaiti
from recordings.settings import Settings, load_settings
from tests.integration.test_push import send
from tests.postgres import PostgresServer
from tests.redis_server import RedisServer

LIVE, READY = "/health/live", "/health/ready"
ALL = {"database": "ok", "keys": "ok", "objects": "ok", "queue": "ok", "room": "ok"}


def asked(client: TestClient, path: str = READY) -> tuple[int, str, dict[str, str]]:
    """Ask without a token, as whoever watches processes does."""
    answer = client.get(path, headers={"Authorization": ""})
    body = answer.json()
    return answer.status_code, body["status"], {name: slug for name, slug in body["parts"].items() if slug != "ok"}


def test_a_service_that_can_do_everything_is_ready(api: TestClient) -> None:
    assert asked(api) == (200, "ok", {})
    assert api.get(READY).json()["parts"] == ALL
    assert asked(api, LIVE) == (200, "ok", {})


def test_without_objects_it_lives_and_is_not_ready(api: TestClient, vaiti: Vaiti) -> None:
    folder = vaiti.settings.data / "objects"
    folder.rename(folder.with_name("away"))
    assert asked(api) == (503, "down", {"objects": "storage-unavailable"})
    assert asked(api, LIVE)[0] == 200
    folder.with_name("away").rename(folder)
    assert asked(api) == (200, "ok", {})


def test_a_bucket_that_does_not_answer_makes_it_not_ready(settings: Settings, open_at: Callable[..., Any]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]  # nobody listens there in a moment
    bucket = {"objects_url": f"s3+http://127.0.0.1:{port}/calls", "objects_access_key": "a", "objects_secret_key": "b"}
    assert asked(open_at(bucket)) == (503, "down", {"objects": "storage-unavailable"})


def test_without_room_pushes_are_refused_and_the_rest_is_served(
    api: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = shutil._ntuple_diskusage(100 << 30, 100 << 30, 1 << 20)
    monkeypatch.setattr("storage.reserve.shutil.disk_usage", lambda _: full)
    assert asked(api) == (200, "degraded", {"room": "no-room"})


@pytest.fixture
def open_at(settings: Settings) -> Iterator[Callable[..., TestClient]]:
    """Open the service with other stores, without engines."""
    from workers.clock import SystemClock  # noqa: PLC0415

    opened: list[Vaiti] = []

    def open_(given: dict[str, Any]) -> TestClient:
        other = load_settings(data=settings.data, controllers=settings.controllers, **given)
        opened.append(Vaiti.open(other, clock=SystemClock()))
        return TestClient(create_app(opened[-1]), base_url="http://127.0.0.1:8470")

    yield open_
    for each in opened:
        each.close()


def test_without_its_database_it_is_not_ready(
    open_at: Callable[..., TestClient], postgres_server: PostgresServer, postgres_url: str
) -> None:
    client = open_at({"database_url": SecretStr(postgres_url)})
    assert asked(client) == (200, "ok", {})
    name = postgres_url.partition("@/")[2].partition("?")[0]
    postgres_server.execute("ALTER DATABASE {} WITH ALLOW_CONNECTIONS false", name)
    postgres_server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname <> 'postgres'")
    assert asked(client) == (503, "down", {"database": "storage-unavailable"})
    assert asked(client, LIVE)[0] == 200


class TestOnRedis:
    """T7: without Redis calls are taken and wait."""

    @pytest.fixture
    def settings(self, settings: Settings, redis_server: RedisServer) -> Settings:
        return load_settings(data=settings.data, controllers=settings.controllers, queue_url=redis_server.url)

    def test_without_redis_pushes_are_taken_and_it_is_degraded_but_ready(
        self, api: TestClient, vaiti: Vaiti, redis_server: RedisServer
    ) -> None:
        assert asked(api) == (200, "ok", {})
        redis_server.stop()
        assert asked(api) == (200, "degraded", {"queue": "queue-unavailable"})
        assert send(api).status_code == 201
        redis_server.start()
        assert asked(api) == (200, "ok", {})
