"""What staff see and hear of a recording: its row, its masked words, its masked sound, and nothing else.

Reads: catalog, masked store. Writes: audit. Next: nothing. It cannot see the vault.

Every read asks the clock: at `delete_at` a recording is not found, whether or not its purge has run.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any, BinaryIO

from recordings.audit import about
from recordings.documents import read_json
from recordings.engines import AudioCodec, Clock
from recordings.errors import NotPublished, Objected, Restricted, Withheld
from recordings.lifecycle import is_cleared, is_of_use, is_reachable, is_visible
from recordings.peaks import Peaks, draw
from storage.errors import KeyGone, NotFound
from storage.holds import HoldStore
from storage.masked_store import MaskedStore
from storage.ports import AuditLog, Catalog
from storage.records import CustomerId, Item, Recording, RecordingId, Scope, SearchFilter, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Reads for the API and the pages."""

    catalog: Catalog
    masked: MaskedStore
    holds: HoldStore
    audit: AuditLog
    clock: Clock

    def get(self, scope: Scope, recording: RecordingId) -> Recording:
        """Return a recording that may still be known of. Raises NotFound, Restricted, Objected."""
        found = self.catalog.get(scope, recording)
        if not is_reachable(found, self.clock.now()):
            raise NotFound
        if found.restricted:
            raise Restricted
        if found.objected:
            raise Objected
        return found

    def list(
        self,
        scope: Scope,
        *,
        only: SearchFilter | None = None,
        stages: Sequence[Stage] = (),
        limit: int = 50,
        before: RecordingId | None = None,
    ) -> Sequence[Recording]:
        """Return recordings, newest call first."""
        found = self.catalog.list(scope, only=only, stages=stages, limit=limit, before=before)
        return self._reachable(found)

    def page(
        self, scope: Scope, *, limit: int, before: RecordingId | None = None
    ) -> tuple[Sequence[Recording], RecordingId | None]:
        """Return recordings, newest call first, and after which the rest begins; None after the last.

        What nobody may know of is left out, so there can be fewer than `limit`. Raises NotFound as `list` does.
        """
        found = self.catalog.list(scope, limit=limit + 1, before=before)
        return self._reachable(found[:limit]), found[limit - 1].id if len(found) > limit else None

    def list_of(self, scope: Scope, customer: CustomerId) -> Sequence[Recording]:
        """Return a customer's recordings, oldest first. Raises NotFound."""
        return self._reachable(self.catalog.recordings_of(scope, customer))

    def count_overdue(self, scope: Scope) -> int:
        """How many recordings are past their time and held: nobody sees them here, and nobody should forget them."""
        return len(self.holds.overdue(scope, now=self.clock.now()))

    def read_words(self, scope: Scope, recording: RecordingId, *, actor: str) -> dict[str, Any]:
        """Return the masked transcript as `vaiti-transcript/1` with our keys beside. Raises NotFound, NotPublished."""
        found = self._get_visible(scope, recording)
        self.audit.append(about(found, "masked-words.opened", at=self.clock.now(), actor=actor))
        return self._read(found, Item.MASKED_WORDS)

    def read_plan(self, scope: Scope, recording: RecordingId) -> dict[str, Any]:
        """Return the plan of a published recording: positions and kinds. Raises NotFound, NotPublished."""
        return self._read(self._get_visible(scope, recording), Item.PLAN)

    def open_sound(self, scope: Scope, recording: RecordingId, *, actor: str) -> BinaryIO:
        """Open the masked FLAC, seekable; the caller closes it. Raises NotFound, NotPublished."""
        found = self._get_visible(scope, recording)
        self.audit.append(about(found, "masked-audio.opened", at=self.clock.now(), actor=actor))
        try:
            return self.masked.open(found.id, Item.MASKED_AUDIO)
        except KeyGone:  # a purge overtook this read
            raise NotFound from None

    def draw_sound(self, scope: Scope, recording: RecordingId, *, codec: AudioCodec, actor: str) -> Peaks:
        """Return the shape of the masked sound; it is kept nowhere. Raises NotFound, NotPublished, BadAudio."""
        found = self._get_visible(scope, recording)
        self.audit.append(about(found, "masked-audio.drawn", at=self.clock.now(), actor=actor))
        try:
            with closing(self.masked.open(found.id, Item.MASKED_AUDIO)) as sound:
                facts = codec.probe(sound)
                return draw(codec.decode(sound), rate=facts.rate, bits=facts.bits)
        except KeyGone:  # a purge overtook this read
            raise NotFound from None

    def _get_visible(self, scope: Scope, recording: RecordingId) -> Recording:
        found = self.get(scope, recording)
        if not is_visible(found, self.clock.now()):
            raise NotPublished if is_cleared(found) else Withheld
        return found

    def _read(self, recording: Recording, item: Item) -> dict[str, Any]:
        try:
            return read_json(self.masked, recording.id, item)
        except KeyGone:
            raise NotFound from None

    def _reachable(self, recordings: Sequence[Recording]) -> Sequence[Recording]:
        now = self.clock.now()
        return [each for each in recordings if is_of_use(each, now)]
