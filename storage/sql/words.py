"""What the search index asks of a database's full text: each kind of database has its own (`sqlite`, `postgres`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import Select
from sqlalchemy.orm import Session

from storage.sql.query import Term
from storage.sql.tables import TurnRow


class WordIndex(Protocol):
    """The words of masked turns, by turn. Rows go with their turn."""

    def keep(self, session: Session, turns: Sequence[TurnRow]) -> None:
        """Index turns that were just written in this session."""

    def saying(self, term: Term) -> Select[str]:
        """Select the recordings in which a term is said."""

    def turns(self, recording: str, terms: Sequence[Term], *, every: bool) -> Select[TurnRow]:
        """Select the turns of a recording that say every one of the terms, or any."""

    def count_wrong(self, session: Session) -> int:
        """How many turns the index does not have, and entries of it that no turn has."""

    def mend(self, session: Session) -> None:
        """Index again what is wrong."""
