"""To whom originals were given, and what the receivers have to be told since (GDPR Art. 19)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Self

from fastapi import APIRouter, Query
from pydantic import BaseModel

from recordings.api.deps import MayHold, MayReadHolds, OpaqueId, Service, registers
from recordings.api.schemas import RequestBody
from recordings.disclosures import Change, Disclosure, How, Recipient, Untold

router = APIRouter(tags=["privacy officer"])

Waiting = Annotated[bool, Query(description="Only those whose receiver has to be told.")]


class ToldIn(RequestBody):
    """What was done about telling the receiver."""

    how: How


class ChangedOut(BaseModel):
    """What happened to a call after it was given."""

    recording: str
    change: Change
    at: datetime


class DisclosureOut(BaseModel):
    """Calls that were given to one receiver, and what it has not been told of."""

    id: str
    controller: str
    case: str
    purpose: str
    recipient: Recipient
    untold: Untold | None
    at: datetime
    by: str
    recordings: tuple[str, ...]
    told_at: datetime | None
    told_how: How | None
    waits: list[ChangedOut]

    @classmethod
    def of(cls, found: Disclosure) -> Self:
        """Build the answer."""
        waits = [ChangedOut(recording=each.recording, change=each.change, at=each.at) for each in found.waits]
        return cls(**{name: getattr(found, name) for name in cls.model_fields if name != "waits"}, waits=waits)


@router.get("/disclosures")
def list_disclosures(vaiti: Service, caller: MayReadHolds, waiting: Waiting = False) -> list[DisclosureOut]:  # noqa: FBT002
    """List to whom originals were given, oldest first."""
    found = vaiti.keep_disclosures.list(registers(vaiti, caller), waiting=waiting)
    return [DisclosureOut.of(each) for each in found]


@router.post("/disclosures/{disclosure}/told")
def note_told(disclosure: OpaqueId, body: ToldIn, vaiti: Service, caller: MayHold) -> DisclosureOut:
    """Note that the receiver was told of all that waits, or why it was not."""
    keep = vaiti.keep_disclosures
    return DisclosureOut.of(keep.tell(registers(vaiti, caller), disclosure, body.how, actor=caller.actor))
