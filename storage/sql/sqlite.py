"""The catalog's database in the embedded form: one SQLite file, with FTS5 as its index of words.

FTS5 follows the table of what is indexed by triggers. ä and a are different letters here (remove_diacritics 0).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Final

from sqlalchemy import ColumnElement, Engine, column, literal_column, select, table
from sqlalchemy.orm import Session

from storage.sql.forms import Forms
from storage.sql.lemmas import asked, lemma
from storage.sql.migrate import upgrade_to_head
from storage.sql.query import Query, Term
from storage.sql.session import Database
from storage.sql.sqlite_plans import tell_sizes
from storage.sql.tables import INDEX_TABLE, TranscriptRow
from storage.sql.words import Stretch
from storage.sqlite_file import answering, checkpoint, for_writing, open_sqlite, write_anew

_INDEX: Final = table(INDEX_TABLE, column("rowid"))
_TEXT: Final = f"{INDEX_TABLE}_text"
# What FTS5 was told of each transcript: it has to be told the same again to take it out.
_BETWEEN: Final = "\ue000"
# Stands between two turns: nobody says it, so no phrase goes from one into the next.
_KEEP: Final = f"INSERT INTO {_TEXT} (number, lemmas, also) VALUES (?, ?, ?)"  # noqa: S608
_DROP: Final = f"DELETE FROM {_TEXT} WHERE number = ?"  # noqa: S608
_WRONG: Final = (
    f"SELECT count(*) FROM {INDEX_TABLE}_docsize WHERE id NOT IN (SELECT number FROM {_TEXT})",  # noqa: S608
    f"SELECT count(*) FROM {_TEXT} WHERE number NOT IN (SELECT id FROM {INDEX_TABLE}_docsize)",  # noqa: S608
)
# FTS5 keeps a row in this table of its own for each text that it has indexed.
_REBUILD: Final = f"INSERT INTO {INDEX_TABLE}({INDEX_TABLE}) VALUES ('rebuild')"  # noqa: S608
_STRAYS: Final = f"DELETE FROM {_TEXT} WHERE number NOT IN (SELECT number FROM transcripts)"  # noqa: S608
_UNREAD: Final = (
    f"UPDATE transcripts SET edition = '' WHERE edition <> '' AND number NOT IN (SELECT number FROM {_TEXT})"  # noqa: S608
)


class Fts5Words:
    """A WordIndex on FTS5. Its rows come in the order of their numbers, so the newest are found without sorting."""

    def keep(self, session: Session, number: int, _controller: str, forms: Forms) -> None:
        """Index the words of a transcript, instead of what was indexed; triggers tell FTS5."""
        connection = session.connection()
        connection.exec_driver_sql(_DROP, (number,))
        lemmas = f" {_BETWEEN} ".join(" ".join(turn) for turn in forms.turns)
        connection.exec_driver_sql(_KEEP, (number, lemmas, " ".join(forms.also)))

    def stretches(self, _session: Session, within: Stretch) -> Iterable[Stretch]:
        """Return it whole: FTS5 stops reading when it has found enough."""
        return (within,)

    def numbers(self, session: Session, query: Query, within: Stretch, *, limit: int) -> Sequence[int]:
        """Return the transcripts of a stretch that say it, newest first."""
        row = _INDEX.c.rowid
        saying = select(TranscriptRow.number).join(_INDEX, TranscriptRow.number == row).where(_matches(fts5(query)))
        found = saying.where(row >= within.first, row < within.end).order_by(row.desc()).limit(limit)
        return session.scalars(found).all()

    def among(self, session: Session, query: Query, numbers: Sequence[int]) -> Sequence[int]:
        """Return those of a few transcripts that say it, newest first."""
        # the sum keeps SQLite from walking the index and looking each row up here
        saying = select(TranscriptRow.number).join(_INDEX, TranscriptRow.number + 0 == _INDEX.c.rowid)
        found = session.scalars(saying.where(_matches(fts5(query)), TranscriptRow.number.in_(numbers)))
        return sorted(found, reverse=True)

    def mend(self, session: Session) -> int:
        """Take out words without a transcript, and mark transcripts without words as of no edition; how many."""
        connection = session.connection()
        wrong = connection.exec_driver_sql(_STRAYS).rowcount + connection.exec_driver_sql(_UNREAD).rowcount
        unlike: int = sum(connection.exec_driver_sql(each).scalar_one() for each in _WRONG)
        if unlike:  # FTS5 cannot take out what it is not told the text of
            connection.exec_driver_sql(_REBUILD)
        return wrong + unlike


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
        tell_sizes(engine)
    return SqliteDatabase(engine)


def fts5(query: Query) -> str:
    """Write a query in FTS5's language."""
    wanted = " AND ".join(f"({' OR '.join(map(_term, group))})" for group in query.wanted)
    unwanted = " OR ".join(map(_term, query.unwanted))
    return f"({wanted}) NOT ({unwanted})" if unwanted else wanted


def _term(term: Term) -> str:
    """Write a term: quoted words, so that nothing in them is a command."""
    if len(term.words) > 1:
        return f'lemmas : "{" ".join(map(lemma, term.words))}"'
    forms = [f'"{form}"' for form in sorted(asked(term.words[0]))]
    if term.begins:
        forms.append(f'"{term.words[0]}"*')
    return f"({' OR '.join(forms)})"


def _matches(said: str) -> ColumnElement[bool]:
    return literal_column(INDEX_TABLE).op("MATCH", is_comparison=True)(said)
