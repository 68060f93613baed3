"""API keys: what a pushing system shows, and what it may do with it.

Of a secret only its SHA-256 is kept. It is 32 random bytes, which nobody finds by trying: a slow hash or a pepper would
add nothing (docs/adr/0031).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NewType, Protocol

from storage.records import AuditEntry, Kind

ApiKeyId = NewType("ApiKeyId", str)  # 12 hexadecimal digits: it stands in the key that is shown, and in the audit log


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySecret:
    """One of a key's secrets: a rotation gives a second, and says until when the first is good."""

    number: int  # from 1
    digest: str = field(repr=False)  # SHA-256, hexadecimal
    made_at: datetime
    valid_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiKey:
    """A key of one pushing system. It never changes but by a rotation, a use and its end."""

    id: ApiKeyId
    name: str
    controllers: tuple[str, ...]
    kinds: tuple[Kind, ...]  # none: all of them
    scopes: tuple[str, ...]
    created_at: datetime
    created_by: str
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    revoked_by: str | None = None
    last_used_at: datetime | None = None
    partner: str | None = None  # it pushes this partner's calls only, while the agreement lasts
    secrets: tuple[KeySecret, ...] = field(default=(), repr=False)

    def is_good(self, now: datetime) -> bool:
        """Tell whether it is neither revoked nor past its end."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)

    def digests(self, now: datetime) -> tuple[str, ...]:
        """Return the hashes of the secrets that open something now."""
        good = (each for each in self.secrets if each.valid_until is None or now < each.valid_until)
        return tuple(each.digest for each in good) if self.is_good(now) else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyEnds:
    """What the journal says of a key: a restored database may not let in again what was ended."""

    revoked_at: datetime | None
    revoked_by: str | None
    secrets: Mapping[int, datetime | None]  # number: until when


class ApiKeyStore(Protocol):
    """The keys of all registers, in the catalog. Each act is one transaction with its audit entry."""

    def add(self, key: ApiKey, *, audit: AuditEntry) -> None:
        """Keep a new key. Raises Conflict where its name is taken."""

    def find(self, key: ApiKeyId) -> ApiKey | None:
        """Return a key as it is now."""

    def list(self) -> Sequence[ApiKey]:
        """Return all keys, oldest first, revoked ones too."""

    def rotate(self, key: ApiKeyId, digest: str, *, at: datetime, until: datetime, audit: AuditEntry) -> ApiKey:
        """Give a key another secret; the others end at `until`, or when they would have. Raises NotFound, Conflict."""

    def revoke(self, key: ApiKeyId, *, at: datetime, by: str, audit: AuditEntry) -> ApiKey:
        """End a key for ever. Raises NotFound, Conflict where it is ended already."""

    def note_use(self, key: ApiKeyId, *, at: datetime) -> None:
        """Keep when it was used last; an earlier time than the one that is kept changes nothing."""

    def replay(self, ends: Mapping[ApiKeyId, KeyEnds]) -> int:
        """End in a restored database what was ended since; returns how many keys that changed."""
