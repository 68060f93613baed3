"""How long each register keeps each kind of call: the period in force, and how a person makes it shorter.

The controllers file says what is asked; what is in force is kept with the calls, so that an edit of the file alone
makes no stored call end sooner (docs/adr/0026).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType, Protocol

from storage.records import AuditEntry, Kind, RecordingId, Scope

ChangeId = NewType("ChangeId", str)  # uuid4, hexadecimal, 32 characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A period, and by which calendar it is counted, as the controllers file writes them."""

    period: str  # ISO 8601: P1Y, P6M, P90D
    zone: str
    end_of_day: bool


class ChangeState(StrEnum):
    """How far a shorter period has come."""

    PROPOSED = "proposed"  # waits for a second person
    APPROVED = "approved"  # waits for its time
    MOVING = "moving"  # in force; stored calls get their earlier times
    DONE = "done"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodChange:
    """A shorter period on its way. Its counts are those that the last of the two persons was shown."""

    id: ChangeId
    controller: str
    kind: Kind
    period: str
    zone: str
    end_of_day: bool
    proposed_at: datetime
    proposed_by: str
    earlier: int  # stored calls that end sooner by it
    due: int  # of them: how many at once, when it takes effect
    approved_at: datetime | None = None
    approved_by: str | None = None
    takes_effect_at: datetime | None = None
    in_force_at: datetime | None = None
    moved: int = 0  # calls that have their earlier time
    applied_at: datetime | None = None  # all that were stored had it
    checked_at: datetime | None = None  # and all whose push was under way
    withdrawn_at: datetime | None = None
    withdrawn_by: str | None = None

    @property
    def term(self) -> Term:
        """What it puts in force."""
        return Term(period=self.period, zone=self.zone, end_of_day=self.end_of_day)

    @property
    def state(self) -> ChangeState:
        """How far it has come."""
        if self.withdrawn_at is not None:
            return ChangeState.WITHDRAWN
        if self.in_force_at is not None:
            return ChangeState.MOVING if self.checked_at is None else ChangeState.DONE
        return ChangeState.PROPOSED if self.approved_at is None else ChangeState.APPROVED


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCall:
    """A stored call, as far as its time goes."""

    id: RecordingId
    started_at: datetime  # of its first part
    delete_at: datetime
    held: bool


class PeriodBooks(Protocol):
    """The periods in force and the changes, in the catalog. Each act is one transaction with its audit entry."""

    def term(self, controller: str, kind: Kind) -> Term | None:
        """Return what is in force, None where no call of this kind ever came."""

    def terms(self, scope: Scope) -> Mapping[tuple[str, Kind], Term]:
        """Return all that is in force."""

    def keep_term(self, controller: str, kind: Kind, term: Term, *, before: Term | None, audit: AuditEntry) -> None:
        """Put a term in force if `before` still is; else nothing changes."""

    def propose(self, change: PeriodChange, *, audit: AuditEntry) -> None:
        """Keep a new change. Raises Conflict while another of this kind waits or is moving calls."""

    def get(self, scope: Scope, change: ChangeId) -> PeriodChange:
        """Return a change. Raises NotFound."""

    def list(self, scope: Scope, *, ended: bool = False) -> Sequence[PeriodChange]:
        """Return changes, oldest first; those that are done or withdrawn only where asked for."""

    def decide(
        self, scope: Scope, change: ChangeId, to: Callable[[PeriodChange], PeriodChange], *, audit: AuditEntry
    ) -> PeriodChange:
        """Keep what `to` makes of a change that has not taken effect; `to` may refuse. Raises NotFound, Conflict."""

    def begin(self, change: ChangeId, *, at: datetime, audit: AuditEntry) -> PeriodChange:
        """Put an approved change in force. Raises NotFound, Conflict where it is not approved any more."""

    def calls(
        self,
        controller: str,
        kind: Kind,
        *,
        limit: int,
        after: RecordingId | None = None,
        received_before: datetime | None = None,
    ) -> Sequence[KeptCall]:
        """Return calls whose purge has not begun, in order of id from `after` on."""

    def move(self, change: PeriodChange, times: Mapping[RecordingId, datetime], *, audit: AuditEntry) -> int:
        """Give calls their `delete_at` where it is earlier; returns how many. What is gone is left out."""

    def end_pass(self, change: ChangeId, *, at: datetime, audit: AuditEntry) -> PeriodChange:
        """Note that every call was looked at: the first time it is applied, the second time checked."""

    def replay(self, terms: Mapping[tuple[str, Kind], Term], changes: Sequence[PeriodChange]) -> None:
        """Keep what the journal of a restored database says; its calls are looked at again where it knew less."""
