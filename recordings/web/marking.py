"""From the page of a call: a stretch of it is personal data after all, or the call is about what staff should not see.

A mark masks at once: from that moment nobody opens the call until its new copy is verified. What is kept is a time and
a shape, never a word; who had opened the call before is shown to whoever marks it, and is in the audit log.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Path, Request
from fastapi.responses import HTMLResponse, Response

from recordings.doubts import Doubt, DoubtfulPlace
from recordings.edge import get_vaiti, needs, registers
from recordings.errors import NotForReview, PlaceUnknown, Restricted
from recordings.identity import Caller
from recordings.permissions import Permission
from recordings.steps.remask import Opener
from recordings.steps.review import Choice, Reviewer, Verb
from recordings.web.page import get_language, render, say
from recordings.web.texts import write_time
from redaction.talk import Topic
from storage.errors import LostClaim, NotFound
from storage.records import RecordingId

LONGEST = 600
# Seconds that one mark may cut: more is a mistake of the hand, and what it cuts nobody hears any more.

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Hears = Annotated[Caller, Depends(needs(Permission.MASKED_OPEN))]
Masks = Annotated[Caller, Depends(needs(Permission.MASKS_ADD))]
Flags = Annotated[Caller, Depends(needs(Permission.CALLS_FLAG))]
Seconds = Annotated[float, Form(ge=0, le=1_000_000, allow_inf_nan=False)]
Id = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]


@router.post("/calls/{recording}/mask")
def mask(request: Request, caller: Masks, recording: Id, start: Seconds = 0, end: Seconds = 0) -> Response:
    """Mask a stretch of the call for everyone, in words and sound; show who had opened it."""
    vaiti, scope, named = get_vaiti(request), registers(get_vaiti(request), caller), RecordingId(recording)
    place = DoubtfulPlace(doubt=Doubt.MASKED, type="SECRET", start=start, end=end, why=("review",))
    choice = Choice(verb=Verb.MASK, places=(place,))
    try:
        vaiti.catalog.get(scope, named)  # what is not there is not judged
        if not 0 < end - start <= LONGEST:
            return say(request, "mark_wrong", status=422)
        before = vaiti.remask.openers(scope, named)
        vaiti.review.decide(scope, named, choice, Reviewer(actor=caller.actor))
    except NotFound:
        return say(request, "not_found", status=404)
    except PlaceUnknown:
        return say(request, "mark_wrong", status=422)
    except (NotForReview, Restricted, LostClaim):
        return say(request, "mark_busy", status=409)
    return render(request, "marked.html", openers=_view(request, before, vaiti.catalog.get(scope, named).controller))


@router.post("/calls/{recording}/contest")
def contest(request: Request, caller: Hears, recording: Id, start: Seconds = 0) -> Response:
    """Tell the privacy officer that a mask hides nothing personal; it stays until the officer has decided."""
    vaiti = get_vaiti(request)
    try:
        vaiti.contest(registers(vaiti, caller), RecordingId(recording), start, actor=caller.actor)
    except NotFound:
        return say(request, "not_found", status=404)
    except PlaceUnknown:
        return say(request, "contest_wrong", status=422)
    except (NotForReview, Restricted):
        return say(request, "mark_busy", status=409)
    return say(request, "contested", status=200)


@router.post("/calls/{recording}/flag")
def flag(request: Request, caller: Flags, recording: Id, topic: Annotated[str, Form(max_length=20)] = "") -> Response:
    """Keep the call from staff until the privacy officer has decided."""
    vaiti, scope, named = get_vaiti(request), registers(get_vaiti(request), caller), RecordingId(recording)
    try:
        vaiti.catalog.get(scope, named)
        if topic not in {each.value for each in Topic}:
            return say(request, "mark_wrong", status=422)
        vaiti.clear.flag(scope, named, Topic(topic), actor=caller.actor)
    except NotFound:
        return say(request, "not_found", status=404)
    return say(request, "flagged", status=200)


def _view(request: Request, openers: Sequence[Opener], controller: str) -> list[tuple[str, int, int, str]]:
    """Return who had opened a call, by the names that they sign in with: how often its sound, its words, when last."""
    vaiti, language = get_vaiti(request), get_language(request)
    names = {each.actor: each.name for each in vaiti.people.list()}
    zone = vaiti.controllers.get(controller).zone_info
    return [
        (names.get(each.actor, each.actor), each.audio, each.words, write_time(each.last.astimezone(zone), language))
        for each in openers
    ]
