"""What stops deletion and use, for the privacy officer: holds, restrictions, and requests that are not answered yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from recordings.api.deps import MayHold, MayOpenOriginals, MayReadHolds, MayRelease, OpaqueId, Service, registers
from recordings.api.governance import stream_archive
from recordings.api.hold_schemas import (
    AccessHoldIn,
    AnswerIn,
    HoldIn,
    HoldOut,
    NoticeIn,
    OpenIn,
    RestrictionIn,
    ReviewIn,
)
from recordings.factory import Vaiti
from recordings.holding import ACCESS_GROUND
from recordings.identity import Caller
from recordings.steps.access import AccessRequest
from recordings.steps.hold import PlaceHold
from recordings.steps.hold_for_request import HoldForRequest
from recordings.steps.restrict import Restrict
from storage.holds import Hold, HoldKind
from storage.records import HoldId, Recording, Scope

router = APIRouter(tags=["privacy officer"])

Ended = Annotated[bool, Query(description="Also those that have ended.")]


@router.get("/holds")
def list_holds(vaiti: Service, caller: MayReadHolds, ended: Ended = False) -> list[HoldOut]:  # noqa: FBT002
    """List holds and requests that hold, oldest first."""
    return _list(vaiti, caller, [HoldKind.LEGAL, HoldKind.ACCESS], ended=ended)


@router.post("/holds", status_code=201)
def place_hold(body: HoldIn, vaiti: Service, caller: MayHold) -> HoldOut:
    """Stop the deletion of calls for a reason. Staff go on with the masked copies until their time."""
    caller.check_controller(body.controller, vaiti.controllers.scope)
    return _out(vaiti, PlaceHold(holding=vaiti.holding)(body.order(body.ground, caller.actor)))


@router.post("/holds/access", status_code=201)
def hold_for_request(body: AccessHoldIn, vaiti: Service, caller: MayHold) -> HoldOut:
    """Keep a person's calls while her request is open; without proof of identity it lapses."""
    caller.check_controller(body.controller, vaiti.controllers.scope)
    order = body.order(ACCESS_GROUND, caller.actor)
    return _out(vaiti, HoldForRequest(holding=vaiti.holding)(order, proved=body.identity_proved))


@router.get("/holds/{hold}")
def get_hold(hold: OpaqueId, vaiti: Service, caller: MayReadHolds) -> HoldOut:
    """Return a hold or a restriction, and what it keeps."""
    return _out(vaiti, vaiti.holds.get(registers(vaiti, caller), HoldId(hold)))


@router.post("/holds/{hold}/review")
def review_hold(hold: OpaqueId, body: ReviewIn, vaiti: Service, caller: MayHold) -> HoldOut:
    """Say that a hold or a restriction is still needed, until the next review."""
    act = PlaceHold(holding=vaiti.holding)
    return _out(vaiti, act.review(registers(vaiti, caller), HoldId(hold), body.review_on, actor=caller.actor))


@router.post("/holds/{hold}/release")
def release_hold(hold: OpaqueId, vaiti: Service, caller: MayRelease) -> HoldOut:
    """End a hold; what was due is deleted at once. Where two persons are set, the first one asks and it goes on."""
    act = PlaceHold(holding=vaiti.holding)
    return _let_go(vaiti, caller, hold, act.release(registers(vaiti, caller), HoldId(hold), actor=caller.actor))


@router.post("/holds/{hold}/identity")
def prove_identity(hold: OpaqueId, vaiti: Service, caller: MayHold) -> HoldOut:
    """Say that it is she who asks: the hold goes on until the answer."""
    act = HoldForRequest(holding=vaiti.holding)
    return _out(vaiti, act.prove(registers(vaiti, caller), HoldId(hold), actor=caller.actor))


@router.post("/holds/{hold}/answer")
def note_answer(hold: OpaqueId, body: AnswerIn, vaiti: Service, caller: MayHold) -> HoldOut:
    """Say how a request ended: its hold lapses some days later."""
    act = HoldForRequest(holding=vaiti.holding)
    return _out(vaiti, act.answer(registers(vaiti, caller), HoldId(hold), body.answer, actor=caller.actor))


@router.post(
    "/holds/{hold}/open", response_class=StreamingResponse, responses={200: {"content": {"application/zip": {}}}}
)
def open_hold(hold: OpaqueId, body: OpenIn, vaiti: Service, caller: MayOpenOriginals) -> StreamingResponse:
    """Open a hold's calls for its case, unedited, as an encrypted zip: the only way to them once their time is over."""
    found = vaiti.holding.get(registers(vaiti, caller), HoldId(hold))
    request = AccessRequest(
        scope=registers(vaiti, caller),
        purpose=body.purpose,
        case=found.case,
        actor=caller.actor,
        passphrase=body.passphrase,
        hold=found.id,
        recipient=body.recipient,
        untold=body.untold,
    )
    return stream_archive(vaiti, request)


@router.get("/restrictions")
def list_restrictions(vaiti: Service, caller: MayReadHolds, ended: Ended = False) -> list[HoldOut]:  # noqa: FBT002
    """List restrictions, oldest first."""
    return _list(vaiti, caller, [HoldKind.RESTRICTION], ended=ended)


@router.post("/restrictions", status_code=201)
def restrict(body: RestrictionIn, vaiti: Service, caller: MayHold) -> HoldOut:
    """Stop the use of calls and their deletion (GDPR Art. 18)."""
    caller.check_controller(body.controller, vaiti.controllers.scope)
    return _out(vaiti, Restrict(holding=vaiti.holding)(body.order(body.ground, caller.actor)))


@router.post("/restrictions/{hold}/notice")
def note_notice(hold: OpaqueId, body: NoticeIn, vaiti: Service, caller: MayHold) -> HoldOut:
    """Keep on which day the person was told that the restriction will be lifted."""
    act = Restrict(holding=vaiti.holding)
    return _out(vaiti, act.notify(registers(vaiti, caller), HoldId(hold), body.notified_on, actor=caller.actor))


@router.post("/restrictions/{hold}/lift")
def lift(hold: OpaqueId, vaiti: Service, caller: MayRelease) -> HoldOut:
    """Lift a restriction, after the notice; what was due is deleted at once."""
    act = Restrict(holding=vaiti.holding)
    return _let_go(vaiti, caller, hold, act.lift(registers(vaiti, caller), HoldId(hold), actor=caller.actor))


def _list(vaiti: Vaiti, caller: Caller, kinds: Sequence[HoldKind], *, ended: bool) -> list[HoldOut]:
    return [_out(vaiti, each) for each in vaiti.holds.list(registers(vaiti, caller), kinds=kinds, ended=ended)]


def _out(vaiti: Vaiti, hold: Hold) -> HoldOut:
    return HoldOut.of(hold, vaiti.holds.recordings(Scope.of(hold.controller), hold.id), now=vaiti.clock.now())


def _let_go(vaiti: Vaiti, caller: Caller, hold: str, released: Sequence[Recording]) -> HoldOut:
    receipts = vaiti.let_go(released)
    after = _out(vaiti, vaiti.holds.get(registers(vaiti, caller), HoldId(hold)))
    return after.model_copy(update={"receipts": tuple(receipts)})
