"""People of a register: who may come in, as what, until when. For the admin; privacy officer and auditor look on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Path, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import BaseModel, ConfigDict, StringConstraints

from recordings.accounts import known_role
from recordings.edge import Service, needs, registers
from recordings.errors import NotAllowed, VaitiError
from recordings.factory import Vaiti
from recordings.identity import Caller
from recordings.people_errors import NameTaken, RoleTermsWrong, UnknownAccount
from recordings.permissions import ROLES, Permission, Role
from recordings.steps.people import Invited, NewRole
from recordings.web.page import find_person, get_language, render
from recordings.web.refusing import refuse
from recordings.web.session import go
from recordings.web.texts import write_time
from recordings.web.texts_people import ROLE_NAMES, ROLE_REASONS
from storage.people import Account, AccountId, RoleHeld, RoleId

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Reads = Annotated[Caller, Depends(needs(Permission.PEOPLE_READ))]
Manages = Annotated[Caller, Depends(needs(Permission.PEOPLE_MANAGE))]
Text = Annotated[str, Form(max_length=200)]
Named = Annotated[str, Path(pattern="^[0-9a-f]{12}$")]
Held = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]


@dataclass(frozen=True, slots=True)
class HeldView:
    """A role as it is shown."""

    id: str
    role: str
    controller: str
    narrowed: str
    until: str
    granted: str
    ended: str
    in_force: bool


@dataclass(frozen=True, slots=True)
class PersonView:
    """Somebody with a role in the register, now or before."""

    id: str
    name: str
    state: str
    roles: tuple[HeldView, ...]


class RoleForm(BaseModel):
    """A role's form as it was sent; what was left empty is an empty text."""

    model_config = ConfigDict(hide_input_in_errors=True)

    role: Annotated[str, StringConstraints(max_length=64)] = ""
    partner: Annotated[str, StringConstraints(max_length=64)] = ""
    case: Annotated[str, StringConstraints(pattern=r"^([A-Za-z0-9][A-Za-z0-9._/-]{0,63})?$")] = ""
    until: Annotated[str, StringConstraints(max_length=10)] = ""

    def read(self, request: Request) -> NewRole:
        """Return the role, in the register on screen. Raises UnknownRole, RoleTermsWrong, NotAllowed."""
        person = find_person(request)
        if person is None or person.controller is None:
            raise NotAllowed
        return NewRole(
            role=known_role(self.role),
            controller=person.controller,
            partner=self.partner or None,
            case=self.case or None,
            until=_end_of(self.until) if self.until else None,
        )


@router.get("/people")
def list_people(request: Request, vaiti: Service, caller: Reads) -> Response:
    """List who has, or had, a role in the register."""
    return render(request, "people.html", wrong="", **_list_values(request, vaiti, caller))


@router.post("/people")
def invite(request: Request, vaiti: Service, caller: Manages, name: Text = "", role: Text = "") -> Response:
    """Make an account with its first role; who has one already is given the role."""
    keep = vaiti.keep_people
    try:
        new = RoleForm(role=role).read(request)
        try:
            invited = keep.create(name, actor=caller.actor)
        except NameTaken:
            invited = Invited(account=keep.find(name), code=None)
        keep.grant(invited.account, new, actor=caller.actor)
    except VaitiError as error:
        return refuse(request, "people.html", error, **_list_values(request, vaiti, caller))
    return _person_page(request, vaiti, caller, invited.account, code=invited.code or "")


@router.get("/people/{account}")
def show_person(request: Request, vaiti: Service, caller: Reads, account: Named) -> Response:
    """Show one person's roles in the register."""
    return _person_page(request, vaiti, caller, _find(vaiti, caller, account))


@router.post("/people/{account}/roles")
def grant(
    request: Request, vaiti: Service, caller: Manages, account: Named, form: Annotated[RoleForm, Form()]
) -> Response:
    """Give a role in the register."""
    found = _find(vaiti, caller, account)
    try:
        vaiti.keep_people.grant(found, form.read(request), actor=caller.actor)
    except VaitiError as error:
        return _person_page(request, vaiti, caller, found, error=error)
    return go(f"/people/{found.id}")


@router.post("/people/{account}/roles/{held}/end")
def revoke(request: Request, vaiti: Service, caller: Manages, account: Named, held: Held) -> Response:
    """Take a role back."""
    found = _find(vaiti, caller, account)
    try:
        vaiti.keep_people.revoke(registers(vaiti, caller), RoleId(held), actor=caller.actor)
    except VaitiError as error:
        return _person_page(request, vaiti, caller, found, error=error)
    return go(f"/people/{found.id}")


@router.post("/people/{account}/disable")
def disable(request: Request, vaiti: Service, caller: Manages, account: Named) -> Response:
    """End an account for ever."""
    found = _find(vaiti, caller, account)
    try:
        vaiti.keep_people.disable(registers(vaiti, caller), found, actor=caller.actor)
    except VaitiError as error:
        return _person_page(request, vaiti, caller, found, error=error)
    return go(f"/people/{found.id}")


@router.post("/people/{account}/reset")
def reset(request: Request, vaiti: Service, caller: Manages, account: Named, factor: Text = "") -> Response:
    """Forget a password, and with `factor` the second factor; shows a one-time code instead, once."""
    found = _find(vaiti, caller, account)
    try:
        invited = vaiti.keep_people.reset(registers(vaiti, caller), found, actor=caller.actor, factor=bool(factor))
    except VaitiError as error:
        return _person_page(request, vaiti, caller, found, error=error)
    return _person_page(request, vaiti, caller, invited.account, code=invited.code or "")


@router.post("/people/{account}/sessions/end")
def end_sessions(request: Request, vaiti: Service, caller: Manages, account: Named) -> Response:
    """End somebody's sessions."""
    found = _find(vaiti, caller, account)
    try:
        vaiti.keep_people.end_sessions(registers(vaiti, caller), found, actor=caller.actor)
    except VaitiError as error:
        return _person_page(request, vaiti, caller, found, error=error)
    return go(f"/people/{found.id}")


def _find(vaiti: Vaiti, caller: Caller, account: str) -> Account:
    """Return somebody with a role in the register. Raises UnknownAccount, for another register's people too."""
    held = vaiti.people.roles(registers(vaiti, caller))
    if account not in {each.account for each in held}:
        raise UnknownAccount
    found = vaiti.people.find(AccountId(account))
    if found is None:
        raise UnknownAccount
    return found


def _end_of(day: str) -> datetime:
    """Return the end of a day. Raises RoleTermsWrong."""
    try:
        return datetime.combine(date.fromisoformat(day), time(), tzinfo=UTC) + timedelta(days=1)
    except ValueError:
        raise RoleTermsWrong from None


def _list_values(request: Request, vaiti: Vaiti, caller: Caller) -> dict[str, Any]:
    held = vaiti.people.roles(registers(vaiti, caller))
    theirs = {each.account for each in held}
    accounts = [each for each in vaiti.people.list() if each.id in theirs]
    return {
        "people": [_view(request, vaiti, each, [h for h in held if h.account == each.id]) for each in accounts],
        "roles": _role_choices(request, named_calls=False),
        "may_manage": caller.may(Permission.PEOPLE_MANAGE),
    }


def _person_page(  # noqa: PLR0913 - what happened is shown on the same page
    request: Request, vaiti: Vaiti, caller: Caller, account: Account, *, code: str = "", error: VaitiError | None = None
) -> Response:
    held = [each for each in vaiti.people.roles(registers(vaiti, caller)) if each.account == account.id]
    person = find_person(request)
    controller = vaiti.controllers.get(person.controller) if person and person.controller else None
    found = vaiti.people.find(account.id) or account
    values: dict[str, Any] = {
        "person": _view(request, vaiti, found, held),
        "roles": _role_choices(request, named_calls=True),
        "partners": {slug: each.name for slug, each in controller.partners.items()} if controller else {},
        "may_manage": caller.may(Permission.PEOPLE_MANAGE),
        "code": code,
    }
    if error is not None:
        return refuse(request, "person.html", error, **values)
    return render(request, "person.html", wrong="", **values)


def _role_choices(request: Request, *, named_calls: bool) -> list[tuple[str, str, str]]:
    """Return roles to choose from: value, name, reason. A first role is one that needs no case and no end."""
    language = get_language(request)
    fit = [r for r in Role if named_calls or not (ROLES[r].named_calls or ROLES[r].longest)]
    return [(each.value, ROLE_NAMES[language][each.value], ROLE_REASONS[language][each.value]) for each in fit]


def _view(request: Request, vaiti: Vaiti, account: Account, held: list[RoleHeld]) -> PersonView:
    language, now = get_language(request), vaiti.clock.now()
    state = "disabled" if account.disabled_at else "invited" if account.password is None else "active"
    views = tuple(
        HeldView(
            id=each.id,
            role=ROLE_NAMES[language].get(each.role, each.role),
            controller=each.controller,
            narrowed=each.partner or each.case or "",
            until=write_time(each.until, language) if each.until else "",
            granted=write_time(each.granted_at, language),
            ended=write_time(each.revoked_at, language) if each.revoked_at else "",
            in_force=each.revoked_at is None and (each.until is None or now < each.until),
        )
        for each in held
    )
    return PersonView(id=account.id, name=account.name, state=state, roles=views)
