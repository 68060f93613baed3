"""A form that was refused is shown again, with what was wrong and nothing of what was typed."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse

from recordings.errors import VaitiError
from recordings.people_errors import TooManyTries
from recordings.web.page import render, texts_of


def explain(request: Request, error: VaitiError) -> str:
    """Return what went wrong in the reader's language; the error's own words where it has none."""
    text = texts_of(request).get(f"error_{error.slug}", str(error))
    return text.format(minutes=-(-error.seconds // 60)) if isinstance(error, TooManyTries) else text


_STATUS = {
    "sign-in-refused": 401,
    "too-many-tries": 429,
    "company-refused": 401,
    "company-gives-nothing": 403,
    "company-away": 503,
    "link-ended": 410,
    "code-wrong": 401,
}


def refuse(request: Request, template: str, error: VaitiError, **values: Any) -> HTMLResponse:
    """Return a form again, with what was wrong; nothing that was typed is repeated but what `values` has."""
    status = _STATUS.get(error.slug, 422)
    page = render(request, template, status=status, wrong=explain(request, error), **values)
    if isinstance(error, TooManyTries):
        page.headers["Retry-After"] = str(error.seconds)
    return page
