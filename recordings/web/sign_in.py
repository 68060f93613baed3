"""Coming in and going out: password, second factor, one-time code, the promise, the register; the first account."""

from __future__ import annotations

from typing import Annotated, Any, cast

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response

from recordings.accounts import known_role
from recordings.edge import OPEN, Service, SignedIn
from recordings.errors import NotAllowed, NotSignedIn, VaitiError
from recordings.factory import Vaiti
from recordings.identity import COMMITMENT, Gate, Person
from recordings.people_errors import SignInRefused
from recordings.permissions import ROLES, Permission, Role
from recordings.steps.people import NewRole
from recordings.steps.sign_in import Opened
from recordings.web.page import find_person, get_language, render
from recordings.web.refusing import refuse
from recordings.web.session import drop_session, go, keep_session
from recordings.web.texts_people import PROMISES, ROLE_NAMES

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Name = Annotated[str, Form(max_length=200)]
Secret = Annotated[str, Form(max_length=500)]
UNKNOWN = "unknown"


@router.get("/sign-in", dependencies=OPEN)
def show_sign_in(request: Request, vaiti: Service) -> Response:
    """Ask for name and password; where nobody has an account yet, lead to the first one."""
    if request.state.at_home and vaiti.provider is None and not vaiti.people.list():
        return go("/set-up")
    return render(request, "sign_in.html", wrong="", **sign_in_values(vaiti))


@router.post("/sign-in", dependencies=OPEN)
def sign_in(request: Request, vaiti: Service, name: Name = "", password: Secret = "") -> Response:
    """Open a session; whatever was open in this browser ends."""
    earlier = find_person(request)
    try:
        opened = vaiti.sign_in(
            name, password, address=address_of(request, vaiti), earlier=earlier.session.digest if earlier else None
        )
    except VaitiError as error:
        return refuse(request, "sign_in.html", error, **sign_in_values(vaiti))
    return _enter(request, opened)


@router.get("/sign-in/second")
def show_second(request: Request, _person: SignedIn) -> Response:
    """Ask for the second factor."""
    return render(request, "second.html", wrong="")


@router.post("/sign-in/second")
def give_second(request: Request, vaiti: Service, person: SignedIn, code: Secret = "") -> Response:
    """Complete the session by a code."""
    if person.session.complete:
        return go(home_of(person))
    try:
        opened = vaiti.sign_in.with_factor(person, code, address=address_of(request, vaiti))
    except VaitiError as error:
        return refuse(request, "second.html", error)
    return _enter(request, opened)


@router.post("/sign-out")
def sign_out(request: Request, vaiti: Service, person: SignedIn) -> Response:
    """Close the session, and let the browser forget what it has of it."""
    vaiti.sign_in.leave(person)
    return drop_session(request, go("/sign-in"))


@router.get("/welcome", dependencies=OPEN)
def show_welcome(request: Request) -> Response:
    """Ask who has a one-time code for a password."""
    return render(request, "welcome.html", wrong="")


@router.post("/welcome", dependencies=OPEN)
def welcome(request: Request, vaiti: Service, name: Name = "", code: Secret = "", password: Secret = "") -> Response:
    """Set the first password, or a new one, by the code."""
    try:
        opened = vaiti.sign_in.with_code(name, code, password, address=address_of(request, vaiti))
    except VaitiError as error:
        return refuse(request, "welcome.html", error)
    return _enter(request, opened)


@router.get("/set-up", dependencies=OPEN)
def show_set_up(request: Request, vaiti: Service) -> Response:
    """Ask who has this machine's token for the first account; nothing when there is one."""
    if vaiti.people.list():
        return go("/sign-in")
    return _set_up_page(request)


@router.post("/set-up", dependencies=OPEN)
def set_up(  # noqa: PLR0913, PLR0917 - a form's fields are parameters
    request: Request,
    vaiti: Service,
    token: Secret = "",
    name: Name = "",
    password: Secret = "",
    role: Annotated[list[str] | None, Form(max_length=len(Role))] = None,
) -> Response:
    """Make the first account, an admin in every register, with the other roles that were ticked."""
    gate = cast("Gate", request.app.state.gate)
    if vaiti.people.list() or not request.state.at_home:
        raise NotAllowed
    if not gate.accepts(token.strip()):
        return refuse(request, "set_up.html", SignInRefused(), **_set_up_values(request))
    try:
        roles = {Role.ADMIN, *(known_role(each) for each in role or ())}
        account = vaiti.keep_people.create(name, actor="token", password=password).account
        for controller in vaiti.controllers.list():
            for each in sorted(roles & _FIRST):
                new = NewRole(role=each, controller=controller.slug)
                vaiti.keep_people.grant(account, new, actor="token")
        opened = vaiti.sign_in(name, password, address=address_of(request, vaiti))
    except VaitiError as error:
        return refuse(request, "set_up.html", error, **_set_up_values(request))
    return _enter(request, opened)


@router.get("/commitment")
def show_commitment(request: Request, person: SignedIn) -> Response:
    """Show what is promised."""
    return render(
        request,
        "commitment.html",
        version=COMMITMENT,
        promises=PROMISES[get_language(request)],
        accepted=person.committed,
    )


@router.post("/commitment")
def promise(request: Request, vaiti: Service, person: SignedIn) -> Response:
    """Keep that it was promised."""
    if not person.session.complete:
        raise NotSignedIn
    vaiti.sign_in.promise(person, language=get_language(request))
    return go("/start")


@router.get("/controllers")
def show_controllers(request: Request, vaiti: Service, person: SignedIn) -> Response:
    """Ask in whose register to work."""
    mine = [vaiti.controllers.get(each) for each in person.controllers]
    return render(request, "controllers.html", controllers=mine, now=person.controller)


@router.post("/controllers")
def choose_controller(request: Request, vaiti: Service, person: SignedIn, controller: Name = "") -> Response:
    """Go to another register."""
    if not person.session.complete or not person.committed:
        raise NotSignedIn
    return keep_session(request, go("/start"), vaiti.sign_in.choose(person, controller).secret)


def home_of(person: Person) -> str:
    """Return the page on which somebody with these roles begins."""
    if person.may(Permission.MASKED_OPEN) or person.controller is None:
        return "/"  # without a register the guard leads to where one is chosen
    if person.may(Permission.COUNTS_READ):
        return "/home"
    return "/people" if person.may(Permission.PEOPLE_READ) else "/account"


def sign_in_values(vaiti: Vaiti) -> dict[str, Any]:
    """Return what the page of signing in shows beside what went wrong."""
    company = vaiti.provider.company if vaiti.provider is not None else None
    return {"company": company.name if company else None, "local": company is None or company.local_accounts}


def address_of(request: Request, vaiti: Vaiti) -> str:
    """Return from where somebody tries to come in, to count by: behind a proxy what the proxy says last."""
    here = request.client.host if request.client else UNKNOWN
    if not vaiti.settings.tls_ends_at_proxy or request.state.at_home:
        return here
    said = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
    return said[:64] or here


def _enter(request: Request, opened: Opened) -> Response:
    """Give the session to the browser and lead it on; the guard knows what is still missing."""
    return keep_session(request, go("/start" if opened.complete else "/sign-in/second"), opened.secret)


_FIRST = frozenset(role for role, terms in ROLES.items() if not terms.named_calls and terms.longest is None)


def _set_up_values(request: Request) -> dict[str, Any]:
    return {
        "roles": sorted(each.value for each in _FIRST - {Role.ADMIN}),
        "role_names": ROLE_NAMES[get_language(request)],
    }


def _set_up_page(request: Request) -> Response:
    return render(request, "set_up.html", wrong="", **_set_up_values(request))


@router.get("/start")
def start(person: SignedIn) -> Response:
    """Lead to the page on which one's work begins."""
    return go(home_of(person))
