"""What every request passes before any handler sees it: host, identity, same origin; and the headers of every answer.

Closed by default: a path that is not listed as open needs a caller, so a new route cannot forget to ask for one.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from recordings.api.problems import answer
from recordings.errors import CrossSite, NotSignedIn, RequestInvalid, TooLarge, UnknownHost, VaitiError
from recordings.identity import Caller, Gate
from recordings.web.session import COOKIE

LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})
# Any other name in Host means that some web site made a browser resolve its own name to this machine.
OPEN_PATHS = frozenset(
    {
        "/sign-in",
        "/favicon.ico",
        "/api/v1/openapi.json",
        "/api/v1/health/live",
        "/api/v1/health/ready",
        "/health/live",
        "/health/ready",
    }
)
PUSH_PATH = "/api/v1/recordings"
MAX_BODY = 1024 * 1024
# Bytes: every body but a push is a small form or JSON, and is read whole into memory.
OPEN_FOLDER = "/static/"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
SECURITY_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}


class Guard:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, *, gate: Gate) -> None:
        """`gate` knows who may come in."""
        self._app = app
        self._gate = gate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it here."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return  # there are no web sockets

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._check(scope)
        await (refusal or self._app)(scope, receive, send_with_headers)

    def _check(self, scope: Scope) -> Response | None:
        """Return the answer to a request that may not pass; one that may has its caller in its state."""
        headers = Headers(scope=scope)
        path, method = scope["path"], scope["method"]
        try:
            _check_host(headers)
            caller = self._find_caller(headers)
            _check_request(headers, method, path, caller)
        except VaitiError as error:
            return answer(error)
        if caller is None and not _is_open(path):
            if method in SAFE_METHODS and not path.startswith("/api/"):
                return RedirectResponse("/sign-in", status_code=303)
            return answer(NotSignedIn())
        scope.setdefault("state", {})["caller"] = caller
        return None

    def _find_caller(self, headers: Headers) -> Caller | None:
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return self._gate.find_by_token(token.strip())
        secret = cookie_parser(headers.get("cookie", "")).get(COOKIE)
        return self._gate.find_by_session(secret) if secret else None


def _is_open(path: str) -> bool:
    return path in OPEN_PATHS or path.startswith(OPEN_FOLDER)


def _check_request(headers: Headers, method: str, path: str, caller: Caller | None) -> None:
    """Raise CrossSite, TooLarge or RequestInvalid for a request that changes something and may not."""
    if method in SAFE_METHODS:
        return
    if _is_open(path) or (caller is not None and caller.by_cookie):
        _check_same_origin(headers)
    if path != PUSH_PATH:
        _check_small(headers)


def _check_host(headers: Headers) -> None:
    try:
        name = urlsplit(f"//{headers.get('host', '')}").hostname
    except ValueError:
        name = None
    if name not in LOOPBACK_NAMES:
        raise UnknownHost


def _check_small(headers: Headers) -> None:
    """Raise TooLarge or RequestInvalid unless a body states a small length."""
    stated = headers.get("content-length", "0" if "transfer-encoding" not in headers else "")
    if not stated.isdecimal():
        raise RequestInvalid([("content-length", "missing")])
    if int(stated) > MAX_BODY:
        raise TooLarge


def _check_same_origin(headers: Headers) -> None:
    """Raise CrossSite unless the browser says that our own page sent this."""
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    if site is not None:
        same = site == "same-origin"
    else:
        same = origin is not None and urlsplit(origin).netloc == headers.get("host")
    if not same:
        raise CrossSite
