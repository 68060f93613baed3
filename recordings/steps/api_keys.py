"""Keys of pushing systems are made, rotated and ended. A key is shown once, when it is made.

Reads: API keys. Writes: API keys, the audit log, the journal. Next: nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from recordings.controllers import Controllers
from recordings.engines import Clock
from recordings.errors import KeyEnded, KeyNameTaken, UnknownApiKey
from recordings.identity import METRICS, OBJECTIONS, PORTAL, PUSHING, digest, write_key
from recordings.journal import KeepJournal
from recordings.people_errors import UnknownPartner
from recordings.retention import Period
from storage.api_keys import ApiKey, ApiKeyId, ApiKeyStore, KeySecret
from storage.errors import Conflict, NotFound
from storage.records import AuditEntry, Kind

OVERLAP = Period(days=7)
# How long the earlier secret of a rotated key stays good, where nothing else is said: a week to reach every system.


@dataclass(frozen=True, slots=True, kw_only=True)
class NewKey:
    """A key, and what is shown of it once."""

    key: ApiKey
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepApiKeys:
    """Makes, rotates and ends API keys."""

    store: ApiKeyStore
    controllers: Controllers
    journal: KeepJournal
    clock: Clock

    def create(  # noqa: PLR0913 - what a key is made of
        self,
        name: str,
        controllers: Sequence[str],
        *,
        kinds: Sequence[Kind] = (),
        lasts: Period | None = None,
        partner: str | None = None,
        actor: str,
    ) -> NewKey:
        """Make a key that pushes to these controllers; without any it reads the metrics and nothing else.

        A `partner`'s key is for one controller, pushes and sees the partner's calls only, and ends with its agreement.
        Raises UnknownController, UnknownPartner, KeyNameTaken.
        """
        alone = controllers[0] if len(controllers) == 1 else ""
        if partner is not None and self.controllers.partner_at(alone, partner, self.clock.now()) is None:
            raise UnknownPartner
        key = self._key(name, controllers, PUSHING if controllers else (METRICS,), lasts=lasts, actor=actor)
        return self._add(replace(key, kinds=tuple(dict.fromkeys(kinds)), partner=partner))

    def create_for_objections(
        self, name: str, controllers: Sequence[str], *, lasts: Period | None = None, actor: str
    ) -> NewKey:
        """Make a key that pushes nothing, and asks what persons have objected to: a dialler, a mailing list.

        Raises UnknownController, KeyNameTaken.
        """
        return self._add(self._key(name, controllers, (OBJECTIONS,), lasts=lasts, actor=actor))

    def create_for_portal(
        self, name: str, controllers: Sequence[str], *, lasts: Period | None = None, actor: str
    ) -> NewKey:
        """Make a customer portal's key: it opens cases by what the portal signs. Raises as `create_for_objections`."""
        return self._add(self._key(name, controllers, (PORTAL,), lasts=lasts, actor=actor))

    def _key(
        self, name: str, controllers: Sequence[str], scopes: tuple[str, ...], *, lasts: Period | None, actor: str
    ) -> ApiKey:
        for each in controllers:
            self.controllers.get(each)
        now = self.clock.now()
        return ApiKey(
            id=ApiKeyId(secrets.token_hex(6)),
            name=name,
            controllers=tuple(dict.fromkeys(controllers)),
            kinds=(),
            scopes=scopes,
            created_at=now,
            created_by=actor,
            expires_at=lasts.after(now) if lasts else None,
        )

    def _add(self, key: ApiKey) -> NewKey:
        secret = secrets.token_urlsafe(32)
        kept = replace(key, secrets=(KeySecret(number=1, digest=digest(secret), made_at=key.created_at),))
        try:
            self.store.add(kept, audit=self._entry(kept, "api-key.created", key.created_by))
        except Conflict:
            raise KeyNameTaken from None
        self.journal.note()
        return NewKey(key=kept, text=write_key(kept.id, secret))

    def rotate(self, named: str, *, overlap: Period | timedelta = OVERLAP, actor: str) -> NewKey:
        """Give a key another secret; the earlier ones stay good for a while. Raises UnknownApiKey, KeyEnded."""
        key, secret, now = self.find(named), secrets.token_urlsafe(32), self.clock.now()
        until = overlap.after(now) if isinstance(overlap, Period) else now + overlap
        entry = self._entry(key, "api-key.rotated", actor)
        try:
            rotated = self.store.rotate(key.id, digest(secret), at=now, until=until, audit=entry)
        except Conflict:
            raise KeyEnded from None
        self.journal.note()
        return NewKey(key=rotated, text=write_key(key.id, secret))

    def revoke(self, named: str, *, actor: str) -> ApiKey:
        """End a key at once, in every process. Raises UnknownApiKey, KeyEnded."""
        key, now = self.find(named), self.clock.now()
        try:
            ended = self.store.revoke(key.id, at=now, by=actor, audit=self._entry(key, "api-key.revoked", actor))
        except (Conflict, NotFound):
            raise KeyEnded from None
        self.journal.note()
        return ended

    def list(self) -> Sequence[ApiKey]:
        """Return all keys, oldest first, ended ones too."""
        return self.store.list()

    def find(self, named: str) -> ApiKey:
        """Return the key of this id or name. Raises UnknownApiKey."""
        found = [each for each in self.store.list() if named in {each.id, each.name}]
        if not found:
            raise UnknownApiKey
        return found[0]

    def _entry(self, key: ApiKey, action: str, actor: str) -> AuditEntry:
        """Say what was done, in the register that the key opens where it is one."""
        detail = {
            "key": key.id,
            "name": key.name,
            "controllers": ",".join(key.controllers),
            "kinds": ",".join(key.kinds),
            "scopes": ",".join(key.scopes),
        }
        only = key.controllers[0] if len(key.controllers) == 1 else None
        return AuditEntry(at=self.clock.now(), actor=actor, action=action, controller=only, detail=detail)
