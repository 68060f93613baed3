"""Notes, tags and collections over HTTP: what staff make of calls."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Self

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from recordings.api.deps import (
    MayCollect,
    MayReadCollections,
    MayReadNotes,
    MayWriteNotes,
    OpaqueId,
    Service,
    registers,
)
from recordings.api.schemas import RecordingOut
from recordings.notes import LONGEST, MOST_TAGS, Note
from recordings.permissions import Permission
from storage.collections import CallCollection, Collected, CollectionId
from storage.records import Recording, RecordingId

router = APIRouter(tags=["notes and collections"])

Seconds = Annotated[float, Field(ge=0, le=1_000_000)]
TagText = Annotated[str, StringConstraints(min_length=2, max_length=32)]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


class NoteIn(_In):
    """A note; `at` is a moment of the call in seconds."""

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=LONGEST)]
    at: Seconds | None = None


class NoteOut(BaseModel):
    """A note as it is kept."""

    id: str
    at: float | None
    text: str
    written_by: str
    written_at: datetime

    @classmethod
    def of(cls, note: Note) -> Self:
        """Build the answer."""
        return cls(**asdict(note))


class TagsIn(_In):
    """All tags of a call."""

    tags: Annotated[tuple[TagText, ...], Field(max_length=MOST_TAGS)]


class TagsOut(BaseModel):
    """All tags of a call, in order of the alphabet."""

    tags: tuple[str, ...]


class CollectionIn(_In):
    """What a collection is called, and what it is about."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
    about: Annotated[str, StringConstraints(max_length=400)] = ""


class NewCollectionIn(CollectionIn):
    """A collection of this register."""

    controller: Annotated[str, StringConstraints(min_length=1, max_length=64)]


class CollectionOut(BaseModel):
    """A collection; `count` is how many calls are in it, those too that cannot be seen now."""

    id: str
    controller: str
    name: str
    about: str
    made_at: datetime
    made_by: str
    count: int

    @classmethod
    def of(cls, collection: CallCollection) -> Self:
        """Build the answer."""
        return cls(**asdict(collection))


class StretchIn(_In):
    """The stretch of a call that is worth hearing, in seconds; neither: the whole call."""

    start: Seconds | None = None
    end: Seconds | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if (self.start is None) != (self.end is None):
            raise ValueError("a stretch is start and end")
        if self.start is not None and self.end is not None and self.end <= self.start:
            raise ValueError("a stretch ends after it starts")
        return self


class CollectedOut(BaseModel):
    """A call in a collection."""

    recording: RecordingOut
    added_at: datetime
    added_by: str
    start: float | None
    end: float | None

    @classmethod
    def of(cls, item: Collected, recording: Recording) -> Self:
        """Build the answer."""
        return cls(**{**asdict(item), "recording": RecordingOut.of(recording)})


class OpenedCollection(CollectionOut):
    """A collection with the calls that may be seen now."""

    calls: list[CollectedOut]


@router.get("/recordings/{recording}/notes")
def list_notes(recording: OpaqueId, vaiti: Service, caller: MayReadNotes) -> list[NoteOut]:
    """List a call's notes by their moment, those of the whole call first."""
    return [NoteOut.of(each) for each in vaiti.annotate.notes(registers(vaiti, caller), RecordingId(recording))]


@router.post("/recordings/{recording}/notes", status_code=201)
def write_note(recording: OpaqueId, body: NoteIn, vaiti: Service, caller: MayWriteNotes) -> NoteOut:
    """Keep a note. A text with a number of five digits, a date or an address is refused: it may name somebody."""
    scope = registers(vaiti, caller)
    return NoteOut.of(vaiti.annotate.write(scope, RecordingId(recording), body.text, at=body.at, actor=caller.actor))


@router.delete("/recordings/{recording}/notes/{note}", status_code=204)
def remove_note(recording: OpaqueId, note: OpaqueId, vaiti: Service, caller: MayWriteNotes) -> None:
    """Remove a note of one's own; the privacy officer and who has the token remove anybody's."""
    scope, anybodys = registers(vaiti, caller), caller.person is None or caller.may(Permission.CLEARANCES_DECIDE)
    vaiti.annotate.remove(scope, RecordingId(recording), note, actor=caller.actor, anybodys=anybodys)


@router.get("/recordings/{recording}/tags")
def list_tags(recording: OpaqueId, vaiti: Service, caller: MayReadNotes) -> TagsOut:
    """List a call's tags."""
    scope = registers(vaiti, caller)
    call = vaiti.view.get(scope, RecordingId(recording))
    return TagsOut(tags=tuple(vaiti.annotate.tags_of(scope, [call.id]).get(call.id, ())))


@router.put("/recordings/{recording}/tags")
def put_tags(recording: OpaqueId, body: TagsIn, vaiti: Service, caller: MayWriteNotes) -> TagsOut:
    """Let a call have these tags and no others."""
    scope = registers(vaiti, caller)
    return TagsOut(tags=tuple(vaiti.annotate.tag(scope, RecordingId(recording), body.tags, actor=caller.actor)))


@router.get("/tags")
def count_tags(vaiti: Service, caller: MayReadNotes) -> dict[str, int]:
    """Return every tag and how many calls have it."""
    return {**vaiti.tags.counts(registers(vaiti, caller))}


@router.get("/collections")
def list_collections(vaiti: Service, caller: MayReadCollections) -> list[CollectionOut]:
    """List the collections, in order of name."""
    return [CollectionOut.of(each) for each in vaiti.collect.list(registers(vaiti, caller))]


@router.post("/collections", status_code=201)
def make_collection(body: NewCollectionIn, vaiti: Service, caller: MayCollect) -> CollectionOut:
    """Make a collection."""
    controller = caller.check_controller(body.controller, vaiti.controllers.scope)
    return CollectionOut.of(vaiti.collect.make(controller, body.name, body.about, actor=caller.actor))


@router.get("/collections/{collection}")
def open_collection(collection: OpaqueId, vaiti: Service, caller: MayReadCollections) -> OpenedCollection:
    """Return a collection with the calls in it that may be seen now."""
    found, calls = vaiti.collect.open(registers(vaiti, caller), CollectionId(collection))
    return OpenedCollection(**asdict(found), calls=[CollectedOut.of(item, call) for item, call in calls])


@router.put("/collections/{collection}")
def rename_collection(collection: OpaqueId, body: CollectionIn, vaiti: Service, caller: MayCollect) -> CollectionOut:
    """Change what a collection is called and what it is about."""
    scope, which = registers(vaiti, caller), CollectionId(collection)
    return CollectionOut.of(vaiti.collect.rename(scope, which, name=body.name, about=body.about, actor=caller.actor))


@router.delete("/collections/{collection}", status_code=204)
def remove_collection(collection: OpaqueId, vaiti: Service, caller: MayCollect) -> None:
    """Remove a collection; its calls stay."""
    vaiti.collect.remove(registers(vaiti, caller), CollectionId(collection), actor=caller.actor)


@router.put("/collections/{collection}/recordings/{recording}", status_code=204)
def collect(collection: OpaqueId, recording: OpaqueId, body: StretchIn, vaiti: Service, caller: MayCollect) -> None:
    """Put a call, or a stretch of it, into a collection."""
    stretch = None if body.start is None or body.end is None else (body.start, body.end)
    vaiti.collect.add(
        registers(vaiti, caller),
        CollectionId(collection),
        RecordingId(recording),
        stretch=stretch,
        actor=caller.actor,
    )


@router.delete("/collections/{collection}/recordings/{recording}", status_code=204)
def drop(collection: OpaqueId, recording: OpaqueId, vaiti: Service, caller: MayCollect) -> None:
    """Take a call out of a collection."""
    vaiti.collect.drop(registers(vaiti, caller), CollectionId(collection), RecordingId(recording), actor=caller.actor)
