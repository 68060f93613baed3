"""Somebody says that a mask hides nothing personal; a privacy officer looks, and clears it or lets it stay.

Reads: catalog, masked store (the plan: only what is masked can be contested). Writes: catalog, audit. Next: review,
where the officer clears; it cannot see the vault. What is kept is a time, and no word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from recordings.audit import about
from recordings.documents import read_json
from recordings.engines import Clock
from recordings.errors import NotForReview, PlaceUnknown, Restricted
from recordings.lifecycle import is_reachable, is_visible
from redaction.interchange import plan_from_dict
from storage.contested import ContestedMask, ContestedMasks
from storage.errors import NotFound
from storage.masked_store import MaskedStore
from storage.ports import Catalog
from storage.records import Item, Recording, RecordingId, Scope

NEAR = 0.05
# Seconds that a page's rounded time may be off.
MOST = 100
# Of one call.


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """Takes the word of who listens, and the officer's that a mask stays."""

    catalog: Catalog
    masked: MaskedStore
    contested: ContestedMasks
    clock: Clock

    def __call__(self, scope: Scope, recording_id: RecordingId, start: float, *, actor: str) -> None:
        """Keep that the mask which begins at `start` seconds hides nothing personal.

        Raises NotFound, Restricted, NotForReview for a call that is not published, PlaceUnknown where no mask begins.
        """
        found, now = self.catalog.get(scope, recording_id), self.clock.now()
        if not is_reachable(found, now):
            raise NotFound
        if found.restricted:
            raise Restricted
        if not is_visible(found, now):
            raise NotForReview
        plan = plan_from_dict(read_json(self.masked, recording_id, Item.PLAN))
        window = next((each for each in plan.windows if abs(each.start - start) <= NEAR), None)
        if window is None:
            raise PlaceUnknown
        mask = ContestedMask(recording=recording_id, start=window.start, end=window.end, at=now, by=actor)
        self.contested.add(found, mask, audit=about(found, "mask.contested", at=now, actor=actor))

    def list(self, scope: Scope, *, limit: int = 50) -> Sequence[tuple[Recording, Sequence[ContestedMask]]]:
        """Return the calls of which masks are contested, and these masks; the oldest word first."""
        masks: dict[RecordingId, list[ContestedMask]] = {}
        for each in self.contested.list(scope, limit=limit):
            masks.setdefault(each.recording, []).append(each)
        found = []
        for recording_id, those in masks.items():
            try:
                recording = self.catalog.get(scope, recording_id)
            except NotFound:  # it went meanwhile, and so did its row
                continue
            if is_visible(recording, self.clock.now()):
                found.append((recording, sorted(those, key=lambda mask: mask.start)))
        return found

    def of(self, scope: Scope, recording_id: RecordingId) -> Sequence[ContestedMask]:
        """Return the contested masks of one call, in order of time."""
        return self.contested.list(scope, limit=MOST, only=recording_id)

    def keep(self, scope: Scope, recording_id: RecordingId, *, actor: str) -> int:
        """Keep the officer's word that the masks of a call stay; returns how many were contested. Raises NotFound."""
        found = self.catalog.get(scope, recording_id)
        return self.contested.settle(found, audit=about(found, "mask.kept", at=self.clock.now(), actor=actor))

    def settle(self, recording: Recording) -> None:
        """Forget what was said of a call that the officer has decided about; the decision is in the audit log."""
        self.contested.settle(recording, audit=None)
