"""Who is calling: a pushing system with its API key, or, until there are accounts, whoever has the one token.

Sessions are random ids in memory, so a restart signs everybody out, and what lies in a browser tells nothing. API keys
are asked of the database each time: one that was revoked opens nothing from then on, in every process.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from recordings.engines import Clock
from recordings.errors import NotAllowed, UnknownController
from storage.api_keys import ApiKey, ApiKeyId, ApiKeyStore
from storage.errors import StorageError
from storage.records import Kind, Scope

SESSION_LASTS = timedelta(hours=12)
# A working day: who comes in the next morning pastes the token again.
USE_IS_NOTED = timedelta(minutes=1)
# A key's last use is kept to the minute: a write for each push would cost more than it tells.
PUSH, READ, FACTS, METRICS = "recordings:push", "recordings:read", "recordings:facts", "metrics:read"
PUSHING = (PUSH, READ, FACTS)
# What a pushing system needs: to push, to see how far a recording has come, to say later what it did not know.
KEY_PREFIX = "vaiti_"
# Secret scanners find a key by it.
_KEY = re.compile(rf"{KEY_PREFIX}([0-9a-f]{{12}})_([A-Za-z0-9_-]{{43}})")


@dataclass(frozen=True, slots=True)
class Caller:
    """Who acts, as the audit log names them; `by_cookie` when a browser sent it along by itself.

    `key` is what an API key may do; without one it is a person with the token, who may do all.
    """

    actor: str
    by_cookie: bool
    key: ApiKey | None = None

    def require(self, scope: str) -> None:
        """Raise NotAllowed unless this may be done, e.g. "recordings:push"."""
        if self.key is not None and scope not in self.key.scopes:
            raise NotAllowed

    def within(self, scope: Scope) -> Scope:
        """Return the registers of `scope` that the caller may know of."""
        if self.key is None:
            return scope
        return Scope.of(*(each for each in self.key.controllers if scope.allows(each)))

    def check_push(self, controller: str, kind: str) -> None:
        """Raise UnknownController for another register than the key's, as if there were none, and NotAllowed."""
        if self.key is None:
            return
        if controller not in self.key.controllers:
            raise UnknownController
        if self.key.kinds and kind in {each.value for each in Kind} and Kind(kind) not in self.key.kinds:
            raise NotAllowed("This API key does not push recordings of this kind.")


class Gate:
    """Checks tokens and keys, and keeps sessions. Safe to use from several threads."""

    def __init__(self, token: str, *, keys: ApiKeyStore, clock: Clock) -> None:
        """`token` is the one that the token file holds."""
        self._digest = _digest(token)
        self._keys = keys
        self._clock = clock
        self._sessions: dict[bytes, tuple[Caller, datetime]] = {}
        self._noted: dict[ApiKeyId, datetime] = {}
        self._lock = Lock()

    def accepts(self, token: str) -> bool:
        """Tell whether this is the token, in a time that does not depend on how much of it is right."""
        return hmac.compare_digest(_digest(token), self._digest)

    def find_by_token(self, token: str) -> Caller | None:
        """Return the caller that this token names, or None."""
        return Caller("token", by_cookie=False) if self.accepts(token) else None

    def find_by_key(self, text: str) -> Caller | None:
        """Return the caller of an API key that is good now, or None. Asks the database. Raises Unavailable."""
        parts = _KEY.fullmatch(text)
        key = None if parts is None else self._keys.find(ApiKeyId(parts[1]))
        if parts is None or key is None:
            return None
        shown = digest(parts[2])
        right = [hmac.compare_digest(shown, each) for each in key.digests(self._clock.now())]
        return Caller(f"key-{key.id}", by_cookie=False, key=key) if any(right) else None

    def note_use(self, key: ApiKey) -> None:
        """Keep that the key was used, once a minute. A store that does not answer loses it."""
        now = self._clock.now()
        with self._lock:
            last = self._noted.get(key.id, key.last_used_at)
            if last is not None and now - last < USE_IS_NOTED:
                return
            self._noted[key.id] = now
        with suppress(StorageError):
            self._keys.note_use(key.id, at=now)

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


def is_key(text: str) -> bool:
    """Tell whether this has the form of an API key."""
    return text.startswith(KEY_PREFIX)


def write_key(key: ApiKeyId, secret: str) -> str:
    """Return a key as it is shown and sent."""
    return f"{KEY_PREFIX}{key}_{secret}"


def digest(secret: str) -> str:
    """Return what is kept of a secret."""
    return _digest(secret).hex()


def _digest(secret: str) -> bytes:
    # comparing and looking up digests leaks no prefix of the secret through time
    return hashlib.sha256(secret.encode()).digest()
