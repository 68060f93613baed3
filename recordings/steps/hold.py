"""A call is held: it is not purged in time, because a claim, a duty or an authority's order needs it.

Reads: catalog, holds. Writes: holds, keys, audit. Next: purge, at once where its time has come.

Until `delete_at` staff go on with the masked copy; afterwards nobody reaches the call but through its case
(`recordings.steps.access`). At its review date a hold is shown and does not end: evidence must not vanish because a
person forgot a date.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from recordings.errors import RequestInvalid, SecondPersonNeeded
from recordings.holding import HoldGround, Holding, Order
from storage.errors import NotFound
from storage.holds import Hold, HoldKind
from storage.records import HoldId, Recording, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceHold:
    """Places, reviews and releases."""

    holding: Holding

    def __call__(self, order: Order) -> Hold:
        """Hold what the order names. Raises UnknownController, NotFound, RequestInvalid."""
        if order.ground not in {each.value for each in HoldGround}:
            raise RequestInvalid([("ground", "is_no_ground")])
        return self.holding.place(HoldKind.LEGAL, order)

    def review(self, scope: Scope, hold_id: HoldId, review_on: date | None, *, actor: str) -> Hold:
        """Say that the hold is still needed, until the next review. Raises NotFound, RequestInvalid."""
        hold = self.holding.get(scope, hold_id)
        day = self.holding.review_date(hold.controller, review_on)
        return self.holding.change(replace(hold, review_on=day), "reviewed", actor=actor)

    def release(self, scope: Scope, hold_id: HoldId, *, actor: str) -> Sequence[Recording]:
        """End a hold and return what it kept; by two persons the first time nothing, and it goes on.

        Raises NotFound, also for a restriction, and SecondPersonNeeded when the same person asks again.
        """
        hold = self.holding.get(scope, hold_id)
        if hold.kind is HoldKind.RESTRICTION:
            raise NotFound
        if not self.holding.settings.hold_two_persons:
            return self.holding.end(hold, "released", actor=actor)
        if hold.release_asked_by is None:
            self.holding.change(replace(hold, release_asked_by=actor), "release-asked", actor=actor)
            return ()
        if hold.release_asked_by == actor:
            raise SecondPersonNeeded
        return self.holding.end(hold, "released", actor=actor)
