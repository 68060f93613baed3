"""What a privacy officer decides: whose calls are masked more strictly, and which flagged calls staff may see."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from recordings.api.deps import MayClear, MayFlag, MayReadClearances, MaySetProfiles, OpaqueId, Service, registers
from recordings.api.schemas import ClearanceIn, FlagIn, ProfileIn, ProfileOut, RecordingOut, WaitingOut
from recordings.facts import CustomerReference
from storage.records import RecordingId

router = APIRouter(tags=["privacy officer"])


@router.post("/customers/profile")
def set_profile(body: ProfileIn, vaiti: Service, caller: MaySetProfiles) -> ProfileOut:
    """Set how strictly a person's calls are masked; those that are here are out of reach until masked again.

    `standard` forgets an earlier one; nothing that was masked is shown by it.
    """
    caller.check_controller(body.controller, vaiti.controllers.scope)
    reference = CustomerReference(type=body.type, value=body.value)
    again = vaiti.set_profile(body.controller, reference, body.profile, actor=caller.actor, case=body.case)
    return ProfileOut(recordings=again)


@router.get("/clearances")
def list_waiting(
    vaiti: Service, caller: MayReadClearances, limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> list[WaitingOut]:
    """List the flagged calls that wait for a decision, newest first."""
    found = vaiti.clear.waiting(registers(vaiti, caller), limit=limit)
    return [WaitingOut(recording=RecordingOut.of(each), topics=each.topics) for each in found]


@router.post("/recordings/{recording}/flag")
def flag(recording: OpaqueId, body: FlagIn, vaiti: Service, caller: MayFlag) -> RecordingOut:
    """Keep a call from staff until the privacy officer has decided."""
    flagged = vaiti.clear.flag(registers(vaiti, caller), RecordingId(recording), body.topic, actor=caller.actor)
    return RecordingOut.of(flagged)


@router.post("/recordings/{recording}/clearance")
def decide(recording: OpaqueId, body: ClearanceIn, vaiti: Service, caller: MayClear) -> RecordingOut:
    """Grant or refuse that staff see a flagged call."""
    decided = vaiti.clear.decide(
        registers(vaiti, caller), RecordingId(recording), body.clearance, actor=caller.actor, case=body.case
    )
    return RecordingOut.of(decided)
