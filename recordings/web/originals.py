"""A call as it was, for a case: what is others' is cut from the copy, words and sound together; what is wrong is noted.

Sound comes in stretches of a minute at most, decoded for the browser, whatever the call was recorded in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Annotated

import anyio.to_thread
from fastapi import APIRouter, Form, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from recordings.beside import Cut, CutReason, windows_of
from recordings.edge import get_vaiti, registers
from recordings.errors import BadAudio, PlaceUnknown, Restricted, TooMany
from recordings.facts import LaterFacts
from recordings.identity import Caller
from recordings.permissions import Permission
from recordings.steps.cut import Stretch
from recordings.steps.original import Original
from recordings.web.cases import REFUSED, Id, Keeps, Opens, refuse
from recordings.web.models import Piece, TurnView, view_call, view_turns
from recordings.web.page import get_language, render, say
from recordings.web.texts import write_length
from redaction.interchange import transcript_to_dict
from redaction.model import Transcript, Window
from storage.cases import CaseId, CaseKind
from storage.records import RecordingId, Scope

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Tenths = Annotated[int, Path(ge=0, le=10_000_000)]
Seconds = Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)]
WHERE = "/cases/{case}/calls/{recording}"
DIRECTIONS = ("inbound", "outbound", "internal")


@dataclass(frozen=True, slots=True)
class CutView:
    """A cut: what it takes from the copy, and whether it was undone."""

    id: str
    start: float
    end: float
    clock: str
    reason: CutReason
    undone: bool


class CutForm(BaseModel):
    """What is cut, in seconds, and why."""

    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)

    start: Seconds = 0
    end: Seconds = 0
    reason: str = ""


class NoteForm(BaseModel):
    """What the person says is right, and at which second, if at one."""

    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)

    text: str = Field(default="", max_length=10_000)
    at: str = Field(default="", max_length=12)


class FactsForm(BaseModel):
    """Facts as they were typed; what is empty stays as it is."""

    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True, str_max_length=64)

    direction: str = ""
    queue: str = ""
    agent: str = ""
    satisfaction: str = ""


@router.get(WHERE)
def show_original(request: Request, caller: Opens, case: Id, recording: Id) -> HTMLResponse:
    """Open the call, on record, with what is cut from its copies."""
    vaiti, language = get_vaiti(request), get_language(request)
    scope, named = registers(vaiti, caller), RecordingId(recording)
    try:
        original = vaiti.open_original(scope, CaseId(case), named, actor=caller.actor)
        cuts = vaiti.keep_cuts.list(scope, named)
    except REFUSED as error:
        return refuse(request, error)
    call = original.recording
    corrected = original.case.kind is CaseKind.RECTIFICATION
    return render(
        request,
        "original.html",
        case=original.case,
        call=view_call(call, vaiti.controllers.get(call.controller), language=language, now=vaiti.clock.now()),
        seconds=call.seconds or 0.0,
        spoken=call.language or "fi",
        turns=_turns(original, _windows(cuts, original.transcript), language),
        cuts=[_view(each, original.transcript) for each in cuts],
        reasons=tuple(CutReason),
        corrected=corrected,
        corrections=vaiti.rectify.read(scope, named, case=original.case.name, actor=caller.actor) if corrected else (),
        directions=DIRECTIONS,
        facts=call,
        may_keep=caller.may(Permission.CASES_WRITE),
    )


@router.get(WHERE + "/sound/{first}-{last}")
async def hear(  # noqa: PLR0913, PLR0917 - which stretch of which call
    request: Request, caller: Opens, case: Id, recording: Id, first: Tenths, last: Tenths
) -> Response:
    """Play a stretch, in tenths of seconds, to who has opened the page."""
    vaiti = get_vaiti(request)

    def read() -> bytes:
        scope, named = registers(vaiti, caller), RecordingId(recording)
        return vaiti.open_original.hear(scope, CaseId(case), named, start=first / 10, end=last / 10, actor=caller.actor)

    try:
        sound = await anyio.to_thread.run_sync(read)
    except PlaceUnknown:
        return say(request, "not_found", status=404)
    except BadAudio:
        return say(request, "mark_busy", status=409)
    except REFUSED as error:
        return refuse(request, error)
    return Response(sound, media_type="audio/wav")


@router.post(WHERE + "/cuts")
def cut(request: Request, caller: Keeps, case: Id, recording: Id, form: Annotated[CutForm, Form()]) -> Response:
    """Cut a stretch from later copies."""
    vaiti = get_vaiti(request)

    def act(scope: Scope, name: str) -> object:
        stretch = Stretch(start=form.start, end=form.end, reason=CutReason(form.reason), case=name)
        return vaiti.keep_cuts.add(scope, RecordingId(recording), stretch, actor=caller.actor)

    return _act(request, caller, case, recording, act)


@router.post(WHERE + "/cuts/{cut}/undo")
def undo(request: Request, caller: Keeps, case: Id, recording: Id, cut: Id) -> Response:
    """Let later copies have the stretch."""
    vaiti = get_vaiti(request)

    def act(scope: Scope, _: str) -> object:
        return vaiti.keep_cuts.undo(scope, RecordingId(recording), cut, actor=caller.actor)

    return _act(request, caller, case, recording, act)


@router.post(WHERE + "/notes")
def note(request: Request, caller: Keeps, case: Id, recording: Id, form: Annotated[NoteForm, Form()]) -> Response:
    """Keep beside the words what the person says is wrong; the call is masked again."""
    vaiti = get_vaiti(request)

    def act(scope: Scope, _: str) -> object:
        at = float(form.at) if form.at else None
        return vaiti.rectify.note(
            scope, RecordingId(recording), form.text, at=at, case=CaseId(case), actor=caller.actor
        )

    return _act(request, caller, case, recording, act)


@router.post(WHERE + "/facts")
def correct(request: Request, caller: Keeps, case: Id, recording: Id, form: Annotated[FactsForm, Form()]) -> Response:
    """Correct facts; what they were is kept, and what was left empty is not told."""
    vaiti = get_vaiti(request)

    def act(scope: Scope, _: str) -> object:
        told: dict[str, str | int] = {name: value.strip() for name, value in form.model_dump().items() if value.strip()}
        if "satisfaction" in told:
            told["satisfaction"] = int(told["satisfaction"])
        facts = LaterFacts.model_validate(told)
        return vaiti.rectify.correct(scope, RecordingId(recording), facts, case=CaseId(case), actor=caller.actor)

    return _act(request, caller, case, recording, act)


def _act(request: Request, caller: Caller, case: str, recording: str, act: Callable[[Scope, str], object]) -> Response:
    vaiti = get_vaiti(request)
    scope = registers(vaiti, caller)
    try:
        name = vaiti.cases.get(scope, CaseId(case)).name
        vaiti.catalog.get(scope, RecordingId(recording))  # what is not there is not judged
        act(scope, name)
    except (TooMany, Restricted):
        return say(request, "mark_busy", status=409)
    except REFUSED as error:
        return refuse(request, error)
    return RedirectResponse(f"/cases/{case}/calls/{recording}", status_code=303)


def _turns(original: Original, windows: Sequence[Window], language: str) -> list[TurnView]:
    """Return the words by turns; those that a cut takes stand as masks do, and can still be read."""
    if original.transcript is None:
        return []
    turns = view_turns(transcript_to_dict(original.transcript), language)
    return [replace(turn, pieces=tuple(_piece(each, windows) for each in turn.pieces)) for turn in turns]


def _piece(piece: Piece, windows: Sequence[Window]) -> Piece:
    gone = any(
        piece.start is not None and piece.end is not None and piece.start < each.end and each.start < piece.end
        for each in windows
    )
    return replace(piece, gone=gone)


def _windows(cuts: Sequence[Cut], transcript: Transcript | None) -> tuple[Window, ...]:
    return windows_of([each for each in cuts if each.undone_at is None], transcript, 1)


def _view(cut: Cut, transcript: Transcript | None) -> CutView:
    """Return a cut as far as it reaches: over the whole of every word that it meets."""
    (window,) = windows_of([cut], transcript, 1)
    clock = f"{_write_tenths(window.start)}-{_write_tenths(window.end)}"
    return CutView(cut.id, round(window.start, 2), round(window.end, 2), clock, cut.reason, cut.undone_at is not None)


def _write_tenths(seconds: float) -> str:
    tenths = round(seconds * 10)
    return f"{write_length(tenths // 10)}.{tenths % 10}"
