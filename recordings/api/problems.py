"""Errors as RFC 9457 problem details, and the only place that knows HTTP statuses.

A problem names a slug, a rule and a field of ours. It never repeats a value: what was sent may be somebody's identity
code in the wrong field, and problems end in the logs of whoever sent it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from recordings.errors import (
    BadAudio,
    ComeLater,
    NotAllowed,
    PastRetention,
    RangeUnsatisfiable,
    Refused,
    RequestInvalid,
    SpeechFailed,
    VaitiError,
)
from recordings.facts import name_problems
from recordings.observability import log
from recordings.web.page import render, texts_of
from redaction.errors import RedactionError
from storage.errors import StorageError

STATUS: Mapping[str, int] = {
    "not-signed-in": 401,
    "cross-site": 403,
    "not-allowed": 403,
    "commitment-needed": 403,
    "controller-needed": 403,
    "sign-in-refused": 401,
    "own-role": 403,
    "company-refused": 401,
    "company-gives-nothing": 403,
    "company-away": 503,
    "signs-in-elsewhere": 409,
    "works-elsewhere": 403,
    "pack-needed": 409,
    "assertion-refused": 403,
    "identity-code-sent": 422,
    "not-released": 409,
    "link-ended": 410,
    "code-wrong": 401,
    "unknown-account": 404,
    "too-many-tries": 429,
    "too-many-opened": 429,
    "officer-needed": 403,
    "agent-filter-off": 403,
    "search-not-kept": 409,
    "not-found": 404,
    "nothing-to-give": 404,
    "method-not-allowed": 405,
    "call-conflict": 409,
    "not-published": 409,
    "not-for-review": 409,
    "nothing-to-clear": 409,
    "withheld": 409,
    "restricted": 409,
    "objected": 409,
    "objection-ended": 409,
    "held": 409,
    "second-person-needed": 409,
    "identity-needed": 409,
    "case-differs": 409,
    "confirmation-needed": 409,
    "too-late-to-extend": 409,
    "nothing-to-tell": 409,
    "nothing-waits": 409,
    "notice-needed": 409,
    "conflict": 409,
    "lost-claim": 409,
    "call-purged": 410,
    "key-gone": 410,
    "audio-too-large": 413,
    "range-unsatisfiable": 416,
    "unknown-host": 421,
    "too-many-pushes": 429,
    "quota-used": 429,
    "no-room": 507,
    "storage-refused": 503,
    "storage-unavailable": 503,
    "decoder-stopped": 503,
}
PUSH_PATH = "/api/v1/recordings"
UNPROCESSABLE = 422
FAULT = 500
MEDIA_TYPE = "application/problem+json"
_ANY_PROBLEM: Mapping[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status", "detail", "slug"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "slug": {"type": "string"},
        "problems": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "rule"],
                "properties": {"field": {"type": "string"}, "rule": {"type": "string"}},
            },
        },
        "receipt": {"type": "object"},
    },
}
RESPONSES: dict[int | str, dict[str, Any]] = {
    kind: {"description": description, "content": {MEDIA_TYPE: {"schema": _ANY_PROBLEM}}}
    for kind, description in (("4XX", "The request is refused."), ("5XX", "The service cannot answer now."))
}
# What the document of the API says about every operation: without it FastAPI describes answers of its own.
NO_PAGES = ("/api/", "/health/", "/static/")
_OF_HTTP = {404: "not-found", 405: "method-not-allowed"}
_CAN_SAY = (VaitiError, StorageError, RedactionError)


def problem(slug: str, detail: str, **more: Any) -> JSONResponse:
    """Return a problem response; `detail` and `more` hold words of ours only."""
    status = status_of(slug, UNPROCESSABLE)
    body = {"type": f"urn:vaiti:{slug}", "title": slug, "status": status, "detail": detail, "slug": slug, **more}
    headers = {"Cache-Control": "no-store"}
    if status == 401:
        headers["WWW-Authenticate"] = 'Bearer realm="vaiti"'
    return JSONResponse(body, status_code=status, media_type=MEDIA_TYPE, headers=headers)


def status_of(slug: str, otherwise: int) -> int:
    """Return the status that belongs to a slug."""
    return FAULT if slug == "fault" else STATUS.get(slug, otherwise)


def answer(error: Exception) -> JSONResponse:
    """Return the problem that an error of ours is; anything else is a fault, whose text stays here."""
    if not isinstance(error, _CAN_SAY):
        return _fault(error)
    if not isinstance(error, Refused | BadAudio | SpeechFailed) and error.slug not in STATUS:
        return _fault(error)
    more: dict[str, Any] = {}
    if isinstance(error, RequestInvalid):
        more["problems"] = [{"field": field, "rule": rule} for field, rule in error.problems]
    if isinstance(error, PastRetention):
        more["receipt"] = error.receipt
    response = problem(error.slug, _text(error), **more)
    if isinstance(error, RangeUnsatisfiable):
        response.headers["Content-Range"] = f"bytes */{error.size}"
    if isinstance(error, ComeLater):
        response.headers["Retry-After"] = str(error.seconds)
    return response


def add_handlers(app: FastAPI) -> None:
    """Answer every error as a problem; FastAPI's own answers repeat what was sent."""
    for kind in (VaitiError, StorageError, RedactionError, Exception):
        app.add_exception_handler(kind, _answer)
    app.add_exception_handler(RequestValidationError, _answer_invalid)
    app.add_exception_handler(HTTPException, _answer_http)


def _answer(request: Request, error: Exception) -> Response:
    if request.method == "POST" and request.url.path == PUSH_PATH:
        request.app.state.refusals.add(getattr(error, "slug", "fault"))
    return _page_or(request, answer(error), error)


def _answer_invalid(request: Request, error: Exception) -> Response:
    found = error.errors() if isinstance(error, RequestValidationError) else []
    return _answer(request, RequestInvalid(name_problems(found)))


def _answer_http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else FAULT
    slug = _OF_HTTP.get(status, "request-invalid" if status < FAULT else "fault")
    texts = {"not-found": "There is no such thing here.", "method-not-allowed": "This address takes other methods."}
    told = problem(slug, texts.get(slug, RequestInvalid.__doc__ or ""))
    return _page_or(request, told, VaitiError(texts.get(slug)), slug=slug)


def _page_or(request: Request, told: JSONResponse, error: Exception, *, slug: str | None = None) -> Response:
    """Return a page that says the same where a browser asked for one."""
    if request.url.path.startswith(NO_PAGES) or "text/html" not in request.headers.get("accept", ""):
        return told
    if isinstance(error, NotAllowed) and (request.method, request.url.path) == ("GET", "/"):
        return RedirectResponse("/start", status_code=303)  # who hears no calls begins elsewhere
    slug = slug or getattr(error, "slug", "fault")
    message = texts_of(request).get(f"error_{slug}", _text(error) if isinstance(error, _CAN_SAY) else "")
    page = render(request, "message.html", status=told.status_code, message=message)
    for name in ("Retry-After", "Content-Range"):
        if name in told.headers:
            page.headers[name] = told.headers[name]
    return page


def _fault(error: Exception) -> JSONResponse:
    slug = getattr(error, "slug", "fault")
    log.error("api.fault", error=type(error).__name__, slug=slug)
    body = {"type": "urn:vaiti:fault", "title": "fault", "status": FAULT, "slug": slug}
    body["detail"] = "Something went wrong in the service; its log names it."
    return JSONResponse(body, status_code=FAULT, media_type=MEDIA_TYPE, headers={"Cache-Control": "no-store"})


def _text(error: Exception) -> str:
    # storage's texts may name a place inside the service: its docstrings are what people read
    return str(error) if isinstance(error, VaitiError) else (type(error).__doc__ or "").strip()
