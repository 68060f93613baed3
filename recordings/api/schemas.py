"""Wire models. Answers are built from a recording's row and its masked copy: nothing here can hold what is raw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta, timezone
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from recordings.disclosures import Recipient, Untold
from recordings.steps.access import Purpose
from redaction.policy import Profile
from redaction.talk import Topic
from storage.notices import NoticeCount
from storage.records import Clearance, Kind, Recording, Stage

Id = Annotated[str, StringConstraints(pattern="^[0-9a-f]{32}$")]
Case = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$")]
Label = Annotated[str, StringConstraints(min_length=1, max_length=64)]


class RequestBody(BaseModel):
    """What a caller sends: nothing that is not asked for, and no value in an error."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class SenderCopy(BaseModel):
    """What becomes of the sender's own copy of the call.

    An answer means that the call is stored: from then on the copy `may_be_deleted`. A careful sender keeps it until the
    recording has reached the stage `advised_until`, as a file may still turn out to be damaged. Where the copy is as
    old as the call's promised time, `must_be_gone_by`, it breaks the promise.
    """

    may_be_deleted: bool
    advised_until: Stage | None
    must_be_gone_by: datetime

    @classmethod
    def of(cls, recording: Recording) -> SenderCopy:
        """Build the answer; nothing is advised any more when the recording is published, or on its way out."""
        over = recording.stage in {Stage.PUBLISHED, Stage.PURGING, Stage.PURGED}
        advised = None if over else Stage.PUBLISHED
        return cls(may_be_deleted=True, advised_until=advised, must_be_gone_by=recording.delete_at)


class RecordingOut(BaseModel):
    """One recording as staff may know it."""

    id: str
    controller: str
    kind: Kind
    kinds: tuple[Kind, ...]
    stage: Stage
    slug: str | None
    started_at: datetime
    received_at: datetime
    delete_at: datetime
    seconds: float | None
    language: str
    channels: tuple[str, ...]
    direction: str | None
    queue: str | None
    agent: str | None
    satisfaction: int | None
    told: bool | None
    told_at: float | None
    source: str | None
    model: str | None
    verdict: str | None
    findings: dict[str, int]
    seconds_masked: float | None
    clearance: Clearance | None
    held: bool
    restricted: bool
    sender_copy: SenderCopy

    @classmethod
    def of(cls, recording: Recording) -> RecordingOut:
        """Build the answer; the call's time keeps the offset it was pushed with."""
        other = {"channels", "started_at", "sender_copy"}
        same = {name: getattr(recording, name) for name in cls.model_fields if name not in other}
        zone = timezone(timedelta(seconds=recording.zone_offset))
        return cls(
            **same,
            channels=recording.roles,
            started_at=recording.started_at.astimezone(zone),
            sender_copy=SenderCopy.of(recording),
        )

    def states_only(self) -> Self:
        """Return how far it has come and when it ends, and nothing of who called, who answered or what was found."""
        return self.model_copy(update=_NO_CONTENT)


_NO_CONTENT: Mapping[str, object] = {
    "direction": None,
    "queue": None,
    "agent": None,
    "satisfaction": None,
    "findings": {},
    "seconds_masked": None,
    "verdict": None,
    "clearance": None,
}


class RecordingList(BaseModel):
    """Recordings, in the order that the address says; `overdue_held` are past their time, held, and shown nowhere."""

    recordings: list[RecordingOut]
    overdue_held: int

    @classmethod
    def of(cls, recordings: list[Recording] | tuple[Recording, ...], *, overdue_held: int) -> RecordingList:
        """Build the answer."""
        return cls(recordings=[RecordingOut.of(each) for each in recordings], overdue_held=overdue_held)

    def states_only(self) -> Self:
        """Return the same without content."""
        return self.model_copy(update={"recordings": [each.states_only() for each in self.recordings]})


class NoticeCountOut(BaseModel):
    """How many callers of one queue were told that the call is recorded, by what was heard in its first minute."""

    controller: str
    kind: Kind
    queue: str | None
    told: int
    untold: int
    unheard: int

    @classmethod
    def of(cls, count: NoticeCount) -> NoticeCountOut:
        """Build the answer."""
        return cls(**asdict(count))


class TurnOut(BaseModel):
    """One masked turn; times in seconds from the start."""

    channel: int
    start: float
    end: float
    text: str


class FindCustomerIn(RequestBody):
    """How the company names a person."""

    controller: Label
    type: Literal["customer_number", "phone", "metering_point", "contract", "email"]
    value: Annotated[str, StringConstraints(min_length=1, max_length=200)]


class ProfileIn(FindCustomerIn):
    """How strictly the calls of whom a reference names are masked, and the case that asks for it."""

    profile: Profile
    case: Case | None = None


class ProfileOut(BaseModel):
    """How many calls are masked again."""

    recordings: int


class FlagIn(RequestBody):
    """What a call is about, by somebody who has read or heard it."""

    topic: Topic


class ClearanceIn(RequestBody):
    """The privacy officer's word."""

    clearance: Literal[Clearance.GRANTED, Clearance.REFUSED]
    case: Case | None = None


class WaitingOut(BaseModel):
    """A call that staff may not see, and the topics that it was flagged with: for the privacy officer."""

    recording: RecordingOut
    topics: tuple[str, ...]


class CustomerOut(BaseModel):
    """An opaque id; it says nothing about the person."""

    customer: str


class RequestIn(RequestBody):
    """A person's request. Access is the one type that this version answers."""

    type: Label
    customer: Id
    case: Case
    purpose: Purpose
    passphrase: Annotated[str, StringConstraints(max_length=1_000)] = Field(repr=False)
    language: Literal["fi", "sv", "en"] | None = None  # of the letter
    confirmed: tuple[Id, ...] = ()  # of the doubtful calls, those that are hers: `/customers/{id}/links`
    left_out: tuple[Id, ...] = ()
    recipient: Recipient | None = None  # whom the calls are given to, where it is not the person
    untold: Untold | None = None  # why the person is not told of it


class Health(BaseModel):
    """How the service is; `for_trying_only` is true while new calls are heard with the demo model.

    `parts` says of each store `ok` or the slug of what is wrong; it is empty where only the process was asked for.
    """

    status: Literal["ok", "degraded", "down"] = "ok"
    parts: dict[str, str] = {}
    version: str
    for_trying_only: bool
