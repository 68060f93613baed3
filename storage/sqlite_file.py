"""One way to open a SQLite file: durable, and with nothing deleted left readable in it.

Both databases of the embedded form use it, the catalog's and the key store's.
"""

from __future__ import annotations

import errno
import time
import weakref
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from sqlite3 import SQLITE_FULL, SQLITE_IOERR_SHMSIZE
from sqlite3 import Connection as SqliteConnection
from sqlite3 import Error as SqliteError
from typing import Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.pool import ConnectionPoolEntry

from storage import kept_open
from storage.errors import NoRoom, Unavailable

BUSY_SECONDS: Final = 20
# How long a statement waits for another process's lock before it says Unavailable.
_PAUSE: Final = 0.01
# Seconds between two tries to cut the log.
_PIECE: Final = 8
# Bytes of a deleted secret that are looked for: by chance they are nowhere in a file.
_WRITES: Final = "vaiti_writes"

_PRAGMAS: Final = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # WAL's default may lose the last commits when the power goes
    "PRAGMA secure_delete=ON",  # deleted rows are overwritten (design.md 7); off in some builds
    "PRAGMA foreign_keys=ON",
    "PRAGMA temp_store=MEMORY",  # no masked word in a temporary file
)


def open_sqlite(path: Path) -> Engine:
    """Open or make a database file, 0600 in a 0700 folder. Raises Unavailable."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        place = kept_open.hold(path)
    except OSError as fault:
        raise Unavailable("the database's folder cannot be written") from fault
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
        hide_parameters=True,  # values stay out of error texts
        pool_size=8,
        max_overflow=32,
    )
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    release = weakref.finalize(engine, kept_open.let_go, place)  # once, however often an engine is disposed of
    event.listen(engine, "engine_disposed", lambda _: release())
    return engine


@contextmanager
def answering() -> Iterator[None]:
    """Turn a database that does not answer into Unavailable; broken constraints stay what they are."""
    try:
        yield
    except IntegrityError:
        raise
    except (DBAPIError, SqliteError, OSError) as fault:
        if _is_full(fault):
            raise NoRoom from fault
        raise Unavailable("the database does not answer") from fault


def for_writing(engine: Engine) -> Engine:
    """Return the same engine whose transactions take the write lock at once, so that none fails half-way for it."""
    return engine.execution_options(**{_WRITES: True})


@contextmanager
def noting(engine: Engine) -> Iterator[Connection]:
    """Open a transaction for writing whose end does not wait for the disk.

    Everyone sees it at once and a kill does not lose it. When the power goes it may be taken back, whole and after no
    other, until the next transaction that does wait, or a checkpoint, has made it durable too.
    """
    with for_writing(engine).connect() as connection:
        _wait_for_disk(connection, "NORMAL")
        try:
            with connection.begin():
                yield connection
        finally:
            _wait_for_disk(connection, "FULL")  # the pool hands it on


def checkpoint(engine: Engine) -> None:
    """Move the write-ahead log into the database and cut it to nothing: what it held is gone. Raises Unavailable."""
    give_up = time.monotonic() + BUSY_SECONDS
    while _cut(engine):
        # SQLite waits for readers but not for another checkpoint: two purges at once must not fail for that
        if time.monotonic() > give_up:
            raise Unavailable("a long read keeps the write-ahead log; try again")
        time.sleep(_PAUSE)


def write_anew(engine: Engine) -> None:
    """Write the whole file anew from its live rows, and cut the log. Raises Unavailable.

    secure_delete overwrites what is deleted, but when SQLite lays a page out again (rebuildPage) old bytes stay in the
    gap between its cells: in 1 of 30 random runs a purged word was left in one (SQLite 3.40.1). Only VACUUM leaves
    none. It keeps writers waiting, and takes as much memory as the file is large and as much room again in the log:
    NoRoom where the disk has not that much, and then the file is as it was.
    """
    with answering():
        raw = engine.raw_connection()
        try:
            raw.cursor().execute("VACUUM")
        finally:
            raw.close()
    checkpoint(engine)


def holds_any(engine: Engine, secrets: Iterable[bytes]) -> bool:
    """Tell whether the file or its log holds a piece of what was deleted: any 15 bytes in a row of it, or more."""
    wanted = {secret[at : at + _PIECE] for secret in secrets for at in range(0, len(secret) - _PIECE + 1, _PIECE)}
    path = Path(str(engine.url.database))
    with answering():
        for file in (path, path.with_name(f"{path.name}-wal")):
            with suppress(FileNotFoundError):  # there is no log when nobody else has the file open
                for content in kept_open.pieces(file, overlap=_PIECE - 1):
                    if any(piece in content for piece in wanted):
                        return True
    return False


def _wait_for_disk(connection: Connection, synchronous: str) -> None:
    """Set it beside SQLAlchemy, which would begin a transaction first: SQLite does not change it within one."""
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA synchronous={synchronous}")
    cursor.close()


def _is_full(fault: Exception) -> bool:
    """Tell whether the disk has no room. SQLite says so in two ways, by what it was writing."""
    cause = fault.orig if isinstance(fault, DBAPIError) else fault
    code = getattr(cause, "sqlite_errorcode", None)
    return code in {SQLITE_FULL, SQLITE_IOERR_SHMSIZE} or getattr(cause, "errno", None) == errno.ENOSPC


def _cut(engine: Engine) -> bool:
    """Try once; tell whether something was in the way."""
    with answering():
        raw = engine.raw_connection()
        try:
            busy: int = raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        finally:
            raw.close()
    return bool(busy)


def _prepare(connection: SqliteConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # Python's own transaction handling off: `_begin` says BEGIN
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get(_WRITES) else "BEGIN")
