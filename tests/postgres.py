"""A PostgreSQL server for the tests alone: Debian's own, on a socket in a folder in memory, gone when they end."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
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
_SMALL = ("max_connections=60", "shared_buffers=32MB")
_QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", *_SMALL)
# Everything that makes a server durable is off: what it keeps is thrown away.
BEARS_CRASHES = ("fsync=off", *_SMALL)
# What was committed outlives the server's processes, though not the machine.


class NoPostgres(Exception):
    """PostgreSQL is not installed, or root has nobody to run it as."""


@dataclass
class PostgresServer:
    """A running server; `BOSS` is its superuser and `ROLE` the service's role."""

    folder: Path
    password: str
    programs: Path
    runner: Sequence[str]
    settings: Sequence[str]
    numbers: Iterator[int] = field(default_factory=count)
    process: subprocess.Popen[bytes] | None = None

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

    def make(self) -> None:
        """Make its files."""
        options = [f"--pgdata={self.folder / 'data'}", f"--pwfile={self.folder / 'password'}", f"--username={BOSS}"]
        options += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync"]
        command = [*self.runner, str(self.programs / "initdb"), *options]
        subprocess.run(command, check=True, capture_output=True, cwd=self.folder)

    def start(self) -> None:
        """Start it, also after a crash, and wait until it answers. Raises NoPostgres."""
        settings = ["listen_addresses=", f"unix_socket_directories={self.folder}", *self.settings]
        options = [part for setting in settings for part in ("-c", setting)]
        command = [*self.runner, str(self.programs / "postgres"), "-D", str(self.folder / "data"), *options]
        with (self.folder / "log").open("wb") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd=self.folder)
        _wait_for(self, self.process)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """End it with all its connections; by SIGQUIT as a crash would, and it recovers when it is started again."""
        if self.process is None:
            return
        self.process.send_signal(how)  # the runner has become the server
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

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
def running_postgres(settings: Sequence[str] = _QUICK, *, folder: Path | None = None) -> Iterator[PostgresServer]:
    """Make a server, start it and stop it; in memory where no folder is named. Raises NoPostgres."""
    programs, account = _programs(), _account()
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    folder = Path(mkdtemp(prefix="vaiti-pg-", dir=folder or memory))
    server = PostgresServer(
        folder, secrets.token_urlsafe(16), programs=programs, runner=_as(account), settings=settings
    )
    (folder / "password").write_text(server.password)
    if account:
        for path in (folder, folder / "password"):
            os.chown(path, account.pw_uid, account.pw_gid)
    try:
        server.make()
        server.start()
        server.prepare()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


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
