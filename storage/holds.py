"""A hold: a reasoned stop of deletion, for the calls that it names and for nothing else.

A restriction (GDPR Art. 18) is a hold that stops use too; an open access request is one that ends by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from storage.records import HoldId


class HoldKind(StrEnum):
    """What a hold stops and how it ends."""

    LEGAL = "legal"  # stops purge, until it is released
    ACCESS = "access"  # stops purge, until its own time
    RESTRICTION = "restriction"  # stops purge and use, until it is lifted


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """One hold's row. `ground` is a slug, `case` names the case in the company's own books; actors are pseudonyms."""

    id: HoldId
    controller: str
    kind: HoldKind
    ground: str
    case: str
    placed_at: datetime
    placed_by: str
    review_on: date  # a person looks again whether it is still needed
    until: datetime | None = None  # when it ends by itself; None: it does not
    release_asked_by: str | None = None  # the first of two persons
    notified_on: date | None = None  # when the person was told that the restriction will be lifted
    ended_at: datetime | None = None
    ended_by: str | None = None
