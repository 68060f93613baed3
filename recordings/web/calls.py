"""The pages of calls: the newest ones, what a search finds, and one call. They show what the API shows, and no more."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

import anyio.to_thread
from anyio import CapacityLimiter
from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from recordings.edge import get_vaiti, needs, registers
from recordings.errors import AgentFilterOff, NotPublished, RequestInvalid, Restricted
from recordings.identity import Caller
from recordings.permissions import Permission
from recordings.ready_made import READY_MADE
from recordings.web.call_models import view_about, view_masks
from recordings.web.found import Place, Question
from recordings.web.models import CallView, name_role, view_call, view_days, view_hit, view_turns
from recordings.web.notes import made_of
from recordings.web.page import get_found, get_language, get_zone, render, say
from recordings.web.search_form import SearchForm
from recordings.web.searches import list_saved
from recordings.web.texts import TEXTS, name_type, write_count, write_length
from redaction.policy import ENTITY_TYPES
from redaction.talk import Topic
from storage.errors import NotFound
from storage.records import Hit, Recording, RecordingId, Scope, SearchFilter

NEWEST = 50
MOST_HITS = 50
DRAWN_AT_ONCE = 2
# Each decodes a whole call; people wait for words and sound, which have threads of their own.
PEAKS_FORMAT = "vaiti-peaks/1"
HitNumber = Annotated[int, Query(ge=0)]
PageNumber = Annotated[int, Query(ge=0, le=10_000)]
OpaqueName = Annotated[str, Query(pattern="^[0-9a-f]{32}$")]

Hears = Annotated[Caller, Depends(needs(Permission.MASKED_OPEN))]
Searches = Annotated[Caller, Depends(needs(Permission.MASKED_SEARCH))]

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/")
def show_newest(request: Request, caller: Hears, before: OpaqueName | None = None) -> HTMLResponse:
    """Show the search field and the newest calls, or those before one; a script asks for these alone."""
    vaiti, language = get_vaiti(request), get_language(request)
    scope = registers(vaiti, caller)
    last = RecordingId(before) if before else None
    try:
        found, older = vaiti.view.page(scope, limit=NEWEST, before=last)
    except NotFound:  # the call that the list ended with was deleted since
        return say(request, "list_moved", status=404)
    calls = _view_calls(request, found)
    days = view_days(calls, language=language, today=_today(request), after=_day_of(request, scope, last))
    if "hx-request" in request.headers:
        return render(request, "call_days.html", days=days, older=older)
    overdue = vaiti.view.count_overdue(scope)
    message = TEXTS[language]["overdue_held"].format(count=overdue) if overdue else ""
    values: dict[str, Any] = {"days": days, "older": older, "before": last, "message": message}
    return render(request, "calls.html", **_search_fields(request, caller, SearchForm()), **values)


@router.post("/")
def search(request: Request, caller: Searches, form: Annotated[SearchForm, Form()]) -> Response:
    """Keep what is asked and lead to what it finds. By POST, so that no address, history or log holds a word of it."""
    name = get_found(request).keep(Question(form=form.cut()), actor=caller.actor)
    return RedirectResponse(f"/found/{name}", status_code=303)


@router.get("/found/{name}")
def show_found(request: Request, caller: Searches, name: str, page: PageNumber = 0) -> HTMLResponse:
    """Show what a kept search finds now, or one of its later pages; a script asks for that one's hits alone."""
    vaiti, language = get_vaiti(request), get_language(request)
    question = get_found(request).get(name, actor=caller.actor)
    if question is None or page > len(question.ends):
        return say(request, "search_gone", status=404)
    asked, before = question.form, page * MOST_HITS
    values: dict[str, Any] = {"name": name, "page": page, "before": before, "problem": "", "more": False}
    values |= _search_fields(request, caller, asked)
    try:
        found = vaiti.search(
            registers(vaiti, caller),
            asked.query,
            actor=caller.actor,
            only=_filter(request, asked),
            limit=MOST_HITS,
            after=question.ends[page - 1] if page else None,
        )
    except (RequestInvalid, AgentFilterOff):
        return render(request, "found.html", **values | {"hits": (), "problem": "no_words"})
    more = len(found) == MOST_HITS
    ends = (*question.ends[:page], found[-1].number) if more else question.ends[:page]
    get_found(request).note(name, question.places[:before] + _places(found), ends, actor=caller.actor)
    calls = _view_calls(request, [hit.recording for hit in found])
    hits = [view_hit(hit, call, language) for hit, call in zip(found, calls, strict=True)]
    part = "found_hits.html" if page and "hx-request" in request.headers else "found.html"
    return render(request, part, **values | {"hits": hits, "more": more})


@router.get("/found/{name}/count")
def count_found(request: Request, caller: Searches, name: str) -> HTMLResponse:
    """Tell how many calls a kept search finds: asked for by a script, so that the hits need not wait for it."""
    vaiti, texts = get_vaiti(request), TEXTS[get_language(request)]
    question = get_found(request).get(name, actor=caller.actor)
    if question is None:
        return HTMLResponse("", status_code=404)
    try:
        found = vaiti.search.count(registers(vaiti, caller), question.form.query, only=_filter(request, question.form))
    except (RequestInvalid, AgentFilterOff):
        return HTMLResponse("")
    number = write_count(found.calls, get_language(request)) + ("+" if found.more else "")
    return HTMLResponse(texts["hit_count"].format(count=number))


@router.get("/calls/{recording}")
def show_call(
    request: Request, caller: Hears, recording: str, found: OpaqueName | None = None, hit: HitNumber = 0
) -> HTMLResponse:
    """Show one call: its masked sound and words. `found` and `hit` say which hit of which search led here."""
    vaiti, language = get_vaiti(request), get_language(request)
    scope, recording_id = registers(vaiti, caller), RecordingId(recording)
    try:
        row = vaiti.view.get(scope, recording_id)
        words = vaiti.view.read_words(scope, recording_id, actor=caller.actor)
        plan = vaiti.view.read_plan(scope, recording_id)
    except NotFound:
        return say(request, "not_found", status=404)
    except Restricted:
        return say(request, "restricted", status=409)
    except NotPublished:
        return say(request, "not_published", status=409)
    around = _around(request, caller.actor, recording, (found, hit))
    turns = view_turns(words, language, hit_at=around["start"] if around else None)
    roles = [each["role"] for each in words["channels"]]
    return render(
        request,
        "call.html",
        call=_view_calls(request, [row])[0],
        about=view_about(row, vaiti.controllers.get(row.controller), language=language),
        masks=view_masks(plan, language),
        turns=turns,
        channels=[(role, name_role(role, number, language)) for number, role in enumerate(roles)],
        around=around,
        held=row.held,
        may_mask=caller.may(Permission.MASKS_ADD),
        may_flag=caller.may(Permission.CALLS_FLAG),
        topics=tuple(Topic),
        **made_of(request, caller, row),
        write_length=write_length,
        trying_only=bool(words.get("for_trying_only")),
    )


@router.get("/calls/{recording}/peaks")
async def get_peaks(request: Request, caller: Hears, recording: str) -> Response:
    """Return the shape of a call's masked sound: per channel, bytes of 0 to 255 in base64, `per_second` of them."""
    vaiti = get_vaiti(request)

    def draw() -> dict[str, Any]:
        drawn = vaiti.view.draw_sound(
            registers(vaiti, caller), RecordingId(recording), codec=vaiti.engines.codec, actor=caller.actor
        )
        channels = [b64encode(each).decode("ascii") for each in drawn.channels]
        return {"format": PEAKS_FORMAT, "per_second": drawn.per_second, "channels": channels}

    return JSONResponse(await anyio.to_thread.run_sync(draw, limiter=_limiter(request)))


def _around(request: Request, actor: str, recording: str, hit: tuple[str | None, int]) -> dict[str, Any] | None:
    """Return where this call stands among a search's hits, and the addresses of the hits beside it."""
    name, number = hit
    question = get_found(request).get(name, actor=actor) if name else None
    if question is None or number >= len(question.places) or question.places[number].recording != recording:
        return None

    def address(at: int) -> str:
        if not 0 <= at < len(question.places):
            return ""
        place = question.places[at]
        return f"/calls/{place.recording}?found={name}&hit={at}#t={place.start}"

    return {
        "found": f"/found/{name}",
        "number": number + 1,
        "count": len(question.places),
        "start": question.places[number].start,
        "previous": address(number - 1),
        "next": address(number + 1),
    }


def _places(found: Sequence[Hit]) -> tuple[Place, ...]:
    return tuple(Place(hit.recording.id, hit.turn.start) for hit in found)


def _view_calls(request: Request, found: Sequence[Recording]) -> list[CallView]:
    vaiti, language = get_vaiti(request), get_language(request)
    now = vaiti.clock.now()
    return [view_call(each, vaiti.controllers.get(each.controller), language=language, now=now) for each in found]


def _day_of(request: Request, scope: Scope, recording: RecordingId | None) -> date | None:
    """The day of the call that a list goes on after; None where it has gone meanwhile."""
    if recording is None:
        return None
    try:
        row = get_vaiti(request).view.get(scope, recording)
    except (NotFound, Restricted):
        return None
    return _view_calls(request, [row])[0].day


def _search_fields(request: Request, caller: Caller, asked: SearchForm) -> dict[str, Any]:
    """Return what the form of a search is made of."""
    vaiti, language = get_vaiti(request), get_language(request)
    types = [(each, name_type(each, language)) for each in ENTITY_TYPES]
    return {
        "asked": asked,
        "ready_made": READY_MADE,
        "saved": list_saved(request, caller),
        "known_tags": sorted(vaiti.tags.counts(registers(vaiti, caller))) if caller.may(Permission.NOTES_READ) else (),
        "masked_types": sorted(types, key=lambda each: each[1]),
        "may_ask_for_agents": vaiti.controllers.may_ask_for_agents(registers(vaiti, caller), vaiti.clock.now()),
    }


def _filter(request: Request, form: SearchForm) -> SearchFilter:
    """Return what narrows a search; its days are the first controller's."""
    return form.filter(get_zone(request))


def _today(request: Request) -> date:
    """The day that the first controller has: the others of a service are in its country or near it."""
    return get_vaiti(request).clock.now().astimezone(get_zone(request)).date()


def _limiter(request: Request) -> CapacityLimiter:
    """Return the application's own limit on drawing at once; made in the event loop that it belongs to."""
    state = request.app.state
    if not hasattr(state, "drawing"):
        state.drawing = CapacityLimiter(DRAWN_AT_ONCE)
    limiter: CapacityLimiter = state.drawing
    return limiter
