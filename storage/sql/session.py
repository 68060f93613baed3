"""The database as the adapters see it: sessions that show one scope, and nothing without a scope.

Registers are kept apart in one place (design.md 10): every statement of a session gets the condition on the
controller added to every table in it, sub-selects too. A statement that this cannot be done to is refused, so a new
query cannot forget it. PostgreSQL itself looks a second time (`storage.sql.postgres`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import lru_cache
from typing import Any, ClassVar

from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import LoaderCriteriaOption, ORMExecuteState, Session, with_loader_criteria

from storage.records import Scope
from storage.sql.narrowing import narrowed
from storage.sql.scoped import SCOPED
from storage.sql.words import WordIndex


class ScopedSession(Session):
    """A session within one scope. As it is here it suits a database that lets one writer in at a time."""

    scope: Scope
    scoped: ClassVar[tuple[type[Any], ...]] = SCOPED

    @classmethod
    def of(cls, engine: Engine, scope: Scope) -> ScopedSession:
        """Make a session that sees this scope only."""
        session = cls(engine, expire_on_commit=False)
        session.scope = scope
        event.listen(session, "do_orm_execute", _keep_apart)
        return session

    def wait_turn(self, _what: str) -> None:
        """Let nobody else change `_what` until this transaction ends. Here the only writer is this one."""

    def keep_to_indexes(self) -> None:
        """Let no statement of this transaction read a whole table. Here none would: `sqlite_plans`."""

    @contextmanager
    def past_scope(self) -> Iterator[Connection]:
        """Look past the scope: for the end of the audit chain, which all registers share."""
        yield self.connection()


class Database(ABC):
    """The catalog's database. Safe to use from several threads."""

    words: WordIndex
    session: ClassVar[type[ScopedSession]] = ScopedSession

    def __init__(self, engine: Engine) -> None:
        """`engine` is at the newest schema."""
        self._engine = engine

    @contextmanager
    def reading(self, scope: Scope) -> Iterator[ScopedSession]:
        """Open a transaction that sees one state of the scope's rows. Raises Unavailable."""
        with self.answering(), self.session.of(self.reader(), scope) as session:
            yield session

    @contextmanager
    def writing(self, scope: Scope) -> Iterator[ScopedSession]:
        """Open a transaction that is written when the context ends well. Raises Unavailable."""
        with self.answering(), self.session.of(self.writer(), scope) as session, session.begin():
            yield session

    @abstractmethod
    def answering(self) -> AbstractContextManager[None]:
        """Turn a database that does not answer into Unavailable; broken constraints stay IntegrityError."""

    @abstractmethod
    def reader(self) -> Engine:
        """Return the engine whose transactions see one state."""

    @abstractmethod
    def writer(self) -> Engine:
        """Return the engine whose transactions write."""

    @abstractmethod
    def scrub(self) -> None:
        """Leave of a removed row or term what `docs/postgresql.md` says, and no byte on SQLite. Raises Unavailable."""

    @abstractmethod
    def cut_log(self) -> None:
        """Empty the write-ahead log where that is ours to do. Raises Unavailable while a long read goes on."""

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


def _keep_apart(state: ORMExecuteState) -> None:
    """Add the scope's condition to every table of a statement."""
    if not state.is_orm_statement:
        msg = "only mapped tables are asked here: nothing else can be kept to a scope"
        raise TypeError(msg)
    session = state.session
    if not isinstance(session, ScopedSession):  # `ScopedSession.of` listens on its own sessions only
        raise TypeError
    if session.scope.controllers is None or state.is_insert:
        return
    state.statement = state.statement.options(*_conditions(session.scoped, session.scope))


@lru_cache(maxsize=256)
def _conditions(rows: tuple[type[Any], ...], scope: Scope) -> tuple[LoaderCriteriaOption, ...]:
    """Return the scope's condition for each table. Kept: to make them takes longer than to ask most questions."""
    allowed = sorted(scope.controllers or ())
    options = [with_loader_criteria(row, row.controller.in_(allowed), include_aliases=True) for row in rows]
    if scope.only is not None:
        options += narrowed(rows, scope.only, allowed)
    return tuple(options)
