"""Masked words become searchable, and the recording is published.

Reads: masked store (masked words). Writes: search index, catalog. Next: search, view. It cannot see the vault.
"""

from __future__ import annotations

from dataclasses import dataclass

from recordings.audit import about
from recordings.documents import read_json
from recordings.engines import Clock
from recordings.turns import indexed_turns
from redaction.interchange import transcript_from_dict
from storage.masked_store import MaskedStore
from storage.ports import Catalog, SearchIndex
from storage.records import Item, Recording, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """Runs on a recording that is `masked`."""

    catalog: Catalog
    masked: MaskedStore
    index: SearchIndex
    clock: Clock

    def __call__(self, recording: Recording) -> Recording:
        """Return the recording, published. Indexing again replaces what was indexed. Raises storage's errors."""
        words = transcript_from_dict(read_json(self.masked, recording.id, Item.MASKED_WORDS)).words
        turns = indexed_turns(words)
        self.index.put(recording, turns)
        audit = about(recording, "recording.published", at=self.clock.now(), turns=len(turns))
        return self.catalog.move(recording, to=Stage.PUBLISHED, audit=audit, changes={"slug": None})
