"""What waits for a person, over HTTP: the doubtful places without a word, and the decisions that need no role.

To clear something takes a privacy officer, and words are for a person at the terminal: until there are accounts, both
are `vaiti review`'s alone (ADR 0015).
"""

from __future__ import annotations

from dataclasses import fields
from typing import Annotated, Literal, Self

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from recordings.api.deps import MayMask, MayReview, OpaqueId, Service, registers
from recordings.api.schemas import RecordingOut
from recordings.doubts import Doubt, DoubtfulPlace
from recordings.steps.review import Choice, Reviewer, Verb, Waiting
from storage.records import RecordingId

router = APIRouter(tags=["review"])

MOST_PLACES = 1_000
Index = Annotated[int, Field(ge=0, le=10_000_000)]
Seconds = Annotated[float, Field(ge=0, le=1_000_000)]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class PlaceOut(BaseModel):
    """A doubtful place: words `first` to `last` of `channel`, or seconds, or both; word classes and rule slugs."""

    number: int
    doubt: Doubt
    type: str
    channel: int | None
    first: int | None
    last: int | None
    start: float | None
    end: float | None
    shape: tuple[str, ...]
    why: tuple[str, ...]


class ReviewOut(BaseModel):
    """A recording that waits, and its doubtful places."""

    recording: RecordingOut
    places: list[PlaceOut]

    @classmethod
    def of(cls, waiting: Waiting) -> ReviewOut:
        """Build the answer. Words are not in it, whoever asks."""
        names = [field.name for field in fields(DoubtfulPlace)]
        places = [
            PlaceOut(number=number, **{name: getattr(place, name) for name in names})
            for number, place in enumerate(waiting.places, start=1)
        ]
        return cls(recording=RecordingOut.of(waiting.recording), places=places)


class PlaceIn(_In):
    """Words of one channel, both ends included, or a stretch of sound; what it is masked as."""

    type: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]{0,63}$")] = "SECRET"
    channel: Annotated[int, Field(ge=0, le=99)] | None = None
    first: Index | None = None
    last: Index | None = None
    start: Seconds | None = None
    end: Seconds | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        words, times = (self.channel, self.first, self.last), (self.start, self.end)
        for given in (words, times):
            if None in given and any(each is not None for each in given):
                raise ValueError("a place is channel, first and last, or start and end")
        if self.first is None and self.start is None:
            raise ValueError("a place is channel, first and last, or start and end")
        return self


class DecisionIn(_In):
    """`mask` names places, by the numbers that the recording's review lists or by themselves; `retry` looks again."""

    decision: Literal["mask", "retry"]
    numbers: Annotated[tuple[int, ...], Field(max_length=MOST_PLACES)] = ()
    places: Annotated[tuple[PlaceIn, ...], Field(max_length=MOST_PLACES)] = ()
    case: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$")] | None = None


@router.get("/review")
def list_waiting(vaiti: Service, caller: MayReview, limit: Annotated[int, Query(ge=1, le=200)] = 50) -> list[ReviewOut]:
    """List what waits in quarantine, newest call first, each with its doubtful places."""
    return [ReviewOut.of(each) for each in vaiti.review.list(registers(vaiti, caller), limit=limit)]


@router.get("/recordings/{recording}/review")
def show(recording: OpaqueId, vaiti: Service, caller: MayReview) -> ReviewOut:
    """Return one recording's doubtful places; of a published one, what is masked in it."""
    who = Reviewer(actor=caller.actor)
    return ReviewOut.of(vaiti.review.show(registers(vaiti, caller), RecordingId(recording), who))


@router.post("/recordings/{recording}/decisions", status_code=202)
def decide(recording: OpaqueId, body: DecisionIn, vaiti: Service, caller: MayMask) -> RecordingOut:
    """Keep a decision; the recording is planned, masked and verified again at once, and seen when that held."""
    places = tuple(DoubtfulPlace(doubt=Doubt.MASKED, why=("review",), **place.model_dump()) for place in body.places)
    choice = Choice(verb=Verb(body.decision), numbers=body.numbers, places=places)
    who = Reviewer(actor=caller.actor, case=body.case)
    return RecordingOut.of(vaiti.review.decide(registers(vaiti, caller), RecordingId(recording), choice, who))
