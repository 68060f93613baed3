"""The pages: search and the newest calls, one call. They show what the API shows, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, cast
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, FastAPI, Form, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.staticfiles import StaticFiles

from recordings.edge import needs, registers
from recordings.errors import NotPublished, RequestInvalid
from recordings.factory import Vaiti
from recordings.identity import Caller
from recordings.permissions import Permission
from recordings.web import account, people, sign_in
from recordings.web.models import CallView, HitView, view_call, view_text, view_turns
from recordings.web.rendering import language_of, render
from recordings.web.search_form import SearchForm
from recordings.web.texts import KINDS, TEXTS, write_length
from storage.errors import NotFound
from storage.records import Hit, Recording, RecordingId

HERE = Path(__file__).parent
NEWEST = 50
MOST_HITS = 50
MOST_TYPED = 500
# Characters.

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Hears = Annotated[Caller, Depends(needs(Permission.MASKED_OPEN))]
Searches = Annotated[Caller, Depends(needs(Permission.MASKED_SEARCH))]


def add_pages(app: FastAPI) -> None:
    """Add the pages and their files to an application whose state has `vaiti` and `gate`."""
    app.state.pages = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    for each in (router, sign_in.router, account.router, people.router):
        app.include_router(each)


@router.get("/")
def show_newest(request: Request, caller: Hears) -> HTMLResponse:
    """Show the search field and the newest calls."""
    vaiti = _vaiti(request)
    scope = registers(vaiti, caller)
    found = vaiti.view.list(scope, limit=NEWEST)
    overdue = vaiti.view.count_overdue(scope)
    message = TEXTS[_language(request)]["overdue_held"].format(count=overdue) if overdue else ""
    return _render(request, "calls.html", **_asked(), calls=_view_calls(request, found), hits=None, message=message)


@router.post("/")
def search(request: Request, caller: Searches, form: Annotated[SearchForm, Form()]) -> HTMLResponse:
    """Show what a search finds. By POST, so that no address, history or log holds a word of it."""
    vaiti, language = _vaiti(request), _language(request)
    zone = next((each.zone_info for each in vaiti.controllers.list()), ZoneInfo("UTC"))
    asked, only = _asked(form), form.filter(zone)
    try:
        found = vaiti.search(
            registers(vaiti, caller), form.query[:MOST_TYPED], actor=caller.actor, only=only, limit=MOST_HITS
        )
    except RequestInvalid:
        return _render(request, "calls.html", **asked, calls=(), hits=(), message=TEXTS[language]["no_words"])
    message = "" if found else TEXTS[language]["no_hits"]
    return _render(request, "calls.html", **asked, calls=(), hits=_view_hits(request, found), message=message)


@router.get("/calls/{recording}")
def show_call(request: Request, caller: Hears, recording: str) -> HTMLResponse:
    """Show one call: its masked sound and words."""
    vaiti, language = _vaiti(request), _language(request)
    scope, recording_id = registers(vaiti, caller), RecordingId(recording)
    try:
        found = vaiti.view.get(scope, recording_id)
        words = vaiti.view.read_words(scope, recording_id, actor=caller.actor)
    except NotFound:
        return _render(request, "message.html", status=404, message=TEXTS[language]["not_found"])
    except NotPublished:
        return _render(request, "message.html", status=409, message=TEXTS[language]["not_published"])
    return _render(
        request,
        "call.html",
        call=_view_calls(request, [found])[0],
        turns=view_turns(words, language),
        trying_only=bool(words.get("for_trying_only")),
    )


def _asked(form: SearchForm | None = None) -> dict[str, Any]:
    form = form or SearchForm()
    return {"asked": form, "query": form.query, "kind": form.kind}


def _view_calls(request: Request, found: Sequence[Recording]) -> list[CallView]:
    vaiti, language = _vaiti(request), _language(request)
    now = vaiti.clock.now()
    return [view_call(each, vaiti.controllers.get(each.controller), language=language, now=now) for each in found]


def _view_hits(request: Request, found: Sequence[Hit]) -> list[HitView]:
    calls = _view_calls(request, [hit.recording for hit in found])
    language = _language(request)
    return [
        HitView(call, hit.turn.start, write_length(int(hit.turn.start)), view_text(hit.turn.text, language, hit.found))
        for call, hit in zip(calls, found, strict=True)
    ]


def _render(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    return render(request, template, status=status, kinds=KINDS[_language(request)], **values)


def _vaiti(request: Request) -> Vaiti:
    return cast("Vaiti", request.app.state.vaiti)


def _language(request: Request) -> str:
    return language_of(request)
