"""A person's calls are masked more strictly from now on, and those that are here are masked again.

Reads: catalog. Writes: catalog, search index, audit. Next: detect, which plans by the person's profile and adds to the
plan.

The profile is kept first. From then on whoever plans a call of this person asks for it; a worker that had asked before
loses the call, and a copy that was published is out of everybody's reach until its new one is verified. What waits for
a person or failed is planned by it when it is run again.
"""

from __future__ import annotations

from dataclasses import dataclass

from recordings.audit import about
from recordings.controllers import Controllers
from recordings.engines import Clock
from recordings.facts import CustomerReference, normal_reference
from recordings.journal import KeepJournal
from redaction.policy import Profile
from storage.ports import Catalog, JobQueue, KeyStore, SearchIndex
from storage.records import AuditEntry, CustomerId, Reference, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class SetProfile:
    """Safe to run again at any moment: what is masked twice is masked the same."""

    catalog: Catalog
    keys: KeyStore
    index: SearchIndex
    queue: JobQueue
    controllers: Controllers
    clock: Clock
    journal: KeepJournal

    def __call__(
        self, controller: str, reference: CustomerReference, profile: Profile, *, actor: str, case: str | None = None
    ) -> int:
        """Set the profile of whom a reference names; returns how many calls are masked again. Raises UnknownController.

        `standard` forgets it: what was masked stays masked, later calls are masked by the controller's rules.
        """
        slug = self.controllers.get(controller).slug
        value = normal_reference(reference.type, reference.value)
        named = Reference(type=reference.type, tag=self.keys.tag(slug, f"reference:{reference.type}", value))
        audit = AuditEntry(
            at=self.clock.now(),
            actor=actor,
            action="customer.profile-set",
            controller=slug,
            case=case,
            detail={"profile": profile.value},
        )
        asked = None if profile is Profile.STANDARD else profile.value
        self.catalog.set_profile(slug, named, asked, audit=audit)
        self.journal.note()
        customer = self.catalog.find_customer(Scope.of(slug), slug, named)
        return 0 if asked is None or customer is None else self._plan_again(Scope.of(slug), customer, actor)

    def _plan_again(self, scope: Scope, customer: CustomerId, actor: str) -> int:
        again = 0
        for recording in self.catalog.recordings_of(scope, customer):
            audit = about(recording, "recording.planned-again", at=self.clock.now(), actor=actor)
            planned = self.catalog.plan_again(recording.id, audit=audit)
            if planned is not None:
                self.index.remove(recording.id)  # nobody finds it any more; now its words are gone from there as well
                self.queue.hint(planned, first=True)
                again += 1
        return again
