"""`vaiti alive`, where nothing lives: tests/e2e/test_up_local.py asks it about processes that do."""

from pathlib import Path

import pytest

from recordings.settings import Settings
from storage.rq_queue import connect
from tests.redis_server import RedisServer
from workers.alive import NotAlive, Process, check_alive
from workers.client import NoService


@pytest.mark.parametrize("process", [Process.WORKER, Process.SCHEDULE])
def test_what_was_never_started_is_not_alive(tmp_path: Path, process: Process) -> None:
    with pytest.raises(NotAlive):
        check_alive(process, Settings(data=tmp_path))


def test_a_worker_of_another_machine_is_no_sign_of_life_here(tmp_path: Path, redis_server: RedisServer) -> None:
    with connect(redis_server.url) as redis:
        redis.sadd("rq:workers", "rq:worker:other")
        redis.hset("rq:worker:other", mapping={"hostname": "elsewhere", "birth": "2026-01-01T00:00:00.000000Z"})
        settings = Settings.model_validate({"data": tmp_path, "queue_url": redis_server.url})
        with pytest.raises(NotAlive):
            check_alive(Process.WORKER, settings)


def test_a_service_that_does_not_answer_is_not_alive(tmp_path: Path) -> None:
    with pytest.raises(NoService):
        check_alive(Process.SERVE, Settings(data=tmp_path / "data", port=1))
