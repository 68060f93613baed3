"""What the audit log says of calls that are gone is forgotten when the period is over that the register states.

Reads: audit. Writes: audit, journal. Next: nothing. The place of each entry in the chain stays, with the digest of what
it said, so the log can still be checked from its first entry on (docs/adr/0052).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from recordings.controllers import Controller, Controllers
from recordings.engines import Clock
from recordings.journal import KeepJournal
from storage.ports import AuditLog
from storage.records import AuditEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetAudit:
    """Forgets by whole days, so that the log says once a day that it did."""

    audit: AuditLog
    controllers: Controllers
    journal: KeepJournal
    clock: Clock

    def __call__(self) -> int:
        """Forget what is due; returns how many entries.

        What is of no register (who signed in, how the service ran) is kept as long as the longest of all, and the
        journal beside the backups too.
        """
        ends = {each.slug: self._end(each) for each in self.controllers.list()}
        known = {slug: end for slug, end in ends.items() if end is not None}
        forgotten = sum(self._forget(slug, end) for slug, end in known.items())
        if known and len(known) == len(ends):
            forgotten += self._forget(None, min(known.values()))
            self.journal.forget(min(known.values()))
        if forgotten:
            self.journal.note()
        return forgotten

    def _end(self, controller: Controller) -> datetime | None:
        if controller.audit is None:
            return None
        today = self.clock.now().astimezone(controller.zone_info).replace(hour=0, minute=0, second=0, microsecond=0)
        return controller.audit.before(today).astimezone(UTC)

    def _forget(self, controller: str | None, end: datetime) -> int:
        entry = AuditEntry(at=self.clock.now(), actor="clock", action="audit.forgotten", controller=controller)
        return self.audit.forget(controller, before=end, audit=entry)
