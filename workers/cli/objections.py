"""`vaiti objection`: what persons objected to, and how the company's own systems learn of it."""

# ruff: noqa: PLC0415, PLR0913, PLR0917, FBT002 - the help must not wait for the service; options are parameters
from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from workers.cli.common import Actor, Data, Json, audit_name, say, say_json, word_of
from workers.cli.hold import Controller
from workers.cli.opened import opaque_id, opened, read_reference

if TYPE_CHECKING:
    from recordings.facts import CustomerReference
    from storage.objections import Objection

objection = typer.Typer(help="What calls may no longer be used for.", no_args_is_help=True)

Kind = Annotated[
    str,
    typer.Option(help="direct-marketing, opinion-polls, market-research, profiling or consent-withdrawal."),
]
Reference = Annotated[str | None, typer.Option(help="Who objects, as type:value, or - to be asked.")]


@objection.command("record")
def record(
    controller: Controller,
    kind: Kind,
    reference: Reference = None,
    case: Annotated[str | None, typer.Option(help="The id of the case that it comes with.")] = None,
    actor: Actor = "terminal",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Record an objection: it counts at once, for later calls too. A withdrawn consent ends what rests on it alone."""
    from recordings.steps.objections import NewObjection
    from storage.cases import CaseId
    from storage.objections import ObjectionKind

    with opened(data) as vaiti:
        new = NewObjection(
            controller=controller,
            kind=word_of(ObjectionKind, kind),
            references=(reference_of(reference),) if reference else (),
            case=CaseId(opaque_id(case)) if case else None,
        )
        recorded = vaiti.keep_objections.record(new, vaiti.purge, actor=audit_name(actor))
        if as_json:
            say_json(asdict(recorded.objection) | {"receipts": [*recorded.receipts]})
            return
        say(_line(recorded.objection))
        if recorded.receipts:
            say(f"{len(recorded.receipts)} calls erased")


@objection.command("end")
def end(
    objection_id: Annotated[str, typer.Argument(help="The objection's id.")],
    actor: Actor = "terminal",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Note that the person took it back: her calls are of use again."""
    from storage.objections import ObjectionId

    with opened(data) as vaiti:
        which = ObjectionId(opaque_id(objection_id))
        ended = vaiti.keep_objections.end(vaiti.controllers.scope, which, actor=audit_name(actor))
        say_json(asdict(ended)) if as_json else say(_line(ended))


@objection.command("list")
def list_objections(
    controller: Controller,
    since: Annotated[int, typer.Option(min=0, help="Only what was made or changed after this number.")] = 0,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """List objections in the order of the feed."""
    with opened(data) as vaiti:
        found: list[Objection] = []
        while more := vaiti.keep_objections.since(controller, found[-1].number if found else since):
            found += more
        if as_json:
            say_json({"objections": [asdict(each) for each in found]})
            return
        for each in found:
            say(_line(each))
        say(f"{len(found)} found")


@objection.command("check")
def check(
    controller: Controller,
    reference: Annotated[str, typer.Option(help="Whom, as type:value, or - to be asked.")] = "-",
    actor: Actor = "terminal",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Say what a person has objected to, before she is called."""
    with opened(data) as vaiti:
        (kinds,) = vaiti.keep_objections.against(controller, [reference_of(reference)], actor=audit_name(actor))
        if as_json:
            say_json({"objected_to": [each.value for each in kinds]})
        else:
            say(", ".join(each.value for each in kinds) or "nothing")


@objection.command("secret")
def secret(
    controller: Controller,
    retire: Annotated[bool, typer.Option("--retire", help="Let the newest alone count from now on.")] = False,
    data: Data = None,
) -> None:
    """Make the secret that signs messages to a controller's systems, or a new one beside it; shown only now."""
    from recordings.webhooks import drop_older, make_secret

    with opened(data) as vaiti:
        slug = vaiti.controllers.get(controller).slug
        if retire:
            say(f"{drop_older(vaiti.settings, slug)} older secrets dropped")
            return
        say(make_secret(vaiti.settings, slug))


@objection.command("webhook")
def webhook(controller: Controller, data: Data = None, as_json: Json = False) -> None:
    """Say how far a controller's systems were told, and when they are tried again."""
    with opened(data) as vaiti:
        told = vaiti.objections.telling(vaiti.controllers.get(controller).slug)
        left = vaiti.keep_objections.since(controller, told.told, limit=1000)
        if as_json:
            say_json(asdict(told) | {"left": len(left)})
            return
        tried = f", failed {told.attempts} times ({told.failed}), tried again {told.next_at}" if told.failed else ""
        say(f"told up to {told.told}, {len(left)} left{tried}")


def reference_of(text: str) -> CustomerReference:
    """Return the reference that was typed, or asked for, or end."""
    from recordings.facts import CustomerReference

    if text == "-":
        text = typer.prompt("Reference (type:value)", hide_input=True, err=True)
    kind, value = read_reference(text)
    return CustomerReference.model_validate({"type": kind, "value": value})


def _line(found: Objection) -> str:
    state = f"ended {found.ended_at:%Y-%m-%d}" if found.ended_at else f"until {found.forget_on}"
    words = (found.id, str(found.number), found.controller, found.kind.value, found.case or "-", state)
    return "  ".join(words)
