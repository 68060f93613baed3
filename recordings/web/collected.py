"""Collections of calls, for those who train: a page that lists them, and one for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from recordings.edge import get_vaiti, needs, registers
from recordings.errors import NamesSomebody, RequestInvalid
from recordings.identity import Caller
from recordings.permissions import Permission
from recordings.web.models import CallView, view_call
from recordings.web.notes import REFUSED, names_of, refuse
from recordings.web.page import get_language, render, say
from recordings.web.texts import write_length
from storage.collections import Collected, CollectionId
from storage.errors import Conflict, NotFound
from storage.records import Recording, RecordingId

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Reads = Annotated[Caller, Depends(needs(Permission.COLLECTIONS_READ))]
Collects = Annotated[Caller, Depends(needs(Permission.COLLECTIONS_WRITE))]
Id = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]
Name = Annotated[str, Form(max_length=80)]
About = Annotated[str, Form(max_length=400)]


@dataclass(frozen=True, slots=True)
class CollectedView:
    """A call of a collection: where its stretch begins, and how it reads; both empty for a whole call."""

    call: CallView
    start: float | None
    stretch: str
    who: str


@router.get("/collections")
def list_collections(request: Request, caller: Reads) -> HTMLResponse:
    """List the collections of the register."""
    vaiti = get_vaiti(request)
    found = vaiti.collect.list(registers(vaiti, caller))
    return render(request, "collections.html", collections=found, names=names_of(request), may_collect=_may(caller))


@router.post("/collections")
def make(request: Request, caller: Collects, name: Name = "", about: About = "") -> Response:
    """Make a collection in the register on screen."""
    vaiti = get_vaiti(request)
    scope = registers(vaiti, caller)
    controller = next(each.slug for each in vaiti.controllers.list() if scope.allows(each.slug))
    try:
        made = vaiti.collect.make(controller, name, about, actor=caller.actor)
    except (Conflict, NamesSomebody, RequestInvalid) as error:
        return _refuse(request, error)
    return RedirectResponse(f"/collections/{made.id}", status_code=303)


@router.get("/collections/{collection}")
def show(request: Request, caller: Reads, collection: Id) -> HTMLResponse:
    """Show a collection with the calls that may be seen now."""
    vaiti = get_vaiti(request)
    try:
        found, calls = vaiti.collect.open(registers(vaiti, caller), CollectionId(collection))
    except NotFound:
        return say(request, "not_found", status=404)
    return render(
        request,
        "collection.html",
        collection=found,
        calls=_view(request, calls),
        hidden=max(0, found.count - len(calls)),
        may_collect=_may(caller),
    )


@router.post("/collections/{collection}")
def rename(request: Request, caller: Collects, collection: Id, name: Name = "", about: About = "") -> Response:
    """Change a collection's name and what it is about."""
    vaiti, which = get_vaiti(request), CollectionId(collection)
    try:
        vaiti.collect.rename(registers(vaiti, caller), which, name=name, about=about, actor=caller.actor)
    except (Conflict, NamesSomebody, RequestInvalid, NotFound) as error:
        return _refuse(request, error)
    return RedirectResponse(f"/collections/{collection}", status_code=303)


@router.post("/collections/{collection}/remove")
def remove(request: Request, caller: Collects, collection: Id) -> Response:
    """Remove a collection; its calls stay."""
    vaiti = get_vaiti(request)
    try:
        vaiti.collect.remove(registers(vaiti, caller), CollectionId(collection), actor=caller.actor)
    except NotFound:
        return say(request, "not_found", status=404)
    return RedirectResponse("/collections", status_code=303)


@router.post("/collections/{collection}/calls/{recording}/drop")
def drop(request: Request, caller: Collects, collection: Id, recording: Id) -> Response:
    """Take a call out of a collection."""
    vaiti, which = get_vaiti(request), CollectionId(collection)
    try:
        vaiti.collect.drop(registers(vaiti, caller), which, RecordingId(recording), actor=caller.actor)
    except REFUSED as error:
        return refuse(request, error)
    return RedirectResponse(f"/collections/{collection}", status_code=303)


def _may(caller: Caller) -> bool:
    return caller.may(Permission.COLLECTIONS_WRITE)


def _refuse(request: Request, error: Exception) -> HTMLResponse:
    if isinstance(error, Conflict):
        return say(request, "collection_taken", status=409)
    if isinstance(error, RequestInvalid):
        return say(request, "collection_unnamed", status=422)
    return refuse(request, error)


def _view(request: Request, calls: Sequence[tuple[Collected, Recording]]) -> list[CollectedView]:
    vaiti, language, names = get_vaiti(request), get_language(request), names_of(request)
    now = vaiti.clock.now()
    return [
        CollectedView(
            call=view_call(call, vaiti.controllers.get(call.controller), language=language, now=now),
            start=item.start,
            stretch=""
            if item.start is None or item.end is None
            else f"{write_length(int(item.start))}-{write_length(int(item.end + 1))}",
            who=names.get(item.added_by, item.added_by),
        )
        for item, call in calls
    ]
