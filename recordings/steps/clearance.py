"""Calls about health, social matters or a crisis: flagged, kept from staff, and cleared by a privacy officer alone.

Reads: catalog. Writes: catalog, audit. Next: view and search, for what was granted. It cannot see the vault.

The step that plans flags by cue words; here a person flags by hand and the privacy officer decides. Neither the words
nor the topic go into the audit log.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from recordings.audit import about
from recordings.engines import Clock
from recordings.errors import NothingToClear
from recordings.journal import KeepJournal
from recordings.lifecycle import flag, is_reachable
from redaction.talk import Topic
from storage.errors import NotFound
from storage.ports import Catalog
from storage.records import AuditEntry, Clearance, Recording, RecordingId, Scope, SearchFilter


@dataclass(frozen=True, slots=True, kw_only=True)
class Clear:
    """Flags and decides."""

    catalog: Catalog
    clock: Clock
    journal: KeepJournal

    def waiting(self, scope: Scope, *, limit: int = 50) -> Sequence[Recording]:
        """Return the calls that wait for a privacy officer, newest first."""
        found = self.catalog.list(scope, only=SearchFilter(clearance=Clearance.WAITING), limit=limit)
        return [each for each in found if is_reachable(each, self.clock.now())]

    def flag(self, scope: Scope, recording_id: RecordingId, topic: Topic, *, actor: str) -> Recording:
        """Keep a call from staff until a privacy officer decides (again). Raises NotFound, LostClaim."""
        recording = self._get(scope, recording_id)
        changes = flag(recording, [topic], again=True)
        audit = about(recording, "recording.flagged", at=self.clock.now(), actor=actor)
        return self._note(recording, changes, audit)

    def decide(
        self, scope: Scope, recording_id: RecordingId, clearance: Clearance, *, actor: str, case: str | None = None
    ) -> Recording:
        """Keep the privacy officer's word. Raises NotFound, LostClaim, NothingToClear for a call without a flag."""
        recording = self._get(scope, recording_id)
        if recording.clearance is None or clearance is Clearance.WAITING:
            raise NothingToClear
        audit = about(recording, f"clearance.{clearance.value}", at=self.clock.now(), actor=actor)
        return self._note(recording, {"clearance": clearance}, replace(audit, case=case))

    def _note(self, recording: Recording, changes: Mapping[str, Any], audit: AuditEntry) -> Recording:
        noted = self.catalog.note(recording, changes=changes, audit=audit)
        self.journal.note()
        return noted

    def _get(self, scope: Scope, recording_id: RecordingId) -> Recording:
        recording = self.catalog.get(scope, recording_id)
        if not is_reachable(recording, self.clock.now()):
            raise NotFound
        return recording
