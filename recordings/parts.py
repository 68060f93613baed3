"""Parts of one call (transfers, pauses) end together: one year from when its first part began (design.md, decision 6).

A part may be pushed before the first one. Then its time moves earlier when that one comes, and never later. Keys move
before rows, inside the transaction that has locked the row: a kill between the two leaves a key under an earlier day,
where it lives as long as its recording does, and the push that was not acknowledged does both again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from recordings.audit import about
from recordings.engines import Clock
from recordings.periods import Periods, end_of, zone_of
from recordings.retention import local_date
from storage import crash_points
from storage.amendments import Amendment, Amendments
from storage.errors import NotFound
from storage.ports import KeyStore
from storage.records import Recording, Reference, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Knows the parts of calls. Safe to use from several threads."""

    amendments: Amendments
    periods: Periods
    keys: KeyStore
    clock: Clock

    def of(self, recording: Recording) -> Sequence[Recording]:
        """Return the parts of a recording's call that are stored, itself too."""
        if recording.call_group is None:
            return [recording]
        return self.amendments.parts(Scope.of(recording.controller), recording.controller, recording.call_group)

    def align(self, recording: Recording, *, actor: str) -> int:
        """Let all parts of its call end with the first of them; returns how many moved. Done twice, the second none."""
        parts = self.of(recording)
        if len(parts) < 2:
            return 0
        began, ends = self._first(parts)
        return sum(self._move(each, began, ends, actor=actor) for each in parts if _lags(each, began, ends))

    def move_key(self, recording: Recording, delete_at: datetime) -> None:
        """Wrap its key under its new day's, where it is not under a case's."""
        zone = zone_of(self.periods.controllers, recording.controller)
        day = local_date(delete_at, zone)
        if not recording.held and day != local_date(recording.delete_at, zone):
            self.keys.move(recording.id, controller=recording.controller, delete_on=day)
            crash_points.reach("amend.key-moved")

    def _first(self, parts: Sequence[Recording]) -> tuple[datetime, datetime]:
        """Return when the call began, and its end: the earliest that any of its parts was promised."""
        began = min(part.began_at for part in parts)
        terms = self.periods.books.terms(Scope.of(parts[0].controller))
        mine = {(part.controller, kind) for part in parts for kind in part.all_kinds}
        ends = [max(end_of(began, terms[key]), self.clock.now()) for key in mine if key in terms]
        return began, min([*ends, *(part.delete_at for part in parts)])

    def _move(self, part: Recording, began: datetime, ends: datetime, *, actor: str) -> bool:
        def change(row: Recording, _known: Sequence[Reference]) -> Amendment | None:
            if not _lags(row, began, ends):
                return None
            earlier = min(ends, row.delete_at)
            self.move_key(row, earlier)
            audit = about(row, "recording.part-moved", at=self.clock.now(), actor=actor)
            return Amendment(audit=audit, changes={"delete_at": earlier, "call_started_at": min(began, row.began_at)})

        try:
            self.amendments.amend(Scope.of(part.controller), part.id, change)
        except NotFound:  # it was purged meanwhile
            return False
        crash_points.reach("amend.part-moved")
        return True


def _lags(part: Recording, began: datetime, ends: datetime) -> bool:
    return part.delete_at > ends or part.began_at > began
