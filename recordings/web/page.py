"""What every page has: its reader's language and look, its frame, and the places that its reader may go to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from recordings.edge import get_vaiti
from recordings.identity import Caller, Person
from recordings.permissions import Permission
from recordings.web.found import Found
from recordings.web.texts import KINDS, LANGUAGES, NAMES, TEXTS, choose_language
from recordings.web.texts_case_acts import CASE_ACT_TEXTS
from recordings.web.texts_cases import CASE_TEXTS
from recordings.web.texts_company import COMPANY_TEXTS
from recordings.web.texts_copies import COPIES_TEXTS
from recordings.web.texts_disclosures import DISCLOSURE_TEXTS
from recordings.web.texts_notes import NOTES_TEXTS
from recordings.web.texts_originals import ORIGINAL_TEXTS
from recordings.web.texts_people import PEOPLE_TEXTS
from recordings.web.texts_persons import PERSON_TEXTS
from recordings.web.texts_work import WORK_TEXTS

HERE = Path(__file__).parent
ALL_TEXTS = (
    TEXTS,
    PEOPLE_TEXTS,
    COMPANY_TEXTS,
    WORK_TEXTS,
    NOTES_TEXTS,
    CASE_TEXTS,
    CASE_ACT_TEXTS,
    COPIES_TEXTS,
    ORIGINAL_TEXTS,
    PERSON_TEXTS,
    DISCLOSURE_TEXTS,
)
# No key is in two of them.
LANGUAGE_COOKIE, THEME_COOKIE, KEYS_COOKIE = "vaiti_language", "vaiti_theme", "vaiti_keys"
_ADDRESS = re.compile(r"(?:/(?:[a-z-]+|[0-9a-f]{32}|[0-9a-f]{12}))*/?")
_PART = re.compile(r"(?<=[0-9a-f]{12})/[a-z-]+$")
THEMES = ("system", "light", "dark")
STATIC_CACHE = "no-cache"
# The browser may keep scripts and styles, which tell nothing, and asks each time whether they are still the same.


@dataclass(frozen=True, slots=True)
class Destination:
    """An entry of the navigation: an address, the key of its text, and what its reader has to be allowed."""

    path: str
    text: str
    permission: Permission


NAVIGATION = (
    Destination("/", "nav_calls", Permission.MASKED_OPEN),
    Destination("/collections", "nav_collections", Permission.COLLECTIONS_READ),
    Destination("/cases", "nav_cases", Permission.CASES_READ),
    Destination("/waiting", "nav_waiting", Permission.REVIEW_READ),
    Destination("/home", "nav_home", Permission.COUNTS_READ),
    Destination("/people", "people", Permission.PEOPLE_READ),
)
# In the order of the bar. Who may not go there does not see it.


@dataclass(frozen=True, slots=True)
class Who:
    """Who reads, for the head of each page; `controller` is empty before one was chosen."""

    name: str
    controller: str
    has_several: bool


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
        t=texts_of(request),
        kinds=KINDS[language],
        language=language,
        languages={each: NAMES[each] for each in LANGUAGES},
        theme=get_theme(request),
        themes=THEMES,
        single_keys=request.cookies.get(KEYS_COOKIE) != "off",
        here=_here(request),
        navigation=_reachable(request),
        for_trying_only=get_vaiti(request).settings.for_trying_only,
        several=_sees_several(request),
        signed_in=find_caller(request) is not None,
        who=_show_who(request),
        **values,
    )
    headers = {"Content-Language": language, "Vary": "Accept-Language, Cookie"}
    return HTMLResponse(page, status_code=status, headers=headers)


def texts_of(request: Request) -> Mapping[str, str]:
    """Return all texts in the reader's language."""
    language = get_language(request)
    return {name: text for texts in ALL_TEXTS for name, text in texts[language].items()}


def say(request: Request, text: str, *, status: int) -> HTMLResponse:
    """Return a page that says one thing; `text` is the key of a text."""
    return render(request, "message.html", status=status, message=texts_of(request)[text])


def get_found(request: Request) -> Found:
    """Return the kept searches of this process."""
    return cast("Found", request.app.state.found)


def find_caller(request: Request) -> Caller | None:
    """Return who is calling, or None on an open page."""
    caller = getattr(request.state, "caller", None)
    return caller if isinstance(caller, Caller) else None


def find_person(request: Request) -> Person | None:
    """Return who has signed in, if anybody."""
    caller = find_caller(request)
    return caller.person if caller is not None else None


def get_language(request: Request) -> str:
    """Return the language that the reader chose, or that the browser asks for."""
    return choose_language(request.headers.get("accept-language"), chosen=request.cookies.get(LANGUAGE_COOKIE))


def get_zone(request: Request) -> ZoneInfo:
    """Return the zone that days are counted in: the first controller's."""
    return next((each.zone_info for each in get_vaiti(request).controllers.list()), ZoneInfo("UTC"))


def get_theme(request: Request) -> str:
    """Return the theme that the reader chose; "system" is the device's own."""
    chosen = request.cookies.get(THEME_COOKIE, "")
    return chosen if chosen in THEMES else "system"


def _sees_several(request: Request) -> bool:
    """Tell whether calls of several registers may stand in one list: a person works in one at a time."""
    return find_person(request) is None and len(get_vaiti(request).controllers.list()) > 1


def _here(request: Request) -> str:
    """Return the address of the page, if it has the form of one: what else somebody typed is not repeated."""
    path = request.url.path
    if request.method == "POST":  # what was sent to a part of a page is answered on that page
        path = _PART.sub("", path)
    return path if _ADDRESS.fullmatch(path) else "/"


def _reachable(request: Request) -> tuple[Destination, ...]:
    """Return where the reader may go; nowhere before the sign-in is complete."""
    caller = find_caller(request)
    if caller is None or (caller.person is not None and not _is_in(caller.person)):
        return ()
    return tuple(each for each in NAVIGATION if caller.may(each.permission))


def _is_in(person: Person) -> bool:
    return person.session.complete and person.committed


def _show_who(request: Request) -> Who | None:
    person = find_person(request)
    if person is None or not person.session.complete:
        return None
    controllers = get_vaiti(request).controllers
    return Who(
        name=person.account.name,
        controller=controllers.get(person.controller).name if person.controller else "",
        has_several=len(person.controllers) > 1,
    )
