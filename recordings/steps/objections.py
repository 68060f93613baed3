"""A person objects, or takes a consent back: the use of her calls ends in the same moment.

Reads: cases, objections, catalog. Writes: objections, audit; what only a withdrawn consent allowed ends by the purge.
Next: the clock, which purges what a hold has kept, tells the company's systems, and forgets an objection whose own
period is over.

A call falls under an objection by the purposes of its kinds, as the controllers file states them (`stopped_by`). It is
kept, since the person may still ask for it, and no longer listed, found, opened or annotated. A consent that is taken
back ends the calls that rest on nothing else and began before: it does not undo what was done with them (Art. 7(3)).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from recordings.case_errors import CaseDiffers, IdentityNeeded
from recordings.controllers import Controller, Controllers
from recordings.engines import Clock
from recordings.errors import RequestInvalid, UnknownController
from recordings.facts import CustomerReference, normal_reference
from recordings.journal import KeepJournal
from recordings.objection_errors import NoPeriodForObjections, ObjectionEnded
from recordings.retention import local_date
from storage.cases import CLOSED, Case, CaseId, CaseKind, Cases, CaseState
from storage.errors import Conflict, Held, NotFound
from storage.objections import Objection, ObjectionId, ObjectionKind, Objections
from storage.ports import AuditLog, KeyStore
from storage.records import AuditEntry, CustomerId, Reference, Scope

Purge = Callable[..., Mapping[str, Any]]
WITHDRAWN = "consent-withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewObjection:
    """Who objects to what: by references, by the customer whom they name, or by a case, which knows both."""

    controller: str
    kind: ObjectionKind
    references: tuple[CustomerReference, ...] = ()
    customer: CustomerId | None = None
    case: CaseId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """An objection, and of a withdrawn consent the receipts of what has ended."""

    objection: Objection
    receipts: Sequence[Mapping[str, Any]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepObjections:
    """Records, ends and forgets objections. Safe to use from several threads."""

    objections: Objections
    cases: Cases
    audit: AuditLog
    keys: KeyStore
    controllers: Controllers
    journal: KeepJournal
    clock: Clock

    def record(self, new: NewObjection, purge: Purge, *, actor: str) -> Recorded:
        """Record an objection; from here on it counts.

        Raises UnknownController, NoPeriodForObjections, RequestInvalid, NotFound, and of a case IdentityNeeded,
        CaseDiffers.
        """
        controller = self.controllers.get(new.controller)
        case = self._case(controller, new)
        now = self.clock.now()
        objection = Objection(
            id=ObjectionId(uuid4().hex),
            controller=controller.slug,
            number=0,
            kind=new.kind,
            stops=controller.stopped_by(new.kind),
            made_at=now,
            made_by=actor,
            forget_on=_forget_on(controller, now),
            case=case.name if case else None,
            customer=case.customer if case else new.customer,
        )
        named = self._references(controller.slug, new.references)
        if not named and objection.customer is None:
            raise RequestInvalid([("references", "missing")])
        kept = self.objections.add(objection, named, audit=self._entry(objection, "recorded", actor))
        self.journal.note()
        return Recorded(objection=kept, receipts=self._erase(purge, actor) if _is_withdrawal(kept) else ())

    def end(self, scope: Scope, objection_id: ObjectionId, *, actor: str) -> Objection:
        """Note that the person took it back: her calls are of use again. Raises NotFound, ObjectionEnded."""
        found = self.objections.get(scope, objection_id)
        ended = replace(found, ended_at=self.clock.now(), ended_by=actor)
        try:
            kept = self.objections.change(ended, audit=self._entry(ended, "ended", actor))
        except Conflict:
            raise ObjectionEnded from None
        self.journal.note()
        return kept

    def since(self, controller: str, number: int, *, limit: int = 100) -> Sequence[Objection]:
        """Return what was made or changed after this number of the register's feed. Raises UnknownController."""
        slug = self.controllers.get(controller).slug
        return self.objections.since(Scope.of(slug), slug, number, limit=limit)

    def against(
        self, controller: str, references: Sequence[CustomerReference], *, actor: str
    ) -> Sequence[Sequence[ObjectionKind]]:
        """Return, for each of these references, what its person has objected to. Raises UnknownController."""
        slug = self.controllers.get(controller).slug
        named = [self._reference(slug, each) for each in references]
        found = self.objections.against(Scope.of(slug), slug, set(named))
        asked = AuditEntry(
            at=self.clock.now(), actor=actor, action="objection.asked", controller=slug, detail={"count": len(named)}
        )
        self.audit.append(asked)
        return [sorted(found.get(each, ())) for each in named]

    def follow_file(self) -> None:
        """Let objections stop what the controllers file says since it was read."""
        for objection in self.objections.list(Scope.system()):
            with suppress(NotFound, Conflict, UnknownController):
                stops = self.controllers.get(objection.controller).stopped_by(objection.kind)
                if stops != objection.stops and not _is_withdrawal(objection):
                    entry = self._entry(objection, "follows-file", "clock")
                    self.objections.change(replace(objection, stops=stops), audit=entry)

    def settle(self, purge: Purge) -> None:
        """Do the clock's duty: end what a withdrawal ended and a hold kept, or what came late; forget old objections.

        Raises what the purge raises.
        """
        self._erase(purge, "clock")
        for controller in self.controllers.list():
            self._forget(controller)

    def _forget(self, controller: Controller) -> None:
        today = local_date(self.clock.now(), controller.zone_info)
        for objection in self.objections.over(Scope.of(controller.slug), today):
            with suppress(NotFound):
                self.objections.forget(objection, audit=self._entry(objection, "forgotten", "clock"))

    def _erase(self, purge: Purge, actor: str) -> Sequence[Mapping[str, Any]]:
        """End what rested on consents that were taken back; a hold is waited for."""
        receipts = []
        for recording in self.objections.withdrawn():
            with suppress(Held, NotFound):
                receipts.append(purge(recording, reason=WITHDRAWN, actor=actor))
        return receipts

    def _case(self, controller: Controller, new: NewObjection) -> Case | None:
        """Return the case that an objection comes with. Raises as `record`."""
        if new.case is None:
            if new.kind is ObjectionKind.CONSENT_WITHDRAWAL:  # it destroys: only for whom it is known that it is she
                raise RequestInvalid([("case", "for_consent_withdrawals")])
            return None
        case = self.cases.get(Scope.of(controller.slug), new.case)
        if case.state is CaseState.IDENTITY_AWAITED:
            raise IdentityNeeded
        asked = case.kind.value if case.kind is CaseKind.CONSENT_WITHDRAWAL else case.about
        if case.state in CLOSED or asked != new.kind.value:
            raise CaseDiffers
        return case

    def _references(self, controller: str, references: Sequence[CustomerReference]) -> list[Reference]:
        return [self._reference(controller, each) for each in references]

    def _reference(self, controller: str, each: CustomerReference) -> Reference:
        value = normal_reference(each.type, each.value)
        return Reference(type=each.type, tag=self.keys.tag(controller, f"reference:{each.type}", value))

    def _entry(self, objection: Objection, act: str, actor: str) -> AuditEntry:
        return AuditEntry(
            at=self.clock.now(),
            actor=actor,
            action=f"objection.{act}",
            controller=objection.controller,
            case=objection.case,
            purpose=objection.kind.value,
            detail={"objection": objection.id},
        )


def _is_withdrawal(objection: Objection) -> bool:
    return objection.kind is ObjectionKind.CONSENT_WITHDRAWAL


def _forget_on(controller: Controller, now: datetime) -> date:
    if controller.objections is None:
        raise NoPeriodForObjections
    return local_date(controller.objections.after(now.astimezone(controller.zone_info)), controller.zone_info)
