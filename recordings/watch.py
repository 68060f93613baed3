"""What a person was refused stands in the audit log, and nobody opens more calls in an hour than her work has.

Both are counted, so that neither floods the log: a caller has a bounded number of entries in an hour, and what is over
the number is refused all the same. Entries hold the permission and the route's pattern, never an id or a word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from recordings.engines import Clock
from recordings.identity import Caller
from recordings.people_errors import TooManyOpened
from recordings.permissions import Permission
from storage.ports import AuditLog
from storage.rates import Rates
from storage.records import AuditEntry

HOUR: Final = 3600
REFUSALS: Final = 20
# Entries of one caller in an hour: enough to see what somebody tried, and too few to hide anything behind.


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """Counts by caller. Safe to use from several threads."""

    rates: Rates
    audit: AuditLog
    clock: Clock

    def note_refused(self, caller: Caller, permission: Permission, route: str) -> None:
        """Keep that something was refused; `route` is a pattern of ours, without ids."""
        if not self.rates.take(f"refused/{caller.actor}", REFUSALS, seconds=HOUR):
            self._note(caller, "access.refused", permission=permission.value, route=route)

    def admit(self, caller: Caller, permission: Permission, recording: str) -> None:
        """Count a call that a person opens, once in an hour however often she plays it. Raises TooManyOpened."""
        if caller.person is None or permission is not Permission.MASKED_OPEN:
            return
        most, actor = caller.person.calls_an_hour, caller.actor
        opened = f"opened/{actor}/{recording}"
        if not self.rates.left(opened, 1, seconds=HOUR).amount:
            return
        wait = self.rates.take(f"calls/{actor}", most, seconds=HOUR)
        if not wait:
            self.rates.add(opened, 1, 1, seconds=HOUR)
            return
        if not self.rates.take(f"too-many/{actor}", 1, seconds=HOUR):
            self._note(caller, "calls.too-many-opened", most=most)
        raise TooManyOpened(wait)

    def _note(self, caller: Caller, action: str, **detail: str | int) -> None:
        controller = caller.person.controller if caller.person is not None else None
        entry = AuditEntry(at=self.clock.now(), actor=caller.actor, action=action, controller=controller, detail=detail)
        self.audit.append(entry)
