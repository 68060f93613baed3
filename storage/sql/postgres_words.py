"""Full text on PostgreSQL: the words of each masked turn as a tsvector that is made here, and a GIN index over it.

The server's own parser is not used: it takes numbers, addresses and hyphens apart in ways of its own, and what it
takes for a letter depends on the locale of the database. So a word is here what it is in a query (`query.words_of`),
no stem is cut off, and a and ä are different letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Select, String, cast, exists, func, select
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.sql.elements import ColumnElement

from storage.sql.query import Term, words_of
from storage.sql.tables import INDEX_TABLE, TurnRow

_LONGEST: Final = 200
# Characters of a word; a lexeme may be 2,046 bytes.
_LAST: Final = 16_383
# The last place in a text that a tsvector tells apart.


class PostgresBase(DeclarativeBase):
    """Tables that only PostgreSQL has."""


class TurnWordsRow(PostgresBase):
    """The words of one turn. It goes with its turn, by a foreign key."""

    __tablename__ = INDEX_TABLE
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    recording: Mapped[str] = mapped_column(String(32))
    controller: Mapped[str] = mapped_column(String(64))
    words: Mapped[Any] = mapped_column(TSVECTOR)


class TsvectorWords:
    """A WordIndex on tsvector and GIN."""

    def keep(self, session: Session, turns: Sequence[TurnRow]) -> None:
        """Index turns that were just written in this session."""
        session.add_all(
            TurnWordsRow(id=turn.id, recording=turn.recording, controller=turn.controller, words=tsvector(turn.text))
            for turn in turns
        )

    def saying(self, term: Term) -> Select[str]:
        """Select the recordings in which a term is said."""
        return select(TurnWordsRow.recording).where(_matches(tsquery(term)))

    def turns(self, recording: str, terms: Sequence[Term], *, every: bool) -> Select[TurnRow]:
        """Select the turns of a recording that say every one of the terms, or any."""
        said = (" & " if every else " | ").join(f"({tsquery(term)})" for term in terms)
        words = select(TurnWordsRow.id).where(TurnWordsRow.id == TurnRow.id, _matches(said))
        return select(TurnRow).where(TurnRow.recording == recording, words.exists())

    def count_wrong(self, session: Session) -> int:
        """How many turns the index does not have; a foreign key sees to it that it has no more."""
        return session.scalar(select(func.count()).select_from(TurnRow).where(_unindexed())) or 0

    def mend(self, session: Session) -> None:
        """Index what is missing."""
        self.keep(session, session.scalars(select(TurnRow).where(_unindexed())).all())


def _unindexed() -> ColumnElement[bool]:
    return ~exists().where(TurnWordsRow.id == TurnRow.id)


def tsvector(text: str) -> str:
    """Write the words of a text with their places, as the server reads a tsvector."""
    places: dict[str, list[int]] = {}
    for place, word in enumerate(words_of(text), start=1):
        places.setdefault(_folded(word), []).append(min(place, _LAST))
    return " ".join(f"'{word}':{','.join(map(str, at))}" for word, at in places.items())


def tsquery(term: Term) -> str:
    """Write a term as the server reads a tsquery: words side by side, the last of which may go on."""
    words = [f"'{_folded(word)}'" for word in term.words]
    return " <-> ".join(words) + ("" if term.whole else ":*")


def _folded(word: str) -> str:
    """Make capital and small letters the same. A word has no quote or backslash: they are no letters."""
    return word.casefold()[:_LONGEST]


def _matches(said: str) -> ColumnElement[bool]:
    # a literal cast and not to_tsquery: nothing is parsed, stemmed or left out
    return TurnWordsRow.words.op("@@", is_comparison=True)(cast(said, TSQUERY))
