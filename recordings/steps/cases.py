"""A person asks for something that is hers by law: the case, from receipt to answer.

Reads: cases, catalog. Writes: cases, holds, audit, journal; the calls of whom asks to be erased end by the purge. Next:
the clock, which lets a case lapse that nobody proved, and forgets one whose own period is over.

The month runs from receipt, also while it is not known who asks (the stricter reading of EDPB Guidelines 01/2022, 157):
who may not be answered without proof is told so within it. What was asked in words, and the answer, lie where the
company keeps its letters; here is what was done, when and why.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import uuid4

from recordings.belonging import Belonging
from recordings.case_errors import (
    CaseDiffers,
    ConfirmationNeeded,
    IdentityNeeded,
    NoPeriodForCases,
    PackNeeded,
    TooLateToExtend,
)
from recordings.controllers import Controllers
from recordings.deadlines import deadline
from recordings.engines import Clock
from recordings.errors import RequestInvalid
from recordings.holding import ACCESS_GROUND, MOST_RECORDINGS, Holding, Order
from recordings.journal import KeepJournal
from recordings.lifecycle import is_reachable
from recordings.retention import local_date
from storage.cases import (
    CLOSED,
    MOVES,
    Asker,
    Case,
    CaseId,
    CaseKind,
    Cases,
    CaseState,
    Identification,
    Way,
)
from storage.errors import Conflict, NotFound
from storage.holds import Hold, HoldKind
from storage.persons import Persons
from storage.ports import Catalog
from storage.records import AuditEntry, CustomerId, Recording, RecordingId, Scope, Tag

HOLDING = frozenset({CaseKind.ACCESS, CaseKind.PORTABILITY})
# Their calls must be there until they are given.
ERASING = frozenset({CaseKind.ERASURE, CaseKind.CONSENT_WITHDRAWAL, CaseKind.OBJECTION})
MOST_CASES = 10_000
# That the clock looks at in a minute.
Purge = Callable[..., Mapping[str, Any]]


class Against(StrEnum):
    """What an objection is against; each is heeded apart (GDPR Art. 21)."""

    DIRECT_MARKETING = "direct-marketing"
    OPINION_POLLS = "opinion-polls"
    MARKET_RESEARCH = "market-research"
    PROFILING = "profiling"


class Extension(StrEnum):
    """Why the answer takes longer (Art. 12(3)): the person is told within the first month."""

    COMPLEXITY = "complexity"
    NUMBER = "number-of-requests"


class Refusal(StrEnum):
    """Why nothing is done: told with the right to complain (Art. 12(4))."""

    NOT_IDENTIFIED = "not-identified"  # Art. 11(2), 12(2)
    UNFOUNDED = "manifestly-unfounded"  # Art. 12(5)
    EXCESSIVE = "excessive"  # Art. 12(5)
    LEGAL_DUTY = "legal-duty"  # Art. 17(3)(b)
    LEGAL_CLAIM = "legal-claim"  # Art. 17(3)(e)
    COMPELLING_GROUNDS = "compelling-grounds"  # Art. 21(1)
    NOTHING_KEPT = "nothing-kept"  # there is nothing of this person


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """What is known when a request comes."""

    controller: str
    kind: CaseKind
    way: Way
    asker: Asker = Asker.PERSON
    received_on: date | None = None  # None: today
    about: Against | None = None
    customer: CustomerId | None = None
    identified_by: Identification | None = None
    intake: Tag | None = None  # a keyed hash of what a portal signed


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What an erasure ended, with the receipts, and what a hold keeps."""

    receipts: Sequence[Mapping[str, Any]]
    held: Sequence[RecordingId]
    doubtful: Sequence[RecordingId] = ()  # that rest on a shared number, or only speak of her: nobody has said yes


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepCases:
    """Opens, moves and forgets cases."""

    cases: Cases
    catalog: Catalog
    persons: Persons
    controllers: Controllers
    holding: Holding
    clock: Clock
    journal: KeepJournal

    def open(self, new: NewCase, *, actor: str) -> Case:
        """Note a request. Raises UnknownController, NoPeriodForCases, NotFound, RequestInvalid."""
        controller = self.controllers.get(new.controller)
        if controller.cases is None:
            raise NoPeriodForCases
        if (new.kind is CaseKind.OBJECTION) != (new.about is not None):
            raise RequestInvalid([("about", "for_objections_only")])
        today = self.holding.today(controller.slug)
        received = new.received_on or today
        if received > today:
            raise RequestInvalid([("received_on", "in_the_past")])
        if new.customer is not None:
            self.catalog.recordings_of(Scope.of(controller.slug), new.customer)
        identified = new.identified_by is not None
        case = Case(
            id=CaseId(uuid4().hex),
            controller=controller.slug,
            number=0,
            kind=new.kind,
            about=new.about.value if new.about else None,
            way=new.way,
            asker=new.asker,
            received_on=received,
            opened_at=self.clock.now(),
            opened_by=actor,
            due_on=deadline(received, country=controller.country).last,
            state=CaseState.OPEN if identified else CaseState.IDENTITY_AWAITED,
            customer=new.customer,
            identified_by=new.identified_by,
            intake=new.intake,
            identified_at=self.clock.now() if identified else None,
        )
        kept = self.cases.add(case, audit=self._entry(case, "opened", actor, way=new.way.value))
        self.journal.note()
        return self._hold(kept, actor)

    def name_person(self, scope: Scope, case_id: CaseId, customer: CustomerId, *, actor: str) -> Case:
        """Say whose case it is. Raises NotFound, CaseDiffers once it is closed."""
        case = self.cases.get(scope, case_id)
        if case.state in CLOSED:
            raise CaseDiffers
        self.catalog.recordings_of(Scope.of(case.controller), customer)
        named = self._change(replace(case, customer=customer), case.state, "person-named", actor)
        return self._hold(named, actor)

    def identify(self, scope: Scope, case_id: CaseId, by: Identification, *, actor: str) -> Case:
        """Note how it is known who asks. Raises NotFound, CaseDiffers."""
        case = self.cases.get(scope, case_id)
        found = replace(case, identified_by=by, identified_at=self.clock.now())
        opened = self._move(found, CaseState.OPEN, "identified", actor, by=by.value)
        for hold in self._holds(opened):
            self.holding.change(replace(hold, until=None), "identity-proved", actor=actor)
        return opened

    def extend(self, scope: Scope, case_id: CaseId, reason: Extension, *, actor: str) -> Case:
        """Take two months more, once, within the first; the person is told. Raises NotFound, TooLateToExtend."""
        case = self.cases.get(scope, case_id)
        if case.state in CLOSED:
            raise CaseDiffers
        controller = self.controllers.get(case.controller)
        if case.extended_for is not None or self.holding.today(case.controller) > case.due_on:
            raise TooLateToExtend
        due = deadline(case.received_on, extended=True, country=controller.country).last
        longer = replace(case, due_on=due, extended_for=reason.value, extended_at=self.clock.now())
        return self._change(longer, case.state, "extended", actor, reason=reason.value)

    def erase(
        self, scope: Scope, case_id: CaseId, purge: Purge, *, actor: str, confirmed: Collection[RecordingId] = ()
    ) -> Erased:
        """End the person's calls at once, but for what is held; of doubtful ones those that are confirmed.

        Run again, it goes on.

        Raises IdentityNeeded, CaseDiffers, and what the purge raises.
        """
        case = self._identified(scope, case_id)
        if case.kind not in ERASING or case.customer is None:
            raise CaseDiffers
        belonging = Belonging.of(self.persons.links(Scope.of(case.controller), case.customer))
        doubtful = belonging.undecided(confirmed, ())
        found = [each for each in self._calls(case) if each.id not in doubtful]
        held = [each.id for each in found if each.held]
        receipts = [purge(each.id, reason="erasure-request", actor=actor) for each in found if not each.held]
        return Erased(receipts=receipts, held=held, doubtful=sorted(doubtful))

    def releasable(self, scope: Scope, case_id: CaseId, *, by_link: bool = False) -> Case:
        """Return the case if its person's calls may be given now; by her link also when that was the answer.

        Raises NotFound, IdentityNeeded, CaseDiffers.
        """
        case = self._identified(scope, case_id)
        answered = by_link and case.state is CaseState.ANSWERED and case.linked_at is not None
        if not (answered or case.state is CaseState.OPEN) or case.kind not in HOLDING or case.customer is None:
            raise CaseDiffers
        return case

    def release(self, scope: Scope, case_id: CaseId, *, actor: str) -> Case:
        """Let the copies of a portal's case go to the portal.

        Raises as `releasable`, CaseDiffers for a case of another way, ConfirmationNeeded while a call is doubtful.
        """
        case = self.releasable(scope, case_id)
        if case.intake is None or case.customer is None:
            raise CaseDiffers
        if Belonging.of(self.persons.links(Scope.of(case.controller), case.customer)).doubtful:
            raise ConfirmationNeeded
        return self._change(replace(case, released_at=self.clock.now()), case.state, "released", actor)

    def packed(self, case: Case, *, calls: int, sha256: str, actor: str) -> Case:
        """Note that the person's copies were written to their end. Raises NotFound."""
        written = replace(self.cases.get(Scope.of(case.controller), case.id), packed_at=self.clock.now())
        return self._change(written, written.state, "packed", actor, count=calls, sha256=sha256)

    def linked(self, scope: Scope, case_id: CaseId, *, ends_at: datetime, actor: str) -> Case:
        """Note that the person is given a link to her copies. Raises as `releasable`."""
        case = replace(self.releasable(scope, case_id), linked_at=self.clock.now())
        return self._change(case, case.state, "link-made", actor, until=ends_at.isoformat(timespec="seconds"))

    def answer(self, scope: Scope, case_id: CaseId, *, actor: str, given_otherwise: bool = False) -> Case:
        """Note that the person has her answer. Raises IdentityNeeded, CaseDiffers, PackNeeded.

        Copies that were asked for and are there were made or linked to within the case, or `given_otherwise`.
        """
        case = self._identified(scope, case_id)
        asked = case.state is CaseState.OPEN and case.kind in HOLDING
        given = case.packed_at or case.linked_at
        if asked and given is None and not given_otherwise and self._calls(case):
            raise PackNeeded
        how = {"given": "otherwise"} if given_otherwise else {}
        return self._close(case, CaseState.ANSWERED, actor, **how)

    def refuse(self, scope: Scope, case_id: CaseId, ground: Refusal, *, actor: str) -> Case:
        """Note a refusal with its ground. Raises NotFound, CaseDiffers."""
        case = self.cases.get(scope, case_id)
        return self._close(replace(case, ground=ground.value), CaseState.REFUSED, actor, ground=ground.value)

    def withdraw(self, scope: Scope, case_id: CaseId, *, actor: str) -> Case:
        """Note that the person no longer asks. Raises NotFound, CaseDiffers."""
        return self._close(self.cases.get(scope, case_id), CaseState.WITHDRAWN, actor)

    def list(self, scope: Scope, *, closed: bool = False) -> Sequence[Case]:
        """Return cases, the first due first; closed ones where asked for."""
        return self.cases.list(scope, states=() if closed else MOVES.keys())

    def overdue(self, scope: Scope) -> Sequence[Case]:
        """Return the cases whose last day is over without an answer."""
        return [each for each in self.list(scope) if self.holding.today(each.controller) > each.due_on]

    def settle(self, now: datetime) -> None:
        """Let lapse what nobody proved in time, and forget what has ended long enough ago: the clock's duty.

        Calls that have become a person's since she asked are held as well.
        """
        waits = timedelta(days=self.holding.settings.access_identity_days)
        for case in self.cases.list(Scope.system(), states=[CaseState.IDENTITY_AWAITED]):
            if case.opened_at + waits <= now:
                with suppress(CaseDiffers, NotFound):  # somebody was quicker
                    self._close(case, CaseState.LAPSED, "clock")
        for case in self.cases.list(Scope.system(), states=MOVES.keys(), limit=MOST_CASES):
            with suppress(CaseDiffers, NotFound):
                self._hold(case, "clock")
        for case in self.cases.list(Scope.system(), states=CLOSED, limit=MOST_CASES):
            if case.forget_on is not None and case.forget_on <= self.holding.today(case.controller):
                with suppress(NotFound):
                    self.cases.forget(case, audit=self._entry(case, "forgotten", "clock"))

    def _identified(self, scope: Scope, case_id: CaseId) -> Case:
        case = self.cases.get(scope, case_id)
        if case.state is CaseState.IDENTITY_AWAITED:
            raise IdentityNeeded
        return case

    def _calls(self, case: Case) -> Sequence[Recording]:
        if case.customer is None:
            return ()
        try:
            found = self.catalog.recordings_of(Scope.of(case.controller), case.customer)
        except NotFound:  # the last of them has ended
            return ()
        return [each for each in found if is_reachable(each, self.clock.now())]

    def _hold(self, case: Case, actor: str) -> Case:
        """Keep those of the person's calls that are not kept yet while they are asked for."""
        if case.kind not in HOLDING or case.customer is None:
            return case
        holds = self._holds(case)
        if case.hold is not None and case.hold not in {each.id for each in holds}:  # somebody released it
            return case
        scope = Scope.of(case.controller)
        held = {call.id for each in holds for call in self.holding.store.recordings(scope, each.id)}
        calls = [each for each in self._perhaps_hers(case) if each not in held]
        if not calls:
            return case
        order = Order(
            controller=case.controller,
            ground=ACCESS_GROUND,
            case=case.name,
            actor=actor,
            recordings=tuple(calls[:MOST_RECORDINGS]),  # the clock comes again for more
        )
        waits = timedelta(days=self.holding.settings.access_identity_days)
        until = None if case.state is CaseState.OPEN else self.clock.now() + waits
        hold = self.holding.place(HoldKind.ACCESS, order, until=until)
        return self._change(replace(case, hold=case.hold or hold.id), case.state, "calls-held", actor, count=len(calls))

    def _perhaps_hers(self, case: Case) -> Sequence[RecordingId]:
        """Return the person's calls and those that somebody has yet to say yes or no to."""
        scope, now = Scope.of(case.controller), self.clock.now()
        mine = {each.id for each in self._calls(case)}
        asked = Belonging.of(self.persons.links(scope, case.customer)).doubtful - mine if case.customer else ()
        for each in asked:
            with suppress(NotFound):
                if is_reachable(self.catalog.get(scope, each), now):
                    mine.add(each)
        return sorted(mine)

    def _holds(self, case: Case) -> Sequence[Hold]:
        found = self.holding.store.list(Scope.of(case.controller), kinds=[HoldKind.ACCESS])
        return [each for each in found if each.case == case.name] if case.kind in HOLDING else ()

    def _close(self, case: Case, to: CaseState, actor: str, **detail: str) -> Case:
        today = self.holding.today(case.controller)
        closed = self._move(
            replace(case, closed_at=self.clock.now(), closed_by=actor, forget_on=self._forget_on(case, today)),
            to,
            to.value,
            actor,
            **detail,
        )
        for hold in self._holds(closed):
            with suppress(NotFound):  # it lapsed just now
                self.holding.change(replace(hold, until=self.holding.after_access()), to.value, actor=actor)
        return closed

    def _forget_on(self, case: Case, today: date) -> date | None:
        period = self.controllers.get(case.controller).cases
        zone = self.controllers.get(case.controller).zone_info
        return (
            None
            if period is None
            else local_date(period.after(datetime(today.year, today.month, today.day, 12, tzinfo=zone)), zone)
        )

    def _move(self, case: Case, to: CaseState, act: str, actor: str, **detail: str) -> Case:
        if to not in MOVES.get(case.state, ()):
            raise CaseDiffers
        return self._change(replace(case, state=to), case.state, act, actor, **detail)

    def _change(self, case: Case, before: CaseState, act: str, actor: str, **detail: str | float) -> Case:
        try:
            changed = self.cases.change(case, before=before, audit=self._entry(case, act, actor, **detail))
        except Conflict:
            raise CaseDiffers from None
        self.journal.note()
        return changed

    def _entry(self, case: Case, act: str, actor: str, **detail: str | float) -> AuditEntry:
        return AuditEntry(
            at=self.clock.now(),
            actor=actor,
            action=f"case.{act}",
            controller=case.controller,
            case=case.name if case.number else None,
            purpose=case.kind.value,
            detail={"case": case.id, **detail},
        )
