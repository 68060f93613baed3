"""Who is the person of a case: her calls by each reference, what was decided about these, and wrong links put right.

References stand here by their type and their calls; what they are is typed where one is new, looked up and not kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from hashlib import sha256
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from recordings.edge import get_vaiti, registers
from recordings.errors import RequestInvalid
from recordings.facts import CustomerReference
from recordings.identity import Caller
from recordings.steps.persons import Correction, NewDecision
from recordings.web.cases import REFERENCES, REFUSED, Id, Keeps, refuse
from recordings.web.models import view_call
from recordings.web.page import get_language, render, say
from recordings.web.person_models import Ours, view_decisions, view_links, view_references
from storage.cases import CLOSED, Case, CaseId
from storage.errors import Conflict
from storage.persons import SHARED, Bond, DecisionId, Evidence, Role
from storage.records import RecordingId, Reference, Scope

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

WHERE = "/cases/{case}/who"


class DecisionForm(BaseModel):
    """What is decided: about one of the person's references, or about two, the other one hers too or typed."""

    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True, str_max_length=200)

    bond: str = ""
    one: str = ""
    other: str = ""  # empty: what is typed
    reference_type: str = REFERENCES[0]
    reference: str = ""
    evidence: str = ""


class LinksForm(BaseModel):
    """The calls by a reference that are put right, and as what she is in them; `none`: they are not hers."""

    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True, str_max_length=64)

    link: tuple[str, ...] = Field(default=(), max_length=1_000)
    role: str = ""
    evidence: str = ""


@router.get(WHERE)
def show(request: Request, caller: Keeps, case: Id) -> HTMLResponse:
    """Show a person's references and calls, with what was decided."""
    vaiti, language = get_vaiti(request), get_language(request)
    try:
        found = vaiti.cases.get(registers(vaiti, caller), CaseId(case))
    except REFUSED as error:
        return refuse(request, error)
    ours, now, controller = _ours(request, found), vaiti.clock.now(), vaiti.controllers.get(found.controller)
    scope = Scope.of(found.controller)
    calls = {
        each: view_call(vaiti.catalog.get(scope, each), controller, language=language, now=now)
        for each in ours.recordings
    }
    return render(
        request,
        "case_person.html",
        case=found,
        links=view_links(ours, calls, _mark),
        her_references=view_references(ours, calls, _mark),
        decisions=view_decisions(ours.history, controller, language=language),
        bonds=tuple(Bond),
        evidences=tuple(each for each in Evidence if each is not Evidence.PUSHED),
        roles=tuple(Role),
        references=REFERENCES,
        closed=found.state in CLOSED,
    )


@router.post(WHERE + "/decisions")
def decide(request: Request, caller: Keeps, case: Id, form: Annotated[DecisionForm, Form()]) -> Response:
    """Join, part, or say that a number is a household's or a company's."""
    keep = get_vaiti(request).keep_persons

    def act(found: Case, ours: Ours) -> object:
        hers = {_mark(each): each for each in ours.references}
        if form.one not in hers:
            raise RequestInvalid([("one", "missing")])
        bond = Bond(form.bond)
        typed = CustomerReference.model_validate({"type": form.reference_type, "value": form.reference.strip() or "-"})
        new = NewDecision(
            controller=found.controller,
            bond=bond,
            reference=hers[form.one],
            other=None if bond in SHARED else hers.get(form.other, typed),
            evidence=Evidence(form.evidence),
            case=found.name,
        )
        return keep.decide(new, actor=caller.actor)

    return _act(request, caller, case, act)


@router.post(WHERE + "/decisions/{decision}/undo")
def undo(request: Request, caller: Keeps, case: Id, decision: Id) -> Response:
    """Take a decision about her references back."""
    keep = get_vaiti(request).keep_persons

    def act(found: Case, ours: Ours) -> object:
        if decision not in {each.id for each in ours.history}:
            raise RequestInvalid([("decision", "missing")])
        scope = Scope.of(found.controller)
        return keep.undo(scope, DecisionId(decision), actor=caller.actor, case=found.name)

    return _act(request, caller, case, act)


@router.post(WHERE + "/links")
def correct(request: Request, caller: Keeps, case: Id, form: Annotated[LinksForm, Form()]) -> Response:
    """Say as what she is in the calls that were ticked, or that these are not hers."""
    keep = get_vaiti(request).keep_persons

    def act(found: Case, ours: Ours) -> object:
        scope, hers = Scope.of(found.controller), {_mark(*each): each for each in ours.pairs}
        if not form.link or not hers.keys() >= set(form.link):
            raise RequestInvalid([("link", "missing")])
        how = Evidence(form.evidence)
        new = None if form.role == "none" else Role(form.role)
        for reference, recording in (hers[each] for each in form.link):
            said = Correction(reference=reference, role=new, evidence=how, case=found.name)
            keep.correct(scope, recording, said, actor=caller.actor)
        return None

    return _act(request, caller, case, act)


def _act(request: Request, caller: Caller, case: str, act: Callable[[Case, Ours], object]) -> Response:
    vaiti = get_vaiti(request)
    try:
        found = vaiti.cases.get(registers(vaiti, caller), CaseId(case))
        act(found, _ours(request, found))
    except Conflict:
        return say(request, "person_decided", status=409)
    except REFUSED as error:
        return refuse(request, error)
    return RedirectResponse(f"/cases/{case}/who", status_code=303)


def _ours(request: Request, case: Case) -> Ours:
    """Return what is known of the person of a case; of nobody, nothing."""
    if case.customer is None:
        return Ours()
    keep, scope = get_vaiti(request).keep_persons, Scope.of(case.controller)
    return Ours(
        links=keep.links(scope, case.customer),
        parted=keep.parted(scope, case.customer),
        history=keep.history(scope, case.customer),
    )


def _mark(reference: Reference, recording: RecordingId | None = None) -> str:
    """Return what a form calls a reference, or one of its calls: the hash of a keyed hash."""
    parts: Sequence[str] = (reference.type, str(reference.tag), recording or "")
    return sha256("/".join(parts).encode()).hexdigest()[:32]
