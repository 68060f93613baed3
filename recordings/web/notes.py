"""What staff make of a call, on its page: notes at a moment of it, tags, and the collections that it is put into.

All of it dies with the call. A text that may name somebody is refused and kept nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from recordings.edge import get_vaiti, needs, registers
from recordings.errors import LabelInvalid, NamesSomebody, NotPublished, Objected, RequestInvalid, Restricted, TooMany
from recordings.identity import Caller
from recordings.notes import LONGEST, Note
from recordings.permissions import Permission
from recordings.web.page import get_language, say
from recordings.web.texts import write_length, write_time
from storage.collections import CollectionId
from storage.errors import Conflict, LostClaim, NotFound
from storage.records import Recording, RecordingId

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Writes = Annotated[Caller, Depends(needs(Permission.NOTES_WRITE))]
Collects = Annotated[Caller, Depends(needs(Permission.COLLECTIONS_WRITE))]
Id = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]
Moment = Annotated[float | None, Form(ge=0, le=1_000_000, allow_inf_nan=False)]
Named = Annotated[str, Form(max_length=64)]
_REFUSED = (
    (NotFound, "not_found", 404),
    (NamesSomebody, "names_somebody", 422),
    (LabelInvalid, "tag_wrong", 422),
    (TooMany, "too_many", 409),
    (RequestInvalid, "moment_wrong", 422),
    (NotPublished, "mark_busy", 409),
    (Restricted, "mark_busy", 409),
    (Objected, "mark_busy", 409),
    (LostClaim, "mark_busy", 409),
    (Conflict, "mark_busy", 409),
)
REFUSED = tuple(error for error, _, _ in _REFUSED)


class CollectForm(BaseModel):
    """Which collection, and the stretch that was marked, in seconds."""

    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)

    collection: str = Field(default="", pattern="^[0-9a-f]{32}$")
    start: float | None = Field(default=None, ge=0, le=1_000_000, allow_inf_nan=False)
    end: float | None = Field(default=None, ge=0, le=1_000_000, allow_inf_nan=False)

    @property
    def stretch(self) -> tuple[float, float] | None:
        """Return what was marked; None for the whole call."""
        return (
            (self.start, self.end)
            if self.start is not None and self.end is not None and self.start < self.end
            else None
        )


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note for the page; `start` is empty for one of the whole call, `mine` says that the reader wrote it."""

    id: str
    start: float | None
    clock: str
    text: str
    who: str
    when: str
    mine: bool


def refuse(request: Request, error: Exception) -> HTMLResponse:
    """Say on a page why something was not done. Nothing of what was typed is repeated."""
    text, status = next((text, status) for kind, text, status in _REFUSED if isinstance(error, kind))
    return say(request, text, status=status)


@router.post("/calls/{recording}/notes")
def write_note(
    request: Request,
    caller: Writes,
    recording: Id,
    text: Annotated[str, Form(max_length=LONGEST)] = "",
    at: Moment = None,
) -> Response:
    """Keep a note at a moment, or of the whole call."""
    vaiti = get_vaiti(request)
    if not text.strip():
        return _back(recording)
    try:
        vaiti.annotate.write(registers(vaiti, caller), RecordingId(recording), text, at=at, actor=caller.actor)
    except REFUSED as error:
        return refuse(request, error)
    return _back(recording)


@router.post("/calls/{recording}/notes/{note}/remove")
def remove_note(request: Request, caller: Writes, recording: Id, note: Id) -> Response:
    """Remove a note that the reader wrote."""
    vaiti = get_vaiti(request)
    try:
        vaiti.annotate.remove(registers(vaiti, caller), RecordingId(recording), note, actor=caller.actor)
    except REFUSED as error:
        return refuse(request, error)
    return _back(recording)


@router.post("/calls/{recording}/tags")
def change_tags(request: Request, caller: Writes, recording: Id, add: Named = "", remove: Named = "") -> Response:
    """Give the call one tag more, or take one from it."""
    vaiti, named = get_vaiti(request), RecordingId(recording)
    scope, tag = registers(vaiti, caller), add.strip()
    try:
        vaiti.annotate.change_tag(scope, named, actor=caller.actor, add=tag, drop=remove)
    except REFUSED as error:
        return refuse(request, error)
    return _back(recording)


@router.post("/calls/{recording}/collect")
def collect(request: Request, caller: Collects, recording: Id, form: Annotated[CollectForm, Form()]) -> Response:
    """Put the call, or the marked stretch of it, into a collection."""
    vaiti = get_vaiti(request)
    scope, which = registers(vaiti, caller), CollectionId(form.collection)
    try:
        vaiti.collect.add(scope, which, RecordingId(recording), stretch=form.stretch, actor=caller.actor)
    except REFUSED as error:
        return refuse(request, error)
    return RedirectResponse(f"/collections/{form.collection}", status_code=303)


def made_of(request: Request, caller: Caller, recording: Recording) -> dict[str, Any]:
    """Return what the page of a call shows of what staff made of it; nothing to who may not read it."""
    vaiti = get_vaiti(request)
    scope = registers(vaiti, caller)
    reads = caller.may(Permission.NOTES_READ)
    return {
        "notes": _view_notes(request, caller, recording) if reads else None,
        "tags": vaiti.annotate.tags_of(scope, [recording.id]).get(recording.id, ()) if reads else (),
        "known_tags": sorted(vaiti.tags.counts(scope)) if reads else (),
        "collections": vaiti.collect.list(scope) if caller.may(Permission.COLLECTIONS_WRITE) else (),
        "may_write": caller.may(Permission.NOTES_WRITE),
        "may_collect": caller.may(Permission.COLLECTIONS_WRITE),
        "longest_note": LONGEST,
    }


def names_of(request: Request) -> dict[str, str]:
    """Return the names that people sign in with, by how logs and rows name them."""
    return {each.actor: each.name for each in get_vaiti(request).people.list()}


def _view_notes(request: Request, caller: Caller, recording: Recording) -> list[NoteView]:
    vaiti, names = get_vaiti(request), names_of(request)
    found = vaiti.annotate.notes(registers(vaiti, caller), recording.id)
    return [_view(request, each, names, recording, mine=each.written_by == caller.actor) for each in found]


def _view(request: Request, note: Note, names: dict[str, str], recording: Recording, *, mine: bool) -> NoteView:
    zone = get_vaiti(request).controllers.get(recording.controller).zone_info
    return NoteView(
        id=note.id,
        start=note.at,
        clock="" if note.at is None else write_length(int(note.at)),
        text=note.text,
        who=names.get(note.written_by, note.written_by),
        when=write_time(note.written_at.astimezone(zone), get_language(request)),
        mine=mine,
    )


def _back(recording: str) -> RedirectResponse:
    return RedirectResponse(f"/calls/{recording}#notes", status_code=303)
