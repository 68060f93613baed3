"""A link that gives a person her copies once: values and the port. Of the link and its code only hashes are kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from storage.cases import CaseId
from storage.records import AuditEntry, RecordingId


@dataclass(frozen=True, slots=True, kw_only=True)
class PackLink:
    """What a link gives: the copies of a case, with what was decided of doubtful calls. It goes when it ends."""

    case: CaseId
    controller: str
    digest: str = field(repr=False)  # SHA-256 of what stands in the link
    code: str = field(repr=False)  # argon2id of what is told by another way
    language: str | None
    confirmed: tuple[RecordingId, ...]
    left_out: tuple[RecordingId, ...]
    ends_at: datetime
    tries: int = 0


class PackLinks(Protocol):
    """The links that are open. A case has one at most."""

    def put(self, link: PackLink) -> None:
        """Keep a link in place of the case's earlier one. Raises NotFound for a case that is gone."""

    def find(self, digest: str) -> PackLink | None:
        """Return the link with this hash."""

    def count(self, digest: str, *, most: int) -> bool:
        """Count a try, whatever becomes of it; False where there were `most` already, or there is no such link."""

    def end(self, digest: str, *, audit: AuditEntry) -> None:
        """Remove a link; one that is gone is no error, and not audited."""

    def expire(self, now: datetime) -> None:
        """Remove what has ended by now."""

    def clear(self) -> None:
        """Remove all: in a restored database nobody knows which were used since."""
