"""The catalog's database on a PostgreSQL server: many writers at once, and registers kept apart by the server too.

Every transaction says whose rows it may see (`vaiti.scope`, for that transaction only); row security shows no others,
and none at all where nothing was said (migration 0004). Who writes holds a row's lock, or waits for its turn at what
has one end only: the audit chain, and the references that make customers.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Final

from sqlalchemy import Connection, Engine, event, func, select, text
from sqlalchemy.orm import Session, SessionTransaction

from storage.records import Scope
from storage.sql.migrate import EVERYTHING, upgrade_to_head
from storage.sql.postgres_engine import LOCK_SECONDS, answering, closing_what_fails, open_postgres, vacuum
from storage.sql.postgres_words import TranscriptWordsRow, TsvectorWords
from storage.sql.scoped import SCOPED
from storage.sql.session import Database, ScopedSession
from storage.sql.tables import INDEX_TABLE, TranscriptRow, TranscriptTurnsRow

REWRITE_BYTES: Final = 32 * 1024 * 1024
# Up to this size tables are written anew after a purge: about a second in which searches wait.
_WORDS: Final = (TranscriptRow.__tablename__, TranscriptTurnsRow.__tablename__, INDEX_TABLE)
_OTHERS: Final = (
    "recordings",
    "recording_references",
    "customer_references",
    "idempotency",
    "decisions",
    "objection_references",
    "person_decisions",
)
_SEE: Final = text(
    "SELECT set_config('vaiti.scope', CAST(CAST(:scope AS text[]) AS text), true),"
    " set_config('lock_timeout', :wait, true)"
)

_BY_INDEX: Final = text("SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)")


class PostgresSession(ScopedSession):
    """A session whose scope the server knows as well."""

    scoped = (*SCOPED, TranscriptWordsRow)

    @classmethod
    def of(cls, engine: Engine, scope: Scope) -> ScopedSession:
        """Make a session that sees this scope only."""
        session = super().of(engine, scope)
        event.listen(session, "after_begin", _say_scope)
        return session

    def wait_turn(self, what: str) -> None:
        """Let nobody else change `what` until this transaction ends."""
        self.connection().execute(select(func.pg_advisory_xact_lock(_lock(what))))

    def keep_to_indexes(self) -> None:
        """Let no statement of this transaction read a whole table: the server takes it for cheap to look at words."""
        self.connection().execute(_BY_INDEX)

    @contextmanager
    def past_scope(self) -> Iterator[Connection]:
        """Look past the scope, and come back to it."""
        connection = self.connection()
        see(connection, Scope.system())
        yield connection
        see(connection, self.scope)


class PostgresDatabase(Database):
    """A database on a server."""

    words = TsvectorWords()
    session = PostgresSession

    def answering(self) -> AbstractContextManager[None]:
        """Turn a server that does not answer into Unavailable."""
        return answering()

    def reader(self) -> Engine:
        """Return the engine whose transactions see one state."""
        return self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    def writer(self) -> Engine:
        """Return the engine whose transactions write: many at once, each seeing what others have committed."""
        return self._engine.execution_options(isolation_level="READ COMMITTED")

    def scrub(self) -> None:
        """Give back what removed rows and terms held. `docs/postgresql.md` says what stays, and for how long.

        Small tables are written anew, so that no byte stays in their files; larger ones are only vacuumed, since
        writing them anew keeps every search waiting. Raises Unavailable.
        """
        vacuum(self._engine, *_WORDS, anew=self._size() <= REWRITE_BYTES)
        vacuum(self._engine, *_OTHERS)

    def cut_log(self) -> None:
        """Nothing to do: a server's write-ahead log is its own, and archived by others."""

    def _size(self) -> int:
        """How many bytes the words and their indexes take."""
        sizes = [func.pg_total_relation_size(name) for name in _WORDS]
        with answering(), self._engine.connect() as connection:
            return sum(connection.execute(select(*sizes)).one())


def open_postgres_database(url: str, *, password: str | None = None) -> Database:
    """Open a database on a server and bring it to the newest schema. Raises DatabaseUnfit, Unavailable."""
    engine = open_postgres(url, password=password)
    with closing_what_fails(engine), answering():
        upgrade_to_head(engine)
    return PostgresDatabase(engine)


def see(connection: Connection, scope: Scope) -> None:
    """Say whose rows the transaction may see from here on."""
    allowed = [EVERYTHING] if scope.controllers is None else sorted(scope.controllers)
    connection.execute(_SEE, {"scope": allowed, "wait": f"{LOCK_SECONDS}s"})


def _say_scope(session: Session, _transaction: SessionTransaction, connection: Connection) -> None:
    if isinstance(session, ScopedSession):
        see(connection, session.scope)


def _lock(what: str) -> int:
    """Name a lock of the whole database by a number, as the server wants it."""
    return zlib.crc32(f"vaiti.{what}".encode())
