"""The pages: what an application needs for them, and signing in."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import APIRouter, FastAPI, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from recordings.identity import Gate
from recordings.web import calls, look
from recordings.web.page import add_frame, render
from recordings.web.session import COOKIE

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


def add_pages(app: FastAPI) -> None:
    """Add the pages and their files to an application whose state has `vaiti` and `gate`."""
    add_frame(app)
    for each in (router, calls.router, look.router):
        app.include_router(each)


@router.get("/sign-in")
def show_sign_in(request: Request) -> HTMLResponse:
    """Show where the token goes."""
    return render(request, "sign_in.html", wrong=False)


@router.post("/sign-in")
def sign_in(request: Request, token: Annotated[str, Form(max_length=500)] = "") -> Response:
    """Open a session for whoever has the token."""
    gate = _gate(request)
    if not gate.accepts(token.strip()):
        return render(request, "sign_in.html", status=401, wrong=True)
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


def _gate(request: Request) -> Gate:
    return cast("Gate", request.app.state.gate)
