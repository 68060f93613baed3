"""The pages: sign in, search and the newest calls, one call. They show what the API shows, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, cast
from zoneinfo import ZoneInfo

from fastapi import APIRouter, FastAPI, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.staticfiles import StaticFiles

from recordings.errors import NotPublished, RequestInvalid
from recordings.factory import Vaiti
from recordings.identity import Caller, Gate
from recordings.web.models import CallView, HitView, view_call, view_text, view_turns
from recordings.web.search_form import SearchForm
from recordings.web.session import COOKIE
from recordings.web.texts import KINDS, TEXTS, choose_language, write_length
from storage.errors import NotFound
from storage.records import Hit, Recording, RecordingId

HERE = Path(__file__).parent
NEWEST = 50
MOST_HITS = 50
MOST_TYPED = 500
# Characters.

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


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
    app.include_router(router)


@router.get("/sign-in")
def show_sign_in(request: Request) -> HTMLResponse:
    """Show where the token goes."""
    return _render(request, "sign_in.html", wrong=False)


@router.post("/sign-in")
def sign_in(request: Request, token: Annotated[str, Form(max_length=500)] = "") -> Response:
    """Open a session for whoever has the token."""
    gate = _gate(request)
    if not gate.accepts(token.strip()):
        return _render(request, "sign_in.html", status=401, wrong=True)
    answer = RedirectResponse("/", status_code=303)
    answer.set_cookie(COOKIE, gate.open_session(), httponly=True, samesite="strict", path="/")
    return answer


@router.post("/sign-out")
def sign_out(request: Request) -> Response:
    """Close the session."""
    _gate(request).close_session(request.cookies.get(COOKIE, ""))
    answer = RedirectResponse("/sign-in", status_code=303)
    answer.delete_cookie(COOKIE, httponly=True, samesite="strict", path="/")
    return answer


@router.get("/")
def show_newest(request: Request) -> HTMLResponse:
    """Show the search field and the newest calls."""
    vaiti = _vaiti(request)
    found = vaiti.view.list(vaiti.controllers.scope, limit=NEWEST)
    overdue = vaiti.view.count_overdue(vaiti.controllers.scope)
    message = TEXTS[_language(request)]["overdue_held"].format(count=overdue) if overdue else ""
    return _render(request, "calls.html", **_asked(), calls=_view_calls(request, found), hits=None, message=message)


@router.post("/")
def search(request: Request, form: Annotated[SearchForm, Form()]) -> HTMLResponse:
    """Show what a search finds. By POST, so that no address, history or log holds a word of it."""
    vaiti, language = _vaiti(request), _language(request)
    zone = next((each.zone_info for each in vaiti.controllers.list()), ZoneInfo("UTC"))
    asked, only, actor = _asked(form), form.filter(zone), _caller(request).actor
    try:
        found = vaiti.search(vaiti.controllers.scope, form.query[:MOST_TYPED], actor=actor, only=only, limit=MOST_HITS)
    except RequestInvalid:
        return _render(request, "calls.html", **asked, calls=(), hits=(), message=TEXTS[language]["no_words"])
    message = "" if found else TEXTS[language]["no_hits"]
    return _render(request, "calls.html", **asked, calls=(), hits=_view_hits(request, found), message=message)


@router.get("/calls/{recording}")
def show_call(request: Request, recording: str) -> HTMLResponse:
    """Show one call: its masked sound and words."""
    vaiti, language = _vaiti(request), _language(request)
    scope, recording_id = vaiti.controllers.scope, RecordingId(recording)
    try:
        found = vaiti.view.get(scope, recording_id)
        words = vaiti.view.read_words(scope, recording_id, actor=_caller(request).actor)
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
    language = _language(request)
    pages = cast("Environment", request.app.state.pages)
    page = pages.get_template(template).render(
        t=TEXTS[language],
        kinds=KINDS[language],
        language=language,
        for_trying_only=_vaiti(request).settings.for_trying_only,
        signed_in=getattr(request.state, "caller", None) is not None,
        **values,
    )
    return HTMLResponse(page, status_code=status, headers={"Content-Language": language, "Vary": "Accept-Language"})


def _vaiti(request: Request) -> Vaiti:
    return cast("Vaiti", request.app.state.vaiti)


def _gate(request: Request) -> Gate:
    return cast("Gate", request.app.state.gate)


def _caller(request: Request) -> Caller:
    return cast("Caller", request.state.caller)


def _language(request: Request) -> str:
    return choose_language(request.headers.get("accept-language"))
