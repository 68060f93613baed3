"""What is kept about a recording, as plain values. No personal data: references and call ids are keyed hashes.

Times are aware datetimes in UTC; durations are seconds. Ids are opaque and random: they tell nothing about the call.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

RecordingId = NewType("RecordingId", str)  # uuid4, hexadecimal, 32 characters
AFTER = "g"
# `between(beginning, beginning + AFTER)` is each id that begins so, by an index in any collation: no digit is a g.
CustomerId = NewType("CustomerId", str)  # uuid4, hexadecimal, 32 characters
HoldId = NewType("HoldId", str)  # uuid4, hexadecimal, 32 characters
Tag = NewType("Tag", str)  # keyed hash (HMAC-SHA-256, hexadecimal) of something that must not be stored in clear


class Kind(StrEnum):
    """The five kinds of recording that the first users' privacy statements name (domain.md K7)."""

    SERVICE = "service"
    DIRECT_MARKETING = "direct-marketing"
    FAULT_REPORT = "fault-report"
    CONTRACT = "contract"
    OTHER = "other"


class Stage(StrEnum):
    """Where a recording is in its life; the moves between them are `storage.lifecycle.MOVES`."""

    RECEIVED = "received"
    TRANSCRIBED = "transcribed"
    PLANNED = "planned"
    MASKED = "masked"
    PUBLISHED = "published"
    QUARANTINED = "quarantined"
    FAILED = "failed"
    PURGING = "purging"
    PURGED = "purged"


class Clearance(StrEnum):
    """Whether staff may see a call with a sensitive topic: a privacy officer decides; until then nobody sees it."""

    WAITING = "waiting"
    GRANTED = "granted"
    REFUSED = "refused"


class Item(StrEnum):
    """The sealed objects of one recording. `RAW_*` live in the vault, the others may be seen by staff."""

    RAW_AUDIO = "raw-audio"
    RAW_WORDS = "raw-words"
    RAW_FACTS = "raw-facts"  # call id, references and known answers as pushed
    MANIFEST = "manifest"  # the row as pushed, so that a catalog which lost it can take the recording up again
    MASKED_AUDIO = "masked-audio"
    MASKED_WORDS = "masked-words"
    PLAN = "plan"
    LATER_FACTS = "later-facts"  # what was sent of the call after its push
    NOTES = "notes"  # what staff wrote about it
    CORRECTIONS = "corrections"  # what the person said is wrong, and facts as they were before
    CUTS = "cuts"  # what is cut from the copies that the person is given


RAW_ITEMS = frozenset({Item.RAW_AUDIO, Item.RAW_WORDS, Item.RAW_FACTS, Item.LATER_FACTS, Item.CORRECTIONS, Item.CUTS})


@dataclass(frozen=True, slots=True)
class Only:
    """Which calls of a register somebody may know of: those of these sources, and those given to these cases."""

    sources: frozenset[str] = frozenset()
    cases: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose registers a query may see. Every query takes one; there is no query without it (design.md 10)."""

    controllers: frozenset[str] | None  # None: the service itself (worker, purge), never a person
    only: Only | None = None  # None: all calls of these registers

    @classmethod
    def of(cls, *controllers: str) -> Scope:
        """Make the scope of these controllers."""
        return cls(frozenset(controllers))

    @classmethod
    def system(cls) -> Scope:
        """All registers: for the worker and the clock only."""
        return cls(None)

    def allows(self, controller: str) -> bool:
        """Tell whether rows of `controller` may be seen."""
        return self.controllers is None or controller in self.controllers


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """One call's row."""

    id: RecordingId
    controller: str
    kind: Kind
    call_tag: Tag  # of (controller, call id, part)
    content_tag: Tag  # of the pushed bytes
    started_at: datetime
    zone_offset: int  # of started_at as pushed, in seconds
    received_at: datetime
    delete_at: datetime
    language: str
    roles: tuple[str, ...]  # of the channels, as pushed; empty until known
    direction: str | None = None
    queue: str | None = None
    agent: str | None = None
    source: str | None = None
    seconds: float | None = None
    stage: Stage = Stage.RECEIVED
    slug: str | None = None  # why it failed or waits
    attempts: int = 0
    token: int = 0  # fencing: a worker's commit counts only while its token is the row's
    model: str | None = None
    findings: Mapping[str, int] = field(default_factory=dict)  # number of data by entity type
    seconds_masked: float | None = None
    verdict: str | None = None
    topics: tuple[str, ...] = ()  # sensitive ones that it was flagged with
    clearance: Clearance | None = None  # None: there is nothing to clear
    rules: str | None = None  # digest of the rules that last looked through it; None: nobody kept it
    held: bool = False  # a hold stops its purge
    restricted: bool = False  # one of its holds is a restriction: it stops use too
    call_started_at: datetime | None = None  # of a later part: when the first one began
    call_group: Tag | None = None  # of (controller, call id): the same for all parts; None: pushed before it was kept
    kinds: tuple[Kind, ...] = ()  # what the call turned out to be as well; the strictest rule of all counts
    satisfaction: int | None = None  # what the customer answered when asked, on the company's own scale
    told: bool | None = None  # whether the caller heard that the call is recorded; None: nobody has listened for it
    told_at: float | None = None  # seconds into the call
    objected: bool = False  # the person objected to what such calls are for, or took her consent back

    @property
    def all_kinds(self) -> tuple[Kind, ...]:
        """The kind of the push and those that were sent later."""
        return (self.kind, *self.kinds)

    @property
    def began_at(self) -> datetime:
        """When the call began: its first part, as far as it is known."""
        return self.call_started_at or self.started_at


class DecisionAction(StrEnum):
    """What a person decided about one place of a recording."""

    MASK = "mask"  # it is personal data, whatever the rules say
    CLEAR = "clear"  # it is none: the only thing that takes a finding out of a plan


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A person's word about one place: words `first` to `last` of `channel`, a time, or both. Never what is there.

    `shape` are word classes and `why` the slugs of the rules that had found it: what rules can be mended by.
    """

    recording: RecordingId
    controller: str
    at: datetime
    actor: str
    action: DecisionAction
    type: str
    channel: int | None = None
    first: int | None = None
    last: int | None = None
    start: float | None = None
    end: float | None = None
    shape: tuple[str, ...] = ()
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """How the company names a person, hashed.

    `type` is `customer_number`, `phone`, `metering_point`, `contract` or `email`. `role` is as what the person was
    pushed with one call (`storage.persons.Role`); it is no part of who is named.
    """

    type: str
    tag: Tag
    role: str = field(default="customer", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tombstone:
    """What is left of a purged recording: its opaque id and the keyed hash of its call."""

    id: RecordingId
    controller: str
    call_tag: Tag
    purged_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One act, without personal data. `actor` is a pseudonymous user or process id; `detail`: slugs and counts only."""

    at: datetime
    actor: str
    action: str  # e.g. "recording.received", "raw.opened", "recording.purged"
    controller: str | None = None
    recording: RecordingId | None = None
    case: str | None = None
    purpose: str | None = None
    detail: Mapping[str, str | int | float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """One entry of the audit log, by number and hash: two databases that both have it share their past up to it."""

    number: int
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardState:
    """What the guard of the purge remembers from one sweep to the next; None where there was none yet."""

    seen_at: datetime | None = None  # what the clock showed at the last sweep that was let through
    boot: str | None = None  # which start of the machine that was, and how many seconds it had run
    uptime: float | None = None
    halted_at: datetime | None = None  # since then no sweep is let through
    reason: str | None = None  # a slug
    due: int = 0  # as counted when it halted
    kept: int = 0
    allowed_until: datetime | None = None  # a person let through what was due by then


@dataclass(frozen=True, slots=True, kw_only=True)
class DueCount:
    """How many recordings a sweep would purge: all, those that came due after a moment, and of how many."""

    due: int
    fresh: int
    kept: int
    oldest: datetime | None  # delete_at of the first that is due


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedTurn:
    """A masked segment as the search index holds it: one speaker's words with gaps under 0.8 s."""

    channel: int
    start: float
    end: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A search hit: the recording, the turn that says most of what was asked for, and where in its text it does.

    `found` holds the first and the end of each place, in characters. `number` is what the next page begins after.
    """

    recording: Recording
    turn: IndexedTurn
    found: tuple[tuple[int, int], ...]
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HitCount:
    """How many calls a search finds: that many, or that many and `more`. `unread` are not indexed yet."""

    calls: int
    more: bool
    unread: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFilter:
    """What narrows a search; None does not narrow. Times are UTC, lengths seconds.

    Of `masked`, types of findings, each was masked in the call; of `tags` it has each.
    """

    kind: Kind | None = None
    queue: str | None = None
    agent: str | None = None
    direction: str | None = None
    language: str | None = None
    shortest: float | None = None
    longest: float | None = None
    masked: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    customer: CustomerId | None = None
    clearance: Clearance | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredObject:
    """One stored object, or one version of it, as an inventory lists it."""

    name: str
    version: str | None
    size: int
