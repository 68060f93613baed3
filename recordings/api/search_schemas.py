"""Wire models of searching. Words are in bodies only, so that no log of addresses holds them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, BaseModel, Field, StringConstraints

from recordings.api.schemas import Id, Label, RecordingOut, RequestBody, TurnOut
from recordings.notes import one_spelling
from recordings.ready_made import ReadyMade
from storage.records import CustomerId, Hit, HitCount, Kind, SearchFilter
from storage.saved_searches import SavedSearch

Seconds = Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)]
EntityType = Annotated[str, StringConstraints(pattern="^[A-Z][A-Z0-9_]{1,63}$")]
TagText = Annotated[str, StringConstraints(min_length=2, max_length=32)]
Cursor = Annotated[str, StringConstraints(pattern="^-?[0-9]{1,15}$")]


class AskedIn(RequestBody):
    """What is searched for: words, and what narrows the search.

    All words must be said in the call, each in any form. "words in quotes" are said one after another, -word nowhere,
    this/or/that at least one; lask* is the beginning of a word. `masked` are types of what was masked: each of them was
    in the call; of `tags` the call has each. `agent` is refused until the register's co-operation procedure is held.
    """

    query: Annotated[str, StringConstraints(min_length=1, max_length=500)]
    kind: Kind | None = None
    queue: Label | None = None
    agent: Label | None = None
    direction: Label | None = None
    language: Annotated[str, StringConstraints(pattern="^[a-z]{2}$")] | None = None
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    min_seconds: Seconds | None = None
    max_seconds: Seconds | None = None
    masked: Annotated[tuple[EntityType, ...], Field(max_length=10)] = ()
    tags: Annotated[tuple[TagText, ...], Field(max_length=10)] = ()
    customer: Id | None = None

    def filter(self) -> SearchFilter:
        """Return the part that narrows."""
        return SearchFilter(
            kind=self.kind,
            queue=self.queue,
            agent=self.agent,
            direction=self.direction,
            language=self.language,
            since=self.since,
            until=self.until,
            shortest=self.min_seconds,
            longest=self.max_seconds,
            masked=self.masked,
            tags=tuple(one_spelling(each) for each in self.tags),
            customer=None if self.customer is None else CustomerId(self.customer),
        )


class SearchIn(AskedIn):
    """What is searched for, and which part of what is found: `after` is `next` of the page before."""

    limit: Annotated[int, Field(ge=1, le=200)] = 20
    after: Cursor | None = None


class HitOut(BaseModel):
    """A recording, the turn that says most of it, and where in its text: first and end of each place, in characters."""

    recording: RecordingOut
    turn: TurnOut
    found: list[tuple[int, int]]

    @classmethod
    def of(cls, hit: Hit) -> HitOut:
        """Build the answer."""
        turn = TurnOut(channel=hit.turn.channel, start=hit.turn.start, end=hit.turn.end, text=hit.turn.text)
        return cls(recording=RecordingOut.of(hit.recording), turn=turn, found=list(hit.found))


class SearchOut(BaseModel):
    """What was found, newest call first; `next` asks for more where there may be more."""

    hits: list[HitOut]
    next: str | None

    @classmethod
    def of(cls, hits: Sequence[Hit], *, limit: int) -> SearchOut:
        """Build the answer."""
        more = str(hits[-1].number) if len(hits) == limit else None
        return cls(hits=[HitOut.of(hit) for hit in hits], next=more)


class CountOut(BaseModel):
    """How many calls a search finds: so many, or so many and `more`. `unread` calls are not in the index yet."""

    calls: int
    more: bool
    unread: int

    @classmethod
    def of(cls, count: HitCount) -> CountOut:
        """Build the answer."""
        return cls(calls=count.calls, more=count.more, unread=count.unread)


class SaveSearchIn(RequestBody):
    """A search to keep under a name of one's own."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=80)]
    search: AskedIn


class SavedSearchOut(BaseModel):
    """A saved search."""

    id: str
    name: str
    search: dict[str, Any]
    saved_at: datetime

    @classmethod
    def of(cls, saved: SavedSearch) -> SavedSearchOut:
        """Build the answer."""
        return cls(id=saved.id, name=saved.name, search=dict(saved.search), saved_at=saved.saved_at)


class ReadyMadeOut(BaseModel):
    """A ready-made search, its names by language."""

    slug: str
    names: dict[Literal["fi", "sv", "en"], str]
    search: dict[str, Any]

    @classmethod
    def of(cls, ready: ReadyMade) -> ReadyMadeOut:
        """Build the answer."""
        search = {"query": ready.query, "kind": ready.kind.value}
        return cls.model_validate({"slug": ready.slug, "names": dict(ready.names), "search": search})


class SearchesOut(BaseModel):
    """One's own searches and the ready-made ones; each `search` is a body for `POST /search`."""

    own: list[SavedSearchOut]
    ready_made: list[ReadyMadeOut]
