"""Cases over HTTP: what persons asked for, until when they must be answered, and how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal, Self

from fastapi import APIRouter, Query, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from recordings.api.deps import MayErase, MayKeepCases, MayOpenOriginals, MayReadCases, OpaqueId, Service, registers
from recordings.api.schemas import Id, Label, RequestBody
from recordings.beside import LONGEST
from recordings.deadlines import deadline, working_days_until
from recordings.factory import Vaiti
from recordings.packs import PackOrder
from recordings.steps.cases import Against, Extension, NewCase, Refusal
from recordings.streams import answer_archive
from storage.cases import CLOSED, Asker, Case, CaseId, CaseKind, CaseState, Identification, Way
from storage.records import CustomerId, RecordingId

router = APIRouter(tags=["cases"])

Closed = Annotated[bool, Query(description="Also those that are closed.")]


class CaseIn(RequestBody):
    """A request that came. There is no place for an identity code: who asks is an opaque id, or not known yet."""

    controller: Label
    kind: CaseKind
    way: Way
    asker: Asker = Asker.PERSON
    received_on: date | None = None
    about: Against | None = None
    customer: Id | None = None
    identified_by: Identification | None = None

    def new(self) -> NewCase:
        """Return what is known of it."""
        given = {name: getattr(self, name) for name in CaseIn.model_fields}
        return NewCase(**{**given, "customer": CustomerId(self.customer) if self.customer else None})


class PersonIn(RequestBody):
    """Whose case it is."""

    customer: Id


class IdentityIn(RequestBody):
    """How it is known who asks."""

    identified_by: Identification


class ExtensionIn(RequestBody):
    """Why the answer takes two months more."""

    reason: Extension


class RefusalIn(RequestBody):
    """Why nothing is done."""

    ground: Refusal


class LetterIn(RequestBody):
    """In which language; and what the officer adds, which is kept nowhere."""

    language: Literal["fi", "sv", "en"] | None = None
    explanation: Annotated[str, Field(max_length=LONGEST)] = ""


class PackIn(RequestBody):
    """The passphrase of the archive (20 characters or more), the letter's language, and what the officer decided.

    `confirmed` and `left_out` are the calls that rest on a shared number or only speak of her.
    """

    passphrase: Annotated[str, Field(max_length=1_000)]
    language: Literal["fi", "sv", "en"] | None = None
    confirmed: tuple[Id, ...] = ()
    left_out: tuple[Id, ...] = ()


class LinkIn(RequestBody):
    """The letter's language, and what the officer decided about doubtful calls, as for a pack."""

    language: Literal["fi", "sv", "en"] | None = None
    confirmed: tuple[Id, ...] = ()
    left_out: tuple[Id, ...] = ()


class LinkOut(BaseModel):
    """A link that works once, told only now: its address on this service, its code, and until when they work."""

    address: str
    code: str
    ends_at: datetime


class AnswerIn(RequestBody):
    """Whether the person got her copies in another way than by a pack of this case."""

    given_otherwise: bool = False


class ErasureIn(RequestBody):
    """Of the calls that rest on a shared number or only speak of her, those that are hers."""

    confirmed: tuple[Id, ...] = ()


class CaseOut(BaseModel):
    """A case. `aim_on` is the plain date, `due_on` the last day; `working_days_left` is negative when it is past."""

    id: str
    name: str
    controller: str
    kind: CaseKind
    about: str | None
    way: Way
    asker: Asker
    state: CaseState
    received_on: date
    aim_on: date
    due_on: date
    working_days_left: int | None
    overdue: bool
    customer: str | None
    identified_by: Identification | None
    packed_at: datetime | None
    linked_at: datetime | None
    released_at: datetime | None
    extended_for: str | None
    ground: str | None
    hold: str | None
    opened_at: datetime
    closed_at: datetime | None
    forget_on: date | None

    @classmethod
    def of(cls, case: Case, *, today: date, country: str) -> Self:
        """Build the answer as it is true today, on the controller's calendar."""
        extended = case.extended_for is not None
        left = None if case.state in CLOSED else working_days_until(case.due_on, today, country=country)
        more = {"aim_on", "working_days_left", "overdue"}
        return cls(
            **{name: getattr(case, name) for name in cls.model_fields if name not in more},
            aim_on=deadline(case.received_on, extended=extended, country=country).aim,
            working_days_left=left,
            overdue=case.state not in CLOSED and today > case.due_on,
        )


class ErasedOut(BaseModel):
    """The receipts of what has ended, what a hold keeps, and what nobody has said yes to."""

    receipts: list[Mapping[str, Any]]
    held: list[str]
    doubtful: list[str]


@router.get("/cases")
def list_cases(vaiti: Service, caller: MayReadCases, closed: Closed = False) -> list[CaseOut]:  # noqa: FBT002
    """List cases, the first due first."""
    return [_out(vaiti, each) for each in vaiti.keep_cases.list(registers(vaiti, caller), closed=closed)]


@router.post("/cases", status_code=201)
def open_case(body: CaseIn, vaiti: Service, caller: MayKeepCases) -> CaseOut:
    """Note a request. The calls of who asks for access are held until some days after the answer."""
    caller.check_controller(body.controller, vaiti.controllers.scope)
    return _out(vaiti, vaiti.keep_cases.open(body.new(), actor=caller.actor))


@router.get("/cases/{case}")
def get_case(case: OpaqueId, vaiti: Service, caller: MayReadCases) -> CaseOut:
    """Return a case."""
    return _out(vaiti, vaiti.cases.get(registers(vaiti, caller), CaseId(case)))


@router.post("/cases/{case}/person")
def name_person(case: OpaqueId, body: PersonIn, vaiti: Service, caller: MayKeepCases) -> CaseOut:
    """Say whose case it is."""
    scope, customer = registers(vaiti, caller), CustomerId(body.customer)
    return _out(vaiti, vaiti.keep_cases.name_person(scope, CaseId(case), customer, actor=caller.actor))


@router.post("/cases/{case}/identity")
def identify(case: OpaqueId, body: IdentityIn, vaiti: Service, caller: MayKeepCases) -> CaseOut:
    """Note how it is known who asks: nothing is released before."""
    scope = registers(vaiti, caller)
    return _out(vaiti, vaiti.keep_cases.identify(scope, CaseId(case), body.identified_by, actor=caller.actor))


@router.post("/cases/{case}/extension")
def extend(case: OpaqueId, body: ExtensionIn, vaiti: Service, caller: MayKeepCases) -> CaseOut:
    """Take two months more; the person has to be told within the first month."""
    scope = registers(vaiti, caller)
    return _out(vaiti, vaiti.keep_cases.extend(scope, CaseId(case), body.reason, actor=caller.actor))


@router.post("/cases/{case}/erasure")
def erase(case: OpaqueId, vaiti: Service, caller: MayErase, body: ErasureIn | None = None) -> ErasedOut:
    """End the person's calls at once, but for what is held; of doubtful ones those that are confirmed."""
    scope, yes = registers(vaiti, caller), tuple(map(RecordingId, body.confirmed)) if body else ()
    erased = vaiti.keep_cases.erase(scope, CaseId(case), vaiti.purge, actor=caller.actor, confirmed=yes)
    return ErasedOut(receipts=[*erased.receipts], held=[*erased.held], doubtful=[*erased.doubtful])


@router.post("/cases/{case}/answer")
def answer(case: OpaqueId, vaiti: Service, caller: MayKeepCases, body: AnswerIn | None = None) -> CaseOut:
    """Note that the person has her answer: for access and portability once a pack was made, or otherwise."""
    scope, otherwise = registers(vaiti, caller), body is not None and body.given_otherwise
    return _out(vaiti, vaiti.keep_cases.answer(scope, CaseId(case), actor=caller.actor, given_otherwise=otherwise))


@router.post("/cases/{case}/release")
def release(case: OpaqueId, vaiti: Service, caller: MayOpenOriginals) -> CaseOut:
    """Let the copies of a portal's case go to the portal."""
    return _out(vaiti, vaiti.keep_cases.release(registers(vaiti, caller), CaseId(case), actor=caller.actor))


@router.post(
    "/cases/{case}/pack", response_class=StreamingResponse, responses={200: {"content": {"application/zip": {}}}}
)
def write_pack(case: OpaqueId, body: PackIn, vaiti: Service, caller: MayOpenOriginals) -> StreamingResponse:
    """Answer with the person's calls, unedited, as a zip that the passphrase opens (AES-256); the case notes it.

    A transfer that breaks off is an archive without its end, and is not noted: ask again.
    """
    order = PackOrder(
        scope=registers(vaiti, caller),
        case=CaseId(case),
        actor=caller.actor,
        passphrase=body.passphrase,
        language=body.language,
        confirmed=tuple(map(RecordingId, body.confirmed)),
        left_out=tuple(map(RecordingId, body.left_out)),
    )
    write = vaiti.write_pack
    write.check(order)  # what can be refused is refused before the answer begins
    return answer_archive(lambda out: write(order, out))


@router.post("/cases/{case}/link", status_code=201)
def make_link(case: OpaqueId, vaiti: Service, caller: MayOpenOriginals, body: LinkIn | None = None) -> LinkOut:
    """Make a link by which the person fetches her copies once, with the code; an earlier link of the case ends."""
    wanted = body or LinkIn()
    order = PackOrder(
        scope=registers(vaiti, caller),
        case=CaseId(case),
        actor=caller.actor,
        passphrase=None,
        language=wanted.language,
        confirmed=tuple(map(RecordingId, wanted.confirmed)),
        left_out=tuple(map(RecordingId, wanted.left_out)),
    )
    made = vaiti.pack_by_link.make(order)
    return LinkOut(address=made.address, code=made.code, ends_at=made.ends_at)


@router.post("/cases/{case}/refusal")
def refuse(case: OpaqueId, body: RefusalIn, vaiti: Service, caller: MayKeepCases) -> CaseOut:
    """Note a refusal; the person has to be told why, and where to complain."""
    scope = registers(vaiti, caller)
    return _out(vaiti, vaiti.keep_cases.refuse(scope, CaseId(case), body.ground, actor=caller.actor))


@router.post("/cases/{case}/withdrawal")
def withdraw(case: OpaqueId, vaiti: Service, caller: MayKeepCases) -> CaseOut:
    """Note that the person no longer asks."""
    return _out(vaiti, vaiti.keep_cases.withdraw(registers(vaiti, caller), CaseId(case), actor=caller.actor))


@router.post("/cases/{case}/letter", response_class=Response, responses={200: {"content": {"application/pdf": {}}}})
def write_letter(case: OpaqueId, vaiti: Service, caller: MayKeepCases, body: LetterIn | None = None) -> Response:
    """Write the letter of a refusal or an extension, with the ground, the authority, the court and whom to ask."""
    wanted = body or LetterIn()
    made = vaiti.write_reply(
        registers(vaiti, caller),
        CaseId(case),
        actor=caller.actor,
        language=wanted.language,
        explanation=wanted.explanation,
    )
    name = {"Content-Disposition": 'attachment; filename="vaiti-letter.pdf"'}
    return Response(made, media_type="application/pdf", headers=name)


def _out(vaiti: Vaiti, case: Case) -> CaseOut:
    country = vaiti.controllers.get(case.controller).country
    return CaseOut.of(case, today=vaiti.holding.today(case.controller), country=country)
