"""Who is calling: a person who has signed in, a pushing system with its API key, or this machine's own token.

Sessions and keys are asked of the database at each request: who was disabled, or a key that was revoked, opens nothing
from then on, in every process. What a caller may do is decided in one place, `Caller.require` and `Caller.within`.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

from recordings.controllers import Controllers
from recordings.engines import Clock
from recordings.errors import NotAllowed, UnknownController
from recordings.permissions import ROLES, Permission, role_of
from storage.api_keys import ApiKey, ApiKeyId, ApiKeyStore
from storage.errors import StorageError
from storage.people import Account, RoleHeld, Session, SignIns, Visit
from storage.records import Kind, Only, Scope

IDLE: Final = timedelta(hours=1)
# Who has gone to lunch signs in again; who listens keeps the session by listening.
LASTS: Final = timedelta(hours=12)
# A working day, whatever is done meanwhile.
FACTOR_LASTS: Final = timedelta(minutes=10)
# How long the second factor is waited for after the password.
COMMITMENT: Final = "2026-1"
# The version of what is promised before the first page (`recordings.web.texts_people`): a new text is a new version.
USE_IS_NOTED: Final = timedelta(minutes=1)
# A last use is kept to the minute: a write for each request would cost more than it tells.
PUSH, READ, FACTS, METRICS = "recordings:push", "recordings:read", "recordings:facts", "metrics:read"
OBJECTIONS, PORTAL = "objections:read", "portal:use"
PUSHING = (PUSH, READ, FACTS)
# What a pushing system needs: to push, to see how far a recording has come, to say later what it did not know.
_OF_KEYS: Final[Mapping[Permission, str]] = {
    Permission.CALLS_PUSH: PUSH,
    Permission.STATES_READ: READ,
    Permission.CALLS_AMEND: FACTS,
    Permission.METRICS_READ: METRICS,
    Permission.OBJECTIONS_READ: OBJECTIONS,
    Permission.PORTAL_USE: PORTAL,
}
# As keys have had them since before there were roles; a permission that is not here is no key's.
KEY_PREFIX = "vaiti_"
# Secret scanners find a key by it.
_KEY = re.compile(rf"{KEY_PREFIX}([0-9a-f]{{12}})_([A-Za-z0-9_-]{{43}})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Who has signed in, with the roles that are in force now; `controller` is the one on screen.

    `partners`: the sources of the calls of each partner that a role is narrowed to, by (controller, partner).
    """

    account: Account
    session: Session
    roles: tuple[RoleHeld, ...]
    controller: str | None
    committed: bool
    partners: Mapping[tuple[str, str], frozenset[str]]

    @property
    def controllers(self) -> tuple[str, ...]:
        """The registers that some role of hers is in."""
        return tuple(sorted({each.controller for each in self.roles}))

    @property
    def calls_an_hour(self) -> int:
        """How many calls the widest role in the register on screen opens in an hour."""
        giving = (role_of(each.role) for each in self._giving(Permission.MASKED_OPEN))
        return max((ROLES[each].calls_an_hour for each in giving if each is not None), default=0)

    def may(self, permission: Permission) -> bool:
        """Tell whether a role in the register on screen has it; of oneself everybody may."""
        return permission is Permission.OWN_ACCOUNT or bool(self._giving(permission))

    def scope(self, permission: Permission) -> Scope:
        """Return what she may know of for this: the register on screen, perhaps some of its calls only."""
        giving = self._giving(permission)
        if not giving or self.controller is None:
            return Scope.of()
        whole = any(each.partner is None and not _is_for_named_calls(each) for each in giving)
        return Scope.of(self.controller) if whole else Scope(frozenset({self.controller}), self._only(giving))

    def _giving(self, permission: Permission) -> list[RoleHeld]:
        return [
            each
            for each in self.roles
            if each.controller == self.controller
            and (role := role_of(each.role)) is not None
            and permission in ROLES[role].may
        ]

    def _only(self, roles: list[RoleHeld]) -> Only:
        narrow = [each for each in roles if each.partner is not None]
        sources = [self.partners[each.controller, each.partner] for each in narrow if each.partner is not None]
        cases = frozenset(each.case for each in roles if _is_for_named_calls(each) and each.case is not None)
        return Only(sources=frozenset().union(*sources), cases=cases)


def _is_for_named_calls(held: RoleHeld) -> bool:
    role = role_of(held.role)
    return role is None or ROLES[role].named_calls


@dataclass(frozen=True, slots=True)
class Caller:
    """Who acts, as the audit log names them; `by_cookie` when a browser sent it along by itself.

    `key` is what an API key may do, `key_only` the calls that it is narrowed to, `person` who has signed in; without
    either it is who has the token, who may do all. `doing` is what the route has asked for (`allowed`).
    """

    actor: str
    by_cookie: bool
    key: ApiKey | None = None
    key_only: Only | None = None
    person: Person | None = None
    doing: Permission | None = None

    def may(self, permission: Permission) -> bool:
        """Tell whether this may be done."""
        if self.key is not None:
            return _OF_KEYS.get(permission) in self.key.scopes
        return self.person is None or self.person.may(permission)

    def allowed(self, permission: Permission) -> Caller:
        """Return this caller as who does this. Raises NotAllowed unless it may be done."""
        if not self.may(permission):
            raise NotAllowed
        return replace(self, doing=permission)

    def within(self, scope: Scope) -> Scope:
        """Return what of `scope` the caller may know of, for what the route has asked for."""
        if self.key is not None:
            mine = Scope.of(*(each for each in self.key.controllers if scope.allows(each)))
            return replace(mine, only=self.key_only)
        if self.person is None:
            return scope
        mine = self.person.scope(self.doing) if self.doing is not None else Scope.of()
        return replace(mine, controllers=frozenset(each for each in mine.controllers or () if scope.allows(each)))

    def check_controller(self, controller: str, scope: Scope) -> str:
        """Return a register that a body names. Raises UnknownController for another's, as if there were none."""
        allowed = self.within(scope)
        if not allowed.allows(controller):
            raise UnknownController
        return controller

    def check_push(self, controller: str, kind: str, source: str | None = None) -> None:
        """Raise UnknownController for another register than the key's, as if there were none, and NotAllowed."""
        if self.key is None:
            return
        if controller not in self.key.controllers:
            raise UnknownController
        if self.key.kinds and kind in {each.value for each in Kind} and Kind(kind) not in self.key.kinds:
            raise NotAllowed("This API key does not push recordings of this kind.")
        if self.key_only is not None and source not in self.key_only.sources:
            raise NotAllowed("This API key pushes a partner's calls: `source` is one of the partner's.")


class Gate:
    """Checks tokens, keys and sessions. Safe to use from several threads."""

    def __init__(
        self, token: str, *, keys: ApiKeyStore, sign_ins: SignIns, controllers: Controllers, clock: Clock
    ) -> None:
        """`token` is the one that the token file holds."""
        self._digest = _digest(token)
        self._keys = keys
        self._sign_ins = sign_ins
        self._controllers = controllers
        self._clock = clock
        self._noted: dict[str, datetime] = {}
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
        now, only = self._clock.now(), None
        if key.partner is not None:
            partner = self._controllers.partner_at(key.controllers[0], key.partner, now) if key.controllers else None
            if partner is None:
                return None
            only = Only(sources=frozenset(partner.sources))
        shown = digest(parts[2])
        right = [hmac.compare_digest(shown, each) for each in key.digests(now)]
        return Caller(f"key-{key.id}", by_cookie=False, key=key, key_only=only) if any(right) else None

    def find_by_session(self, secret: str) -> Caller | None:
        """Return the caller of a session that is open, or None. Asks the database. Raises Unavailable."""
        visit, now = self._sign_ins.find(digest(secret)), self._clock.now()
        if visit is None or not _is_open(visit, now):
            return None
        person = person_of(visit, self._controllers, now)
        return Caller(visit.account.actor, by_cookie=True, person=person) if person.roles else None

    def note_use(self, caller: Caller) -> None:
        """Keep that a key or a session was used, once a minute. A store that does not answer loses it."""
        now = self._clock.now()
        if caller.key is not None:
            named, last = str(caller.key.id), caller.key.last_used_at
        elif caller.person is not None:
            named, last = caller.person.session.digest, caller.person.session.seen_at
        else:
            return
        with self._lock:
            last = self._noted.get(named, last)
            if last is not None and now - last < USE_IS_NOTED:
                return
            self._noted = {key: at for key, at in self._noted.items() if now - at < LASTS} | {named: now}
        with suppress(StorageError):
            if caller.key is not None:
                self._keys.note_use(caller.key.id, at=now)
            else:
                self._sign_ins.touch(named, at=now)


def _is_open(visit: Visit, now: datetime) -> bool:
    session = visit.session
    return visit.account.disabled_at is None and now < session.ends_at and now - session.seen_at < IDLE


def person_of(visit: Visit, controllers: Controllers, now: datetime) -> Person:
    """Return who a visit is, with the roles that are in force: neither revoked nor over, and of a living agreement."""
    held = [each for each in visit.roles if each.revoked_at is None and (each.until is None or now < each.until)]
    held = [each for each in held if controllers.scope.allows(each.controller)]
    narrow = {(each.controller, each.partner) for each in held if each.partner is not None}
    partners = {(slug, name): controllers.partner_at(slug, name, now) for slug, name in narrow}
    sources = {named: frozenset(each.sources) for named, each in partners.items() if each is not None}
    roles = tuple(each for each in held if each.partner is None or (each.controller, each.partner) in sources)
    on_screen = visit.session.controller
    return Person(
        account=visit.account,
        session=visit.session,
        roles=roles,
        controller=on_screen if on_screen in {each.controller for each in roles} else None,
        committed=any(each.version == COMMITMENT for each in visit.commitments),
        partners=sources,
    )


def new_secret() -> str:
    """Return what a cookie holds: 256 random bits."""
    return secrets.token_urlsafe(32)


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
