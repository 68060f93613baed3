"""A recording that has its key and objects and no row gets its row again: it was pushed after the backup.

The database is put back to yesterday, the objects and keys are of today. Whatever has a manifest was pushed whole;
what has none is what a crash left, and the sweep removes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from recordings.audit import about
from recordings.documents import read_raw_words
from recordings.engines import Clock
from recordings.manifest import read_manifest
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
    clock: Clock

    def __call__(self, recording: RecordingId, *, actor: str = "reconcile") -> bool:
        """Give a recording its row; False when it was not pushed whole, or its call is known or purged."""
        tokens = self.vault.tokens(recording)
        if not tokens.keys() >= _PUSHED:
            return False
        try:
            manifest = read_manifest(self.vault, recording)
            row = replace(manifest.recording, **worked_on(self.vault, recording, tokens))
            self.catalog.add(
                row,
                references=manifest.references,
                audit=about(row, "recording.adopted", at=self.clock.now(), actor=actor),
                idempotency=manifest.idempotency,
            )
        except (Conflict, KeyGone, NotFound, Tampered):
            return False
        return True


def worked_on(vault: Vault, recording: RecordingId, tokens: Mapping[Item, int]) -> dict[str, Any]:
    """Return stage, token and measures of a recording whose row is older than its objects.

    Its words are kept where there are any: the plan counts them, and the known answers that found more in them may be
    gone. Raises KeyGone, Tampered.
    """
    found: dict[str, Any] = {"token": max(tokens.values()), "stage": Stage.RECEIVED}
    if Item.RAW_WORDS in tokens:
        raw = read_raw_words(vault, recording)
        roles = tuple(channel.role.value for channel in raw.transcript.channels)
        measured = {"seconds": raw.transcript.duration, "roles": roles, "model": raw.model}
        found |= {"stage": Stage.TRANSCRIBED, **measured}
    return found
