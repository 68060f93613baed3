"""One's own account: password, second factor, sessions."""

from __future__ import annotations

from typing import Annotated, Any

import segno
from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup

from recordings import second_factor
from recordings.edge import Service, needs, signed_in
from recordings.errors import VaitiError
from recordings.factory import Vaiti
from recordings.identity import Caller, Person
from recordings.permissions import Permission
from recordings.web.page import get_language, render
from recordings.web.refusing import refuse
from recordings.web.session import go, keep_session
from recordings.web.sign_in import address_of
from recordings.web.texts import write_time
from recordings.web.texts_people import ROLE_NAMES

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Secret = Annotated[str, Form(max_length=500)]
Own = Annotated[Caller, Depends(needs(Permission.OWN_ACCOUNT))]


@router.get("/account")
def show_account(request: Request, vaiti: Service, caller: Own) -> Response:
    """Show what one's account is, and its sessions."""
    return render(request, "account.html", wrong="", **_values(request, vaiti, _person(request, caller)))


@router.post("/account/password")
def change_password(request: Request, vaiti: Service, caller: Own, old: Secret = "", password: Secret = "") -> Response:
    """Change one's password: all other sessions end."""
    person = _person(request, caller)
    try:
        opened = vaiti.sign_in.change_password(person, old, password, address=address_of(request, vaiti))
    except VaitiError as error:
        return refuse(request, "account.html", error, **_values(request, vaiti, person))
    return keep_session(request, go("/account"), opened.secret)


@router.post("/account/second-factor")
def begin_factor(request: Request, vaiti: Service, caller: Own) -> Response:
    """Show the secret of a second factor, which counts when a code of it has come back."""
    return _factor_page(request, vaiti, _person(request, caller))


@router.post("/account/second-factor/on")
def confirm_factor(request: Request, vaiti: Service, caller: Own, code: Secret = "") -> Response:
    """Turn the second factor on, and show the recovery codes, once."""
    person = _person(request, caller)
    try:
        opened, codes = vaiti.sign_in.confirm_factor(person, code, address=address_of(request, vaiti))
    except VaitiError as error:
        return _factor_page(request, vaiti, person, error)
    return keep_session(request, render(request, "recovery.html", codes=codes), opened.secret)


@router.post("/account/second-factor/off")
def drop_factor(request: Request, vaiti: Service, caller: Own, password: Secret = "") -> Response:
    """Turn the second factor off."""
    person = _person(request, caller)
    try:
        opened = vaiti.sign_in.drop_factor(person, password, address=address_of(request, vaiti))
    except VaitiError as error:
        return refuse(request, "account.html", error, **_values(request, vaiti, person))
    return keep_session(request, go("/account"), opened.secret)


@router.post("/account/sessions/end")
def end_sessions(request: Request, vaiti: Service, caller: Own) -> Response:
    """End all one's sessions but this one."""
    person = _person(request, caller)
    within = vaiti.controllers.scope
    vaiti.keep_people.end_sessions(within, person.account, actor=caller.actor, but=person.session.digest)
    return go("/account")


def _person(request: Request, _caller: Caller) -> Person:
    """Return who it is. Raises NotSignedIn for the token, which has no account."""
    return signed_in(request)


def _values(request: Request, vaiti: Vaiti, person: Person) -> dict[str, Any]:
    language = get_language(request)
    names = ROLE_NAMES[language]
    return {
        "account": person.account,
        "roles": [
            (vaiti.controllers.get(each.controller).name, names[each.role], each.partner or each.case or "")
            for each in person.roles
        ],
        "sessions": [
            (write_time(each.opened_at, language), write_time(each.seen_at, language), each.id == person.session.id)
            for each in vaiti.sign_ins.of(person.account.id)
        ],
    }


def _factor_page(request: Request, vaiti: Vaiti, person: Person, error: VaitiError | None = None) -> Response:
    secret = vaiti.sign_in.begin_factor(person)
    square = segno.make(second_factor.address_of(secret, person.account.name), micro=False)
    drawn = square.svg_inline(scale=4, dark="#000", light="#fff", omitsize=True)
    groups = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    values: dict[str, Any] = {"secret": groups, "square": Markup(drawn)}  # noqa: S704 - drawn by segno from modules, no text of ours in it
    if error is not None:
        return refuse(request, "factor.html", error, **values)
    return render(request, "factor.html", wrong="", **values)
