"""Who was given originals is told when they are erased, restricted or rectified (GDPR Art. 19).

Reads: audit. Writes: audit, journal. Next: nobody; what waits stands on the home page until somebody has told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from recordings.case_errors import NothingWaits
from recordings.disclosures import CHANGING, MADE, TOLD, Disclosure, How, group
from recordings.engines import Clock
from recordings.journal import KeepJournal
from storage.errors import NotFound
from storage.ports import AuditLog
from storage.records import AuditEntry, Scope

AT_ONCE = 500
# Calls whose entries are looked for together.


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepDisclosures:
    """The register of disclosures. Safe to use from several threads."""

    audit: AuditLog
    journal: KeepJournal
    clock: Clock

    def list(self, scope: Scope, *, waiting: bool = False) -> Sequence[Disclosure]:
        """Return disclosures, oldest first; only those whose receiver has to be told, where asked."""
        entries = self.audit.of_acts(scope, {MADE, TOLD})
        calls = sorted({each.recording for each in entries if each.recording is not None})
        since = [
            entry
            for first in range(0, len(calls), AT_ONCE)
            for entry in self.audit.of_acts(scope, CHANGING, of=calls[first : first + AT_ONCE])
        ]
        return [each for each in group(entries, since) if each.waits or not waiting]

    def tell(self, scope: Scope, disclosure: str, how: How, *, actor: str) -> Disclosure:
        """Note that the receiver was told of all that waits, or why not. Raises NotFound, NothingWaits."""
        found = self._get(scope, disclosure)
        if not found.waits:
            raise NothingWaits
        entry = AuditEntry(
            at=self.clock.now(),
            actor=actor,
            action=TOLD,
            controller=found.controller,
            case=found.case,
            detail={"disclosure": found.id, "how": how.value, "count": len(found.waits)},
        )
        self.audit.append(entry)
        self.journal.note()
        return self._get(scope, disclosure)

    def _get(self, scope: Scope, disclosure: str) -> Disclosure:
        found = next((each for each in self.list(scope) if each.id == disclosure), None)
        if found is None:
            raise NotFound
        return found
