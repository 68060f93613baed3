"""A page is made from its template, the reader's language, and who reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment

from recordings.edge import get_vaiti
from recordings.errors import VaitiError
from recordings.identity import Caller, Person
from recordings.people_errors import SignInRefused, TooManyTries
from recordings.permissions import Permission
from recordings.web.texts import TEXTS, choose_language
from recordings.web.texts_people import PEOPLE_TEXTS


@dataclass(frozen=True, slots=True)
class Who:
    """Who reads, for the head of each page; `controller` is empty before one was chosen."""

    name: str
    controller: str
    has_several: bool
    may_manage: bool


def language_of(request: Request) -> str:
    """Return the reader's language."""
    return choose_language(request.headers.get("accept-language"))


def texts_of(request: Request) -> Mapping[str, str]:
    """Return all texts in the reader's language."""
    language = language_of(request)
    return {**TEXTS.get(language, TEXTS["en"]), **PEOPLE_TEXTS[language]}


def find_person(request: Request) -> Person | None:
    """Return who has signed in, if anybody."""
    caller = getattr(request.state, "caller", None)
    return caller.person if isinstance(caller, Caller) else None


def show_who(request: Request) -> Who | None:
    """Return who reads, None before the sign-in is complete."""
    person = find_person(request)
    if person is None or not person.session.complete:
        return None
    controllers = get_vaiti(request).controllers
    return Who(
        name=person.account.name,
        controller=controllers.get(person.controller).name if person.controller else "",
        has_several=len(person.controllers) > 1,
        may_manage=person.committed and person.may(Permission.PEOPLE_READ),
    )


def render(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """Return a page."""
    language = language_of(request)
    pages = cast("Environment", request.app.state.pages)
    page = pages.get_template(template).render(
        t=texts_of(request),
        language=language,
        for_trying_only=get_vaiti(request).settings.for_trying_only,
        signed_in=getattr(request.state, "caller", None) is not None,
        who=show_who(request),
        **values,
    )
    return HTMLResponse(page, status_code=status, headers={"Content-Language": language, "Vary": "Accept-Language"})


def explain(request: Request, error: VaitiError) -> str:
    """Return what went wrong in the reader's language; the error's own words where it has none."""
    text = texts_of(request).get(f"error_{error.slug}", str(error))
    return text.format(minutes=-(-error.seconds // 60)) if isinstance(error, TooManyTries) else text


def refuse(request: Request, template: str, error: VaitiError, **values: Any) -> HTMLResponse:
    """Return a form again, with what was wrong; nothing that was typed is repeated but what `values` has."""
    status = 422
    if isinstance(error, SignInRefused):
        status = 401
    elif isinstance(error, TooManyTries):
        status = 429
    page = render(request, template, status=status, wrong=explain(request, error), **values)
    if isinstance(error, TooManyTries):
        page.headers["Retry-After"] = str(error.seconds)
    return page
