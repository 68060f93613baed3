"""Objections and withdrawn consents: what a company may no longer use a person's calls for; values and the port.

A person is the keyed hashes that name her, as everywhere: an objection counts for calls that come later too, and it
outlives those that it was made about. A number says where it stands in its register's feed; a change gives a new one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType, Protocol

from storage.records import AuditEntry, CustomerId, Kind, RecordingId, Reference, Scope

ObjectionId = NewType("ObjectionId", str)  # uuid4, hexadecimal, 32 characters


class ObjectionKind(StrEnum):
    """What an objection is against, each heeded apart (GDPR Art. 21), and a consent taken back (Art. 7(3))."""

    DIRECT_MARKETING = "direct-marketing"
    OPINION_POLLS = "opinion-polls"
    MARKET_RESEARCH = "market-research"
    PROFILING = "profiling"
    CONSENT_WITHDRAWAL = "consent-withdrawal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """One objection's row. Words of ours and opaque ids only.

    `stops` are the kinds of calls that nobody works with any more. A withdrawal counts for calls that began before it.
    """

    id: ObjectionId
    controller: str
    number: int  # in the feed of its register
    kind: ObjectionKind
    stops: tuple[Kind, ...]
    made_at: datetime
    made_by: str
    forget_on: date  # when it goes itself, on the controller's calendar
    case: str | None = None  # the case's name, e.g. `2026-12`
    customer: CustomerId | None = None  # as it was known then
    ended_at: datetime | None = None  # she took it back
    ended_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """How far a register's own systems were told of its objections, and when they are tried again."""

    controller: str
    told: int = 0  # the number of the last one
    attempts: int = 0  # in a row that failed
    next_at: datetime | None = None
    failed: str | None = None  # why the last one did, a slug


class Objections(Protocol):
    """The register of objections. Each act is one transaction with its audit entry.

    In the same transaction every call that falls under one is marked (`Recording.objected`), or marked no longer.
    """

    def add(self, objection: Objection, references: Collection[Reference], *, audit: AuditEntry) -> Objection:
        """Keep an objection of whom these references name, and the customer's; returns it with its number.

        Raises NotFound where nobody is named.
        """

    def get(self, scope: Scope, objection: ObjectionId) -> Objection:
        """Return an objection. Raises NotFound."""

    def since(self, scope: Scope, controller: str, number: int, *, limit: int = 100) -> Sequence[Objection]:
        """Return what was made or changed after this number, in that order. Nothing is ever put in between."""

    def list(self, scope: Scope) -> Sequence[Objection]:
        """Return all that count, oldest first."""

    def over(self, scope: Scope, today: date) -> Sequence[Objection]:
        """Return those whose own period is over, some at a time."""

    def against(
        self, scope: Scope, controller: str, references: Collection[Reference]
    ) -> Mapping[Reference, Collection[ObjectionKind]]:
        """Return what counts for whom each of these names; who objected to nothing is left out."""

    def change(self, objection: Objection, *, audit: AuditEntry) -> Objection:
        """Keep an objection as it is given, under a new number. Raises NotFound, and Conflict when it has ended."""

    def withdrawn(self) -> Sequence[RecordingId]:
        """Return the calls that only a withdrawn consent allowed, and that nothing holds."""

    def forget(self, objection: Objection, *, audit: AuditEntry) -> None:
        """Remove an objection with its references. Raises NotFound."""

    def replay(self, objection: Objection, references: Collection[Reference]) -> None:
        """Keep an objection as the journal has it, under its number, whatever is known of it here."""

    def drop(self, objection: ObjectionId) -> None:
        """Remove an objection that was forgotten after the backup; one that is not here is no error."""

    def telling(self, controller: str) -> Telling:
        """Return how far this register's systems were told."""

    def keep_telling(self, telling: Telling) -> None:
        """Keep it instead."""
