"""A real Redis for the tests: on a socket of its own in a temporary folder, gone when the tests end."""

import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from redis import Redis
from redis.exceptions import ConnectionError as NoConnection

MISSING = "the tests on Redis need it: sudo apt-get install redis-server"
START_SECONDS = 20.0


class NoRedis(Exception):
    """Redis is not installed."""


@dataclass
class RedisServer:
    """A server that keeps nothing on disk unless it is told to: the queue has to bear that it forgets."""

    folder: Path
    appendonly: bool = False
    process: subprocess.Popen[bytes] | None = field(default=None)

    @property
    def url(self) -> str:
        return f"unix://{self.folder}/redis.sock?db=0"

    def start(self) -> None:
        command = ["redis-server", "--port", "0", "--unixsocket", f"{self.folder}/redis.sock", "--save", ""]
        command += ["--appendonly", "yes" if self.appendonly else "no"]
        self.process = subprocess.Popen([*command, "--dir", str(self.folder)], stdout=subprocess.DEVNULL)
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            try:
                with Redis.from_url(self.url) as client:
                    client.ping()
            except NoConnection:
                time.sleep(0.05)
            else:
                return
        raise NoRedis("Redis did not start")

    def stop(self) -> None:
        """End it at once; what it held is gone."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    @contextmanager
    def silent(self) -> Iterator[None]:
        """Let it take connections and answer nothing."""
        assert self.process
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)

    def dump(self) -> bytes:
        """Everything that it holds, keys and values."""
        with Redis.from_url(self.url) as client:
            found = client.scan_iter()
            return b"\n".join(key + b"\n" + (client.dump(key) or b"") for key in found)

    def empty(self) -> None:
        with Redis.from_url(self.url) as client:
            client.flushall()


@contextmanager
def running_redis(*, appendonly: bool = False) -> Iterator[RedisServer]:
    """Start a server for as long as the context lasts. Raises NoRedis."""
    if shutil.which("redis-server") is None:
        raise NoRedis(MISSING)
    with tempfile.TemporaryDirectory(prefix="vaiti-redis-") as folder:
        server = RedisServer(Path(folder), appendonly)
        server.start()
        try:
            yield server
        finally:
            server.stop()
