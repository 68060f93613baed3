"""What every request passes before any handler sees it: host, identity, same origin; and the headers of every answer.

Closed by default: a path that is not listed as open needs a caller, so a new route cannot forget to ask for one; what
the caller needs, the route says (`recordings.edge`). Under a name that other machines use, API keys and people who have
signed in come in, over TLS; the one token answers under loopback names. A session that lacks something (the second
factor, the promise, a register) reaches only the page where it is given.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

import anyio.to_thread
from anyio import CapacityLimiter
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from recordings.api.problems import PUSH_PATH, answer
from recordings.errors import CrossSite, NotAllowed, NotSignedIn, RequestInvalid, TooLarge, UnknownHost, VaitiError
from recordings.identity import Caller, Gate, Person, is_key
from recordings.people_errors import CommitmentNeeded, ControllerNeeded
from recordings.web.session import cookie_name
from recordings.web.styles import WAVESURFER_STYLE
from storage.errors import StorageError

LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})
# A name in Host that is neither here nor in VAITI_NAMES means that some web site made a browser resolve its own name to
# this machine.
HEALTH_PATHS = frozenset({"/api/v1/health/live", "/api/v1/health/ready", "/health/live", "/health/ready"})
OPEN_PATHS = HEALTH_PATHS | {
    "/sign-in",
    "/sign-in/company",
    "/sign-in/back",
    "/sign-out/company",
    "/welcome",
    "/copies",
    "/look",
    "/favicon.ico",
}
OPEN_AT_HOME = OPEN_PATHS | {"/set-up", "/api/v1/openapi.json"}
# The first account is made on the machine itself, with the token.
SIGN_OUT = "/sign-out"
API = "/api/"
KEYS_AT_ONCE = 8
# Lookups of keys and sessions in threads of their own: handlers that wait for a slow store may not keep everybody out.
MAX_BODY = 1024 * 1024
# Bytes: every body but a push is a small form or JSON, and is read whole into memory.
OPEN_FOLDER = "/static/"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
SECURITY_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        f"default-src 'none'; script-src 'self'; style-src 'self' {WAVESURFER_STYLE}; img-src 'self'; "
        "media-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
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

    def __init__(self, app: ASGIApp, *, gate: Gate, names: Collection[str] = ()) -> None:
        """`gate` knows who may come in; `names` are those under which other machines reach the service."""
        self._app = app
        self._gate = gate
        self._names = names
        self._lookups: CapacityLimiter | None = None  # made in the event loop that it belongs to

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

        refusal = await self._check(scope)
        await (refusal or self._app)(scope, receive, send_with_headers)
        caller = scope.get("state", {}).get("caller")
        if caller is not None:  # after the answer: nobody waits for it
            await anyio.to_thread.run_sync(self._gate.note_use, caller, limiter=self._limiter())

    async def _check(self, scope: Scope) -> Response | None:
        """Return the answer to a request that may not pass; one that may has its caller in its state."""
        headers = Headers(scope=scope)
        path, method = scope["path"], scope["method"]
        try:
            at_home = self._is_at_home(headers)
            secure = not at_home or scope.get("scheme") == "https"  # other machines reach it over TLS alone
            scope.setdefault("state", {}).update(secure=secure, at_home=at_home)
            caller = await self._find_caller(headers, at_home=at_home, secure=secure)
            _check_request(headers, method, path, caller, is_open=_is_open(path, at_home=at_home))
        except (VaitiError, StorageError) as error:
            return answer(error)
        if caller is not None and caller.key is not None and not (path.startswith(API) or path in HEALTH_PATHS):
            return answer(NotAllowed())
        if caller is None and not _is_open(path, at_home=at_home):
            return _lead(method, path, "/sign-in", NotSignedIn())
        scope["state"]["caller"] = caller
        if caller is None or caller.person is None or _is_open(path, at_home=at_home):
            return None
        return _find_what_lacks(method, path, caller.person)

    async def _find_caller(self, headers: Headers, *, at_home: bool, secure: bool) -> Caller | None:
        """Return who calls. Only under a loopback name this may be who has the token."""
        scheme, _, token = headers.get("authorization", "").partition(" ")
        token = token.strip()
        if scheme.lower() == "bearer" and is_key(token):
            return await anyio.to_thread.run_sync(self._gate.find_by_key, token, limiter=self._limiter())
        if scheme.lower() == "bearer":
            return self._gate.find_by_token(token) if at_home else None
        secret = cookie_parser(headers.get("cookie", "")).get(cookie_name(secure=secure))
        if not secret:
            return None
        return await anyio.to_thread.run_sync(self._gate.find_by_session, secret, limiter=self._limiter())

    def _is_at_home(self, headers: Headers) -> bool:
        """Tell whether the request came under a loopback name. Raises UnknownHost for a name that is not ours."""
        try:
            name = urlsplit(f"//{headers.get('host', '')}").hostname
        except ValueError:
            name = None
        if name not in LOOPBACK_NAMES and name not in self._names:
            raise UnknownHost
        return name in LOOPBACK_NAMES

    def _limiter(self) -> CapacityLimiter:
        if self._lookups is None:
            self._lookups = CapacityLimiter(KEYS_AT_ONCE)
        return self._lookups


def _is_open(path: str, *, at_home: bool) -> bool:
    return path in (OPEN_AT_HOME if at_home else OPEN_PATHS) or path.startswith(OPEN_FOLDER)


def _lead(method: str, path: str, page: str, error: VaitiError) -> Response:
    """Lead a browser to a page; a program is told what is missing."""
    if method in SAFE_METHODS and not path.startswith(API):
        return RedirectResponse(page, status_code=303)
    return answer(error)


def _find_what_lacks(method: str, path: str, person: Person) -> Response | None:
    """Return where a session that lacks something has to go first, None for one that is whole."""
    if path == SIGN_OUT:
        return None
    lacks: tuple[str, VaitiError] | None = None
    if not person.session.complete:
        lacks = "/sign-in/second", NotSignedIn()
    elif not person.committed:
        lacks = "/commitment", CommitmentNeeded()
    elif person.controller is None:
        lacks = "/controllers", ControllerNeeded()
    return None if lacks is None or path == lacks[0] else _lead(method, path, *lacks)


def _check_request(headers: Headers, method: str, path: str, caller: Caller | None, *, is_open: bool) -> None:
    """Raise CrossSite, TooLarge or RequestInvalid for a request that changes something and may not."""
    if method in SAFE_METHODS:
        return
    if is_open or (caller is not None and caller.by_cookie):
        _check_same_origin(headers)
    if path != PUSH_PATH:
        _check_small(headers)


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
