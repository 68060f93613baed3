"""A person asks for her calls: they are held until some days after the answer, so that none ends in between.

Reads: catalog, holds. Writes: holds, keys, audit. Next: the clock, which lets it lapse.

Without proof of who asks the hold lapses by itself: a stranger's letter must not keep anyone's calls.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from recordings.holding import Holding, Order
from storage.holds import Hold, HoldKind
from storage.records import HoldId, Scope


class Answer(StrEnum):
    """How a request for access ended."""

    DELIVERED = "delivered"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldForRequest:
    """Follows a request from its letter to some days after its answer."""

    holding: Holding

    def __call__(self, order: Order, *, proved: bool) -> Hold:
        """Hold a customer's calls while her request is open. Raises UnknownController, NotFound, RequestInvalid."""
        days = timedelta(days=self.holding.settings.access_identity_days)
        until = None if proved else self.holding.clock.now() + days
        return self.holding.place_for_access(order, until=until, act="opened")

    def prove(self, scope: Scope, hold_id: HoldId, *, actor: str) -> Hold:
        """Say that it is she who asks: the hold goes on until the answer. Raises NotFound."""
        hold = self.holding.get(scope, hold_id, HoldKind.ACCESS)
        return self.holding.change(replace(hold, until=None), "identity-proved", actor=actor)

    def answer(self, scope: Scope, hold_id: HoldId, answer: Answer, *, actor: str) -> Hold:
        """Say how it ended; from now on the hold has its days. Raises NotFound."""
        hold = self.holding.get(scope, hold_id, HoldKind.ACCESS)
        return self.holding.change(replace(hold, until=self.holding.after_access()), answer.value, actor=actor)
