"""Vaiti as processes in a folder of their own, and everything that they leave, hold and say."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psycopg
from minio import Minio
from psycopg import sql
from redis import Redis

from storage.s3 import Bucket
from tests.crashes import ROOT
from tests.redis_server import RedisServer

CONTROLLERS = '[controllers.kuopio]\nname = "Kuopion Energia Oy"\n[controllers.kuopio.periods]\nservice = "P1Y"\n'
PATIENCE = 120.0
# Seconds for any one thing to happen; this machine may be busy.
_LARGEST = 50_000_000
_SHARED = ("/tmp", "/dev/shm", "/var/tmp")


@dataclass
class Installation:
    """Running processes; all that they write lies under `folder`, their outputs in `folder/out`."""

    folder: Path
    settings: dict[str, str]
    redis: str | None = None
    database: str | None = None
    bucket: Bucket | None = None
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    answers: list[tuple[str, bytes]] = field(default_factory=list)
    before: frozenset[str] = field(default_factory=lambda: frozenset(map(str, _shared())))

    @property
    def environment(self) -> dict[str, str]:
        places = {"VAITI_DATA": self.folder / "data", "TMPDIR": self.folder / "tmp", "HOME": self.folder / "home"}
        kept = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "VAITI_PORT": "0"}
        return kept | {name: str(path) for name, path in places.items()} | self.settings

    def start(self, *command: str, name: str | None = None, given: str = "") -> subprocess.Popen[bytes]:
        """Start `vaiti COMMAND`; `given` is what it reads."""
        name = name or command[0]
        with (self.folder / "out" / f"{name}.{len(self.processes)}").open("wb") as out:
            whole = [sys.executable, "-m", "tests.leaks.played", *command]
            process = subprocess.Popen(
                whole, cwd=self.folder / "home", env=self.environment, stdin=subprocess.PIPE, stdout=out, stderr=out
            )
        self.processes[f"{name}.{len(self.processes)}"] = process
        assert process.stdin is not None
        process.stdin.write(given.encode())
        process.stdin.close()
        return process

    def client(self) -> httpx.Client:
        """Wait until the service listens; every answer is kept."""
        said = wait_for(lambda: re.search(r"listens at (http://127\.0\.0\.1:(\d+))/", self.output("serve")))
        self.settings["VAITI_PORT"] = said[2]
        token = (self.folder / "data.secrets" / "token").read_text().strip()

        def keep(answer: httpx.Response) -> None:
            answer.read()
            told = "\n".join(f"{name}: {value}" for name, value in answer.headers.items()).encode()
            self.answers.append((f"the answer {len(self.answers)} ({answer.status_code})", told + answer.content))

        headers = {"Authorization": f"Bearer {token}"}
        return httpx.Client(base_url=said[1], headers=headers, timeout=60, event_hooks={"response": [keep]})

    def output(self, name: str) -> str:
        return "".join(each.read_text("utf-8", "replace") for each in sorted((self.folder / "out").glob(f"{name}.*")))

    # -- what they leave, hold and say

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Every file under the folder, and what came into the shared temporary folders meanwhile."""
        for path in sorted(self.folder.rglob("*")):
            if path.is_file():
                yield str(path.relative_to(self.folder)), path.read_bytes().rstrip(b"\0")  # room that is set aside
        for path in _shared():
            if str(path) not in self.before:
                try:
                    yield str(path), path.read_bytes()
                except OSError:  # somebody else's, and gone
                    continue

    def living(self) -> Iterator[tuple[str, bytes]]:
        """Environment and arguments of each process and of its children, and files that it holds open elsewhere."""
        for number in self.numbers():
            for name in ("environ", "cmdline", "comm"):
                yield f"{name} of {number}", (number / name).read_bytes()
            for handle in (number / "fd").iterdir():
                target = str(handle.readlink())
                elsewhere = not Path(target).is_relative_to(self.folder) or target.endswith("(deleted)")
                if elsewhere and target.startswith(_SHARED) and handle.is_file():
                    yield f"{target} open in {number}", handle.read_bytes()[:_LARGEST]

    def numbers(self) -> list[Path]:
        """The folders of our processes in /proc."""
        mark = f"TMPDIR={self.folder}/tmp\0".encode()
        found = []
        for each in Path("/proc").glob("[0-9]*"):
            try:
                if mark in (each / "environ").read_bytes():
                    found.append(each)
            except OSError:
                continue
        return found

    def redis_values(self) -> Iterator[tuple[str, bytes]]:
        """Every key of Redis with what it holds, as it was put there."""
        if self.redis is None:
            return
        with Redis.from_url(self.redis) as client:
            for key in client.scan_iter():
                yield f"Redis {key!r}", key + b"\n" + b"\n".join(_flat(_read(client, key)))

    def objects(self) -> Iterator[tuple[str, bytes]]:
        """Every object of the bucket as the server holds it: name, headers, content; and uploads that never ended."""
        if self.bucket is None:
            return
        store = Minio(
            self.bucket.endpoint,
            self.bucket.access_key,
            self.bucket.secret_key,
            secure=False,
            region=self.bucket.region,
        )
        for each in store.list_objects(self.bucket.name, recursive=True, include_version=True):
            with closing(
                store.get_object(self.bucket.name, str(each.object_name), version_id=each.version_id)
            ) as found:
                told = f"{each.object_name}\n{dict(found.headers)}\n".encode()
                yield f"the object {each.object_name}", told + found.read()
        uploads = store._list_multipart_uploads(self.bucket.name)
        yield "uploads that never ended", repr([each.object_name for each in uploads.uploads]).encode()

    def cells(self) -> Iterator[tuple[str, bytes]]:
        """Every column of every table of the catalog with all that is in it."""
        if self.database is not None:
            yield from _postgres_cells(self.database)
            return
        with closing(sqlite3.connect(self.folder / "data" / "catalog.db")) as connection:
            tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            for table in tables:
                cursor = connection.execute(f'SELECT * FROM "{table}"')
                columns = [each[0] for each in cursor.description]
                yield from _by_column(table, columns, cursor.fetchall())

    def stop(self) -> None:
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(60)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def installed(
    *, redis: bool = False, database: str | None = None, bucket: Bucket | None = None
) -> Iterator[Installation]:
    """An empty installation; with Redis, one that writes both of its files. The folder's name is short: sockets."""
    folder = Path(tempfile.mkdtemp(prefix="vaiti-leaks-"))
    for name in ("out", "tmp", "home", "redis"):
        (folder / name).mkdir()
    (folder / "controllers.toml").write_text(CONTROLLERS)
    here = Installation(folder, {"VAITI_CONTROLLERS": str(folder / "controllers.toml")}, database=database)
    if database is not None:
        here.settings["VAITI_DATABASE_URL"] = database
    if bucket is not None:
        here.bucket = bucket
        secret = folder / "objects.secret"
        secret.touch(0o600)
        secret.write_text(bucket.secret_key, encoding="ascii")
        here.settings |= {
            "VAITI_OBJECTS_URL": f"s3+http://{bucket.endpoint}/{bucket.name}",
            "VAITI_OBJECTS_ACCESS_KEY": bucket.access_key,
            "VAITI_OBJECTS_SECRET_KEY_FILE": str(secret),
        }
    server = RedisServer(folder / "redis", appendonly=True)
    if redis:
        server.start()
        here.redis = here.settings["VAITI_QUEUE_URL"] = server.url
        with Redis.from_url(server.url) as client:
            client.config_set("rdbcompression", "no")  # what is packed cannot be searched
    try:
        yield here
    finally:
        here.stop()
        server.stop()
        shutil.rmtree(folder)


def wait_for(what: Callable[[], Any]) -> Any:
    """Wait until it is true, and return it."""
    end = time.monotonic() + PATIENCE
    while not (found := what()):
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.1)
    return found


def _shared() -> list[Path]:
    """Files that lie openly in the temporary folders of this machine."""
    found = [each for folder in _SHARED for each in Path(folder).glob("*")]
    return [each for each in found if each.is_file() and not each.is_symlink() and each.stat().st_size < _LARGEST]


def _read(client: Any, key: bytes) -> Any:
    kind = client.type(key).decode()
    read: dict[str, Callable[[], Any]] = {
        "string": lambda: client.get(key),
        "hash": lambda: client.hgetall(key),
        "list": lambda: client.lrange(key, 0, -1),
        "set": lambda: client.smembers(key),
        "zset": lambda: client.zrange(key, 0, -1, withscores=True),
        "stream": lambda: client.xrange(key),
    }
    return read[kind]() if kind in read else None


def _flat(value: Any) -> Iterator[bytes]:
    if isinstance(value, dict):
        value = [part for item in value.items() for part in item]
    if isinstance(value, list | tuple | set):
        for each in value:
            yield from _flat(each)
    else:
        yield value if isinstance(value, bytes) else str(value).encode()


def _postgres_cells(address: str) -> Iterator[tuple[str, bytes]]:
    with psycopg.connect(address) as connection:
        connection.execute("SELECT set_config('vaiti.scope', '{*}', false)")
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for (table,) in tables:
            cursor = connection.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(table)))
            columns = [each.name for each in cursor.description or ()]
            yield from _by_column(table, columns, cursor.fetchall())


def _by_column(table: str, columns: list[str], rows: list[Any]) -> Iterator[tuple[str, bytes]]:
    for number, name in enumerate(columns):
        cells = [row[number] for row in rows]
        yield f"{table}.{name}", b"\n".join(each if isinstance(each, bytes) else str(each).encode() for each in cells)
