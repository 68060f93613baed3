"""`vaiti users`: who may sign in, as what, in whose register."""

# ruff: noqa: PLC0415, PLR0913, PLR0917, FBT002 - the help must not wait for the stores; options are parameters
from __future__ import annotations

import re
import sys
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workers.cli.common import NAME, Actor, Data, Exit, Json, audit_name, say, say_json, stop
from workers.cli.opened import opaque_id, opened, recording_id

if TYPE_CHECKING:
    from recordings.steps.people import Invited, NewRole
    from storage.people import Account, RoleHeld

users = typer.Typer(help="People who may sign in, and their roles.", no_args_is_help=True)
Named = Annotated[str, typer.Argument(metavar="NAME-OR-ID", help="As `vaiti users list` shows it.")]
RoleName = Annotated[str, typer.Option("--role", help="What the person is: `vaiti users roles` lists them.")]
Controller = Annotated[str, typer.Option("--controller", help="In whose register.")]
Partner = Annotated[str | None, typer.Option("--partner", help="Only this partner's calls, while its agreement lasts.")]
Case = Annotated[str | None, typer.Option("--case", help="Only the calls that are given to this case.")]
Until = Annotated[str | None, typer.Option("--until", help="The last day, for instance 2026-12-31.")]


@users.command("create")
def create(
    name: Annotated[str, typer.Argument(help="What the person signs in with.")],
    role: Annotated[str | None, typer.Option("--role", help="A first role, with --controller.")] = None,
    controller: Annotated[str | None, typer.Option("--controller", help="In whose register.")] = None,
    partner: Partner = None,
    case: Case = None,
    until: Until = None,
    password: Annotated[
        bool, typer.Option("--password", help="Ask for a password, or read it from standard input, instead of a code.")
    ] = False,
    actor: Actor = "terminal",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Make an account. It opens by a one-time code that is shown once, here; the person then chooses a password."""
    if (role is None) != (controller is None):
        stop("--role and --controller go together", Exit.USAGE)
    new = _new_role(role, controller, partner, case, until) if role and controller else None
    chosen = _read_password() if password else None
    with opened(data) as vaiti:
        if new is not None:
            vaiti.controllers.get(new.controller)
        invited = vaiti.keep_people.create(name, actor=audit_name(actor), password=chosen)
        if new is not None:
            vaiti.keep_people.grant(invited.account, new, actor=audit_name(actor))
        held = list(vaiti.people.roles_of(invited.account.id))
    _show_invited(invited, held, as_json=as_json)


@users.command("list")
def list_users(data: Data = None, as_json: Json = False) -> None:
    """List all accounts with their roles, closed ones too."""
    with opened(data) as vaiti:
        now = vaiti.clock.now()
        found = [(each, list(vaiti.people.roles_of(each.id))) for each in vaiti.people.list()]
    if as_json:
        say_json({"users": [_plain(account, held) for account, held in found]})
        return
    for account, held in found:
        in_force = [each for each in held if each.revoked_at is None and (each.until is None or now < each.until)]
        roles = ", ".join(_in_words(each) for each in in_force)
        say(f"{account.id}  {account.name}  {_state(account)}  {roles or 'no role'}")
        for each in in_force:
            say(f"              {each.id}  {_in_words(each)}")
    say(f"{len(found)} accounts")


@users.command("roles")
def list_roles(as_json: Json = False) -> None:
    """List the roles and what each may do."""
    from recordings.permissions import ROLES

    if as_json:
        say_json({role.value: sorted(terms.may) for role, terms in ROLES.items()})
        return
    for role, terms in ROLES.items():
        say(f"{role.value}: {terms.why}")
        say(f"  {', '.join(sorted(terms.may))}")


@users.command("grant")
def grant(
    user: Named,
    role: RoleName,
    controller: Controller,
    partner: Partner = None,
    case: Case = None,
    until: Until = None,
    actor: Actor = "terminal",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Give a role in a register; the person signs in again to have it."""
    new = _new_role(role, controller, partner, case, until)
    with opened(data) as vaiti:
        held = vaiti.keep_people.grant(vaiti.keep_people.find(user), new, actor=audit_name(actor))
    _say(_plain_role(held), f"{held.id}  {_in_words(held)}", as_json=as_json)


@users.command("revoke")
def revoke(
    role: Annotated[str, typer.Argument(metavar="ROLE-ID", help="As `vaiti users list` shows it.")],
    actor: Actor = "terminal",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Take a role back; the person's sessions end at once."""
    from storage.people import RoleId
    from storage.records import Scope

    held_id = RoleId(opaque_id(role))
    with opened(data) as vaiti:
        held = vaiti.keep_people.revoke(Scope.system(), held_id, actor=audit_name(actor))
    _say(_plain_role(held), f"{held.id}  {_in_words(held)}  revoked", as_json=as_json)


@users.command("disable")
def disable(user: Named, actor: Actor = "terminal", data: Data = None, as_json: Json = False) -> None:
    """Close an account for ever, and end its sessions at once; after a restore too."""
    from storage.records import Scope

    with opened(data) as vaiti:
        closed = vaiti.keep_people.disable(Scope.system(), vaiti.keep_people.find(user), actor=audit_name(actor))
    _say(_plain(closed, []), f"{closed.id}  {closed.name}  {_state(closed)}", as_json=as_json)


@users.command("reset-password")
def reset_password(
    user: Named,
    second_factor: Annotated[
        bool, typer.Option("--second-factor", help="Forget the second factor too: a telephone was lost.")
    ] = False,
    actor: Actor = "terminal",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Forget a password and end the sessions. A one-time code is shown once, here."""
    from storage.records import Scope

    with opened(data) as vaiti:
        keep = vaiti.keep_people
        found, by = keep.find(user), audit_name(actor)
        invited = keep.reset(Scope.system(), found, actor=by, factor=second_factor)
    _show_invited(invited, [], as_json=as_json)


@users.command("end-sessions")
def end_sessions(user: Named, actor: Actor = "terminal", data: Data = None, as_json: Json = False) -> None:
    """Let somebody sign in again everywhere."""
    from storage.records import Scope

    with opened(data) as vaiti:
        found = vaiti.keep_people.find(user)
        ended = vaiti.keep_people.end_sessions(Scope.system(), found, actor=audit_name(actor))
    _say({"id": found.id, "ended": ended}, f"{found.id}  {found.name}  {ended} sessions ended", as_json=as_json)


@users.command("give-call")
def give_call(
    recording: Annotated[str, typer.Argument(metavar="RECORDING", help="The call's id.")],
    case: Annotated[str, typer.Option("--case", help="The case that it is given to.")],
    take: Annotated[bool, typer.Option("--take", help="Take it back instead.")] = False,
    actor: Actor = "terminal",
    data: Data = None,
) -> None:
    """Let those who work on a case hear a call."""
    if not re.fullmatch(NAME, case):
        stop("a case is letters, digits and . _ / - only", Exit.USAGE)
    which = recording_id(recording)
    with opened(data) as vaiti:
        act = vaiti.keep_people.take if take else vaiti.keep_people.give
        act(vaiti.controllers.scope, which, case, actor=audit_name(actor))
        say(f"{len(vaiti.people.given(vaiti.controllers.scope, case))} calls are given to {case}")


def _new_role(role: str, controller: str, partner: str | None, case: str | None, until: str | None) -> NewRole:
    from recordings.accounts import known_role
    from recordings.steps.people import NewRole

    if case is not None and not re.fullmatch(NAME, case):
        stop("a case is letters, digits and . _ / - only", Exit.USAGE)
    return NewRole(role=known_role(role), controller=controller, partner=partner, case=case, until=_end_of(until))


def _end_of(day: str | None) -> datetime | None:
    try:
        return None if day is None else datetime.combine(date.fromisoformat(day), time(), UTC) + timedelta(days=1)
    except ValueError:
        stop("--until is a date, for instance 2026-12-31", Exit.USAGE)


def _read_password() -> str:
    """Ask for a password twice, or read a line: never an argument, which every process on the machine can see."""
    if sys.stdin.isatty():
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True))
    return sys.stdin.readline().rstrip("\r\n")


def _show_invited(invited: Invited, held: list[RoleHeld], *, as_json: bool) -> None:
    account = invited.account
    if as_json:
        say_json({**_plain(account, held), "code": invited.code})
        return
    say(f"{account.id}  {account.name}  {', '.join(map(_in_words, held)) or 'no role yet: vaiti users grant'}")
    if invited.code is not None:
        say(invited.code)
        say("This one-time code is good for three days and not shown again. It sets a password on the page /welcome.")


def _say(document: dict[str, Any], line: str, *, as_json: bool) -> None:
    if as_json:
        say_json(document)
    else:
        say(line)


def _plain(account: Account, held: list[RoleHeld]) -> dict[str, Any]:
    """Return what may be shown of an account, which is all but its secrets."""
    return {
        "id": account.id,
        "name": account.name,
        "state": _state(account),
        "second_factor": account.factor_on,
        "created_at": account.created_at.isoformat(),
        "roles": [_plain_role(each) for each in held],
    }


def _plain_role(held: RoleHeld) -> dict[str, Any]:
    return {
        "id": held.id,
        "role": held.role,
        "controller": held.controller,
        "partner": held.partner,
        "case": held.case,
        "until": held.until.isoformat() if held.until else None,
        "revoked_at": held.revoked_at.isoformat() if held.revoked_at else None,
    }


def _in_words(held: RoleHeld) -> str:
    narrow = f" ({held.partner or held.case})" if held.partner or held.case else ""
    until = f" until {held.until:%Y-%m-%d %H:%M} UTC" if held.until else ""
    return f"{held.role} at {held.controller}{narrow}{until}"


def _state(account: Account) -> str:
    if account.disabled_at is not None:
        return "closed"
    return "invited" if account.password is None else "active"
