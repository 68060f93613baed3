"""Searches that a person keeps for the next time. Their words are in the database alone, and die with the account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NewType, Protocol

SearchId = NewType("SearchId", str)  # uuid4, hexadecimal, 32 characters


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearch:
    """One search of one person: a name of their own, and the body of a search as the interface takes it."""

    id: SearchId
    actor: str
    name: str = field(repr=False)
    search: Mapping[str, Any] = field(repr=False)
    saved_at: datetime


class SavedSearches(Protocol):
    """What persons have saved. Each sees their own."""

    def list(self, actor: str) -> Sequence[SavedSearch]:
        """Return a person's searches, by name."""

    def add(self, search: SavedSearch, *, most: int) -> None:
        """Keep one. Raises Conflict where the person has one of this name, or `most` already."""

    def remove(self, actor: str, search: SearchId) -> None:
        """Remove one of a person's own. Raises NotFound."""

    def remove_all(self, actor: str) -> int:
        """Remove all that a person has saved: their account ends. Returns how many there were."""
