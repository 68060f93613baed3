"""Which generation of an item was the newest when it was looked for: a listing of a bucket takes longer than the sound.

What is remembered holds as long as the item's floor is the same: whoever writes a newer generation raises it, in the
key store that all processes share (docs/adr/0027). It is forgotten with the process.
"""

from __future__ import annotations

from threading import Lock
from typing import Final

from storage.generations import Generation
from storage.records import Item, RecordingId

MOST: Final = 10_000
# Items: a few hundred bytes each.


class Newest:
    """Remembers for the items that were asked for last. Safe to use from several threads."""

    def __init__(self) -> None:
        self._known: dict[tuple[RecordingId, Item], tuple[Generation, Generation]] = {}
        self._lock = Lock()

    def find(self, recording: RecordingId, item: Item, floor: Generation) -> Generation | None:
        """Return the generation that was the newest under this floor; None: it has to be looked for."""
        known = self._known.get((recording, item))
        return known[1] if known is not None and known[0] == floor else None

    def keep(self, recording: RecordingId, item: Item, floor: Generation, newest: Generation) -> None:
        """Remember it."""
        with self._lock:
            self._known.pop((recording, item), None)
            self._known[recording, item] = (floor, newest)
            if len(self._known) > MOST:
                del self._known[next(iter(self._known))]

    def forget(self, recording: RecordingId, item: Item) -> None:
        """Look for it again next time."""
        with self._lock:
            self._known.pop((recording, item), None)
