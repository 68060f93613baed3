"""A privacy officer hears a doubtful place as it was said, a second around it and no more; every time on record.

Reads: vault (raw audio, of one place). Writes: audit, before anything is opened; the caller's memory. Next: review.

Words alone do not tell whether a recognizer misheard. The rest of the call stays shut: who decides about a place needs
that place.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace

from recordings.audit import about
from recordings.doubts import DoubtfulPlace
from recordings.engines import AudioCodec, Clock
from recordings.errors import PlaceUnknown
from recordings.excerpts import cut_out
from storage.errors import KeyGone, NotFound
from storage.ports import AuditLog
from storage.records import Item, Recording
from storage.vault import Vault

PURPOSE = "review"
# As the letter of an access pack says it.
AROUND = 1.0
# Seconds on each side: enough to know the voice and the word before.
LONGEST = 60.0
# Seconds of a place, so that a place as long as a call does not open the call.


@dataclass(frozen=True, slots=True, kw_only=True)
class Hear:
    """Plays a place that `recordings.steps.review` has shown."""

    vault: Vault
    codec: AudioCodec
    audit: AuditLog
    clock: Clock

    def __call__(self, recording: Recording, place: DoubtfulPlace, *, actor: str) -> bytes:
        """Return the place's sound on all channels as PCM WAV.

        Raises NotFound, PlaceUnknown for a place without a time, BadAudio.
        """
        start, end = _span(place)
        seconds = {"start": round(start, 2), "end": round(end, 2)}
        entry = about(recording, "raw-audio.opened", at=self.clock.now(), actor=actor, **seconds)
        self.audit.append(replace(entry, purpose=PURPOSE))
        try:
            with closing(self.vault.open(recording.id, Item.RAW_AUDIO)) as raw:
                return cut_out(self.codec, raw, start, end)
        except KeyGone:  # a purge overtook this read
            raise NotFound from None


def _span(place: DoubtfulPlace) -> tuple[float, float]:
    """Return the seconds to play. Raises PlaceUnknown where nobody knows when it was said."""
    if place.start is None or place.end is None:
        raise PlaceUnknown
    return max(0.0, place.start - AROUND), min(place.end, place.start + LONGEST) + AROUND
