"""A shorter period takes effect: proposed by one person, approved by another, and a day later by the clock.

Reads: controllers, catalog. Writes: catalog, keys, audit, the purge's guard. Next: purge.

The key of a call moves under its new day before its row does: a kill between the two is made up for by the next run,
which finds the row with its old time and does both again. Held calls get their earlier time too, since only their purge
is stopped; their keys stay under their case's.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final, Protocol

from recordings.errors import (
    ChangeEnded,
    ChangeWaits,
    FileDiffers,
    NoPeriod,
    NothingShorter,
    SecondPersonNeeded,
    UnknownController,
)
from recordings.journal import KeepJournal
from recordings.periods import ACTOR, LONGEST_PUSH, Impact, Periods, may_shorten, new_time, zone_of
from recordings.purge_guard import FEW, PurgeGuard
from recordings.retention import local_date
from storage import crash_points
from storage.errors import Conflict
from storage.periods import ChangeId, ChangeState, KeptCall, PeriodChange
from storage.records import AuditEntry, Kind, RecordingId, Scope

WAIT: Final = timedelta(hours=24)
# From the second person's word on: a night to think, and to hold what has to be kept.


class DayKeys(Protocol):
    """Holds the calls' keys, under the keys of their days."""

    def move_all(self, days: Mapping[RecordingId, date], *, controller: str) -> None:
        """Wrap these data keys under other days' keys; those that have no key any more are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shorten:
    """Takes people's words, and does what the clock owes them."""

    periods: Periods
    keys: DayKeys
    guard: PurgeGuard
    journal: KeepJournal

    def propose(self, controller: str, kind: Kind, *, actor: str) -> tuple[PeriodChange, Impact]:
        """Propose what the file asks for. Raises UnknownController, NoPeriod, NothingShorter, ChangeWaits."""
        asked, known = self.periods.asked(controller, kind), self.periods.in_force(controller, kind)
        if known == asked or not may_shorten(asked, known):
            raise ChangeWaits if self._is_open(controller, kind) else NothingShorter
        now = self.periods.clock.now()
        found = self.periods.impact(controller, kind, asked, at=now + WAIT)
        change = PeriodChange(
            id=ChangeId(uuid.uuid4().hex),
            controller=controller,
            kind=kind,
            period=asked.period,
            zone=asked.zone,
            end_of_day=asked.end_of_day,
            proposed_at=now,
            proposed_by=actor,
            earlier=found.earlier,
            due=found.due,
        )
        try:
            self.periods.books.propose(change, audit=_entry(change, "proposed", at=now, actor=actor))
        except Conflict:
            raise ChangeWaits from None
        self.journal.note()
        return change, found

    def approve(self, scope: Scope, change_id: ChangeId, *, actor: str) -> tuple[PeriodChange, Impact]:
        """Give the second person's word; it takes effect 24 hours later.

        Raises NotFound, ChangeEnded, SecondPersonNeeded, FileDiffers.
        """
        now, change = self.periods.clock.now(), self.periods.books.get(scope, change_id)
        if change.state is not ChangeState.PROPOSED:
            raise ChangeEnded
        if change.proposed_by == actor:
            raise SecondPersonNeeded
        if not self._is_asked(change):
            raise FileDiffers
        at = now + WAIT
        found = self.periods.impact(change.controller, change.kind, change.term, at=at)

        def approved(before: PeriodChange) -> PeriodChange:
            if before.state is not ChangeState.PROPOSED:
                raise ChangeEnded
            words = replace(before, approved_at=now, approved_by=actor, takes_effect_at=at)
            return replace(words, earlier=found.earlier, due=found.due)

        shown = replace(change, earlier=found.earlier, due=found.due)
        return self._decide(scope, shown, "approved", approved, actor=actor), found

    def withdraw(self, scope: Scope, change_id: ChangeId, *, actor: str) -> PeriodChange:
        """Take a change back before it takes effect: anybody may. Raises NotFound, ChangeEnded."""
        now = self.periods.clock.now()
        change = self.periods.books.get(scope, change_id)
        return self._decide(
            scope,
            change,
            "withdrawn",
            lambda before: replace(before, withdrawn_at=now, withdrawn_by=actor),
            actor=actor,
        )

    def settle(self) -> int:
        """Do what is due: follow the file where it may be followed, and move calls. Returns how many it moved.

        Nothing takes effect while the purge is halted: its clock may be wrong.
        """
        self.periods.follow_file()
        if self.guard.memory.read().halted_at is not None:
            return 0
        for change in self.periods.books.list(Scope.system()):
            if self._is_ready(change):
                with suppress(Conflict):  # somebody withdrew it meanwhile
                    self._begin(change)
        moving = [each for each in self.periods.books.list(Scope.system()) if each.state is ChangeState.MOVING]
        return sum(self._move_all(each) for each in moving if self._is_owed(each))

    def _is_ready(self, change: PeriodChange) -> bool:
        """Tell whether it takes effect: approved, a day ago, and the file still asks for it."""
        at = change.takes_effect_at
        approved = change.state is ChangeState.APPROVED and at is not None
        return approved and at is not None and at <= self.periods.clock.now() and self._is_asked(change)

    def _is_asked(self, change: PeriodChange) -> bool:
        with suppress(NoPeriod, UnknownController):
            return self.periods.asked(change.controller, change.kind) == change.term
        return False

    def _is_open(self, controller: str, kind: Kind) -> bool:
        changes = self.periods.books.list(Scope.of(controller))
        return any((each.controller, each.kind) == (controller, kind) for each in changes)

    def _is_owed(self, change: PeriodChange) -> bool:
        """Tell whether its calls have to be looked at: at once, and again when no older push can be under way."""
        return change.applied_at is None or _last_push(change) <= self.periods.clock.now()

    def _begin(self, change: PeriodChange) -> None:
        now = self.periods.clock.now()
        self.periods.books.begin(change.id, at=now, audit=_entry(change, "in-force", at=now))
        crash_points.reach("period.in-force")
        self.journal.note()

    def _move_all(self, change: PeriodChange) -> int:
        at = change.in_force_at or self.periods.clock.now()
        let_through, moved = self._was_shown(change), 0
        pages = self.periods.pages(change.controller, change.kind, received_before=_last_push(change))
        for page in pages:
            times = {each.id: new_time(each, change.term, at=at) for each in page}
            earlier = [each for each in page if times[each.id] < each.delete_at]
            if earlier:
                moved += self._move(change, earlier, times, let_through=let_through)
        now = self.periods.clock.now()
        ended = "applied" if change.applied_at is None else "checked"
        change = self.periods.books.get(Scope.system(), change.id)
        self.periods.books.end_pass(change.id, at=now, audit=_entry(change, ended, at=now, count=change.moved))
        crash_points.reach("period.applied")
        self.journal.note()
        return moved

    def _move(
        self,
        change: PeriodChange,
        calls: Sequence[KeptCall],
        times: Mapping[RecordingId, datetime],
        *,
        let_through: bool,
    ) -> int:
        """Give some calls their earlier time: keys first, then rows."""
        zone = zone_of(self.periods.controllers, change.controller)
        days = {each.id: local_date(times[each.id], zone) for each in calls if not each.held}
        self.keys.move_all(days, controller=change.controller)
        crash_points.reach("period.keys-moved")
        now = self.periods.clock.now()
        if let_through:
            self.guard.let_through(now)
        theirs = {each.id: times[each.id] for each in calls}
        audit = _entry(change, "calls-moved", at=now, count=len(calls))
        moved = self.periods.books.move(change, theirs, audit=audit)
        crash_points.reach("period.calls-moved")
        return moved

    def _was_shown(self, change: PeriodChange) -> bool:
        """Tell whether two persons saw how many are due at once: then the purge's guard need not ask a third time."""
        at = change.in_force_at or self.periods.clock.now()
        found = self.periods.impact(change.controller, change.kind, change.term, at=at)
        return found.due <= change.due + FEW

    def _decide(
        self, scope: Scope, change: PeriodChange, act: str, to: Callable[[PeriodChange], PeriodChange], *, actor: str
    ) -> PeriodChange:
        audit = _entry(change, act, at=self.periods.clock.now(), actor=actor)
        try:
            decided = self.periods.books.decide(scope, change.id, to, audit=audit)
        except Conflict:
            raise ChangeEnded from None
        self.journal.note()
        return decided


def _last_push(change: PeriodChange) -> datetime:
    """Return until when a push may arrive that was given the old time."""
    at = change.in_force_at
    if at is None:
        raise ChangeEnded
    return at + LONGEST_PUSH


def _entry(change: PeriodChange, act: str, *, at: datetime, actor: str = ACTOR, count: int | None = None) -> AuditEntry:
    """Say what was done, with the counts that were shown or the calls that were moved."""
    counts = {"earlier": change.earlier, "due": change.due} if count is None else {"count": count}
    return AuditEntry(
        at=at,
        actor=actor,
        action=f"period.{act}",
        controller=change.controller,
        detail={"change": change.id, "kind": change.kind.value, "period": change.period, **counts},
    )
