"""What every page has: its reader's language and look, its frame, and the places that its reader may go to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from recordings.errors import NotAllowed
from recordings.factory import Vaiti
from recordings.identity import Caller
from recordings.web.found import Found
from recordings.web.texts import KINDS, LANGUAGES, NAMES, TEXTS, choose_language

HERE = Path(__file__).parent
LANGUAGE_COOKIE, THEME_COOKIE, KEYS_COOKIE = "vaiti_language", "vaiti_theme", "vaiti_keys"
_ADDRESS = re.compile(r"(?:/[a-z-]+)*(?:/[0-9a-f]{32})?/?")
THEMES = ("system", "light", "dark")
STATIC_CACHE = "no-cache"
# The browser may keep scripts and styles, which tell nothing, and asks each time whether they are still the same.


@dataclass(frozen=True, slots=True)
class Destination:
    """An entry of the navigation: an address, the key of its text, and the scope that its reader needs."""

    path: str
    text: str
    scope: str = ""


NAVIGATION = (Destination("/", "nav_calls"),)
# In the order of the bar. Who may not go there does not see it.


class Assets(StaticFiles):
    """Style sheets, scripts and pictures: the only answers that a browser may keep."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        """Return the file, or that it has not changed."""
        answer = super().file_response(*args, **kwargs)
        answer.headers["Cache-Control"] = STATIC_CACHE
        return answer


def add_frame(app: FastAPI) -> None:
    """Give an application templates, static files and kept searches; its state has `vaiti`."""
    app.state.pages = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    app.state.found = Found(app.state.vaiti.clock)
    app.mount("/static", Assets(directory=HERE / "static"), name="static")


def render(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """Return a page from a template, in the reader's language and look."""
    language = get_language(request)
    pages = cast("Environment", request.app.state.pages)
    page = pages.get_template(template).render(
        t=TEXTS[language],
        kinds=KINDS[language],
        language=language,
        languages={each: NAMES[each] for each in LANGUAGES},
        theme=get_theme(request),
        themes=THEMES,
        single_keys=request.cookies.get(KEYS_COOKIE) != "off",
        here=_here(request),
        navigation=_reachable(request),
        for_trying_only=get_vaiti(request).settings.for_trying_only,
        several=len(get_vaiti(request).controllers.list()) > 1,
        signed_in=find_caller(request) is not None,
        **values,
    )
    headers = {"Content-Language": language, "Vary": "Accept-Language, Cookie"}
    return HTMLResponse(page, status_code=status, headers=headers)


def say(request: Request, text: str, *, status: int) -> HTMLResponse:
    """Return a page that says one thing; `text` is the key of a text."""
    return render(request, "message.html", status=status, message=TEXTS[get_language(request)][text])


def get_vaiti(request: Request) -> Vaiti:
    """Return the service of this application."""
    return cast("Vaiti", request.app.state.vaiti)


def get_found(request: Request) -> Found:
    """Return the kept searches of this process."""
    return cast("Found", request.app.state.found)


def get_caller(request: Request) -> Caller:
    """Return who is signed in; the guard lets nobody else reach a page."""
    return cast("Caller", request.state.caller)


def find_caller(request: Request) -> Caller | None:
    """Return who is signed in, or None on an open page."""
    caller = getattr(request.state, "caller", None)
    return caller if isinstance(caller, Caller) else None


def get_language(request: Request) -> str:
    """Return the language that the reader chose, or that the browser asks for."""
    return choose_language(request.headers.get("accept-language"), chosen=request.cookies.get(LANGUAGE_COOKIE))


def get_theme(request: Request) -> str:
    """Return the theme that the reader chose; "system" is the device's own."""
    chosen = request.cookies.get(THEME_COOKIE, "")
    return chosen if chosen in THEMES else "system"


def _here(request: Request) -> str:
    """Return the address of the page, if it has the form of one: what else somebody typed is not repeated."""
    path = request.url.path
    return path if _ADDRESS.fullmatch(path) else "/"


def _reachable(request: Request) -> tuple[Destination, ...]:
    caller = find_caller(request)
    if caller is None:
        return ()
    return tuple(each for each in NAVIGATION if not each.scope or _may(caller, each.scope))


def _may(caller: Caller, scope: str) -> bool:
    try:
        caller.require(scope)
    except NotAllowed:
        return False
    return True
