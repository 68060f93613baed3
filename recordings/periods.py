"""Which period counts: the one in force, which an edit of the controllers file can lengthen and never shorten.

What is shorter in the file needs two persons and a day (`recordings.steps.shorten`, docs/adr/0026). What is longer
counts for calls that come from now on: a promise that was made to people is not stretched afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from recordings.controllers import Controller, Controllers
from recordings.engines import Clock
from recordings.errors import NoPeriod, UnknownController
from recordings.retention import Period, delete_at
from storage.periods import ChangeState, KeptCall, PeriodBooks, PeriodChange, Term
from storage.records import AuditEntry, Kind, Recording, RecordingId, Scope

ACTOR: Final = "clock"
PAGE: Final = 5_000
# Calls that are read and moved at once, as many as a purge destroys the keys of: each time that file is written anew.
LONGEST_PUSH: Final = timedelta(days=1)
# A push that began before a shorter period took effect still has the old time; a day later none is under way.
_FOUR_YEARS: Final = tuple(datetime(2024, 1, 1) + timedelta(days=day) for day in range(4 * 365 + 1))  # noqa: DTZ001
# Every day of the calendar, the leap day too: P1M and P30D are each the shorter one in some month.


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """What a term would do to the calls that are stored."""

    calls: int
    earlier: int  # that would end sooner
    due: int  # of them: at once
    held: int  # of them: under a hold, which goes on
    first: datetime | None  # the first of the new times, and the last
    last: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One kind of one register: what the file asks, what is in force, and the change between them."""

    controller: str
    kind: Kind
    asked: Term | None  # None: the file names it no more, and pushes are refused
    in_force: Term | None  # None: no call ever came
    change: PeriodChange | None

    @property
    def is_shortened(self) -> bool:
        """Tell whether the file asks for less than what is in force."""
        return self.asked is not None and self.in_force is not None and may_shorten(self.asked, self.in_force)


@dataclass(frozen=True, slots=True, kw_only=True)
class Periods:
    """Says when calls end. Safe to use from several threads."""

    books: PeriodBooks
    controllers: Controllers
    clock: Clock

    def in_force(self, controller: str, kind: Kind) -> Term:
        """Return the term that counts now; what is new or longer in the file is in force from here on.

        Raises UnknownController, NoPeriod.
        """
        asked, known = self.asked(controller, kind), self.books.term(controller, kind)
        if known == asked or (known is not None and self._stays(controller, kind, asked, known)):
            return known
        word = "set" if known is None else "lengthened"
        entry = AuditEntry(
            at=self.clock.now(),
            actor=ACTOR,
            action=f"period.{word}",
            controller=controller,
            detail={"kind": kind.value, "period": asked.period, "zone": asked.zone},
        )
        self.books.keep_term(controller, kind, asked, before=known, audit=entry)
        return self.books.term(controller, kind) or asked

    def asked(self, controller: str, kind: Kind) -> Term:
        """Return what the file asks for. Raises UnknownController, NoPeriod."""
        found = self.controllers.get(controller)
        if kind not in found.periods:
            raise NoPeriod
        return _term_of(found, kind)

    def follow_file(self) -> None:
        """Put in force what is new or longer in the file."""
        for controller in self.controllers.list():
            for kind in controller.periods:
                self.in_force(controller.slug, kind)

    def standings(self, scope: Scope) -> list[Standing]:
        """Return every kind that is in the file or in force, by register and kind."""
        asked = {(each.slug, kind): _term_of(each, kind) for each in self.controllers.list() for kind in each.periods}
        known = self.books.terms(scope)
        changes = {(each.controller, each.kind): each for each in self.books.list(scope)}
        return [
            Standing(
                controller=key[0], kind=key[1], asked=asked.get(key), in_force=known.get(key), change=changes.get(key)
            )
            for key in sorted({key for key in asked if scope.allows(key[0])} | known.keys())
        ]

    def impact(self, controller: str, kind: Kind, term: Term, *, at: datetime) -> Impact:
        """Count what the stored calls would get from this term, were it in force at that moment."""
        calls, held, moved = 0, 0, list[datetime]()
        for call in self.read(controller, kind):
            calls += 1
            due = new_time(call, term, at=at)
            if due < call.delete_at:
                moved.append(due)
                held += call.held
        return Impact(
            calls=calls,
            earlier=len(moved),
            due=sum(due <= at for due in moved),
            held=held,
            first=min(moved, default=None),
            last=max(moved, default=None),
        )

    def read(self, controller: str, kind: Kind, *, received_before: datetime | None = None) -> Iterator[KeptCall]:
        """Return the stored calls of a kind, in order of id."""
        for page in self.pages(controller, kind, received_before=received_before):
            yield from page

    def pages(
        self, controller: str, kind: Kind, *, received_before: datetime | None = None
    ) -> Iterator[list[KeptCall]]:
        """Return them as they are read, some thousand at once."""
        last: RecordingId | None = None
        while page := self.books.calls(controller, kind, limit=PAGE, after=last, received_before=received_before):
            yield list(page)
            last = page[-1].id

    def shorten(self, recording: Recording) -> Recording:
        """Return a recording that was pushed before a shorter period with the time that it has by now."""
        mine = (recording.controller, recording.kind)
        call = KeptCall(
            id=recording.id,
            started_at=recording.call_started_at or recording.started_at,
            delete_at=recording.delete_at,
            held=recording.held,
        )
        times = [
            new_time(call, change.term, at=change.in_force_at)
            for change in self.books.list(Scope.of(recording.controller), ended=True)
            if (change.controller, change.kind) == mine
            and change.in_force_at is not None
            and recording.received_at < change.in_force_at + LONGEST_PUSH
        ]
        return replace(recording, delete_at=min([recording.delete_at, *times]))

    def _stays(self, controller: str, kind: Kind, asked: Term, known: Term) -> bool:
        """Tell whether the known term stays: the file asks for less, or calls are being moved by it just now."""
        return may_shorten(asked, known) or any(
            (each.controller, each.kind, each.state) == (controller, kind, ChangeState.MOVING)
            for each in self.books.list(Scope.of(controller))
        )


def may_shorten(new: Term, old: Term) -> bool:
    """Tell whether any call might end sooner by the new term. Another zone may always: its days begin elsewhere."""
    if new.zone != old.zone:
        return True
    asked, known = Period.parse(new.period), Period.parse(old.period)
    lost = timedelta(days=int(old.end_of_day and not new.end_of_day))
    return any(asked.after(day) < known.after(day) + lost for day in _FOUR_YEARS)


def end_of(started_at: datetime, term: Term) -> datetime:
    """Return when a call that began then ends by this term."""
    return delete_at(started_at, Period.parse(term.period), ZoneInfo(term.zone), end_of_day=term.end_of_day)


def new_time(call: KeptCall, term: Term, *, at: datetime) -> datetime:
    """Return the `delete_at` of a stored call by a term that takes effect `at`: no call was due before that moment."""
    return max(end_of(call.started_at, term), at)


def zone_of(controllers: Controllers, controller: str) -> ZoneInfo:
    """Return the zone that names a register's days; UTC for one that left the file."""
    try:
        return controllers.get(controller).zone_info
    except UnknownController:
        return ZoneInfo("UTC")


def _term_of(controller: Controller, kind: Kind) -> Term:
    return Term(period=str(controller.periods[kind]), zone=controller.zone, end_of_day=controller.end_of_day)
