"""A recording that has its key and objects and no row gets its row again: it was pushed after the backup.

The database is put back to yesterday, the objects and keys are of today. Whatever has a manifest was pushed whole;
what has none is what a crash left, and the sweep removes it.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from recordings.audit import about
from recordings.documents import read_raw_words
from recordings.engines import Clock
from recordings.manifest import read_manifest
from recordings.periods import Periods
from storage.errors import Conflict, KeyGone, NotFound, Tampered
from storage.ports import Catalog
from storage.records import Item, RecordingId, Stage
from storage.vault import Vault

_PUSHED = frozenset({Item.MANIFEST, Item.RAW_AUDIO, Item.RAW_FACTS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Adoption:
    """Takes recordings up again. Safe to run at any time."""

    catalog: Catalog
    vault: Vault
    periods: Periods
    clock: Clock

    def __call__(self, recording: RecordingId, *, actor: str = "reconcile") -> bool:
        """Give a recording its row; False when it was not pushed whole, or its call is known or purged."""
        if not self.vault.items(recording) >= _PUSHED:
            return False
        try:
            manifest = read_manifest(self.vault, recording)
            row = replace(self.periods.shorten(manifest.recording), **worked_on(self.vault, recording))
            self.catalog.add(
                row,
                references=manifest.references,
                audit=about(row, "recording.adopted", at=self.clock.now(), actor=actor),
                idempotency=manifest.idempotency,
            )
        except (Conflict, KeyGone, NotFound, Tampered):
            return False
        return True


def worked_on(vault: Vault, recording: RecordingId) -> dict[str, Any]:
    """Return stage, token and measures of a recording whose row is older than its objects.

    Its words are kept where there are any: the plan counts them, and the known answers that found more in them may be
    gone. Words that are not what was written, or older, stop the next step, and a person looks. Raises KeyGone.
    """
    found: dict[str, Any] = {"token": vault.last_token(recording), "stage": Stage.RECEIVED}
    if Item.RAW_WORDS in vault.items(recording):
        found["stage"] = Stage.TRANSCRIBED
        with suppress(Tampered):
            raw = read_raw_words(vault, recording)
            roles = tuple(channel.role.value for channel in raw.transcript.channels)
            found |= {"seconds": raw.transcript.duration, "roles": roles, "model": raw.model}
    return found
