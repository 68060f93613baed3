"""What a crash left behind is found and removed; what should be gone and is not is reported.

Reads: keys, catalog, audit. Writes: keys, objects, audit. Next: nothing.

A push that dies before its row exists leaves a key and sealed objects that nobody can list. They are noticed at one
sweep (an audit entry with the opaque id) and removed at a sweep a day later: no push takes a day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from recordings.engines import Clock
from storage.ports import AuditLog, Catalog, KeyStore
from storage.records import AuditEntry, RecordingId, Scope
from storage.vault import Vault

GRACE = timedelta(hours=24)
# A push in flight has a key and no row yet; four hours of sound over a slow line stay far below this.
OVERDUE = timedelta(hours=1)
# A purge starts within 15 minutes and normally ends within an hour; later is overdue (design.md, decision 6).
MOST_OVERDUE = 1_000
ACTOR = "reconcile"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """What one sweep found: counts, to be logged and alarmed on."""

    orphans_seen: int
    orphans_removed: int
    overdue: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconcile:
    """Sweeps. Safe to run at any time, also beside pushes and purges."""

    catalog: Catalog
    vault: Vault
    keys: KeyStore
    audit: AuditLog
    clock: Clock

    def __call__(self) -> Sweep:
        """Sweep once."""
        now = self.clock.now()
        orphans = [each for each in self.keys.recordings() if not self.catalog.knows(each)]
        removed = [each for each in orphans if self._is_old(each, now)]
        for recording in removed:
            self._remove(recording, now)
        late = self.catalog.due(now=now - OVERDUE, limit=MOST_OVERDUE)
        return Sweep(orphans_seen=len(orphans), orphans_removed=len(removed), overdue=len(late))

    def _is_old(self, recording: RecordingId, now: datetime) -> bool:
        """Tell whether this orphan was noticed a day ago; notice it if it is new."""
        seen = [
            entry.at
            for entry in self.audit.list(Scope.system(), recording=recording)
            if entry.action == "orphan.noticed"
        ]
        if not seen:
            self.audit.append(AuditEntry(at=now, actor=ACTOR, action="orphan.noticed", recording=recording))
            return False
        return now - min(seen) >= GRACE

    def _remove(self, recording: RecordingId, now: datetime) -> None:
        self.vault.destroy(recording)
        self.keys.destroy(recording)  # last: by its key the next sweep finds what this one may leave
        self.audit.append(AuditEntry(at=now, actor=ACTOR, action="orphan.removed", recording=recording))
