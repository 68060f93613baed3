"""What all holds share: which calls they name, their dates, and whose key their calls' keys lie under.

A hold takes effect with its transaction in the catalog: from then on no purge begins. The keys follow: they move under
the key of the case, so that their days' keys can die (design.md 8), and back when nothing holds them. What a crash
leaves in between is put right by the next `settle`, which the clock runs every minute.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from recordings.controllers import Controllers
from recordings.engines import Clock
from recordings.errors import RequestInvalid, UnknownController
from recordings.journal import KeepJournal
from recordings.lifecycle import is_reachable
from recordings.retention import is_past, local_date
from recordings.settings import Settings
from storage import crash_points
from storage.errors import KeyGone, NotFound
from storage.holds import Hold, HoldKind, HoldStore
from storage.ports import Catalog, KeyStore
from storage.records import AuditEntry, CustomerId, HoldId, Recording, RecordingId, Scope, Stage

MOST_RECORDINGS = 1_000
# A hold is for named calls; one that would name more is a period that is too short.
LATEST_REVIEW = timedelta(days=366)
# A review that is years away is none.


class HoldGround(StrEnum):
    """Why a call is not deleted in time (GDPR Art. 17(3)(b) and (e))."""

    LEGAL_CLAIM = "legal-claim"
    LEGAL_DUTY = "legal-duty"
    AUTHORITY_ORDER = "authority-order"


class RestrictionGround(StrEnum):
    """Why a call is kept and not used: GDPR Art. 18(1)(a) to (d)."""

    ACCURACY_CONTESTED = "accuracy-contested"
    UNLAWFUL_PROCESSING = "unlawful-processing"
    NEEDED_FOR_CLAIM = "needed-for-claim"
    OBJECTION_PENDING = "objection-pending"


ACCESS_GROUND = "access-request"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a person asks to be held: these recordings, or all of one customer's that there are today."""

    controller: str
    ground: str
    case: str
    actor: str
    recordings: tuple[RecordingId, ...] = ()
    customer: CustomerId | None = None
    review_on: date | None = None  # None: after the usual number of days


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """Places and ends holds of every kind, audited for each recording in the transaction of the act."""

    store: HoldStore
    catalog: Catalog
    keys: KeyStore
    controllers: Controllers
    clock: Clock
    settings: Settings
    journal: KeepJournal

    def place(self, kind: HoldKind, order: Order, *, until: datetime | None = None) -> Hold:
        """Hold what the order names. Raises UnknownController, NotFound, RequestInvalid."""
        controller, now = self.controllers.get(order.controller), self.clock.now()
        recordings = self._named(order, now)
        hold = Hold(
            id=HoldId(uuid.uuid4().hex),
            controller=controller.slug,
            kind=kind,
            ground=order.ground,
            case=order.case,
            placed_at=now,
            placed_by=order.actor,
            review_on=self.review_date(controller.slug, order.review_on),
            until=until,
        )
        audit = [self._entry(hold, "placed", order.actor, each) for each in recordings]
        self.store.place(hold, recordings, now=now, audit=audit)
        crash_points.reach("hold.placed")
        self.journal.note()
        self.settle()
        return hold

    def after_access(self) -> datetime:
        """Return until when a request's calls are held that is answered now."""
        return self.clock.now() + timedelta(days=self.settings.access_hold_days)

    def place_for_access(self, order: Order, *, until: datetime | None, act: str) -> Hold:
        """Hold until then what a request for access names; None: until it is answered. Raises as `place`.

        What its case holds already is held until then, and the audit log says `act`.
        """
        order = replace(order, ground=ACCESS_GROUND)
        scope = Scope.of(order.controller)
        mine = [each for each in self.store.list(scope, kinds=[HoldKind.ACCESS]) if each.case == order.case]
        changed = [self.change(replace(each, until=until), act, actor=order.actor) for each in mine]
        there = {recording.id for hold in mine for recording in self.store.recordings(scope, hold.id)}
        if changed and there.issuperset(self._named(order, self.clock.now())):
            return changed[0]
        return self.place(HoldKind.ACCESS, order, until=until)

    def change(self, hold: Hold, act: str, *, actor: str) -> Hold:
        """Keep a changed hold; the audit log says `act`. Raises NotFound when it has ended."""
        changed = self.store.change(hold, audit=self._entry(hold, act, actor))
        self.journal.note()
        return changed

    def end(self, hold: Hold, act: str, *, actor: str) -> Sequence[Recording]:
        """End a hold and return what it kept; the caller purges what is due and settles. Raises NotFound."""
        kept = self.store.recordings(Scope.of(hold.controller), hold.id)
        audit = [self._entry(hold, act, actor, each.id) for each in kept] or [self._entry(hold, act, actor)]
        released = self.store.end(hold, at=self.clock.now(), by=actor, audit=audit)
        crash_points.reach("hold.ended")
        self.journal.note()
        return released

    def lapse(self, now: datetime) -> None:
        """End what ends by itself and whose time has come; the purge finds what that sets free."""
        for hold in self.store.list(Scope.system()):
            if hold.until is not None and is_past(hold.until, now):
                with suppress(NotFound):  # somebody released it meanwhile
                    self.end(hold, "lapsed", actor="clock")

    def settle(self) -> None:
        """Put each key where it belongs: under its case's, or back under its day's. Safe to run at any time."""
        wanted, there = self.store.owners(), self.keys.held()
        for hold in sorted(set(wanted.values())):
            mine = [each for each, owner in wanted.items() if owner == hold and there.get(each) != hold]
            self.keys.hold([each for each in mine if self.keys.knows(each)], hold=hold)
            crash_points.reach("hold.keys-under-case")
        for recording in sorted(there.keys() - wanted.keys()):
            self._give_back(recording)
            crash_points.reach("hold.key-under-day")

    def get(self, scope: Scope, hold: HoldId, kind: HoldKind | None = None) -> Hold:
        """Return a hold that has not ended. Raises NotFound, also for one of another kind."""
        found = self.store.get(scope, hold)
        if found.ended_at is not None or kind not in {None, found.kind}:
            raise NotFound
        return found

    def review_date(self, controller: str, asked: date | None) -> date:
        """Return the day of review that is asked for, or the usual one. Raises RequestInvalid."""
        today = self.today(controller)
        day = asked or today + timedelta(days=self.settings.hold_review_days)
        if not today < day <= today + LATEST_REVIEW:
            raise RequestInvalid([("review_on", "within_a_year_from_now")])
        return day

    def today(self, controller: str) -> date:
        """Return today's date where the controller is."""
        return local_date(self.clock.now(), self._zone(controller))

    def _named(self, order: Order, now: datetime) -> tuple[RecordingId, ...]:
        if order.customer is not None:
            found = self.catalog.recordings_of(Scope.of(order.controller), order.customer)
            named = tuple(each.id for each in found if is_reachable(each, now))
        else:
            named = tuple(dict.fromkeys(order.recordings))
        if not named and order.customer is not None:
            raise NotFound
        if not 1 <= len(named) <= MOST_RECORDINGS:
            raise RequestInvalid([("recordings", f"from_1_to_{MOST_RECORDINGS}")])
        return named

    def _give_back(self, recording_id: RecordingId) -> None:
        with suppress(NotFound, KeyGone):  # it was purged meanwhile, or is about to be: its key dies where it lies
            recording = self.catalog.get(Scope.system(), recording_id)
            if recording.stage is not Stage.PURGING and not is_past(recording.delete_at, self.clock.now()):
                day = local_date(recording.delete_at, self._zone(recording.controller))
                self.keys.move(recording_id, controller=recording.controller, delete_on=day)

    def _zone(self, controller: str) -> ZoneInfo:
        try:
            return self.controllers.get(controller).zone_info
        except UnknownController:  # it left the file; its holds stay
            return ZoneInfo("UTC")

    def _entry(self, hold: Hold, act: str, actor: str, recording: RecordingId | None = None) -> AuditEntry:
        word = "restriction" if hold.kind is HoldKind.RESTRICTION else "hold"
        return AuditEntry(
            at=self.clock.now(),
            actor=actor,
            action=f"{word}.{act}",
            controller=hold.controller,
            recording=recording,
            case=hold.case,
            purpose=hold.ground,
            detail={"hold": hold.id},
        )
