"""The database as the adapters see it: sessions that show one scope, and nothing without a scope.

Registers are kept apart in one place (design.md 10): every statement of a session gets the condition on the
controller added to every table in it, sub-selects too. A statement that this cannot be done to is refused, so a new
query cannot forget it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, event
from sqlalchemy.orm import ORMExecuteState, Session, with_loader_criteria

from storage.records import Scope
from storage.sql.migrate import upgrade_to_head
from storage.sql.tables import INDEX_TABLE, SCOPED
from storage.sqlite_file import answering, checkpoint, for_writing, open_sqlite, write_anew

_SCOPE = "vaiti_scope"


class Database:
    """The catalog's database: the embedded form's is one SQLite file. Safe to use from several threads."""

    def __init__(self, engine: Engine) -> None:
        """`engine` is at the newest schema."""
        self._engine = engine

    @contextmanager
    def reading(self, scope: Scope) -> Iterator[Session]:
        """Open a transaction that sees one state of the scope's rows. Raises Unavailable."""
        with answering(), _scoped(self._engine, scope) as session:
            yield session

    @contextmanager
    def writing(self, scope: Scope) -> Iterator[Session]:
        """Open a transaction that is written when the context ends well; one at a time. Raises Unavailable."""
        with answering(), _scoped(for_writing(self._engine), scope) as session, session.begin():
            yield session

    def scrub(self) -> None:
        """Leave no byte of a removed row or term in the files. Raises Unavailable while a long read goes on.

        The index keeps removed terms until its segments are merged (`optimize`); then the file is written anew.
        FTS5's own secure-delete is not used: older SQLites cannot read a file that has had it.
        """
        with answering(), for_writing(self._engine).begin() as connection:
            connection.exec_driver_sql(f"INSERT INTO {INDEX_TABLE}({INDEX_TABLE}) VALUES ('optimize')")  # noqa: S608
        write_anew(self._engine)

    def cut_log(self) -> None:
        """Empty the write-ahead log into the database. Raises Unavailable while a long read goes on."""
        checkpoint(self._engine)

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()


def open_database(path: Path) -> Database:
    """Open or make the database file and bring it to the newest schema. Raises Unavailable."""
    engine = open_sqlite(path)
    with answering():
        upgrade_to_head(engine)
    return Database(engine)


@contextmanager
def _scoped(engine: Engine, scope: Scope) -> Iterator[Session]:
    with Session(engine, expire_on_commit=False) as session:
        session.info[_SCOPE] = scope
        event.listen(session, "do_orm_execute", _keep_apart)
        yield session


def _keep_apart(state: ORMExecuteState) -> None:
    """Add the scope's condition to every table of a statement."""
    if not state.is_orm_statement:
        msg = "only mapped tables are asked here: nothing else can be kept to a scope"
        raise TypeError(msg)
    scope: Scope = state.session.info[_SCOPE]
    if scope.controllers is None or state.is_insert:
        return
    allowed = sorted(scope.controllers)
    options = [with_loader_criteria(row, row.controller.in_(allowed), include_aliases=True) for row in SCOPED]
    state.statement = state.statement.options(*options)
