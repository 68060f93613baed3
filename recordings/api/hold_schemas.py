"""Wire models of holds, restrictions and the requests that hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints

from recordings.api.schemas import Case, Id, Label, RequestBody
from recordings.disclosures import Recipient, Untold
from recordings.holding import MOST_RECORDINGS, HoldGround, Order, RestrictionGround
from recordings.steps.access import Purpose
from recordings.steps.hold_for_request import Answer
from storage.holds import Hold, HoldKind
from storage.records import CustomerId, Recording, RecordingId


class _OrderIn(RequestBody):
    controller: Label
    case: Case
    recordings: Annotated[tuple[Id, ...], Field(max_length=MOST_RECORDINGS)] = ()
    customer: Id | None = None
    review_on: date | None = None

    def order(self, ground: str, actor: str) -> Order:
        """Return the order: the recordings that are named, or the customer's."""
        return Order(
            controller=self.controller,
            ground=ground,
            case=self.case,
            actor=actor,
            recordings=tuple(RecordingId(each) for each in self.recordings),
            customer=CustomerId(self.customer) if self.customer else None,
            review_on=self.review_on,
        )


class HoldIn(_OrderIn):
    """Calls that are not to be deleted in time, and why: `recordings`, or all that `customer` has today."""

    ground: HoldGround


class RestrictionIn(_OrderIn):
    """Calls that are not to be used either, and why."""

    ground: RestrictionGround


class AccessHoldIn(_OrderIn):
    """A person has asked for her calls; `identity_proved` says whether it is known that it is she."""

    identity_proved: bool = False


class ReviewIn(RequestBody):
    """The next day of review; without one, after the usual number of days."""

    review_on: date | None = None


class AnswerIn(RequestBody):
    """How a request ended."""

    answer: Answer


class NoticeIn(RequestBody):
    """When the person was told that the restriction will be lifted."""

    notified_on: date


class OpenIn(RequestBody):
    """What the archive of a hold's calls is for, and the passphrase that will open it."""

    purpose: Purpose
    recipient: Recipient | None = None  # whom the calls are given to; an authority always is one
    untold: Untold | None = None  # why the person is not told of it
    passphrase: Annotated[str, StringConstraints(max_length=1_000)] = Field(repr=False)


class HoldOut(BaseModel):
    """A hold, what it keeps, and how many of these are past their time."""

    id: str
    controller: str
    kind: HoldKind
    ground: str
    case: str
    placed_at: datetime
    placed_by: str
    review_on: date
    until: datetime | None
    release_asked_by: str | None
    notified_on: date | None
    ended_at: datetime | None
    recordings: list[str]
    overdue: int
    receipts: tuple[Mapping[str, Any], ...] = ()

    @classmethod
    def of(cls, hold: Hold, recordings: Sequence[Recording], *, now: datetime) -> HoldOut:
        """Build the answer."""
        more = {"recordings", "overdue", "receipts"}
        return cls(
            **{name: getattr(hold, name) for name in cls.model_fields if name not in more},
            recordings=[each.id for each in recordings],
            overdue=sum(each.delete_at <= now for each in recordings),
        )
