"""Corrections and cuts over HTTP: what people decided beside the original, which itself is never changed."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Self

from fastapi import APIRouter
from pydantic import BaseModel, Field, StringConstraints

from recordings.api.deps import MayKeepCases, MayOpenOriginals, MayReadCases, OpaqueId, Service, registers
from recordings.api.schemas import Case, Id, RequestBody
from recordings.beside import LONGEST, Correction, Cut, CutReason
from recordings.facts import LaterFacts
from recordings.steps.cut import Stretch
from storage.cases import CaseId
from storage.records import RecordingId

router = APIRouter(tags=["corrections and cuts"])

Seconds = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class NoteIn(RequestBody):
    """What the person says is wrong, at a moment of the call or of the whole of it."""

    case: Id
    text: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST)]
    at: Seconds | None = None


class FactsIn(RequestBody):
    """What is right: direction, queue, agent or satisfaction."""

    case: Id
    facts: LaterFacts


class OpenIn(RequestBody):
    """Under which case corrections are read."""

    case: Case


class CutIn(RequestBody):
    """What is cut from the copies that persons are given, in seconds, and why."""

    start: Seconds
    end: Seconds
    reason: CutReason
    case: Case


class CorrectionOut(BaseModel):
    """A correction."""

    id: str
    made_at: datetime
    by: str
    case: str
    text: str | None
    at: float | None
    field: str | None
    before: str | int | None
    after: str | int | None

    @classmethod
    def of(cls, correction: Correction) -> Self:
        """Build the answer."""
        return cls(**{name: getattr(correction, name) for name in cls.model_fields})


class CutOut(BaseModel):
    """A cut; one that was undone stays in the history."""

    id: str
    start: float
    end: float
    reason: CutReason
    made_at: datetime
    by: str
    case: str
    undone_at: datetime | None
    undone_by: str | None

    @classmethod
    def of(cls, cut: Cut) -> Self:
        """Build the answer."""
        return cls(**{name: getattr(cut, name) for name in cls.model_fields})


@router.post("/recordings/{recording}/corrections/note", status_code=201)
def write_note(recording: OpaqueId, body: NoteIn, vaiti: Service, caller: MayKeepCases) -> CorrectionOut:
    """Keep a note beside the words of a call, for a case of rectification; the call is masked again."""
    made = vaiti.rectify.note(
        registers(vaiti, caller),
        RecordingId(recording),
        body.text,
        at=body.at,
        case=CaseId(body.case),
        actor=caller.actor,
    )
    return CorrectionOut.of(made)


@router.post("/recordings/{recording}/corrections/facts", status_code=201)
def correct_facts(recording: OpaqueId, body: FactsIn, vaiti: Service, caller: MayKeepCases) -> list[CorrectionOut]:
    """Correct facts of a call, for a case of rectification; what they were is kept, and the call is masked again."""
    made = vaiti.rectify.correct(
        registers(vaiti, caller), RecordingId(recording), body.facts, case=CaseId(body.case), actor=caller.actor
    )
    return [CorrectionOut.of(each) for each in made]


@router.post("/recordings/{recording}/corrections/open")
def read_corrections(
    recording: OpaqueId, body: OpenIn, vaiti: Service, caller: MayOpenOriginals
) -> list[CorrectionOut]:
    """Read a call's corrections, on record: notes hold what the person said."""
    scope = registers(vaiti, caller)
    found = vaiti.rectify.read(scope, RecordingId(recording), case=body.case, actor=caller.actor)
    return [CorrectionOut.of(each) for each in found]


@router.get("/recordings/{recording}/cuts")
def list_cuts(recording: OpaqueId, vaiti: Service, caller: MayReadCases) -> list[CutOut]:
    """List what is cut from the copies of a call that persons are given."""
    return [CutOut.of(each) for each in vaiti.keep_cuts.list(registers(vaiti, caller), RecordingId(recording))]


@router.post("/recordings/{recording}/cuts", status_code=201)
def cut(recording: OpaqueId, body: CutIn, vaiti: Service, caller: MayKeepCases) -> CutOut:
    """Cut a stretch from later copies, words and sound together."""
    stretch = Stretch(start=body.start, end=body.end, reason=body.reason, case=body.case)
    scope, which = registers(vaiti, caller), RecordingId(recording)
    return CutOut.of(vaiti.keep_cuts.add(scope, which, stretch, actor=caller.actor))


@router.post("/recordings/{recording}/cuts/{cut}/undo")
def undo_cut(recording: OpaqueId, cut: OpaqueId, vaiti: Service, caller: MayKeepCases) -> CutOut:
    """Let later copies have the stretch."""
    scope, which = registers(vaiti, caller), RecordingId(recording)
    return CutOut.of(vaiti.keep_cuts.undo(scope, which, cut, actor=caller.actor))
