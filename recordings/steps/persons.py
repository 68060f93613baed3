"""Who is one person: references are joined and parted, shared numbers are no person, wrong links are put right.

Reads: persons, catalog. Writes: persons, audit. Next: access, which gives what is a person's, and asks for a yes for
each call that rests on a shared number or only speaks of her.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from recordings.audit import about
from recordings.controllers import Controllers
from recordings.engines import Clock
from recordings.errors import RequestInvalid
from recordings.facts import CustomerReference, normal_reference
from recordings.journal import KeepJournal
from recordings.lifecycle import is_reachable
from storage.errors import NotFound
from storage.persons import SHARED, Bond, DecisionId, Evidence, Link, PersonDecision, Persons, Role
from storage.ports import Catalog, KeyStore
from storage.records import AuditEntry, CustomerId, RecordingId, Reference, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDecision:
    """What somebody decides about one reference, or about two, and how it is known."""

    controller: str
    bond: Bond
    reference: CustomerReference | Reference
    other: CustomerReference | Reference | None = None
    evidence: Evidence
    case: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """As what a person is in a call; no role: the link is wrong."""

    reference: CustomerReference | Reference
    role: Role | None
    evidence: Evidence
    case: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepPersons:
    """Decides and shows. Safe to use from several threads."""

    persons: Persons
    catalog: Catalog
    keys: KeyStore
    controllers: Controllers
    journal: KeepJournal
    clock: Clock

    def decide(self, new: NewDecision, *, actor: str) -> PersonDecision:
        """Keep a decision; it counts at once. Raises UnknownController, RequestInvalid, NotFound, Conflict."""
        controller = self.controllers.get(new.controller).slug
        if (new.other is None) != (new.bond in SHARED):
            raise RequestInvalid([("other", "for_same_and_apart_only")])
        decision = PersonDecision(
            id=DecisionId(uuid4().hex),
            controller=controller,
            bond=new.bond,
            reference=self._named(controller, new.reference),
            other=self._named(controller, new.other) if new.other else None,
            evidence=new.evidence,
            at=self.clock.now(),
            by=actor,
            case=new.case,
        )
        if decision.other == decision.reference:
            raise RequestInvalid([("other", "is_the_same")])
        self.persons.decide(decision, audit=self._entry(decision, "decided", actor))
        self.journal.note()
        return decision

    def undo(self, scope: Scope, decision: DecisionId, *, actor: str, case: str | None = None) -> PersonDecision:
        """Take a decision back; it stays in the history. Raises NotFound, Conflict."""
        now = self.clock.now()
        audit = AuditEntry(at=now, actor=actor, action="person.undone", case=case, detail={"decision": decision})
        undone = self.persons.undo(scope, decision, at=now, by=actor, audit=audit)
        self.journal.note()
        return undone

    def history(self, scope: Scope, customer: CustomerId) -> Sequence[PersonDecision]:
        """Return what was decided about a person's references, oldest first."""
        return self.persons.history(scope, customer)

    def links(self, scope: Scope, customer: CustomerId) -> Sequence[Link]:
        """Return a person's calls by each reference, as far as they may still be known of."""
        found = self.persons.links(scope, customer)
        now = self.clock.now()
        there = {each for each in {link.recording for link in found} if self._is_there(scope, each, now)}
        return [link for link in found if link.recording in there]

    def parted(self, scope: Scope, customer: CustomerId) -> Sequence[tuple[RecordingId, Reference]]:
        """Return the calls that were found not to be hers, by which of her references."""
        now = self.clock.now()
        return [each for each in self.persons.parted(scope, customer) if self._is_there(scope, each[0], now)]

    def correct(self, scope: Scope, recording_id: RecordingId, correction: Correction, *, actor: str) -> None:
        """Say as what a person is in a call, or that she is not. Raises NotFound."""
        recording = self.catalog.get(scope, recording_id)
        named = self._named(recording.controller, correction.reference)
        role = correction.role.value if correction.role else "none"
        entry = about(
            recording,
            "person.link-corrected",
            at=self.clock.now(),
            actor=actor,
            type=named.type,
            role=role,
            evidence=correction.evidence.value,
            **({"of_case": correction.case} if correction.case else {}),
        )
        self.persons.correct(recording.id, named, correction.role, correction.evidence, audit=entry)
        self.journal.note()

    def _is_there(self, scope: Scope, recording: RecordingId, now: datetime) -> bool:
        try:
            return is_reachable(self.catalog.get(scope, recording), now)
        except NotFound:
            return False

    def _named(self, controller: str, each: CustomerReference | Reference) -> Reference:
        if isinstance(each, Reference):
            return Reference(type=each.type, tag=each.tag)
        value = normal_reference(each.type, each.value)
        return Reference(type=each.type, tag=self.keys.tag(controller, f"reference:{each.type}", value))

    def _entry(self, decision: PersonDecision, act: str, actor: str) -> AuditEntry:
        return AuditEntry(
            at=decision.at,
            actor=actor,
            action=f"person.{act}",
            controller=decision.controller,
            case=decision.case,
            detail={"decision": decision.id, "bond": decision.bond.value, "evidence": decision.evidence.value},
        )
