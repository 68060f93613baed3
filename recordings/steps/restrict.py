"""A person restricts the use of a call (GDPR Art. 18): it is kept, and nobody works with it.

Reads: catalog, holds. Writes: holds, keys, audit. Next: purge, at once where its time has come.

Art. 18(2) leaves storage, and what the person's own request, a claim or an authority's order needs: the archive of
`recordings.steps.access`, whose purposes are these three. A restriction is lifted only after the person was told, on a
day that is written down.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from recordings.errors import NoticeNeeded, RequestInvalid
from recordings.holding import Holding, Order, RestrictionGround
from storage.holds import Hold, HoldKind
from storage.records import HoldId, Recording, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Restrict:
    """Restricts, notes the notice, lifts."""

    holding: Holding

    def __call__(self, order: Order) -> Hold:
        """Restrict what the order names; whoever works on it loses it.

        Raises UnknownController, NotFound, RequestInvalid.
        """
        if order.ground not in {each.value for each in RestrictionGround}:
            raise RequestInvalid([("ground", "is_no_ground")])
        return self.holding.place(HoldKind.RESTRICTION, order)

    def notify(self, scope: Scope, hold_id: HoldId, day: date, *, actor: str) -> Hold:
        """Keep on which day the person was told that it will be lifted. Raises NotFound, RequestInvalid."""
        hold = self.holding.get(scope, hold_id, HoldKind.RESTRICTION)
        if not self.holding.today(hold.controller) >= day >= hold.placed_at.date():
            raise RequestInvalid([("notified_on", "since_the_restriction_until_today")])
        return self.holding.change(replace(hold, notified_on=day), "notified", actor=actor)

    def lift(self, scope: Scope, hold_id: HoldId, *, actor: str) -> Sequence[Recording]:
        """Lift a restriction and return what it kept. Raises NotFound, NoticeNeeded."""
        hold = self.holding.get(scope, hold_id, HoldKind.RESTRICTION)
        if hold.notified_on is None:
            raise NoticeNeeded
        return self.holding.end(hold, "lifted", actor=actor)
