"""What the search index asks of a database's full text: each kind of database has its own (`sqlite`, `postgres`)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from sqlalchemy.orm import Session

from storage.sql.forms import Forms
from storage.sql.query import Query


class Stretch(NamedTuple):
    """Numbers of transcripts from `first` to before `end`: a stretch of time (`storage.sql.numbers`)."""

    first: int
    end: int


class WordIndex(Protocol):
    """The words of masked transcripts, by number. They go with their transcript."""

    def keep(self, session: Session, number: int, controller: str, forms: Forms, /) -> None:
        """Index the words of a transcript, instead of what was indexed."""

    def stretches(self, session: Session, within: Stretch, /) -> Iterable[Stretch]:
        """Cut a stretch of time into those that are best asked for one after another, newest first."""

    def numbers(self, session: Session, query: Query, within: Stretch, *, limit: int) -> Sequence[int]:
        """Return the transcripts of one stretch that say it, newest first."""

    def among(self, session: Session, query: Query, numbers: Sequence[int]) -> Sequence[int]:
        """Return those of a few transcripts that say it, newest first."""

    def mend(self, session: Session) -> int:
        """Take out words without a transcript, and mark transcripts without words as of no edition; how many."""
