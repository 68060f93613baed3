"""What a customer portal asks: a case by its signed word, how far it is, and the copies once they are let go."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Self

from fastapi import APIRouter, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from recordings.api.deps import MayUsePortal, OpaqueId, Service, registers
from recordings.api.schemas import Label, RequestBody
from recordings.packs import PackOrder
from recordings.streams import answer_archive
from storage.cases import Case, CaseId, CaseKind, CaseState

router = APIRouter(tags=["portal"])


class PortalRequestIn(RequestBody):
    """In whose register, which portal, and what it has signed (a JWT)."""

    controller: Label
    portal: Label
    assertion: Annotated[str, Field(min_length=20, max_length=10_000)]


class PortalPackIn(RequestBody):
    """The passphrase of the archive: the person's own choice, or the portal's, which tells her."""

    passphrase: Annotated[str, Field(max_length=1_000)]


class PortalRequestOut(BaseModel):
    """What the portal tells the person: the case's number, until when it is answered, and whether copies are there."""

    id: str
    name: str
    kind: CaseKind
    state: CaseState
    due_on: date
    released_at: datetime | None

    @classmethod
    def of(cls, case: Case) -> Self:
        """Build the answer."""
        return cls(**{name: getattr(case, name) for name in cls.model_fields})


@router.post("/portal/requests", status_code=201, responses={200: {"model": PortalRequestOut}})
def open_request(body: PortalRequestIn, vaiti: Service, caller: MayUsePortal, response: Response) -> PortalRequestOut:
    """Open the case that a signed-in customer asks for; sent again, the same case is answered (200)."""
    caller.check_controller(body.controller, vaiti.controllers.scope)
    case, new = vaiti.portal_intake.open(body.controller, body.portal, body.assertion, actor=caller.actor)
    response.status_code = 201 if new else 200
    return PortalRequestOut.of(case)


@router.get("/portal/requests/{case}")
def get_request(case: OpaqueId, vaiti: Service, caller: MayUsePortal) -> PortalRequestOut:
    """Tell how far a portal's case is."""
    return PortalRequestOut.of(vaiti.portal_intake.get(registers(vaiti, caller), CaseId(case)))


@router.post(
    "/portal/requests/{case}/pack",
    response_class=StreamingResponse,
    responses={200: {"content": {"application/zip": {}}}},
)
def fetch_pack(case: OpaqueId, body: PortalPackIn, vaiti: Service, caller: MayUsePortal) -> StreamingResponse:
    """Answer with the person's copies, once a privacy officer has let them go; every opening is on record."""
    scope = registers(vaiti, caller)
    found = vaiti.portal_intake.released(scope, CaseId(case))
    write = vaiti.write_pack
    order = PackOrder(scope=scope, case=found.id, actor=caller.actor, passphrase=body.passphrase)
    write.check(order)
    return answer_archive(lambda out: write(order, out))
