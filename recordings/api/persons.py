"""Persons over HTTP: which references are one person, what rests on a shared number, and wrong links put right.

References come in the body, as everywhere; what goes out are opaque ids and types.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal, Self

from fastapi import APIRouter, Query
from pydantic import BaseModel

from recordings.api.deps import MayKeepCases, MayReadCases, OpaqueId, Service, registers
from recordings.api.schemas import Case, Label, RequestBody
from recordings.belonging import Belonging
from recordings.facts import CustomerReference
from recordings.steps.persons import Correction, NewDecision
from storage.errors import NotFound
from storage.persons import Bond, DecisionId, Evidence, Link, PersonDecision, Role
from storage.records import CustomerId, RecordingId

router = APIRouter(tags=["persons"])

CaseName = Annotated[str | None, Query(pattern=r"^[A-Za-z0-9][A-Za-z0-9._/-]{0,63}$")]


class DecisionIn(RequestBody):
    """What is decided: `same` and `apart` about two references, `household` and `company` about one."""

    controller: Label
    bond: Bond
    reference: CustomerReference
    other: CustomerReference | None = None
    evidence: Evidence
    case: Case | None = None

    def new(self) -> NewDecision:
        """Return it."""
        return NewDecision(**{name: getattr(self, name) for name in DecisionIn.model_fields})


class CorrectionIn(RequestBody):
    """As what whom a reference names is in a call; `none`: not at all."""

    reference: CustomerReference
    role: Role | Literal["none"]
    evidence: Evidence
    case: Case | None = None

    def correction(self) -> Correction:
        """Return it."""
        role = None if self.role == "none" else Role(self.role)
        return Correction(reference=self.reference, role=role, evidence=self.evidence, case=self.case)


class DecisionOut(BaseModel):
    """A decision, with the types of the references and not what they are."""

    id: str
    controller: str
    bond: Bond
    type: str
    other_type: str | None
    evidence: Evidence
    at: datetime
    by: str
    case: str | None
    undone_at: datetime | None
    undone_by: str | None

    @classmethod
    def of(cls, decision: PersonDecision) -> Self:
        """Build the answer."""
        same = {name: getattr(decision, name) for name in cls.model_fields if name not in {"type", "other_type"}}
        other = decision.other.type if decision.other else None
        return cls(type=decision.reference.type, other_type=other, **same)


class LinkOut(BaseModel):
    """A call by one reference."""

    recording: str
    type: str
    role: Role
    evidence: Evidence
    shared: bool

    @classmethod
    def of(cls, link: Link) -> Self:
        """Build the answer."""
        same = {name: getattr(link, name) for name in cls.model_fields if name != "type"}
        return cls(type=link.reference.type, **same)


class PersonOut(BaseModel):
    """A person: her calls, those that somebody has to say yes or no to before a release, and what was decided."""

    links: list[LinkOut]
    doubtful: list[str]
    decisions: list[DecisionOut]


@router.get("/customers/{customer}/links")
def show(customer: OpaqueId, vaiti: Service, caller: MayReadCases) -> PersonOut:
    """Return a person's calls by each of her references, and what was decided about these."""
    scope, who = registers(vaiti, caller), CustomerId(customer)
    links, decisions = vaiti.keep_persons.links(scope, who), vaiti.keep_persons.history(scope, who)
    if not links and not decisions:
        raise NotFound
    return PersonOut(
        links=[LinkOut.of(each) for each in links],
        doubtful=sorted(Belonging.of(links).doubtful),
        decisions=[DecisionOut.of(each) for each in decisions],
    )


@router.post("/persons/decisions", status_code=201)
def decide(body: DecisionIn, vaiti: Service, caller: MayKeepCases) -> DecisionOut:
    """Join, part, or say that a number is a household's or a company's; it counts at once."""
    caller.check_controller(body.controller, vaiti.controllers.scope)
    return DecisionOut.of(vaiti.keep_persons.decide(body.new(), actor=caller.actor))


@router.post("/persons/decisions/{decision}/undo")
def undo(decision: OpaqueId, vaiti: Service, caller: MayKeepCases, case: CaseName = None) -> DecisionOut:
    """Take a decision back; it stays in the history."""
    scope = registers(vaiti, caller)
    return DecisionOut.of(vaiti.keep_persons.undo(scope, DecisionId(decision), actor=caller.actor, case=case))


@router.post("/recordings/{recording}/link", status_code=204)
def correct(recording: OpaqueId, body: CorrectionIn, vaiti: Service, caller: MayKeepCases) -> None:
    """Say as what a person is in a call, or that she is not."""
    scope = registers(vaiti, caller)
    vaiti.keep_persons.correct(scope, RecordingId(recording), body.correction(), actor=caller.actor)
