"""Who is calling. Until there are accounts: one bearer token, and browser sessions that were opened with it.

Sessions are random ids in memory, so a restart signs everybody out, and what lies in a browser tells nothing.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from recordings.engines import Clock

SESSION_LASTS = timedelta(hours=12)
# A working day: who comes in the next morning pastes the token again.


@dataclass(frozen=True, slots=True)
class Caller:
    """Who acts, as the audit log names them; `by_cookie` when a browser sent it along by itself."""

    actor: str
    by_cookie: bool


class Gate:
    """Checks tokens and keeps sessions. Safe to use from several threads."""

    def __init__(self, token: str, *, clock: Clock) -> None:
        """`token` is the one that the token file holds."""
        self._digest = _digest(token)
        self._clock = clock
        self._sessions: dict[bytes, tuple[Caller, datetime]] = {}
        self._lock = Lock()

    def accepts(self, token: str) -> bool:
        """Tell whether this is the token, in a time that does not depend on how much of it is right."""
        return hmac.compare_digest(_digest(token), self._digest)

    def find_by_token(self, token: str) -> Caller | None:
        """Return the caller that this token names, or None."""
        return Caller("token", by_cookie=False) if self.accepts(token) else None

    def open_session(self) -> str:
        """Open a session; returns its secret id, for a cookie."""
        secret = secrets.token_urlsafe(32)
        caller = Caller(f"session-{secrets.token_hex(4)}", by_cookie=True)
        now = self._clock.now()
        with self._lock:
            self._sessions = {key: each for key, each in self._sessions.items() if each[1] > now}
            self._sessions[_digest(secret)] = (caller, now + SESSION_LASTS)
        return secret

    def find_by_session(self, secret: str) -> Caller | None:
        """Return the caller of a session that is open, or None."""
        with self._lock:
            caller, until = self._sessions.get(_digest(secret), (None, None))
        return caller if until is not None and until > self._clock.now() else None

    def close_session(self, secret: str) -> None:
        """Close a session; one that is not there is closed already."""
        with self._lock:
            self._sessions.pop(_digest(secret), None)


def _digest(secret: str) -> bytes:
    # comparing and looking up digests leaks no prefix of the secret through time
    return hashlib.sha256(secret.encode()).digest()
