"""What was done and by whom, for who checks it; and which calls are given to a case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Self

from fastapi import APIRouter, Query
from pydantic import BaseModel

from recordings.api.deps import MayAudit, MayGiveCalls, OpaqueId, Service, registers
from recordings.api.schemas import Case, Id, RequestBody
from storage.records import AuditEntry, RecordingId

router = APIRouter(tags=["audit and cases"])


class AuditOut(BaseModel):
    """One act. `actor` is `user-<account>`, `key-<id>`, `token`, or a process."""

    at: datetime
    actor: str
    action: str
    controller: str | None
    recording: str | None
    case: str | None
    purpose: str | None
    detail: Mapping[str, str | int | float]

    @classmethod
    def of(cls, entry: AuditEntry) -> Self:
        """Build the answer."""
        return cls(**{name: getattr(entry, name) for name in cls.model_fields})


class GivenIn(RequestBody):
    """The case that a call is given to, by the company's own number."""

    case: Case


@router.get("/audit")
def list_acts(
    vaiti: Service,
    caller: MayAudit,
    recording: Id | None = None,
    limit: Annotated[int, Query(ge=1, le=1_000)] = 100,
) -> list[AuditOut]:
    """List what was done in the register, newest first."""
    only = RecordingId(recording) if recording else None
    return [AuditOut.of(each) for each in vaiti.audit.list(registers(vaiti, caller), recording=only, limit=limit)]


@router.post("/recordings/{recording}/given", status_code=204)
def give_call(recording: OpaqueId, body: GivenIn, vaiti: Service, caller: MayGiveCalls) -> None:
    """Let those who work on a case hear a call; done twice, the second changes nothing."""
    found = vaiti.view.get(registers(vaiti, caller), RecordingId(recording))
    vaiti.keep_people.give(registers(vaiti, caller), found.id, body.case, actor=caller.actor)


@router.post("/recordings/{recording}/taken", status_code=204)
def take_call(recording: OpaqueId, body: GivenIn, vaiti: Service, caller: MayGiveCalls) -> None:
    """Take a call back from a case."""
    vaiti.keep_people.take(registers(vaiti, caller), RecordingId(recording), body.case, actor=caller.actor)
