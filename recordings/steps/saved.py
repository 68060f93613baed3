"""Searches are saved for the next time. Each person has their own, and they go with the account.

Reads: saved searches. Writes: saved searches. Next: search. Neither name nor words go anywhere else: they may name a
person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

from recordings.engines import Clock
from recordings.errors import SearchNotKept
from storage.errors import Conflict
from storage.saved_searches import SavedSearch, SavedSearches, SearchId

MOST: Final = 100
# Of one person: more are not looked through.


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepSearches:
    """Saves searches, lists and removes them."""

    store: SavedSearches
    clock: Clock

    def list(self, actor: str) -> Sequence[SavedSearch]:
        """Return a person's searches, by name."""
        return self.store.list(actor)

    def save(self, name: str, search: Mapping[str, Any], *, actor: str) -> SavedSearch:
        """Keep a search as the interface takes it. Raises SearchNotKept."""
        kept = SavedSearch(id=SearchId(uuid4().hex), actor=actor, name=name, search=search, saved_at=self.clock.now())
        try:
            self.store.add(kept, most=MOST)
        except Conflict:
            raise SearchNotKept from None
        return kept

    def remove(self, search: SearchId, *, actor: str) -> None:
        """Remove one of a person's own. Raises NotFound."""
        self.store.remove(actor, search)

    def forget_person(self, actor: str) -> int:
        """Remove all that a person has saved: to be called when their account ends. Returns how many there were."""
        return self.store.remove_all(actor)
