"""A PostgreSQL server for the tests alone: Debian's own, on a socket in a folder in memory, gone when they end."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import mkdtemp
from time import monotonic, sleep
from typing import Any, LiteralString

import psycopg
from psycopg import sql

from storage.sql.migrate import upgrade_to_head
from storage.sql.postgres_engine import open_postgres

MISSING = "the tests on PostgreSQL need it: sudo apt-get install postgresql-15"
BOSS = "tests"
ROLE = "vaiti"
TEMPLATE = "vaiti_template"
# Everything that makes a server durable is off: what it keeps is thrown away.
_QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60", "shared_buffers=32MB")


class NoPostgres(Exception):
    """PostgreSQL is not installed, or root has nobody to run it as."""


@dataclass
class PostgresServer:
    """A running server; `BOSS` is its superuser and `ROLE` the service's role."""

    folder: Path
    password: str
    numbers: Iterator[int] = field(default_factory=count)

    def url(self, database: str, *, role: str = ROLE) -> str:
        """Return the address of a database as the service is given it."""
        return f"postgresql://{role}:{self.password}@/{database}?host={self.folder}"

    def boss(self, database: str = "postgres") -> psycopg.Connection:
        """Connect as the superuser; what is said there is committed at once."""
        return psycopg.connect(
            user=BOSS, password=self.password, host=str(self.folder), dbname=database, autocommit=True
        )

    def execute(self, statement: LiteralString, *names: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """Run a statement as the superuser, with names put in for its {}."""
        with self.boss(database) as connection:
            cursor = connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
            return cursor.fetchall() if cursor.description else []

    def prepare(self) -> None:
        """Make the service's role, and a migrated database to copy for each test."""
        self.execute("CREATE ROLE {} LOGIN", ROLE)
        with self.boss() as connection:
            connection.pgconn.change_password(ROLE.encode(), self.password.encode())
        self.execute("CREATE DATABASE {} OWNER {}", TEMPLATE, ROLE)
        engine = open_postgres(self.url(TEMPLATE))
        upgrade_to_head(engine)
        engine.dispose()

    @contextmanager
    def database(self, *, empty: bool = False) -> Iterator[str]:
        """Make a database; yields its address. Without `empty` it is at the newest schema."""
        name = f"vaiti_{next(self.numbers)}"
        template = "template1" if empty else TEMPLATE
        self.execute("CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY FILE_COPY", name, ROLE, template)
        try:
            yield self.url(name)
        finally:
            self.execute("DROP DATABASE {} WITH (FORCE)", name)


@contextmanager
def running_postgres() -> Iterator[PostgresServer]:
    """Start a server and stop it. Raises NoPostgres."""
    programs, account = _programs(), _account()
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    folder = Path(mkdtemp(prefix="vaiti-pg-", dir=memory))
    server = PostgresServer(folder, password=secrets.token_urlsafe(16))
    (folder / "password").write_text(server.password)
    if account:
        for path in (folder, folder / "password"):
            os.chown(path, account.pw_uid, account.pw_gid)
    try:
        with _started(server, programs, _as(account)):
            server.prepare()
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _started(server: PostgresServer, programs: Path, runner: list[str]) -> Iterator[None]:
    data = server.folder / "data"
    make = [
        str(programs / "initdb"),
        f"--pgdata={data}",
        f"--pwfile={server.folder / 'password'}",
        f"--username={BOSS}",
    ]
    make += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync"]
    subprocess.run([*runner, *make], check=True, capture_output=True, cwd=server.folder)
    settings = ["listen_addresses=", f"unix_socket_directories={server.folder}", *_QUICK]
    options = [part for setting in settings for part in ("-c", setting)]
    with (server.folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [*runner, str(programs / "postgres"), "-D", str(data), *options], stdout=log, stderr=log, cwd=server.folder
        )
    try:
        _wait_for(server, process)
        yield
    finally:
        process.send_signal(signal.SIGINT)  # the runner has become the server; this ends its connections too
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(server: PostgresServer, process: subprocess.Popen[bytes]) -> None:
    begun = monotonic()
    while True:
        try:
            server.execute("SELECT 1")
        except psycopg.OperationalError:
            if process.poll() is not None or monotonic() - begun > 60:
                raise NoPostgres((server.folder / "log").read_text()) from None
            sleep(0.05)
        else:
            return


def _programs() -> Path:
    """Find the newest installed server."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    on_path = shutil.which("initdb")
    if on_path:
        installed.append(Path(on_path).resolve())
    if not installed or not shutil.which("setpriv"):
        raise NoPostgres(MISSING)
    return installed[-1].parent


def _account() -> pwd.struct_passwd | None:
    """Whom to run the server as: it refuses to run as root."""
    if os.getuid():
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoPostgres(MISSING)


def _as(account: pwd.struct_passwd | None) -> list[str]:
    """Run as that account, and end when the tests do, however they do."""
    runner = ["setpriv", "--pdeathsig", "INT"]
    if account:
        runner += [f"--reuid={account.pw_uid}", f"--regid={account.pw_gid}", "--clear-groups"]
    return runner
