"""A customer asks in the company's portal: her case is opened and identified at once, and her copies go back there.

What a portal has signed once opens one case, however often it is sent. A portal sees its own requests, and gets copies
only after a privacy officer has let them go.
"""

from __future__ import annotations

from dataclasses import dataclass

from recordings.assertions import read_assertion
from recordings.case_errors import AssertionRefused, NotReleased
from recordings.controllers import Controllers
from recordings.engines import Clock
from recordings.facts import CustomerReference
from recordings.steps.cases import KeepCases, NewCase
from recordings.steps.search import Search
from storage.cases import Case, CaseId, Cases, Identification, Way
from storage.errors import Conflict, NotFound
from storage.ports import KeyStore
from storage.records import CustomerId, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalIntake:
    """Takes what portals send."""

    cases: Cases
    keep_cases: KeepCases
    search: Search
    keys: KeyStore
    controllers: Controllers
    clock: Clock

    def open(self, controller: str, portal: str, token: str, *, actor: str) -> tuple[Case, bool]:
        """Return the case of what was signed, and whether it is new.

        Raises UnknownController, AssertionRefused, IdentityCodeSent, and what opening a case raises.
        """
        found = self.controllers.get(controller)
        if portal not in found.portals:
            raise AssertionRefused
        said = read_assertion(token, found.portals[portal], controller=controller, now=self.clock.now())
        intake = self.keys.tag(controller, "portal-request", f"{portal} {said.jti}")
        scope = Scope.of(controller)
        known = self.cases.of_intake(scope, intake)
        if known is not None:
            return known, False
        new = NewCase(
            controller=controller,
            kind=said.kind,
            way=Way.PORTAL,
            customer=self._customer(scope, controller, said.references, actor),
            identified_by=Identification.STRONG,
            intake=intake,
        )
        try:
            return self.keep_cases.open(new, actor=actor), True
        except Conflict:  # the same was sent twice at once
            again = self.cases.of_intake(scope, intake)
            if again is None:
                raise
            return again, False

    def get(self, scope: Scope, case: CaseId) -> Case:
        """Return a case that a portal has opened. Raises NotFound."""
        found = self.cases.get(scope, case)
        if found.intake is None:
            raise NotFound
        return found

    def released(self, scope: Scope, case: CaseId) -> Case:
        """Return a portal's case whose copies were let go. Raises NotFound, NotReleased."""
        found = self.get(scope, case)
        if found.released_at is None:
            raise NotReleased
        return found

    def _customer(
        self, scope: Scope, controller: str, references: tuple[CustomerReference, ...], actor: str
    ) -> CustomerId | None:
        """Return the one person whom the references name; of none, or of several, nobody: the officer looks."""
        named = (self.search.find_customer(scope, each, controller=controller, actor=actor) for each in references)
        found = {each for each in named if each is not None}
        return found.pop() if len(found) == 1 else None
