"""Full text on PostgreSQL: the forms of each masked transcript as a tsvector made here, and a GIN index over it.

The server's own parser is not used: it takes numbers, addresses and hyphens apart in ways of its own, and what it
takes for a letter depends on the locale of the database. So a word is here what it is in a query (`query.words_of`),
its forms are `lemmas`, and a and ä are different letters.

GIN knows no order and gives all that matches: a common word in a year of calls. So each transcript also has a word
that says in which six days it began, and the newest days are asked for first, until enough is found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from sqlalchemy import String, cast, delete, exists, func, select, update
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, aliased, mapped_column
from sqlalchemy.sql.elements import ColumnElement

from storage.sql.forms import Forms
from storage.sql.lemmas import asked, lemma
from storage.sql.query import Query, Term
from storage.sql.tables import INDEX_TABLE, LARGE, TranscriptRow
from storage.sql.words import Stretch

_LAST: Final = 16_383
# The last place in a text that a tsvector tells apart.
_DAYS: Final = 23
# Bits of a number that are the same for six days and an hour.
_NAMED: Final = 6
# Times six days: a month at least. What is not said often enough in those is rare, and asked for at once.


class PostgresBase(DeclarativeBase):
    """Tables that only PostgreSQL has."""


class TranscriptWordsRow(PostgresBase):
    """The words of one transcript. It goes with it, by a foreign key."""

    __tablename__ = INDEX_TABLE
    number: Mapped[int] = mapped_column(LARGE, primary_key=True, autoincrement=False)
    controller: Mapped[str] = mapped_column(String(64))
    words: Mapped[Any] = mapped_column(TSVECTOR)


class TsvectorWords:
    """A WordIndex on tsvector and GIN."""

    def keep(self, session: Session, number: int, controller: str, forms: Forms) -> None:
        """Index the words of a transcript, instead of what was indexed."""
        session.execute(delete(TranscriptWordsRow).where(TranscriptWordsRow.number == number))
        session.add(TranscriptWordsRow(number=number, controller=controller, words=tsvector(number, forms)))

    def stretches(self, session: Session, within: Stretch) -> Iterable[Stretch]:
        """Return the newest six days, the month before them, then all that is older."""
        newest = session.scalar(select(func.max(TranscriptRow.number)))
        return () if newest is None else _days(Stretch(within.first, min(within.end, newest + 1)))

    def numbers(self, session: Session, query: Query, within: Stretch, *, limit: int) -> Sequence[int]:
        """Return the transcripts of a stretch that say it, newest first."""
        # numbers by a sum, which no index has: found by number, every row would have its words looked at
        number = (TranscriptWordsRow.number + 0).label("newest")
        said, perhaps = tsquery(query), tsquery(query, rows=False)
        days = range(within.first >> _DAYS, ((within.end - 1) >> _DAYS) + 1)
        if len(days) <= _NAMED:
            perhaps = f"({' | '.join(map(_day, days))}) & {perhaps}"
        there = (_matches(perhaps), number >= within.first, number < within.end)
        found = select(TranscriptWordsRow, number).where(*there).order_by(number.desc())
        if not query.has_rows:
            return session.scalars(found.with_only_columns(TranscriptWordsRow.number).limit(limit)).all()
        # the index knows no places: whether words stand in a row is looked up newest first, until there are enough
        few = found.offset(0).subquery()  # an offset is not looked through
        some = aliased(TranscriptWordsRow, few)
        return session.scalars(
            select(some.number).where(_matches(said, some.words)).order_by(few.c.newest.desc()).limit(limit)
        ).all()

    def among(self, session: Session, query: Query, numbers: Sequence[int]) -> Sequence[int]:
        """Return those of a few transcripts that say it, newest first."""
        # two steps: asked at once, the server may read all that says it first
        few = select(TranscriptWordsRow).where(TranscriptWordsRow.number.in_(numbers))
        some = aliased(TranscriptWordsRow, few.offset(0).subquery())  # an offset is not looked through
        found = session.scalars(select(some.number).where(_matches(tsquery(query), some.words)))
        return sorted(found, reverse=True)

    def mend(self, session: Session) -> int:
        """Mark transcripts without words as of no edition; a foreign key sees to it that there are no other words."""
        without = ~exists().where(TranscriptWordsRow.number == TranscriptRow.number)
        lost = session.scalars(select(TranscriptRow.number).where(TranscriptRow.edition != "", without)).all()
        session.execute(update(TranscriptRow).where(TranscriptRow.number.in_(lost)).values(edition=""))
        return len(lost)


def _days(within: Stretch) -> Iterator[Stretch]:
    """Yield the newest six days, the month before them, and the rest: three questions at most."""
    end = within.end
    for days in (1, _NAMED - 1):
        first = max(within.first, (((end - 1) >> _DAYS) - days + 1) << _DAYS)
        if first < end:
            yield Stretch(first, end)
        end = first
    if within.first < end:
        yield Stretch(within.first, end)


def tsvector(number: int, forms: Forms) -> str:
    """Write the forms of a transcript, the basic ones with their places, as the server reads a tsvector."""
    places: dict[str, list[int]] = {}
    place = 0
    for turn in forms.turns:
        for word in turn:
            place += 1
            places.setdefault(word, []).append(min(place, _LAST))
        place += 1  # no phrase goes from one turn into the next
    said = [f"'{word}':{','.join(map(str, at))}" for word, at in places.items()]
    return " ".join([_day(number >> _DAYS), *said, *(f"'{word}'" for word in forms.also)])


def tsquery(query: Query, *, rows: bool = True) -> str:
    """Write a query as the server reads a tsquery; without `rows` the words of a phrase may stand anywhere."""
    wanted = [f"({' | '.join(_term(term, rows=rows) for term in group)})" for group in query.wanted]
    unwanted = [term for term in query.unwanted if rows or len(term.words) == 1]
    return " & ".join([*wanted, *(f"!{_term(term)}" for term in unwanted)])


def _term(term: Term, *, rows: bool = True) -> str:
    """Write a term. A word has no quote or backslash: they are no letters."""
    if len(term.words) > 1:
        return f"({(' <-> ' if rows else ' & ').join(_quoted(lemma(word)) for word in term.words)})"
    forms = [_quoted(form) for form in sorted(asked(term.words[0]))]
    if term.begins:
        forms.append(f"{_quoted(term.words[0])}:*")
    return f"({' | '.join(forms)})"


def _quoted(word: str) -> str:
    """Quote a word."""
    return f"'{word}'"


def _day(days: int) -> str:
    """Name six days; no word has this sign."""
    return f"'@{days}'"


def _matches(said: str, words: Any = TranscriptWordsRow.words) -> ColumnElement[bool]:
    # a literal cast and not to_tsquery: nothing is parsed, stemmed or left out
    matching: ColumnElement[bool] = words.op("@@", is_comparison=True)(cast(said, TSQUERY))
    return matching
