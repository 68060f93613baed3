"""A hold: a reasoned stop of deletion, for the calls that it names and for nothing else.

A restriction (GDPR Art. 18) is a hold that stops use too; an open access request is one that ends by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from storage.records import AuditEntry, HoldId, Recording, RecordingId, Scope


class HoldKind(StrEnum):
    """What a hold stops and how it ends."""

    LEGAL = "legal"  # stops purge, until it is released
    ACCESS = "access"  # stops purge, until its own time
    RESTRICTION = "restriction"  # stops purge and use, until it is lifted


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """One hold's row. `ground` is a slug, `case` names the case in the company's own books; actors are pseudonyms."""

    id: HoldId
    controller: str
    kind: HoldKind
    ground: str
    case: str
    placed_at: datetime
    placed_by: str
    review_on: date  # a person looks again whether it is still needed
    until: datetime | None = None  # when it ends by itself; None: it does not
    release_asked_by: str | None = None  # the first of two persons
    notified_on: date | None = None  # when the person was told that the restriction will be lifted
    ended_at: datetime | None = None
    ended_by: str | None = None


class HoldStore(Protocol):
    """Which recordings are held, and why. Each act is one transaction with its audit entries."""

    def place(
        self, hold: Hold, recordings: Sequence[RecordingId], *, now: datetime, audit: Sequence[AuditEntry]
    ) -> None:
        """Keep a hold; from now on no purge begins, and under a restriction no work goes on.

        Raises NotFound when one of the recordings is not the controller's, is gone or being purged, or is past its
        time: then nothing is held.
        """

    def replay(self, hold: Hold, recordings: Sequence[RecordingId]) -> None:
        """Keep a hold as the journal has it, whatever is known of it here; recordings that are gone are left out."""

    def get(self, scope: Scope, hold: HoldId) -> Hold:
        """Return a hold, also one that has ended. Raises NotFound."""

    def list(self, scope: Scope, *, kinds: Iterable[HoldKind] = (), ended: bool = False) -> Sequence[Hold]:
        """Return holds, oldest first; those that have ended only where asked for. No kinds means all."""

    def recordings(self, scope: Scope, hold: HoldId) -> Sequence[Recording]:
        """Return what a hold keeps, oldest call first; nothing once it has ended."""

    def change(self, hold: Hold, *, audit: AuditEntry) -> Hold:
        """Keep the hold as it is given. Raises NotFound when it has ended."""

    def end(self, hold: Hold, *, at: datetime, by: str, audit: Sequence[AuditEntry]) -> Sequence[Recording]:
        """End a hold and return what it kept, as it now is. Raises NotFound when it has ended."""

    def owners(self) -> Mapping[RecordingId, HoldId]:
        """Every held recording and the first of its holds, under whose key its own key lies."""

    def overdue(self, scope: Scope, *, now: datetime) -> Sequence[Recording]:
        """Return what would have been purged and is held, oldest `delete_at` first."""
