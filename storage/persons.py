"""Who is one person: what people decided about references and links, with its history; values and the port.

References that were pushed together are taken for one person until somebody decides otherwise. A number of a household
or a company names no person: it joins nobody, and what rests on it alone is given to nobody without a yes for each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType, Protocol

from storage.records import AuditEntry, CustomerId, RecordingId, Reference, Scope

DecisionId = NewType("DecisionId", str)  # uuid4, hexadecimal, 32 characters


class Bond(StrEnum):
    """What was decided about one reference, or about two."""

    SAME = "same"  # both name one person
    APART = "apart"  # they name two, whatever is pushed
    HOUSEHOLD = "household"  # several persons of one home use it
    COMPANY = "company"  # whoever works there uses it


SHARED = frozenset({Bond.HOUSEHOLD, Bond.COMPANY})


class Role(StrEnum):
    """As what a person is in a call."""

    CUSTOMER = "customer"
    REPRESENTATIVE = "representative"  # speaks for the customer
    COMPANY_CONTACT = "company-contact"
    THIRD_PARTY = "third-party"  # is spoken of


class Evidence(StrEnum):
    """How it is known."""

    PUSHED = "pushed"  # the pushing system said so
    SAID = "said-in-call"
    REGISTER = "company-register"
    DOCUMENT = "document-shown"
    POWER_OF_ATTORNEY = "power-of-attorney"
    PERSON = "person-said-so"  # outside the call


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDecision:
    """What somebody decided. It goes with the last call of a reference that it names."""

    id: DecisionId
    controller: str
    bond: Bond
    reference: Reference
    evidence: Evidence
    at: datetime
    by: str
    other: Reference | None = None  # of `same` and `apart`
    case: str | None = None
    undone_at: datetime | None = None
    undone_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A call of a person, and by which reference it is hers. `shared`: the reference names no person."""

    recording: RecordingId
    reference: Reference
    role: Role
    evidence: Evidence
    shared: bool


@dataclass(frozen=True, slots=True)
class LinksThen:
    """A call's links as the journal had them last: the role and evidence of each reference; None: it is parted."""

    of: Mapping[Reference, tuple[Role, Evidence] | None]


class Persons(Protocol):
    """Groups references into persons. Each act is one transaction with its audit entry."""

    def decide(self, decision: PersonDecision, *, audit: AuditEntry) -> None:
        """Keep a decision and group anew whom it concerns. Raises NotFound for a reference that no call has.

        Raises Conflict where the same is decided already.
        """

    def undo(self, scope: Scope, decision: DecisionId, *, at: datetime, by: str, audit: AuditEntry) -> PersonDecision:
        """Take a decision back and group anew; it stays in the history. Raises NotFound, Conflict when it is undone."""

    def history(self, scope: Scope, customer: CustomerId) -> Sequence[PersonDecision]:
        """Return what was decided about a person's references and shared ones of her calls, oldest first."""

    def replay(self, decision: PersonDecision) -> None:
        """Keep a decision as the journal has it, whatever is known of it here; nothing for references that are gone."""

    def links(self, scope: Scope, customer: CustomerId) -> Sequence[Link]:
        """Return a person's calls by each reference, and those of household numbers that her calls have as well."""

    def parted(self, scope: Scope, customer: CustomerId) -> Sequence[tuple[RecordingId, Reference]]:
        """Return the calls that were found not to be a person's, by which of her references, while she has it."""

    def correct(
        self, recording: RecordingId, reference: Reference, role: Role | None, evidence: Evidence, *, audit: AuditEntry
    ) -> None:
        """Say as what a person is in a call; None: not at all, also when it is pushed again; a role takes that back.

        Raises NotFound for a reference that the call was never pushed with.
        """

    def replay_links(self, recording: RecordingId, links: LinksThen) -> None:
        """Let a call's links be what the journal says; nothing for a call that is not here."""
