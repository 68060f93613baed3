"""The session's cookie, shared by the pages that set it and the guard that reads it.

Over TLS its name begins with `__Host-`: browsers then take it from this very host only, encrypted and for all paths.
"""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

PLAIN = "vaiti_session"
# On this machine itself, without TLS: a browser would drop the other name there.
HOST_ONLY = f"__Host-{PLAIN}"


def cookie_name(*, secure: bool) -> str:
    """Return the cookie's name for a connection with or without TLS."""
    return HOST_ONLY if secure else PLAIN


def is_secure(request: Request) -> bool:
    """Tell whether a request came over TLS; the guard has found it out."""
    return bool(getattr(request.state, "secure", True))


def read_secret(request: Request) -> str | None:
    """Return what the cookie of a request holds."""
    return request.cookies.get(cookie_name(secure=is_secure(request)))


def go(page: str) -> RedirectResponse:
    """Lead on after a form: the next request asks for a page, and going back sends nothing again."""
    return RedirectResponse(page, status_code=303)


def keep_session(request: Request, answer: Response, secret: str) -> Response:
    """Let an answer carry a session's secret. It goes when the browser is closed."""
    secure = is_secure(request)
    name = cookie_name(secure=secure)
    answer.set_cookie(name, secret, httponly=True, samesite="strict", secure=secure, path="/")
    return answer


def drop_session(request: Request, answer: Response) -> Response:
    """Let the browser forget the session and all that it kept of these pages."""
    secure = is_secure(request)
    answer.delete_cookie(cookie_name(secure=secure), httponly=True, samesite="strict", secure=secure, path="/")
    answer.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return answer
