"""What waits for a person: calls in quarantine with their doubtful places only, and flagged calls for the officer.

Places are shown as kind, time, why and the shape of their words. The words themselves are a privacy officer's, and the
audit log says so before they are opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated

import anyio.to_thread
from fastapi import APIRouter, Depends, Form, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from recordings.doubts import DoubtfulPlace
from recordings.edge import get_vaiti, needs, registers
from recordings.errors import BadAudio, NotForReview, NothingToClear, OfficerNeeded, PlaceUnknown, Restricted
from recordings.identity import Caller
from recordings.permissions import Permission
from recordings.steps.review import Choice, Reviewer, Verb, Waiting
from recordings.web.models import CallView, view_call
from recordings.web.page import get_language, render, say, texts_of
from recordings.web.texts import name_type, write_length
from storage.contested import ContestedMask
from storage.errors import LostClaim, NotFound
from storage.records import Clearance, Recording, RecordingId, Stage

MOST = 50

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Reviews = Annotated[Caller, Depends(needs(Permission.REVIEW_READ))]
Masks = Annotated[Caller, Depends(needs(Permission.MASKS_ADD))]
Clears = Annotated[Caller, Depends(needs(Permission.CLEARANCES_DECIDE))]
Opens = Annotated[Caller, Depends(needs(Permission.ORIGINALS_OPEN))]
Id = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A doubtful place: its number, when, what kind, why; `words` only where the vault was opened for it."""

    number: int
    clock: str
    name: str
    why: str
    shape: str
    words: str
    chosen: bool = True
    timed: bool = True  # it can be heard


@dataclass(frozen=True, slots=True)
class WaitingView:
    """A call that waits, why, and at how many places."""

    call: CallView
    why: str
    places: tuple[PlaceView, ...]
    topics: tuple[str, ...] = ()


@router.get("/waiting")
def list_waiting(request: Request, caller: Reviews) -> HTMLResponse:
    """List what waits for a person, and for the officer the flagged calls."""
    vaiti, scope = get_vaiti(request), registers(get_vaiti(request), caller)
    waiting = [_view(request, each) for each in vaiti.review.list(scope, limit=MOST)]
    flagged, contested = list[WaitingView](), list[WaitingView]()
    if caller.may(Permission.CLEARANCES_DECIDE):
        flagged = [_flagged(request, each) for each in vaiti.clear.waiting(scope, limit=MOST)]
        contested = [_contested(request, *each) for each in vaiti.contest.list(scope, limit=MOST)]
    return render(request, "waiting.html", waiting=waiting, flagged=flagged, contested=contested, most=MOST)


@router.get("/waiting/{recording}")
def show_waiting(request: Request, caller: Reviews, recording: Id) -> HTMLResponse:
    """Show one call's doubtful places, without their words."""
    return _page(request, caller, recording, words=False)


@router.post("/waiting/{recording}/words")
def show_words(request: Request, caller: Opens, recording: Id) -> HTMLResponse:
    """Open the vault, on record, and show the words of the doubtful places."""
    return _page(request, caller, recording, words=True)


@router.get("/waiting/{recording}/sound/{number}")
async def hear(
    request: Request, caller: Opens, recording: Id, number: Annotated[int, Path(ge=1, le=1_000)]
) -> Response:
    """Play one doubtful place as it was said, on record."""
    vaiti = get_vaiti(request)
    who = Reviewer(actor=caller.actor, officer=caller.may(Permission.CLEARANCES_DECIDE))

    def read() -> bytes:
        found = vaiti.review.show(registers(vaiti, caller), RecordingId(recording), who)
        if number > len(found.places):
            raise PlaceUnknown
        return vaiti.hear(found.recording, found.places[number - 1], actor=caller.actor)

    try:
        sound = await anyio.to_thread.run_sync(read)
    except (NotFound, PlaceUnknown):
        return say(request, "not_found", status=404)
    except (NotForReview, Restricted, BadAudio):
        return say(request, "mark_busy", status=409)
    return Response(sound, media_type="audio/wav")


@router.post("/waiting/{recording}")
def decide(
    request: Request,
    caller: Masks,
    recording: Id,
    verb: Annotated[str, Form(max_length=10)] = "",
    number: Annotated[list[int] | None, Form(max_length=1_000)] = None,
) -> Response:
    """Take a decision and lead to the next call that waits. To clear anything takes a privacy officer."""
    vaiti, scope, named = get_vaiti(request), registers(get_vaiti(request), caller), RecordingId(recording)
    who = Reviewer(actor=caller.actor, officer=caller.may(Permission.CLEARANCES_DECIDE))
    try:
        vaiti.catalog.get(scope, named)  # what is not there is not judged
        if verb not in {each.value for each in Verb}:
            return say(request, "mark_wrong", status=422)
        decided = vaiti.review.decide(scope, named, Choice(verb=Verb(verb), numbers=tuple(number or ())), who)
        if who.officer:
            vaiti.contest.settle(decided)
    except NotFound:
        return say(request, "not_found", status=404)
    except PlaceUnknown:
        return say(request, "choose_places", status=422)
    except OfficerNeeded:
        return say(request, "officer_only", status=403)
    except (NotForReview, Restricted, LostClaim):
        return say(request, "mark_busy", status=409)
    return RedirectResponse("/waiting", status_code=303)


@router.post("/waiting/{recording}/keep")
def keep(request: Request, caller: Clears, recording: Id) -> Response:
    """Let the masks that were contested stay."""
    vaiti = get_vaiti(request)
    try:
        vaiti.contest.keep(registers(vaiti, caller), RecordingId(recording), actor=caller.actor)
    except NotFound:
        return say(request, "not_found", status=404)
    return RedirectResponse("/waiting", status_code=303)


@router.post("/waiting/{recording}/clearance")
def clear(
    request: Request, caller: Clears, recording: Id, clearance: Annotated[str, Form(max_length=10)] = ""
) -> Response:
    """Grant or refuse that staff see a flagged call."""
    vaiti, scope, named = get_vaiti(request), registers(get_vaiti(request), caller), RecordingId(recording)
    try:
        vaiti.catalog.get(scope, named)
        if clearance not in {Clearance.GRANTED, Clearance.REFUSED}:
            return say(request, "mark_wrong", status=422)
        vaiti.clear.decide(scope, named, Clearance(clearance), actor=caller.actor)
    except NotFound:
        return say(request, "not_found", status=404)
    except (NothingToClear, LostClaim):
        return say(request, "mark_busy", status=409)
    return RedirectResponse("/waiting", status_code=303)


def _page(request: Request, caller: Caller, recording: str, *, words: bool) -> HTMLResponse:
    vaiti = get_vaiti(request)
    who = Reviewer(actor=caller.actor, officer=caller.may(Permission.CLEARANCES_DECIDE))
    try:
        found = vaiti.review.show(registers(vaiti, caller), RecordingId(recording), who, words=words)
    except NotFound:
        return say(request, "not_found", status=404)
    except (NotForReview, Restricted):
        return say(request, "mark_busy", status=409)
    may = {
        "may_clear": caller.may(Permission.CLEARANCES_DECIDE),
        "may_open": caller.may(Permission.ORIGINALS_OPEN),
        "may_mask": caller.may(Permission.MASKS_ADD),
    }
    waits, published = _view(request, found), found.recording.stage is Stage.PUBLISHED
    if published:  # only what is contested is chosen beforehand, of all that is masked
        masks = vaiti.contest.of(registers(vaiti, caller), found.recording.id)
        chosen = [any(_is_in(place, mask) for mask in masks) for place in found.places]
        places = tuple(replace(place, chosen=each) for place, each in zip(waits.places, chosen, strict=True))
        waits = replace(waits, places=places, why="")
    return render(
        request,
        "waiting_call.html",
        waits=waits,
        opened=words,
        published=published,
        spoken=found.recording.language or "fi",
        **may,
    )


def _is_in(place: DoubtfulPlace, mask: ContestedMask) -> bool:
    return place.start is not None and place.end is not None and place.start < mask.end and place.end > mask.start


def _view(request: Request, waiting: Waiting) -> WaitingView:
    places = tuple(
        _place(request, number, place, waiting.texts[number - 1] if waiting.texts else "")
        for number, place in enumerate(waiting.places, start=1)
    )
    return WaitingView(_call(request, waiting.recording), _why(request, waiting.recording.slug), places)


def _flagged(request: Request, recording: Recording) -> WaitingView:
    texts = texts_of(request)
    topics = tuple(texts[f"topic_{each}"] for each in recording.topics)
    return WaitingView(_call(request, recording), "", (), topics)


def _contested(request: Request, recording: Recording, masks: Sequence[ContestedMask]) -> WaitingView:
    clocks = tuple(write_length(int(each.start)) for each in masks)
    return WaitingView(_call(request, recording), ", ".join(clocks), ())


def _call(request: Request, recording: Recording) -> CallView:
    vaiti = get_vaiti(request)
    controller = vaiti.controllers.get(recording.controller)
    return view_call(recording, controller, language=get_language(request), now=vaiti.clock.now())


def _place(request: Request, number: int, place: DoubtfulPlace, words: str) -> PlaceView:
    language, texts = get_language(request), texts_of(request)
    return PlaceView(
        number=number,
        clock="-" if place.start is None else write_length(int(place.start)),
        name=name_type(place.type, language),
        why=texts[f"doubt_{place.doubt}"],
        shape=" ".join(texts[f"shape_{each}"] for each in place.shape),
        words=words,
        timed=place.start is not None and place.end is not None,
    )


def _why(request: Request, slug: str | None) -> str:
    """Say why a call waits; a reason that the pages do not know by its slug (docs/errors.md has them all)."""
    return texts_of(request).get(f"why_{slug}".replace("-", "_"), slug or "-")
