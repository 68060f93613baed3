"""Objections over HTTP: record one, ask before using a person's data, and the feed that companies' systems follow."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Self

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from recordings.api.deps import MayKeepObjections, MayReadObjections, OpaqueId, Service, registers
from recordings.api.schemas import Id, Label, RequestBody
from recordings.facts import CustomerReference
from recordings.steps.objections import NewObjection, Recorded
from storage.cases import CaseId
from storage.objections import Objection, ObjectionId, ObjectionKind
from storage.records import CustomerId

router = APIRouter(tags=["objections"])

Register = Annotated[str, Query(description="Whose register.", min_length=1, max_length=64)]
Since = Annotated[int, Query(ge=0, description="The `next` of the answer before; 0 for all.")]
MOST = 1_000
# References that are asked about at once: a list that somebody is about to call.


class ObjectionIn(RequestBody):
    """Who objects to what: by references, by her opaque id, or by the case that knows both."""

    controller: Label
    kind: ObjectionKind
    references: Annotated[tuple[CustomerReference, ...], Field(max_length=100)] = ()
    customer: Id | None = None
    case: Id | None = None

    def new(self) -> NewObjection:
        """Return what is known of it."""
        return NewObjection(
            controller=self.controller,
            kind=self.kind,
            references=self.references,
            customer=CustomerId(self.customer) if self.customer else None,
            case=CaseId(self.case) if self.case else None,
        )


class AskedIn(RequestBody):
    """Persons, before they are called or written to."""

    controller: Label
    references: Annotated[tuple[CustomerReference, ...], Field(min_length=1, max_length=MOST)]


class ObjectionOut(BaseModel):
    """An objection, without who made it: your own books know it by the case, and `/objections/check` by reference."""

    number: int
    id: str
    controller: str
    kind: ObjectionKind
    case: str | None
    customer: str | None
    made_at: datetime
    ended_at: datetime | None
    forget_on: date

    @classmethod
    def of(cls, objection: Objection) -> Self:
        """Build the answer."""
        return cls(**{name: getattr(objection, name) for name in cls.model_fields})


class RecordedOut(ObjectionOut):
    """What was recorded; of a withdrawn consent with the receipts of the calls that ended."""

    receipts: list[Mapping[str, Any]]

    @classmethod
    def of_recorded(cls, recorded: Recorded) -> Self:
        """Build the answer."""
        return cls(**ObjectionOut.of(recorded.objection).model_dump(), receipts=[*recorded.receipts])


class Feed(BaseModel):
    """Objections in the order in which they were made or changed; ask for the rest with `since=next`."""

    objections: list[ObjectionOut]
    next: int


@router.get("/objections")
def read_feed(
    vaiti: Service,
    caller: MayReadObjections,
    controller: Register,
    since: Since = 0,
    limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
) -> Feed:
    """Return what was made or changed since. Whoever follows `next` misses nothing; what changed again comes again."""
    slug = caller.check_controller(controller, vaiti.controllers.scope)
    found = vaiti.keep_objections.since(slug, since, limit=limit)
    return Feed(objections=[ObjectionOut.of(each) for each in found], next=found[-1].number if found else since)


@router.post("/objections", status_code=201)
def record(body: ObjectionIn, vaiti: Service, caller: MayKeepObjections) -> RecordedOut:
    """Record an objection; from here on it counts, for calls that come later too."""
    caller.check_controller(body.controller, vaiti.controllers.scope)
    return RecordedOut.of_recorded(vaiti.keep_objections.record(body.new(), vaiti.purge, actor=caller.actor))


@router.post("/objections/check")
def check(body: AskedIn, vaiti: Service, caller: MayReadObjections) -> list[list[ObjectionKind]]:
    """Say what each of these persons has objected to, in the order of the references."""
    caller.check_controller(body.controller, vaiti.controllers.scope)
    found = vaiti.keep_objections.against(body.controller, body.references, actor=caller.actor)
    return [[*each] for each in found]


@router.post("/objections/{objection}/end")
def end(objection: OpaqueId, vaiti: Service, caller: MayKeepObjections) -> ObjectionOut:
    """Note that the person took it back."""
    scope = registers(vaiti, caller)
    return ObjectionOut.of(vaiti.keep_objections.end(scope, ObjectionId(objection), actor=caller.actor))
