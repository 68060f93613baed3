"""Pushers on a real service: a folder of calls, a watcher in this process, and commands in processes of their own."""

import json
import os
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep
from typing import Any

from recordings.factory import Vaiti
from tests.integration.conftest import FACTS
from tests.integration.fakes import a_call
from workers.client import Client
from workers.pushing.folder import Legs
from workers.pushing.ledger import Copy, DeleteAfter, Entry, open_ledger
from workers.pushing.sender import Patience, Sender
from workers.pushing.watch import Watched, Watcher

ROOT = Path(__file__).resolve().parents[2]
PUSH = [sys.executable, "-c", "from workers.main import run; run()", "push"]
LIMIT = 60
# Seconds that anything may take on a busy machine.


def lay(folder: Path, name: str = "call", *, audio: bytes | None = None, **changes: Any) -> Path:
    """Put a call and its sidecar into a folder, as a recorder does: whole, by renaming."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.wav"
    path.with_suffix(".json").write_text(json.dumps({**FACTS, "call_id": name, **changes}), encoding="utf-8")
    part = folder / f".{name}.part"
    part.write_bytes(audio or a_call(1.0))
    part.rename(path)
    return path


class Pusher:
    """A watcher whose clock the test moves: each look comes after the settling time."""

    def __init__(self, watcher: Watcher) -> None:
        self.watcher = watcher
        self.moment = 0.0
        watcher.now = lambda: self.moment

    def look(self, *, seconds: float = 1_000) -> bool:
        self.moment += seconds
        return self.watcher.look()

    def push_all(self) -> bool:
        """See what is there, and see that it stayed the same."""
        return self.look() and self.look()

    @property
    def entries(self) -> list[Entry]:
        return [*self.watcher.ledger]

    @property
    def outcomes(self) -> list[tuple[str, str | None, str]]:
        """What became of the files: outcome, slug, and where the copy is."""
        return sorted(((each.outcome.value, each.slug, each.copy.value) for each in self.entries), key=str)


@contextmanager
def pusher(
    folder: Path,
    url: str,
    token: str,
    *,
    delete: bool | DeleteAfter = False,
    again: bool = False,
    state: Path | None = None,
    legs: Legs | None = None,
    leg_wait: float = 0,
) -> Iterator[Pusher]:
    """A pusher on a folder, which forgets nothing when it is made again."""
    stop = Event()
    watched = Watched(folder=folder, defaults={"source": "pbx"}, again=again, legs=legs, leg_wait=leg_wait)
    with Client(url=url, token=token) as client, open_ledger(state or folder / ".vaiti-push.jsonl") as ledger:
        sender = Sender(client, ledger, delete=DeleteAfter.STORED if delete is True else delete or None)
        yield Pusher(Watcher(watched, ledger, sender, Patience(stop, 0), stop))


def command(url: str, token_file: Path, *more: str | Path) -> list[str]:
    """The command line of `vaiti push` to a service."""
    return [*PUSH, "--service", url, "--token-file", str(token_file), *map(str, more)]


def ended(arguments: list[str]) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(arguments, cwd=ROOT, check=False, capture_output=True, text=True, timeout=LIMIT)


def killed_after(arguments: list[str], vaiti: Vaiti, count: int) -> None:
    """Run a command and end it, at once and without a word, when so many calls are stored."""
    process = subprocess.Popen(arguments, cwd=ROOT, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        wait_for(lambda: stored(vaiti) >= count)
        assert process.poll() is None, "it was done before it could be killed"
    finally:
        process.kill()
        process.wait(LIMIT)


def stored(vaiti: Vaiti) -> int:
    """How many recordings the service has."""
    return len(vaiti.catalog.list(vaiti.controllers.scope, limit=1_000))


def wait_for(done: Any) -> None:
    begun = monotonic()
    while not done():
        assert monotonic() - begun < LIMIT
        sleep(0.01)


def recordings_below(folder: Path) -> list[str]:
    """The names of what is left in a folder, hidden files apart."""
    return sorted(name for _, _, names in os.walk(folder) for name in names if not name.startswith("."))


GONE = 0
# In place of a status: the connection ends without an answer.


class Reluctant(BaseHTTPRequestHandler):
    """A service that answers as it is told, and after that stores everything."""

    answers: list[tuple[int, dict[str, str]]] = []  # noqa: RUF012 - emptied by each start
    tokens: list[str | None] = []  # noqa: RUF012 - of each request that came

    def do_POST(self) -> None:
        self.tokens.append(self.headers["Authorization"])
        self.rfile.read(int(self.headers["Content-Length"]))
        status, headers = self.answers.pop(0) if self.answers else (201, {})
        if status == GONE:
            self.close_connection = True
            return
        content = json.dumps({"id": "ab" * 16}).encode() if status == 201 else b""
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def a_reluctant_service(certificate: Path | None = None) -> Iterator[str]:
    """Its address; https with a certificate and its key."""
    Reluctant.answers.clear()
    Reluctant.tokens.clear()
    server = HTTPServer(("127.0.0.1", 0), Reluctant)
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"{'https' if certificate else 'http'}://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


KEPT, DELETED = Copy.KEPT.value, Copy.DELETED.value
