"""Copies of the catalog's database for backups, and back: each set-up by its own means, while the service runs.

PostgreSQL's are its own programs, `pg_dump` and `pg_restore`, of the server's version or newer. What they write on
their error streams may hold rows, so it is not repeated.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from storage.durable import SQLITE_BESIDE, put_in_place, sync
from storage.errors import DatabaseUnfit, Unavailable
from storage.sql.postgres_engine import answering as postgres_answering
from storage.sql.postgres_engine import closing_what_fails, open_postgres, read_address
from storage.sqlite_file import answering

_OWNER_ONLY: Final = 0o600
_LONGEST: Final = 6 * 3600
# Seconds that a dump may take.
_SEE_ALL: Final = "-c vaiti.scope={*}"
# Row security shows pg_dump no row otherwise, as it does everybody who names no register.
_PLAIN: Final = ("--no-owner", "--no-privileges")


class SqliteCopy:
    """Copies of one database file, by SQLite's online backup: one state, whoever writes meanwhile."""

    name = "catalog.db"

    def __init__(self, path: Path) -> None:
        self._path = path

    def save(self, target: Path) -> None:
        """Write a copy, 0600, and check it. Raises Unavailable."""
        with answering():
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, _OWNER_ONLY))
            with closing(sqlite3.connect(self._path)) as source, closing(sqlite3.connect(target)) as copy:
                source.backup(copy)
                copy.execute("PRAGMA journal_mode=DELETE")
                if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                    raise Unavailable("the copy of the database is damaged; look at the disk")
            sync(target)

    def put_back(self, source: Path) -> None:
        """Let the copy be the database. Nobody may have it open. Raises Unavailable."""
        new = self._path.with_name(f"{self._path.name}.new")
        with answering():
            new.unlink(missing_ok=True)
            shutil.copyfile(source, new)
            new.chmod(_OWNER_ONLY)
            put_in_place(new, self._path, beside=SQLITE_BESIDE)


class PostgresCopy:
    """Copies of a database on a server, in pg_dump's own format."""

    name = "catalog.dump"

    def __init__(self, url: str, *, password: str | None, environment: Mapping[str, str]) -> None:
        """As `open_postgres`; the programs get this environment. Raises DatabaseUnfit."""
        self._environment = environment
        self._url, self._password = url, password
        self._address = read_address(url, password)

    def save(self, target: Path) -> None:
        """Write a copy, 0600: one state. Raises Unavailable, DatabaseUnfit where pg_dump is missing."""
        with answering():
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, _OWNER_ONLY))
        self._run("pg_dump", "--format=custom", "--enable-row-security", *_PLAIN, f"--file={target}")
        with answering():
            sync(target)

    def put_back(self, source: Path) -> None:
        """Let the copy be the database: everything that the service's role has there goes first. Raises as `save`."""
        engine = open_postgres(self._url, password=self._password)
        with closing_what_fails(engine), postgres_answering(), engine.begin() as connection:
            connection.exec_driver_sql("DROP OWNED BY CURRENT_USER CASCADE")
        engine.dispose()
        self._run("pg_restore", "--single-transaction", "--exit-on-error", *_PLAIN, str(source))

    def _run(self, program: str, *arguments: str) -> None:
        plain = self._address.set(drivername="postgresql")._replace(password=None)  # no argument shows it
        given = {"PGPASSWORD": self._address.password} if self._address.password else {}
        command = [_find(program), *arguments, f"--dbname={plain.render_as_string()}"]
        environment = {**self._environment, **given, "PGOPTIONS": _SEE_ALL}
        with answering():
            done = _ended(command, environment)
        if done:
            raise Unavailable(f"{program} ended with {done}; run it by hand to see why (docs/restore.md)")


def _ended(command: Sequence[str], environment: dict[str, str]) -> int:
    """Run a program and return how it ended; what it prints is dropped."""
    try:
        return subprocess.run(  # noqa: S603 - a program of PostgreSQL's, and our own arguments
            command, env=environment, capture_output=True, check=False, timeout=_LONGEST
        ).returncode
    except subprocess.TimeoutExpired:
        raise Unavailable("a copy of the database took longer than six hours") from None


def _find(program: str) -> str:
    """Find a program, the newest of those that Debian keeps beside one another first. Raises DatabaseUnfit."""
    kept = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), key=lambda path: int(path.parts[4]))
    found = str(kept[-1]) if kept else shutil.which(program)
    if found is None:
        raise DatabaseUnfit(f"{program} is not installed: it comes with PostgreSQL's client programs")
    return found
