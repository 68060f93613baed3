"""Pushing calls of 5 MB over HTTP into an S3 server, against the `minio` client's own put of the same bytes to it."""

from __future__ import annotations

import io
import json
import os
import secrets
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

import httpx
import numpy as np

from benchmarks.pairs import Row, compare
from recordings.settings import load_settings
from tests.s3_server import NoS3Server, running_s3_server
from workers.engines.codec import AvCodec

RATE, CHANNELS, SECONDS = 8000, 2, 156
# 16 bits: 4.99 MB
CALLS, AT_ONCE = 24, 4
CONTROLLERS = '[controllers.example]\nname = "Example Oy"\n[controllers.example.periods]\nservice = "P1Y"\n'


def a_call() -> bytes:
    """Return two and a half minutes of noise, as 16-bit WAV."""
    noise = np.random.default_rng(1).normal(0, 2000, (RATE * SECONDS, CHANNELS)).astype(np.int16)
    out = io.BytesIO()
    AvCodec().encode_wav([noise], rate=RATE, channels=CHANNELS, bits=16, out=out)
    return out.getvalue()


@contextmanager
def service(home: Path, environment: dict[str, str]) -> Iterator[httpx.Client]:
    """Run `vaiti serve`, which leaves the work to others; yields a client of it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    (home / "controllers.toml").write_text(CONTROLLERS, encoding="utf-8")
    settings = {
        "VAITI_DATA": str(home / "data"),
        "VAITI_CONTROLLERS": str(home / "controllers.toml"),
        "VAITI_PORT": str(port),
        "VAITI_QUEUE_URL": f"unix://{home}/nobody.sock?db=0",  # nobody works: only pushing is measured
    }
    command = [sys.executable, "-c", "from workers.main import run; run()", "serve"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, env={"PATH": os.defpath, **settings, **environment}, **quiet) as process:  # noqa: S603
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}/api/v1", timeout=60) as client:
                _wait_for(client)
                token = load_settings(data=home / "data").read_token()
                client.headers["Authorization"] = f"Bearer {token}"
                yield client
        finally:
            process.terminate()


def _wait_for(client: httpx.Client) -> None:
    end = monotonic() + 60
    while monotonic() < end:
        try:
            client.get("/health/ready").raise_for_status()
        except httpx.HTTPError:
            sleep(0.1)
        else:
            return
    raise TimeoutError


def at_once(one: Callable[[int], object]) -> Callable[[], object]:
    """Return a run of all calls, four at a time."""
    numbers = count()

    def run() -> None:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            list(pool.map(one, [next(numbers) for _ in range(CALLS)]))

    return run


def rows() -> list[Row]:
    """Compare on one server, in turn. Without an S3 server on this machine there is nothing to compare."""
    call = a_call()
    with ExitStack() as stack:
        try:
            server = stack.enter_context(running_s3_server(store="bluestore"))
        except NoS3Server:
            return []
        home = Path(stack.enter_context(TemporaryDirectory(prefix="vaiti-")))
        secret = home / "objects.secret"
        secret.touch(0o600)
        secret.write_text(server.secret_key, encoding="ascii")
        bucket, bare = server.make_bucket(), server.make_bucket()
        environment = {
            "VAITI_OBJECTS_URL": f"s3+http://{bucket.endpoint}/{bucket.name}",
            "VAITI_OBJECTS_ACCESS_KEY": bucket.access_key,
            "VAITI_OBJECTS_SECRET_KEY_FILE": str(secret),
        }
        client = stack.enter_context(service(home, environment))

        def push(_: int) -> None:
            facts = {
                "controller": "example",
                "kind": "service",
                "call_id": secrets.token_hex(8),
                "started_at": "2026-11-01T10:00:00+02:00",
            }
            parts = {
                "facts": (None, json.dumps(facts).encode(), "application/json"),
                "audio": ("call.wav", call, "audio/wav"),
            }
            client.post("/recordings", files=parts).raise_for_status()

        def put(number: int) -> None:
            server.admin.put_object(bare.name, f"{number}-{secrets.token_hex(8)}", io.BytesIO(call), len(call))

        what = f"push {CALLS} calls of 5 MB, {AT_ONCE} at once"
        return [compare(what, at_once(push), "minio put", at_once(put))]
