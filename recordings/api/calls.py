"""Recordings over HTTP: push, status, masked sound, masked words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Annotated, Any

import anyio
from anyio import CapacityLimiter
from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.responses import JSONResponse, StreamingResponse
from starlette.requests import ClientDisconnect

from recordings.api.deps import MayAddFacts, MayHear, MayList, MayPush, MayRead, OpaqueId, Service, registers
from recordings.api.schemas import Id, RecordingList, RecordingOut
from recordings.api.upload import PushBody, find_boundary, pull
from recordings.errors import BadAudio, FactsInvalid, NotAllowed, Refused, RequestInvalid, TooLarge, VaitiError
from recordings.factory import Vaiti
from recordings.facts import MAX_FACTS_BYTES, LaterFacts, parse_facts, parse_later_facts
from recordings.identity import Caller
from recordings.permissions import Permission
from recordings.steps.ingest import Ingested
from recordings.streams import measure, parse_range, read_span
from storage.records import Kind, Recording, RecordingId, SearchFilter, Stage

router = APIRouter(tags=["recordings"])

PUSHES_AT_ONCE = 8
# Each holds a thread while it streams; reading and searching have threads of their own.
DRAIN = 32 * 1024 * 1024
# Bytes that are read and dropped after a refusal, so that a client which is still sending hears why.
OVERHEAD = 128 * 1024
# Bytes of a multipart body beside the sound: facts, headers, boundaries.

_FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["facts"],
                    "properties": {
                        "facts": {"type": "string", "contentMediaType": "application/json"},
                        "audio": {"type": "string", "format": "binary"},
                        "audio_agent": {"type": "string", "format": "binary"},
                        "audio_customer": {"type": "string", "format": "binary"},
                    },
                }
            }
        },
    }
}


@router.post(
    "/recordings",
    status_code=201,
    response_model=RecordingOut,
    responses={200: {"model": RecordingOut, "description": "It was here before."}},
    openapi_extra=_FORM,
)
async def push(
    request: Request,
    vaiti: Service,
    caller: MayPush,
    idempotency_key: Annotated[str | None, Header(min_length=1, max_length=255)] = None,
) -> Response:
    """Take a call: part `facts` (JSON), then `audio`, or the parties' own files, `audio_agent` and `audio_customer`.

    201 when new, 200 when it was here before.
    """
    stream = request.stream()
    stated = _check_length(request, vaiti)

    def take() -> Ingested:
        body = PushBody(pull(stream), find_boundary(request.headers.get("content-type", "")))
        facts = parse_facts(body.read_facts())
        caller.check_push(facts.controller, facts.kind, facts.source)
        controller = vaiti.controllers.get(facts.controller)
        admitted = vaiti.quotas.admit(controller, stated=stated)
        facts = facts.of_push(in_legs=body.is_in_legs())
        audio = admitted.measure(body.read_audio(facts.leg_starts))
        taken = vaiti.ingest(facts, audio, actor=caller.actor, idempotency_key=idempotency_key)
        if taken.created:
            vaiti.quotas.count(controller, admitted.size)
        return taken

    try:
        taken = await anyio.to_thread.run_sync(take, limiter=_limiter(request))
    except (Refused, BadAudio, NotAllowed):
        await _drain(stream)
        raise
    content = RecordingOut.of(taken.recording).model_dump(mode="json")
    place = {"Location": f"/api/v1/recordings/{taken.recording.id}"}
    return JSONResponse(content, status_code=201 if taken.created else 200, headers=place)


@router.get("/recordings")
def list_recordings(  # noqa: PLR0913, PLR0917 - a query's fields are parameters
    vaiti: Service,
    caller: MayList,
    kind: Kind | None = None,
    stage: Stage | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    before: Id | None = None,
) -> RecordingList:
    """List recordings, newest call first; `before` is the last id of the page before."""
    found = vaiti.view.list(
        registers(vaiti, caller),
        only=SearchFilter(kind=kind),
        stages=[stage] if stage else [],
        limit=limit,
        before=RecordingId(before) if before else None,
    )
    shown = RecordingList.of([*found], overdue_held=vaiti.view.count_overdue(registers(vaiti, caller)))
    return shown if _sees_content(caller) else shown.states_only()


@router.get("/recordings/{recording}")
def get_recording(recording: OpaqueId, vaiti: Service, caller: MayRead) -> RecordingOut:
    """Return where a recording is in its life, and what was found in it by kind."""
    shown = RecordingOut.of(vaiti.view.get(registers(vaiti, caller), RecordingId(recording)))
    return shown if _sees_content(caller) else shown.states_only()


@router.patch(
    "/recordings/{recording}/facts",
    response_model=RecordingOut,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/merge-patch+json": {"schema": LaterFacts.model_json_schema()}},
        }
    },
)
async def add_facts(recording: OpaqueId, request: Request, vaiti: Service, caller: MayAddFacts) -> RecordingOut:
    """Add what is learnt of a call after its push: references, kinds, agent, queue, direction, satisfaction.

    What is not named stays, a null forgets, `customer` and `kinds` only add. Sent again, it changes nothing.
    """
    document = b""
    async for chunk in request.stream():
        document += chunk
        if len(document) > MAX_FACTS_BYTES:
            raise FactsInvalid([("facts", "too_long")])

    def take() -> Recording:
        facts = parse_later_facts(document)
        scope = registers(vaiti, caller)
        if scope.only is not None:  # a partner's key: references are of the whole register, and the call has to be its
            vaiti.catalog.get(scope, RecordingId(recording))
        return vaiti.amend(replace(scope, only=None), RecordingId(recording), facts, actor=caller.actor)

    return RecordingOut.of(await anyio.to_thread.run_sync(take))


@router.head("/recordings/{recording}/audio", include_in_schema=False)
@router.get(
    "/recordings/{recording}/audio",
    response_class=StreamingResponse,
    responses={200: {"content": {"audio/flac": {}}}, 206: {"content": {"audio/flac": {}}}},
)
def get_audio(recording: OpaqueId, request: Request, vaiti: Service, caller: MayHear) -> Response:
    """Return the masked sound as FLAC, whole or one range of it."""
    sound = vaiti.view.open_sound(registers(vaiti, caller), RecordingId(recording), actor=caller.actor)
    try:
        size = measure(sound)
        # there is no validator to compare with, so a conditional range is answered whole
        asked = None if "if-range" in request.headers else parse_range(request.headers.get("range"), size)
    except VaitiError:
        sound.close()
        raise
    start, end = asked or (0, size)
    headers = {
        "Accept-Ranges": "bytes",
        "Content-Length": str(end - start),
        "Content-Disposition": 'inline; filename="masked.flac"',
    }
    if asked is not None:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    status = 200 if asked is None else 206
    if request.method == "HEAD":
        sound.close()
        return Response(status_code=status, headers=headers, media_type="audio/flac")
    return StreamingResponse(read_span(sound, start, end), status_code=status, headers=headers, media_type="audio/flac")


@router.get("/recordings/{recording}/transcript")
def get_transcript(recording: OpaqueId, vaiti: Service, caller: MayHear) -> dict[str, Any]:
    """Return the masked words as `vaiti-transcript/1`."""
    return vaiti.view.read_words(registers(vaiti, caller), RecordingId(recording), actor=caller.actor)


def _sees_content(caller: Caller) -> bool:
    """Tell whether somebody may know more than how far a call has come: who hears it, and who has pushed it."""
    return caller.key is not None or caller.may(Permission.MASKED_OPEN)


def _check_length(request: Request, vaiti: Vaiti) -> int | None:
    """Refuse by the stated length before anything is read; returns how many bytes of sound there are at least.

    Raises TooLarge, RequestInvalid.
    """
    stated = request.headers.get("content-length")
    if stated is None:
        return None  # a chunked body is counted while it streams
    if not stated.isdecimal():
        raise RequestInvalid([("content-length", "int_parsing")])
    if int(stated) > vaiti.settings.max_audio_bytes + OVERHEAD:
        raise TooLarge
    return max(0, int(stated) - OVERHEAD)


def _limiter(request: Request) -> CapacityLimiter:
    """Return the application's own limit on pushes at once; made in the event loop that it belongs to."""
    state = request.app.state
    if not hasattr(state, "pushes"):
        state.pushes = CapacityLimiter(PUSHES_AT_ONCE)
    limiter: CapacityLimiter = state.pushes
    return limiter


async def _drain(stream: AsyncIterator[bytes]) -> None:
    left = DRAIN
    try:
        async for chunk in stream:
            left -= len(chunk)
            if left < 0:
                return
    except ClientDisconnect:
        return
