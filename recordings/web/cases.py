"""The pages of cases: what persons asked for, what is due, and what is done about one. No name stands in them.

References are in the body of a request and kept nowhere but as hashes. What needs a yes says what it does first.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import BaseModel, ConfigDict, ValidationError

from recordings.case_errors import (
    CaseDiffers,
    ConfirmationNeeded,
    IdentityNeeded,
    NoPeriodForCases,
    NothingToTell,
    PackNeeded,
    TooLateToExtend,
)
from recordings.edge import get_vaiti, needs, registers
from recordings.errors import NothingToGive, PassphraseShort, RequestInvalid
from recordings.facts import CustomerReference
from recordings.identity import Caller
from recordings.packs import PackOrder
from recordings.permissions import Permission
from recordings.steps.cases import Against, Extension, NewCase, Refusal
from recordings.steps.original import KINDS as OPENS_ORIGINALS
from recordings.streams import answer_archive
from recordings.web.case_models import TALLEST, WIDE, CaseView, HersView, draw_due, view_case, view_hers
from recordings.web.models import view_call
from recordings.web.page import get_language, render, say, texts_of
from storage.cases import CLOSED, Asker, Case, CaseId, CaseKind, CaseState, Identification, Way
from storage.errors import NotFound
from storage.records import CustomerId, RecordingId, Scope

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Reads = Annotated[Caller, Depends(needs(Permission.CASES_READ))]
Keeps = Annotated[Caller, Depends(needs(Permission.CASES_WRITE))]
Erases = Annotated[Caller, Depends(needs(Permission.CALLS_ERASE))]
Opens = Annotated[Caller, Depends(needs(Permission.ORIGINALS_OPEN))]
Id = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]
Ids = Annotated[list[str] | None, Form(max_length=1_000)]
Word = Annotated[str, Form(max_length=32)]
REFERENCES = ("customer_number", "contract", "metering_point", "phone", "email")
_REFUSED: tuple[tuple[type[Exception], str, int], ...] = (
    (NotFound, "not_found", 404),
    (CaseDiffers, "case_differs", 409),
    (IdentityNeeded, "identity_needed", 409),
    (PackNeeded, "pack_needed", 409),
    (ConfirmationNeeded, "confirmation_needed", 409),
    (TooLateToExtend, "too_late_to_extend", 409),
    (NothingToTell, "nothing_to_tell", 409),
    (NothingToGive, "nothing_to_give", 404),
    (PassphraseShort, "passphrase_short", 422),
    (NoPeriodForCases, "no_period_for_cases", 409),
    (ValidationError, "case_wrong", 422),
    (RequestInvalid, "case_wrong", 422),
    (ValueError, "case_wrong", 422),
)
REFUSED = tuple(error for error, _, _ in _REFUSED)


class CaseForm(BaseModel):
    """A request that came, as it was typed. The reference is looked up and not kept."""

    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True, str_max_length=200)

    kind: str = ""
    way: str = ""
    asker: str = Asker.PERSON.value
    received: str = ""
    about: str = ""
    identified_by: str = ""
    reference_type: str = REFERENCES[0]
    reference: str = ""


class PackForm(BaseModel):
    """The passphrase, the letter's language, and the doubtful calls that are hers; the others are not."""

    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)

    passphrase: str = ""
    language: str = ""
    confirmed: tuple[str, ...] = ()


def refuse(request: Request, error: Exception) -> HTMLResponse:
    """Say on a page why something was not done. Nothing of what was typed is repeated."""
    text, status = next((text, status) for kind, text, status in _REFUSED if isinstance(error, kind))
    return say(request, text, status=status)


@router.get("/cases")
def list_cases(request: Request, caller: Reads, closed: bool = False) -> HTMLResponse:  # noqa: FBT001, FBT002
    """List the cases of the register, the first due first, with a picture of what is due."""
    vaiti, t, language = get_vaiti(request), texts_of(request), get_language(request)
    scope = registers(vaiti, caller)
    found = vaiti.keep_cases.list(scope, closed=closed)
    controller = next(each for each in vaiti.controllers.list() if scope.allows(each.slug))
    today = vaiti.holding.today(controller.slug)
    still_open = [each for each in found if each.state not in CLOSED]
    return render(
        request,
        "cases.html",
        cases=[_view(request, each) for each in found],
        bars=draw_due(still_open, today=today, t=t, language=language) if still_open else (),
        tallest=TALLEST,
        bar_width=WIDE,
        closed=closed,
        may_keep=caller.may(Permission.CASES_WRITE) and controller.cases is not None,
        no_period=controller.cases is None,
        may_see_disclosures=caller.may(Permission.HOLDS_READ),
        today=today.isoformat(),
        case_kinds=tuple(CaseKind),
        ways=tuple(Way),
        askers=tuple(Asker),
        abouts=tuple(Against),
        identifications=tuple(Identification),
        references=REFERENCES,
    )


@router.post("/cases")
def open_case(request: Request, caller: Keeps, form: Annotated[CaseForm, Form()]) -> Response:
    """Note a request in the register on screen; the month begins on the day on which it came."""
    vaiti = get_vaiti(request)
    scope = registers(vaiti, caller)
    controller = next(each.slug for each in vaiti.controllers.list() if scope.allows(each.slug))
    try:
        new = NewCase(
            controller=controller,
            kind=CaseKind(form.kind),
            way=Way(form.way),
            asker=Asker(form.asker),
            received_on=date.fromisoformat(form.received) if form.received else None,
            about=Against(form.about) if form.about else None,
            customer=_look_up(request, caller, controller, form.reference_type, form.reference),
            identified_by=Identification(form.identified_by) if form.identified_by else None,
        )
        case = vaiti.keep_cases.open(new, actor=caller.actor)
    except REFUSED as error:
        return refuse(request, error)
    return _back(case.id)


@router.get("/cases/{case}")
def show_case(request: Request, caller: Reads, case: Id) -> HTMLResponse:
    """Show one case: when it is due, whose calls it is about, and what can be done now."""
    vaiti = get_vaiti(request)
    try:
        found = vaiti.cases.get(registers(vaiti, caller), CaseId(case))
    except NotFound:
        return say(request, "not_found", status=404)
    return render(
        request,
        "case.html",
        case=_view(request, found),
        kind=found.kind,
        state=found.state,
        extended=found.extended_for is not None,
        has_person=found.customer is not None,
        to_release=found.intake is not None and found.released_at is None,
        hers=_calls(request, found),
        passphrase=secrets.token_urlsafe(18),
        may_keep=caller.may(Permission.CASES_WRITE),
        may_erase=caller.may(Permission.CALLS_ERASE),
        may_pack=caller.may(Permission.ORIGINALS_OPEN),
        may_hear=caller.may(Permission.ORIGINALS_OPEN)
        and found.state is CaseState.OPEN
        and found.kind in OPENS_ORIGINALS,
        identifications=tuple(Identification),
        extensions=tuple(Extension),
        grounds=tuple(Refusal),
        references=REFERENCES,
    )


@router.post("/cases/{case}/person")
def name_person(
    request: Request,
    caller: Keeps,
    case: Id,
    reference_type: Word = "",
    reference: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Say whose case it is, by a reference that the company knows."""
    vaiti = get_vaiti(request)

    def act(scope: Scope, which: CaseId) -> Case:
        controller = vaiti.cases.get(scope, which).controller
        customer = _look_up(request, caller, controller, reference_type, reference)
        if customer is None:
            raise RequestInvalid([("reference", "missing")])
        return vaiti.keep_cases.name_person(scope, which, customer, actor=caller.actor)

    return _act(request, caller, case, act)


@router.post("/cases/{case}/identity")
def identify(request: Request, caller: Keeps, case: Id, by: Word = "") -> Response:
    """Note how it is known who asks."""
    keep, actor = get_vaiti(request).keep_cases, caller.actor
    return _act(request, caller, case, lambda scope, it: keep.identify(scope, it, Identification(by), actor=actor))


@router.post("/cases/{case}/extension")
def extend(request: Request, caller: Keeps, case: Id, reason: Word = "") -> Response:
    """Take two months more."""
    keep, actor = get_vaiti(request).keep_cases, caller.actor
    return _act(request, caller, case, lambda scope, it: keep.extend(scope, it, Extension(reason), actor=actor))


@router.post("/cases/{case}/answer")
def answer(request: Request, caller: Keeps, case: Id, otherwise: Annotated[bool, Form()] = False) -> Response:  # noqa: FBT002
    """Note that the person has her answer."""
    keep, actor = get_vaiti(request).keep_cases, caller.actor
    return _act(request, caller, case, lambda scope, it: keep.answer(scope, it, actor=actor, given_otherwise=otherwise))


@router.post("/cases/{case}/refusal")
def refuse_case(request: Request, caller: Keeps, case: Id, ground: Word = "") -> Response:
    """Note a refusal with its ground."""
    keep, actor = get_vaiti(request).keep_cases, caller.actor
    return _act(request, caller, case, lambda scope, it: keep.refuse(scope, it, Refusal(ground), actor=actor))


@router.post("/cases/{case}/withdrawal")
def withdraw(request: Request, caller: Keeps, case: Id) -> Response:
    """Note that the person no longer asks."""
    keep, actor = get_vaiti(request).keep_cases, caller.actor
    return _act(request, caller, case, lambda scope, it: keep.withdraw(scope, it, actor=actor))


@router.post("/cases/{case}/erasure")
def erase(request: Request, caller: Erases, case: Id, confirmed: Ids = None) -> Response:
    """End the person's calls at once, but for what is held; of doubtful ones those that were ticked."""
    vaiti, t = get_vaiti(request), texts_of(request)
    yes = tuple(map(RecordingId, confirmed or ()))
    try:
        erased = vaiti.keep_cases.erase(
            registers(vaiti, caller), CaseId(case), vaiti.purge, actor=caller.actor, confirmed=yes
        )
    except REFUSED as error:
        return refuse(request, error)
    counts = {"ended": len(erased.receipts), "held": len(erased.held), "left": len(erased.doubtful)}
    return render(request, "message.html", message=t["erased"].format(**counts))


@router.post("/cases/{case}/pack")
def write_pack(request: Request, caller: Opens, case: Id, form: Annotated[PackForm, Form()]) -> Response:
    """Download the person's calls, unedited, as an encrypted archive; doubtful ones that were not ticked stay out."""
    write = get_vaiti(request).write_pack
    try:
        order = order_of(request, caller, case, form, passphrase=form.passphrase.strip())
        named = write.check(order).name
    except REFUSED as error:
        return refuse(request, error)
    return answer_archive(lambda out: write(order, out), name=f"vaiti-{named}.zip")


@router.post("/cases/{case}/release")
def release(request: Request, caller: Opens, case: Id) -> Response:
    """Let the copies of a portal's case go to the portal."""
    keep, actor = get_vaiti(request).keep_cases, caller.actor
    return _act(request, caller, case, lambda scope, it: keep.release(scope, it, actor=actor))


@router.post("/cases/{case}/letter")
def write_letter(
    request: Request,
    caller: Keeps,
    case: Id,
    language: Annotated[str, Form(max_length=2)] = "",
    explanation: Annotated[str, Form(max_length=10_000)] = "",
) -> Response:
    """Download the letter of a refusal or an extension; what was added stands in it and nowhere else."""
    vaiti = get_vaiti(request)
    try:
        made = vaiti.write_reply(
            registers(vaiti, caller),
            CaseId(case),
            actor=caller.actor,
            language=language or None,
            explanation=explanation,
        )
    except REFUSED as error:
        return refuse(request, error)
    headers = {"Content-Disposition": 'attachment; filename="vaiti-letter.pdf"'}
    return Response(made, media_type="application/pdf", headers=headers)


def order_of(request: Request, caller: Caller, case: str, form: PackForm, *, passphrase: str | None) -> PackOrder:
    """Return what is to be given: of the doubtful calls those that were ticked. Raises NotFound."""
    vaiti = get_vaiti(request)
    scope = registers(vaiti, caller)
    doubtful = {each.call.id for each in _calls(request, vaiti.cases.get(scope, CaseId(case))) if each.doubtful}
    return PackOrder(
        scope=scope,
        case=CaseId(case),
        actor=caller.actor,
        passphrase=passphrase,
        language=form.language if form.language in {"fi", "sv", "en"} else None,
        confirmed=tuple(RecordingId(each) for each in form.confirmed if each in doubtful),
        left_out=tuple(RecordingId(each) for each in sorted(doubtful - set(form.confirmed))),
    )


def _act(request: Request, caller: Caller, case: str, act: Callable[[Scope, CaseId], Case]) -> Response:
    vaiti = get_vaiti(request)
    scope, which = registers(vaiti, caller), CaseId(case)
    try:
        vaiti.cases.get(scope, which)  # what is not there is not judged
        act(scope, which)
    except REFUSED as error:
        return refuse(request, error)
    return _back(case)


def _look_up(request: Request, caller: Caller, controller: str, kind: str, value: str) -> CustomerId | None:
    """Return whom a reference names; None where none was typed. Raises NotFound where it names nobody."""
    if not value.strip():
        return None
    vaiti = get_vaiti(request)
    reference = CustomerReference.model_validate({"type": kind, "value": value.strip()})
    found = vaiti.search.find_customer(registers(vaiti, caller), reference, controller=controller, actor=caller.actor)
    if found is None:
        raise NothingToGive
    return found


def _view(request: Request, case: Case) -> CaseView:
    vaiti = get_vaiti(request)
    return view_case(
        case,
        vaiti.controllers.get(case.controller),
        today=vaiti.holding.today(case.controller),
        t=texts_of(request),
        language=get_language(request),
    )


def _calls(request: Request, case: Case) -> list[HersView]:
    vaiti, language = get_vaiti(request), get_language(request)
    if case.customer is None or case.state in CLOSED:
        return []
    scope, controller = Scope.of(case.controller), vaiti.controllers.get(case.controller)
    links = vaiti.keep_persons.links(scope, case.customer)
    now = vaiti.clock.now()
    calls = {
        each: view_call(vaiti.catalog.get(scope, each), controller, language=language, now=now)
        for each in dict.fromkeys(link.recording for link in links)
    }
    return view_hers(links, calls, texts_of(request))


def _back(case: str) -> RedirectResponse:
    return RedirectResponse(f"/cases/{case}", status_code=303)
