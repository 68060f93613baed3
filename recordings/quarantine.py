"""Setting a recording aside for a person: with nothing masked kept, and for a reason that is a slug."""

from __future__ import annotations

from recordings.audit import about
from recordings.engines import Clock
from redaction.model import Verdict
from storage.masked_store import MaskedStore
from storage.ports import Catalog
from storage.records import Item, Recording, Stage


def set_aside(recording: Recording, slug: str, *, catalog: Catalog, masked: MaskedStore, clock: Clock) -> Recording:
    """Return the recording, quarantined. What an earlier run masked goes too: there may be more to mask in it."""
    masked.remove(recording.id, Item.MASKED_AUDIO)
    masked.remove(recording.id, Item.MASKED_WORDS)
    audit = about(recording, "recording.quarantined", at=clock.now(), slug=slug)
    changes = {"slug": slug, "verdict": Verdict.QUARANTINE.value}
    return catalog.move(recording, to=Stage.QUARANTINED, audit=audit, changes=changes)
