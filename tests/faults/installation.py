"""The distributed form as an operator runs it: what ends is started again, on servers of its own."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Lock, Thread
from time import monotonic, sleep

import httpx

from recordings.settings import Settings, load_settings
from tests.integration.conftest import CONTROLLERS, in_a_bucket
from tests.postgres import BEARS_CRASHES, PostgresServer, running_postgres
from tests.redis_server import RedisServer, running_redis
from tests.s3_server import S3Server, running_s3_server

ROOT = Path(__file__).parents[2]
START_SECONDS = 90.0
AGAIN = 0.5
# Seconds until what ended is started again, as systemd or a container's engine would.


@dataclass
class Installation:
    """Everything that runs. A process or a server can be killed by its name."""

    settings: Settings
    port: int
    redis: RedisServer
    postgres: PostgresServer | None
    s3: S3Server | None
    module: str
    commands: Mapping[str, tuple[str, ...]]
    hand: ThreadPoolExecutor
    # One thread starts servers again: PostgreSQL ends with the thread that started it.
    under: tuple[str, ...] = ()
    # What each process is started by, as `fiu-run` is.
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)
    ended: Event = field(default_factory=Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/v1"

    @property
    def names(self) -> list[str]:
        """Everything that can be killed."""
        servers = ["redis", *(["postgres"] if self.postgres else []), *(["s3"] if self.s3 else [])]
        return [*self.commands, *servers]

    def kill(self, name: str, how: signal.Signals = signal.SIGKILL) -> None:
        """Kill a process (it is started again by itself) or a server (it is back when this returns)."""
        self.hand.submit(self._kill, name, how).result()

    def _kill(self, name: str, how: signal.Signals) -> None:
        if name == "redis":
            self.redis.stop()
            self.redis.start()
        elif name == "postgres" and self.postgres:
            self.postgres.stop(signal.SIGQUIT)
            self.postgres.start()
        elif name == "s3" and self.s3:
            self.s3.crash()
            self.s3.start()
        else:
            with self.lock:
                self.running[name].send_signal(how)

    def keep(self) -> None:
        """Start what has ended, until the end."""
        while not self.ended.wait(AGAIN):
            for name in self.commands:
                with self.lock:
                    if self.running[name].poll() is not None:
                        self.running[name] = self._start(name)

    def start(self) -> None:
        """Start everything; the service makes the data folder, for all."""
        self.running["serve"] = self._start("serve")
        self.wait_until_ready()
        for name in self.commands:
            if name != "serve":
                self.running[name] = self._start(name)

    def wait_until_ready(self) -> None:
        end = monotonic() + START_SECONDS
        while not self._is_ready():
            assert monotonic() < end, "the service does not get ready"
            sleep(0.1)

    def stop(self) -> None:
        for process in self.running.values():
            process.kill()
            process.wait()

    def token(self) -> str:
        return self.settings.read_token()

    def _is_ready(self) -> bool:
        try:
            return httpx.get(f"{self.url}/health/ready", timeout=20).is_success
        except httpx.TransportError:
            return False

    def _start(self, name: str) -> subprocess.Popen[bytes]:
        given = self.settings.model_dump(exclude_none=True, exclude_defaults=True)
        environment = {f"VAITI_{key.upper()}": _plain(value) for key, value in given.items()}
        environment |= {"VAITI_PORT": str(self.port), "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
        environment |= {"OPENBLAS_NUM_THREADS": "1"}  # as `vaiti` does before numpy is loaded, which is earlier here
        log = self.settings.data.with_name("log").open("ab")
        command = [*self.under, sys.executable, "-m", self.module, *self.commands[name]]
        with log:
            return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)


def _plain(value: object) -> str:
    read = getattr(value, "get_secret_value", None)
    return str(read() if read else value)


@contextmanager
def installed(
    *,
    module: str = "tests.faults.played",
    workers: int = 2,
    postgres: bool = True,
    s3: bool = True,
    under: tuple[str, ...] = (),
) -> Iterator[Installation]:
    """Make an installation and run it. Raises as the servers do that are not installed."""
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with ExitStack() as stack:
        hand = stack.enter_context(ThreadPoolExecutor(1))
        home = Path(stack.enter_context(TemporaryDirectory(prefix="vaiti-", dir=memory)))
        redis = stack.enter_context(running_redis(appendonly=True))
        database = stack.enter_context(running_postgres(BEARS_CRASHES)) if postgres else None
        store = stack.enter_context(running_s3_server(store="bluestore")) if s3 else None
        (home / "controllers.toml").write_text(CONTROLLERS, encoding="utf-8")
        settings = load_settings(
            data=home / "data",
            controllers=home / "controllers.toml",
            queue_url=redis.url,
            **({"database_url": stack.enter_context(database.database())} if database else {}),
        )
        if store:
            settings = in_a_bucket(settings, store)
        commands = {"serve": ("serve",), "schedule": ("schedule",)}
        commands |= {f"worker-{number}": ("worker",) for number in range(workers)}
        made = Installation(settings, _free_port(), redis, database, store, module, commands, hand, under)
        stack.callback(made.stop)
        made.start()
        keeper = Thread(target=made.keep, daemon=True)
        keeper.start()
        stack.callback(keeper.join)
        stack.callback(made.ended.set)
        yield made


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port
