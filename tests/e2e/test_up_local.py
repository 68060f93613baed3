"""`make up-local`: the distributed form, while a worker is killed and Redis emptied."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import NoPermissionError

from tests.redis_server import MISSING
from workers.client import Client, local_url
from workers.demo.folder import CONTROLLER
from workers.demo.samples import load_samples

ROOT = Path(__file__).parents[2]
READY_SECONDS = 90.0
PUBLISHED_SECONDS = 240.0
# A killed worker's lease is a minute, and this machine may be busy.


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder with a short name: a socket's address has room for a hundred letters."""
    made = Path(tempfile.mkdtemp(prefix="vaiti-up-"))
    yield made
    shutil.rmtree(made)


@pytest.fixture
def running(folder: Path) -> Iterator[subprocess.Popen[str]]:
    if shutil.which("redis-server") is None:
        if os.environ.get("CI"):
            raise AssertionError(MISSING)
        pytest.skip(MISSING)
    mine = {"VAITI_LOCAL": str(folder), "VAITI_PORT": "0", "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    command = [str(ROOT / "tools" / "up-local"), str(Path(sys.executable).parent)]
    with subprocess.Popen(command, cwd=ROOT, env=mine, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.terminate()
        process.wait(90)
    assert processes(folder) == []


def processes(folder: Path, name: str = "") -> list[int]:
    """Every process of this installation whose command line says `name`."""
    found = []
    for each in Path("/proc").glob("[0-9]*"):
        try:
            told, command = (each / "environ").read_bytes(), (each / "cmdline").read_bytes()
        except OSError:
            continue
        if f"VAITI_LOCAL={folder}\0".encode() in told and name.encode() in command and command:
            found.append(int(each.name))
    return found


def client_of(running: subprocess.Popen[str], folder: Path) -> Client:
    """Wait until the service listens, and speak to it."""
    assert running.stdout is not None
    for line in running.stdout:
        found = re.search(r"listens at http://127\.0\.0\.1:([0-9]+)/", line)
        if found:
            token = (folder / "data.secrets" / "token").read_text(encoding="ascii").strip()
            return Client(url=local_url("127.0.0.1", int(found[1])), token=token)
    raise AssertionError("it has ended")


def redis_of(folder: Path) -> Redis:
    password = (folder / "redis.password").read_text(encoding="ascii").strip()
    return Redis.from_url(f"unix://vaiti@{folder}/redis.sock", password=password)


def assert_alive_by_their_own_word(folder: Path) -> None:
    """What the health checks of containers ask."""
    queue = {"VAITI_QUEUE_URL": f"unix://vaiti@{folder}/redis.sock", "VAITI_DATA": str(folder / "data")}
    settings = queue | {"VAITI_QUEUE_PASSWORD_FILE": str(folder / "redis.password"), "PATH": os.environ["PATH"]}
    for process in ("worker", "schedule"):
        subprocess.run([Path(sys.executable).with_name("vaiti"), "alive", process], env=settings, cwd=ROOT, check=True)


def wait_for(what: str, is_true: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < end, what
        time.sleep(0.5)


def test_calls_are_published_though_a_worker_is_killed_and_redis_forgets(
    running: subprocess.Popen[str], folder: Path
) -> None:
    with client_of(running, folder) as client:
        wait_for("two workers", lambda: len(processes(folder, "--supervised")) == 2, READY_SECONDS)
        ids = []
        for sample in load_samples()[:2]:
            facts = sample.facts(controller=CONTROLLER, now=datetime.now(UTC))
            ids.append(client.push(sample.audio, facts)["id"])
        wait_for("work", lambda: any(client.get_recording(each)["stage"] != "received" for each in ids), READY_SECONDS)
        os.kill(processes(folder, "--supervised")[0], signal.SIGKILL)
        assert_alive_by_their_own_word(folder)
        with redis_of(folder) as redis:
            for forbidden in ("FLUSHALL", "CONFIG GET dir", "KEYS *", "ACL LIST", "SHUTDOWN NOW", "GET other"):
                with pytest.raises(NoPermissionError):
                    redis.execute_command(*forbidden.split())
            redis.delete(*redis.scan_iter("rq:*"))
        wait_for(
            "both are published",
            lambda: {client.get_recording(each)["stage"] for each in ids} == {"published"},
            PUBLISHED_SECONDS,
        )
        assert len(processes(folder, "--supervised")) == 2  # another one was started
