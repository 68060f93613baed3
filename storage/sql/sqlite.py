"""The catalog's database in the embedded form: one SQLite file, with FTS5 as its index of words.

FTS5 follows the table of turns by triggers. ä and a are different letters here (remove_diacritics 0).
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final

from sqlalchemy import ColumnElement, Engine, Select, column, func, literal_column, select, table
from sqlalchemy.orm import Session

from storage.sql.migrate import upgrade_to_head
from storage.sql.query import Term
from storage.sql.session import Database
from storage.sql.tables import INDEX_TABLE, TurnRow
from storage.sqlite_file import answering, checkpoint, for_writing, open_sqlite, write_anew

_INDEX: Final = table(INDEX_TABLE, column("rowid"))

_WRONG: Final = (
    f"SELECT count(*) FROM {INDEX_TABLE}_docsize WHERE id NOT IN (SELECT id FROM turns)",  # noqa: S608
    f"SELECT count(*) FROM turns WHERE id NOT IN (SELECT id FROM {INDEX_TABLE}_docsize)",  # noqa: S608
)
# FTS5 keeps a row in this table of its own for each text that it has indexed.


class Fts5Words:
    """A WordIndex on FTS5."""

    def keep(self, session: Session, turns: Sequence[TurnRow]) -> None:
        """Nothing to do: triggers index what is written."""

    def saying(self, term: Term) -> Select[str]:
        """Select the recordings in which a term is said."""
        return select(TurnRow.recording).join(_INDEX, _INDEX.c.rowid == TurnRow.id).where(_matches(fts5(term)))

    def turns(self, recording: str, terms: Sequence[Term], *, every: bool) -> Select[TurnRow]:
        """Select the turns of a recording that say every one of the terms, or any."""
        mine = TurnRow.recording == recording
        first = select(func.min(TurnRow.id)).where(mine).scalar_subquery()
        last = select(func.max(TurnRow.id)).where(mine).scalar_subquery()
        said = (" AND " if every else " OR ").join(map(fts5, terms))
        return (
            select(TurnRow)
            .join(_INDEX, _INDEX.c.rowid == TurnRow.id)
            # the range lets the index skip what other recordings say
            .where(_matches(said), _INDEX.c.rowid.between(first, last), mine)
        )

    def count_wrong(self, session: Session) -> int:
        """How many turns the index does not have, and entries of it that no turn has."""
        return sum(session.connection().exec_driver_sql(each).scalar_one() for each in _WRONG)

    def mend(self, session: Session) -> None:
        """Index every turn anew: FTS5 cannot take out what it is not told the text of."""
        session.connection().exec_driver_sql(f"INSERT INTO {INDEX_TABLE}({INDEX_TABLE}) VALUES ('rebuild')")  # noqa: S608


class SqliteDatabase(Database):
    """One file. Writers come one at a time, readers never wait."""

    words = Fts5Words()

    def answering(self) -> AbstractContextManager[None]:
        """Turn a database that does not answer into Unavailable."""
        return answering()

    def reader(self) -> Engine:
        """Return the engine whose transactions see one state."""
        return self._engine

    def writer(self) -> Engine:
        """Return the engine whose transactions write, one at a time."""
        return for_writing(self._engine)

    def scrub(self) -> None:
        """Leave no byte of a removed row or term in the files. Raises Unavailable while a long read goes on.

        The index keeps removed terms until its segments are merged (`optimize`); then the file is written anew.
        FTS5's own secure-delete is not used: older SQLites cannot read a file that has had it.
        """
        with answering(), self.writer().begin() as connection:
            connection.exec_driver_sql(f"INSERT INTO {INDEX_TABLE}({INDEX_TABLE}) VALUES ('optimize')")  # noqa: S608
        write_anew(self._engine)

    def cut_log(self) -> None:
        """Empty the write-ahead log into the database. Raises Unavailable while a long read goes on."""
        checkpoint(self._engine)


def open_database(path: Path) -> Database:
    """Open or make the database file and bring it to the newest schema. Raises Unavailable."""
    engine = open_sqlite(path)
    with answering():
        upgrade_to_head(engine)
    return SqliteDatabase(engine)


def fts5(term: Term) -> str:
    """Write a term in FTS5's language: a quoted phrase, whose last word may go on."""
    return f'"{" ".join(term.words)}"' + ("" if term.whole else "*")


def _matches(said: str) -> ColumnElement[bool]:
    return literal_column(INDEX_TABLE).op("MATCH", is_comparison=True)(said)
