"""A call's whole way with the demo model: calls an hour with 1, 2 and 4 workers on Redis, and each step's share."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep
from typing import Final

from benchmarks.speech import a_call
from recordings.factory import Vaiti
from recordings.facts import parse_facts
from recordings.settings import Settings, load_settings
from storage.records import Scope, Stage
from storage.work import WEIGHTS
from tests.redis_server import NoRedis, running_redis
from workers.clock import SystemClock
from workers.service import open_vaiti

WORKERS: Final = (1, 2, 4)
SECONDS: Final = 300
# Of sound, two channels: an ordinary call.
CALLS: Final = 4
# For each worker.
CONTROLLERS: Final = '[controllers.example]\nname = "Example Oy"\n[controllers.example.periods]\nservice = "P1Y"\n'
FACTS: Final = {
    "controller": "example",
    "kind": "service",
    "started_at": "2026-11-01T10:00:00+02:00",
    "channels": ["agent", "customer"],
}
_STEPS: Final = {
    Stage.RECEIVED: "transcribe",
    Stage.TRANSCRIBED: "detect",
    Stage.PLANNED: "mask and listen again",
    Stage.MASKED: "index",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """What so many workers did: five-minute calls an hour, and the share of each step in their time."""

    workers: int
    calls_an_hour: float
    shares: dict[str, float]


def measure() -> list[Whole]:
    """Return one for each number of workers; nothing where there is no Redis."""
    call = a_call(SECONDS)
    try:
        return [_measure(call, workers) for workers in WORKERS]
    except NoRedis:
        return []


def _measure(call: bytes, workers: int) -> Whole:
    with ExitStack() as stack:
        home = Path(stack.enter_context(TemporaryDirectory(prefix="vaiti-")))
        redis = stack.enter_context(running_redis())
        (home / "controllers.toml").write_text(CONTROLLERS, encoding="utf-8")
        settings = load_settings(data=home / "data", controllers=home / "controllers.toml", queue_url=redis.url)
        vaiti = open_vaiti(settings, clock=SystemClock())
        stack.callback(vaiti.close)
        stack.enter_context(_working(settings, redis.url, workers))
        _push(vaiti, call, workers)
        _wait(vaiti, workers)  # the first ones load the model
        begun = monotonic()
        _push(vaiti, call, CALLS * workers)
        _wait(vaiti, (CALLS + 1) * workers)
        taken = monotonic() - begun
        steps = vaiti.work_books.read(now=vaiti.clock.now()).steps
    whole = sum(steps[stage].seconds for stage in WEIGHTS)
    shares = {name: steps[stage].seconds / whole for stage, name in _STEPS.items()}
    return Whole(workers=workers, calls_an_hour=CALLS * workers / taken * 3600, shares=shares)


@contextmanager
def _working(settings: Settings, queue_url: str, workers: int) -> Iterator[None]:
    environment = {
        "PATH": os.defpath,
        "HOME": str(Path.home()),
        "VAITI_DATA": str(settings.data),
        "VAITI_CONTROLLERS": str(settings.controllers),
        "VAITI_QUEUE_URL": queue_url,
    }
    command = [sys.executable, "-c", "from workers.main import run; run()", "worker"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    running = [subprocess.Popen(command, env=environment, **quiet) for _ in range(workers)]  # noqa: S603
    try:
        yield
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait()


def _push(vaiti: Vaiti, call: bytes, count: int) -> None:
    for _ in range(count):
        facts = parse_facts(json.dumps({**FACTS, "call_id": uuid.uuid4().hex}).encode())
        vaiti.ingest(facts, [call], actor="benchmark")


def _wait(vaiti: Vaiti, count: int) -> None:
    end = monotonic() + 900
    while sum(n for stage, n in vaiti.catalog.count(Scope.system()).items() if stage not in _STEPS) < count:
        if monotonic() > end:
            raise TimeoutError
        sleep(0.1)
