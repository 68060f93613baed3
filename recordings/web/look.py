"""How the pages look to their reader: language, theme and shortcut keys by cookies, and the page that shows all parts.

These three cookies say nothing about anybody's work, and a browser keeps nothing else of ours for longer than a visit.
"""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from recordings.edge import OPEN, SignedIn
from recordings.web.page import KEYS_COOKIE, LANGUAGE_COOKIE, THEME_COOKIE, THEMES, render
from recordings.web.texts import LANGUAGES

A_YEAR = 365 * 24 * 3600
_OUR_PATH = re.compile(r"/(?!/)[A-Za-z0-9/_-]*")
# An address of ours, without a host and without a query.

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.post("/look", dependencies=OPEN)
def choose(
    request: Request,
    *,
    language: Annotated[str, Form(max_length=10)] = "",
    theme: Annotated[str, Form(max_length=10)] = "",
    keys: Annotated[str, Form(max_length=10)] = "",
    back: Annotated[str, Form(max_length=200)] = "/",
) -> Response:
    """Remember a choice and go back to where it was made. What is not one of ours changes nothing."""
    answer = RedirectResponse(back if _OUR_PATH.fullmatch(back) else "/", status_code=303)
    chosen = ((LANGUAGE_COOKIE, language, LANGUAGES), (THEME_COOKIE, theme, THEMES), (KEYS_COOKIE, keys, ("on", "off")))
    secure = request.url.scheme == "https"
    for cookie, value, possible in chosen:
        if value in possible:
            answer.set_cookie(cookie, value, max_age=A_YEAR, httponly=True, samesite="strict", path="/", secure=secure)
    return answer


@router.get("/design")
def show_design(request: Request, _person: SignedIn) -> HTMLResponse:
    """Show every part that pages are made of, in the reader's theme."""
    return render(request, "design.html")
