"""A case: what one person asked of one controller, from receipt to answer; values, moves, and the port.

Nothing here names anybody: the person is an opaque id, the letter and the answer lie where the company keeps letters.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NewType, Protocol

from storage.records import AuditEntry, CustomerId, HoldId, Scope, Tag

CaseId = NewType("CaseId", str)  # uuid4, hexadecimal, 32 characters


class CaseKind(StrEnum):
    """What is asked for (GDPR Art. 15 to 18, 20, 21 and 7(3))."""

    ACCESS = "access"
    RECTIFICATION = "rectification"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    PORTABILITY = "portability"
    OBJECTION = "objection"
    CONSENT_WITHDRAWAL = "consent-withdrawal"


class Way(StrEnum):
    """How the request came."""

    PORTAL = "portal"
    LETTER = "letter"
    EMAIL = "email"
    TELEPHONE = "telephone"
    VISIT = "visit"


class Asker(StrEnum):
    """Who asks: the person, somebody for her, or an employee about her own calls."""

    PERSON = "person"
    GUARDIAN = "guardian"
    POWER_OF_ATTORNEY = "power-of-attorney"
    EMPLOYEE = "employee"


class Identification(StrEnum):
    """How it is known who asks. An identity code that was said is none (the Ombudsman's line: domain.md 4)."""

    STRONG = "strong-identification"  # by bank or mobile certificate, in the company's portal
    DOCUMENT_SHOWN = "document-shown"  # on a visit; no copy is kept
    CALLED_BACK = "called-back"  # at a number that the register already had
    KNOWN_ADDRESS = "known-address"  # answered from, or sent to, an address that the register already had
    EMPLOYMENT = "employment"  # an employee's own account


class CaseState(StrEnum):
    """Where a case is; the moves between them are `MOVES`."""

    IDENTITY_AWAITED = "identity-awaited"
    OPEN = "open"
    ANSWERED = "answered"
    REFUSED = "refused"
    LAPSED = "lapsed"  # nobody proved who asks
    WITHDRAWN = "withdrawn"


_S = CaseState
MOVES: Final[Mapping[CaseState, frozenset[CaseState]]] = {
    _S.IDENTITY_AWAITED: frozenset({_S.OPEN, _S.REFUSED, _S.LAPSED, _S.WITHDRAWN}),
    # refused also unidentified: an answer with grounds within the month, as any other (Art. 12(2), 12(4))
    _S.OPEN: frozenset({_S.ANSWERED, _S.REFUSED, _S.WITHDRAWN}),
}
CLOSED: Final = frozenset(_S) - MOVES.keys()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case's row. Words of ours and opaque ids only; actors are pseudonyms."""

    id: CaseId
    controller: str
    number: int  # running, in its register
    kind: CaseKind
    about: str | None  # of an objection: what it is against
    way: Way
    asker: Asker
    received_on: date  # on the controller's calendar
    opened_at: datetime
    opened_by: str
    due_on: date  # the last day on which the answer is in time
    state: CaseState
    customer: CustomerId | None = None
    identified_by: Identification | None = None
    identified_at: datetime | None = None
    extended_for: str | None = None  # the reason, a slug
    extended_at: datetime | None = None
    hold: HoldId | None = None  # what keeps the person's calls meanwhile
    intake: Tag | None = None  # a keyed hash of what a portal signed
    released_at: datetime | None = None  # when the copies were let go to the portal
    packed_at: datetime | None = None  # when the person's copies were made
    linked_at: datetime | None = None  # when she was last given a link to them
    ground: str | None = None  # of a refusal, a slug
    closed_at: datetime | None = None
    closed_by: str | None = None
    forget_on: date | None = None  # when the case itself goes

    @property
    def name(self) -> str:
        """How letters and the audit log call it, e.g. `2026-12`."""
        return f"{self.received_on.year}-{self.number}"


PERSON_NAMED: Final = "case.person-named"
# The act that says whose a case is. No other changes it.


class Cases(Protocol):
    """The register of cases. Each act is one transaction with its audit entry, and `audit` names the case."""

    def add(self, case: Case, *, audit: AuditEntry) -> Case:
        """Keep a new case under the next number of its register, which is never given twice; returns it.

        Raises Conflict where there is one of the same intake.
        """

    def of_intake(self, scope: Scope, intake: Tag) -> Case | None:
        """Return the case that a portal's word has opened."""

    def get(self, scope: Scope, case: CaseId) -> Case:
        """Return a case. Raises NotFound."""

    def list(self, scope: Scope, *, states: Collection[CaseState] = (), limit: int = 200) -> Sequence[Case]:
        """Return cases, the first due first. No states means all."""

    def change(self, case: Case, *, before: CaseState, audit: AuditEntry) -> Case:
        """Keep a case as it is given, if it is still in this state. Raises NotFound, and Conflict when it is not.

        Whose it is stays, unless `audit` is the act of naming her: persons are joined and parted meanwhile.
        """

    def forget(self, case: Case, *, audit: AuditEntry) -> None:
        """Remove a closed case. Raises NotFound, Conflict."""

    def replay(self, case: Case) -> None:
        """Keep a case as the journal has it, under its number; of a person who is not known here, nobody's yet."""

    def drop(self, case: CaseId) -> None:
        """Remove a case that was forgotten after the backup; one that is not here is no error."""
