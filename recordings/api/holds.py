"""What stops deletion and use, for the privacy officer: holds, restrictions, and requests that are not answered yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from recordings.api.deps import OpaqueId, Service, Who
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
from recordings.steps.access import AccessRequest
from recordings.steps.hold import PlaceHold
from recordings.steps.hold_for_request import HoldForRequest
from recordings.steps.restrict import Restrict
from storage.holds import Hold, HoldKind
from storage.records import HoldId, Recording

router = APIRouter(tags=["privacy officer"])

Ended = Annotated[bool, Query(description="Also those that have ended.")]


@router.get("/holds")
def list_holds(vaiti: Service, _caller: Who, ended: Ended = False) -> list[HoldOut]:  # noqa: FBT002 - a query's flag
    """List holds and requests that hold, oldest first."""
    return _list(vaiti, [HoldKind.LEGAL, HoldKind.ACCESS], ended=ended)


@router.post("/holds", status_code=201)
def place_hold(body: HoldIn, vaiti: Service, caller: Who) -> HoldOut:
    """Stop the deletion of calls for a reason. Staff go on with the masked copies until their time."""
    return _out(vaiti, PlaceHold(holding=vaiti.holding)(body.order(body.ground, caller.actor)))


@router.post("/holds/access", status_code=201)
def hold_for_request(body: AccessHoldIn, vaiti: Service, caller: Who) -> HoldOut:
    """Keep a person's calls while her request is open; without proof of identity it lapses."""
    order = body.order(ACCESS_GROUND, caller.actor)
    return _out(vaiti, HoldForRequest(holding=vaiti.holding)(order, proved=body.identity_proved))


@router.get("/holds/{hold}")
def get_hold(hold: OpaqueId, vaiti: Service, _caller: Who) -> HoldOut:
    """Return a hold or a restriction, and what it keeps."""
    return _out(vaiti, vaiti.holds.get(vaiti.controllers.scope, HoldId(hold)))


@router.post("/holds/{hold}/review")
def review_hold(hold: OpaqueId, body: ReviewIn, vaiti: Service, caller: Who) -> HoldOut:
    """Say that a hold or a restriction is still needed, until the next review."""
    act = PlaceHold(holding=vaiti.holding)
    return _out(vaiti, act.review(vaiti.controllers.scope, HoldId(hold), body.review_on, actor=caller.actor))


@router.post("/holds/{hold}/release")
def release_hold(hold: OpaqueId, vaiti: Service, caller: Who) -> HoldOut:
    """End a hold; what was due is deleted at once. Where two persons are set, the first one asks and it goes on."""
    act = PlaceHold(holding=vaiti.holding)
    return _let_go(vaiti, hold, act.release(vaiti.controllers.scope, HoldId(hold), actor=caller.actor))


@router.post("/holds/{hold}/identity")
def prove_identity(hold: OpaqueId, vaiti: Service, caller: Who) -> HoldOut:
    """Say that it is she who asks: the hold goes on until the answer."""
    act = HoldForRequest(holding=vaiti.holding)
    return _out(vaiti, act.prove(vaiti.controllers.scope, HoldId(hold), actor=caller.actor))


@router.post("/holds/{hold}/answer")
def note_answer(hold: OpaqueId, body: AnswerIn, vaiti: Service, caller: Who) -> HoldOut:
    """Say how a request ended: its hold lapses some days later."""
    act = HoldForRequest(holding=vaiti.holding)
    return _out(vaiti, act.answer(vaiti.controllers.scope, HoldId(hold), body.answer, actor=caller.actor))


@router.post(
    "/holds/{hold}/open", response_class=StreamingResponse, responses={200: {"content": {"application/zip": {}}}}
)
def open_hold(hold: OpaqueId, body: OpenIn, vaiti: Service, caller: Who) -> StreamingResponse:
    """Open a hold's calls for its case, unedited, as an encrypted zip: the only way to them once their time is over."""
    found = vaiti.holding.get(vaiti.controllers.scope, HoldId(hold))
    request = AccessRequest(
        scope=vaiti.controllers.scope,
        purpose=body.purpose,
        case=found.case,
        actor=caller.actor,
        passphrase=body.passphrase,
        hold=found.id,
    )
    return stream_archive(vaiti, request)


@router.get("/restrictions")
def list_restrictions(vaiti: Service, _caller: Who, ended: Ended = False) -> list[HoldOut]:  # noqa: FBT002
    """List restrictions, oldest first."""
    return _list(vaiti, [HoldKind.RESTRICTION], ended=ended)


@router.post("/restrictions", status_code=201)
def restrict(body: RestrictionIn, vaiti: Service, caller: Who) -> HoldOut:
    """Stop the use of calls and their deletion (GDPR Art. 18)."""
    return _out(vaiti, Restrict(holding=vaiti.holding)(body.order(body.ground, caller.actor)))


@router.post("/restrictions/{hold}/notice")
def note_notice(hold: OpaqueId, body: NoticeIn, vaiti: Service, caller: Who) -> HoldOut:
    """Keep on which day the person was told that the restriction will be lifted."""
    act = Restrict(holding=vaiti.holding)
    return _out(vaiti, act.notify(vaiti.controllers.scope, HoldId(hold), body.notified_on, actor=caller.actor))


@router.post("/restrictions/{hold}/lift")
def lift(hold: OpaqueId, vaiti: Service, caller: Who) -> HoldOut:
    """Lift a restriction, after the notice; what was due is deleted at once."""
    act = Restrict(holding=vaiti.holding)
    return _let_go(vaiti, hold, act.lift(vaiti.controllers.scope, HoldId(hold), actor=caller.actor))


def _list(vaiti: Vaiti, kinds: Sequence[HoldKind], *, ended: bool) -> list[HoldOut]:
    return [_out(vaiti, each) for each in vaiti.holds.list(vaiti.controllers.scope, kinds=kinds, ended=ended)]


def _out(vaiti: Vaiti, hold: Hold) -> HoldOut:
    return HoldOut.of(hold, vaiti.holds.recordings(vaiti.controllers.scope, hold.id), now=vaiti.clock.now())


def _let_go(vaiti: Vaiti, hold: str, released: Sequence[Recording]) -> HoldOut:
    receipts = vaiti.let_go(released)
    after = _out(vaiti, vaiti.holds.get(vaiti.controllers.scope, HoldId(hold)))
    return after.model_copy(update={"receipts": tuple(receipts)})
