"""`vaiti case`: what persons asked for, until when they must be answered, and how it ended."""

# ruff: noqa: PLC0415, PLR0913, PLR0917, FBT002 - the help must not wait for the service; options are parameters
from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workers.cli.common import Actor, Data, Json, audit_name, say, say_json, word_of, working
from workers.cli.hold import Controller, find_customer
from workers.cli.opened import opaque_id, opened, recording_id

if TYPE_CHECKING:
    from recordings.factory import Vaiti
    from storage.cases import Case, CaseId

case = typer.Typer(help="Requests of persons: access, erasure and the other rights.", no_args_is_help=True)

CaseName = Annotated[str, typer.Argument(help="The case's id.")]
Confirm = Annotated[
    list[str] | None, typer.Option(help="A doubtful call that is hers (`vaiti person show`); may be repeated.")
]
Identified = Annotated[
    str, typer.Option("--by", help="strong-identification, document-shown, called-back, known-address or employment.")
]


@case.command("open")
def open_case(
    controller: Controller,
    kind: Annotated[str, typer.Option(help="access, rectification, erasure, restriction, portability, ...")],
    way: Annotated[str, typer.Option(help="portal, letter, email, telephone or visit.")],
    asker: Annotated[str, typer.Option(help="person, guardian, power-of-attorney or employee.")] = "person",
    about: Annotated[str | None, typer.Option(help="What an objection is against, such as direct-marketing.")] = None,
    received: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day on which it came. [default: today]")
    ] = None,
    reference: Annotated[str | None, typer.Option(help="Who asks, as type:value, or - to be asked.")] = None,
    by: Identified | None = None,
    actor: Actor = "terminal",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Note a request; the month begins on the day on which it came."""
    from recordings.steps.cases import Against, NewCase
    from storage.cases import Asker, CaseKind, Identification, Way

    with opened(data) as vaiti:
        new = NewCase(
            controller=controller,
            kind=word_of(CaseKind, kind),
            way=word_of(Way, way),
            asker=word_of(Asker, asker),
            received_on=received.date() if received else None,
            about=word_of(Against, about) if about else None,
            customer=find_customer(vaiti, controller, reference, actor) if reference else None,
            identified_by=word_of(Identification, by) if by else None,
        )
        _show(vaiti, vaiti.keep_cases.open(new, actor=audit_name(actor)), as_json=as_json)


@case.command("list")
def list_cases(
    closed: Annotated[bool, typer.Option("--closed", help="Also those that are closed.")] = False,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """List cases, the first due first."""
    with opened(data) as vaiti:
        found = vaiti.keep_cases.list(vaiti.controllers.scope, closed=closed)
        if as_json:
            say_json({"cases": [asdict(each) for each in found]})
            return
        for each in found:
            say(_line(vaiti, each))
        say(f"{len(found)} found, {len(vaiti.keep_cases.overdue(vaiti.controllers.scope))} OVERDUE")


@case.command("person")
def name_person(
    case_id: CaseName,
    reference: Annotated[str, typer.Option(help="Who asks, as type:value, or - to be asked.")] = "-",
    actor: Actor = "terminal",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Say whose case it is: her calls are held where she asks for them."""

    def act(vaiti: Vaiti, which: CaseId, who: str) -> Case:
        found = vaiti.cases.get(vaiti.controllers.scope, which)
        customer = find_customer(vaiti, found.controller, reference, actor)
        return vaiti.keep_cases.name_person(vaiti.controllers.scope, which, customer, actor=who)

    _act(case_id, act, actor, data, as_json=as_json)


@case.command("identified")
def identified(
    case_id: CaseName, by: Identified, actor: Actor = "terminal", data: Data = None, as_json: Json = False
) -> None:
    """Note how it is known who asks: nothing is answered before."""
    from storage.cases import Identification

    how = word_of(Identification, by)
    _act(
        case_id,
        lambda v, which, who: v.keep_cases.identify(v.controllers.scope, which, how, actor=who),
        actor,
        data,
        as_json=as_json,
    )


@case.command("extend")
def extend(
    case_id: CaseName,
    reason: Annotated[str, typer.Option(help="complexity or number-of-requests.")],
    actor: Actor = "terminal",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Take two months more; tell the person within the first month."""
    from recordings.steps.cases import Extension

    why = word_of(Extension, reason)
    _act(
        case_id,
        lambda v, which, who: v.keep_cases.extend(v.controllers.scope, which, why, actor=who),
        actor,
        data,
        as_json=as_json,
    )


@case.command("erase")
def erase(
    case_id: CaseName,
    confirm: Confirm = None,
    actor: Actor = "terminal",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """End the person's calls at once, but for what is held; then answer."""
    with opened(data) as vaiti:
        which, who = _id(case_id), audit_name(actor)
        scope, yes = vaiti.controllers.scope, tuple(recording_id(each) for each in confirm or ())
        erased = vaiti.keep_cases.erase(scope, which, vaiti.purge, actor=who, confirmed=yes)
        if as_json:
            say_json(asdict(erased))
        else:
            more = f", {len(erased.doubtful)} need a yes" if erased.doubtful else ""
            say(f"{len(erased.receipts)} calls erased, {len(erased.held)} held{more}")


@case.command("pack")
def pack(
    case_id: CaseName,
    out: Annotated[Path, typer.Option(help="The encrypted archive (.zip) to write.")],
    passphrase_file: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="Use this passphrase instead of a new one.")
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="Of the letter: fi, sv or en. [default: the controller's]")
    ] = None,
    confirm: Confirm = None,
    leave_out: Annotated[list[str] | None, typer.Option(help="A doubtful call that is not hers.")] = None,
    actor: Actor = "terminal",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Write the person's own calls, complete and unedited, as an encrypted archive; the case notes it."""
    from recordings.packs import PackOrder
    from workers.files import whole_file

    phrase = passphrase_file.read_text(encoding="utf-8").strip() if passphrase_file else secrets.token_urlsafe(18)
    with opened(data) as vaiti, working("Opening the vault, for this case and on record ...") as tell:
        order = PackOrder(
            scope=vaiti.controllers.scope,
            case=_id(case_id),
            actor=audit_name(actor),
            passphrase=phrase,
            language=language,
            confirmed=tuple(recording_id(each) for each in confirm or ()),
            left_out=tuple(recording_id(each) for each in leave_out or ()),
        )
        with whole_file(out) as file:
            manifest = vaiti.write_pack(order, file, lambda done, of: tell(f"{done} of {of} calls"))
    shown = {} if passphrase_file else {"passphrase": phrase}
    if as_json:
        say_json({"archive": str(out), "calls": len(manifest["calls"]), **shown})
        return
    say(f"{out}: {len(manifest['calls'])} calls")
    if shown:
        say(f"Passphrase, shown only now: {phrase}")


@case.command("link")
def link(
    case_id: CaseName,
    language: Annotated[
        str | None, typer.Option(help="Of the letter: fi, sv or en. [default: the controller's]")
    ] = None,
    confirm: Confirm = None,
    leave_out: Annotated[list[str] | None, typer.Option(help="A doubtful call that is not hers.")] = None,
    actor: Actor = "terminal",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Make a link by which the person fetches her copies once, within seven days, with a code."""
    from recordings.packs import PackOrder

    with opened(data) as vaiti:
        order = PackOrder(
            scope=vaiti.controllers.scope,
            case=_id(case_id),
            actor=audit_name(actor),
            passphrase=None,
            language=language,
            confirmed=tuple(recording_id(each) for each in confirm or ()),
            left_out=tuple(recording_id(each) for each in leave_out or ()),
        )
        made = vaiti.pack_by_link.make(order)
    if as_json:
        say_json(asdict(made))
        return
    say(f"Link, behind your service's name, shown only now: {made.address}")
    say(f"Code, to be told by another way: {made.code}")
    say(f"Until {made.ends_at:%Y-%m-%d %H:%M} UTC")


@case.command("release")
def release(case_id: CaseName, actor: Actor = "terminal", data: Data = None, as_json: Json = False) -> None:
    """Let the copies of a case that a portal has opened go to the portal."""
    _act(
        case_id,
        lambda v, which, who: v.keep_cases.release(v.controllers.scope, which, actor=who),
        actor,
        data,
        as_json=as_json,
    )


@case.command("answered")
def answered(
    case_id: CaseName,
    given_otherwise: Annotated[
        bool, typer.Option("--given-otherwise", help="The person got her copies in another way than by `case pack`.")
    ] = False,
    actor: Actor = "terminal",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Note that the person has her answer."""
    _act(
        case_id,
        lambda v, which, who: v.keep_cases.answer(
            v.controllers.scope, which, actor=who, given_otherwise=given_otherwise
        ),
        actor,
        data,
        as_json=as_json,
    )


@case.command("refused")
def refused(
    case_id: CaseName,
    ground: Annotated[str, typer.Option(help="not-identified, manifestly-unfounded, excessive, legal-duty, ...")],
    actor: Actor = "terminal",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Note a refusal; tell the person why, and where to complain."""
    from recordings.steps.cases import Refusal

    why = word_of(Refusal, ground)
    _act(
        case_id,
        lambda v, which, who: v.keep_cases.refuse(v.controllers.scope, which, why, actor=who),
        actor,
        data,
        as_json=as_json,
    )


@case.command("letter")
def letter(
    case_id: CaseName,
    out: Annotated[Path, typer.Option(help="The PDF.")],
    language: Annotated[str | None, typer.Option(help="fi, sv or en. [default: the controller's]")] = None,
    explanation: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="A text file with what you add in your own words.")
    ] = None,
    actor: Actor = "terminal",
    data: Data = None,
) -> None:
    """Write the letter of a refusal or an extension, with where to complain."""
    from workers.files import whole_file

    words = explanation.read_text(encoding="utf-8") if explanation else ""
    with opened(data) as vaiti:
        scope, who = vaiti.controllers.scope, audit_name(actor)
        made = vaiti.write_reply(scope, _id(case_id), actor=who, language=language, explanation=words)
        with whole_file(out) as file:
            file.write(made)
    say(f"{out}: {len(made)} bytes")


@case.command("withdrawn")
def withdrawn(case_id: CaseName, actor: Actor = "terminal", data: Data = None, as_json: Json = False) -> None:
    """Note that the person no longer asks."""
    _act(
        case_id,
        lambda v, which, who: v.keep_cases.withdraw(v.controllers.scope, which, actor=who),
        actor,
        data,
        as_json=as_json,
    )


def _act(
    case_id: str, act: Callable[[Vaiti, CaseId, str], Case], actor: str, data: Path | None, *, as_json: bool
) -> None:
    with opened(data) as vaiti:
        _show(vaiti, act(vaiti, _id(case_id), audit_name(actor)), as_json=as_json)


def _show(vaiti: Vaiti, found: Case, *, as_json: bool) -> None:
    if as_json:
        say_json(asdict(found) | {"name": found.name})
    else:
        say(_line(vaiti, found))


def _line(vaiti: Vaiti, found: Case) -> str:
    from storage.cases import CLOSED

    words: list[Any] = [found.id, found.name, found.controller, found.kind, found.state]
    if found.state not in CLOSED:
        late = vaiti.holding.today(found.controller) > found.due_on
        words.append(f"{'OVERDUE since' if late else 'due'} {found.due_on}")
    return "  ".join(map(str, words))


def _id(text: str) -> CaseId:
    from storage.cases import CaseId

    return CaseId(opaque_id(text))
