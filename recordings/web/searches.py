"""A reader's own searches, kept for the next time. Their words stand in the reader's pages and in no address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from recordings.edge import get_vaiti, needs
from recordings.errors import SearchNotKept
from recordings.identity import Caller
from recordings.permissions import Permission
from recordings.web.page import get_found, get_zone, say
from recordings.web.search_form import SearchForm, form_of
from storage.errors import NotFound
from storage.saved_searches import SearchId

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Searches = Annotated[Caller, Depends(needs(Permission.MASKED_SEARCH))]
Id = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]


@dataclass(frozen=True, slots=True)
class SavedView:
    """A saved search: its name, and the fields of the form that ask it again."""

    id: str
    name: str
    fields: Sequence[tuple[str, str]]


@router.post("/found/{name}/save")
def save(request: Request, caller: Searches, name: Id, called: Annotated[str, Form(max_length=80)] = "") -> Response:
    """Keep a search that was asked, under a name of the reader's own."""
    vaiti, question = get_vaiti(request), get_found(request).get(name, actor=caller.actor)
    if question is None:
        return say(request, "search_gone", status=404)
    plain = " ".join(called.split()) or question.form.query[:80]
    if not plain:
        return say(request, "no_words", status=422)
    try:
        vaiti.keep_searches.save(plain, question.form.as_search(get_zone(request)), actor=caller.actor)
    except SearchNotKept:
        return say(request, "search_not_kept", status=409)
    return RedirectResponse(f"/found/{name}", status_code=303)


@router.post("/searches/{search}/remove")
def remove(request: Request, caller: Searches, search: Id) -> Response:
    """Remove one of the reader's own searches."""
    try:
        get_vaiti(request).keep_searches.remove(SearchId(search), actor=caller.actor)
    except NotFound:
        return say(request, "not_found", status=404)
    return RedirectResponse("/", status_code=303)


def list_saved(request: Request, caller: Caller) -> list[SavedView]:
    """Return the reader's own searches, by name."""
    zone = get_zone(request)
    return [
        SavedView(each.id, each.name, [(key, value) for key, value in _fields(form_of(each.search, zone)) if value])
        for each in get_vaiti(request).keep_searches.list(caller.actor)
    ]


def _fields(form: SearchForm) -> list[tuple[str, str]]:
    return [(key, str(value)) for key, value in form.model_dump().items()]
