"""`vaiti request open`, `proved`, `answered`: what a request for access holds while it is open."""

# ruff: noqa: PLC0415, PLR0913, PLR0917, FBT002 - the help must not wait for the service; options are parameters
from __future__ import annotations

from typing import Annotated

import typer

from workers.cli.common import Actor, Data, Exit, Json, audit_name, stop
from workers.cli.hold import Case, Controller, HoldName, id_of, order_of, show
from workers.cli.opened import opened


def open_request(
    controller: Controller,
    reference: Annotated[str, typer.Option(help="How the company names the person, as type:value, or - to be asked.")],
    case: Case,
    proved: Annotated[bool, typer.Option("--identity-proved", help="It is known that it is she who asks.")] = False,
    actor: Actor = "terminal",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Note a request for access: the person's calls are held until it is answered, and some days more."""
    from recordings.holding import ACCESS_GROUND
    from recordings.steps.hold_for_request import HoldForRequest

    with opened(data) as vaiti:
        order = order_of(vaiti, controller, ACCESS_GROUND, case, actor, None, reference, None)
        show(vaiti, HoldForRequest(holding=vaiti.holding)(order, proved=proved), as_json=as_json)


def proved_identity(hold_id: HoldName, actor: Actor = "terminal", data: Data = None, as_json: Json = False) -> None:
    """Say that it is she who asks: her calls are held until the answer."""
    from recordings.steps.hold_for_request import HoldForRequest

    with opened(data) as vaiti:
        act = HoldForRequest(holding=vaiti.holding)
        show(vaiti, act.prove(vaiti.controllers.scope, id_of(hold_id), actor=audit_name(actor)), as_json=as_json)


def answered(
    hold_id: HoldName,
    answer: Annotated[str, typer.Argument(help="delivered or refused; `vaiti request access` notes it by itself.")],
    actor: Actor = "terminal",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Say how a request ended: its calls are held some days more."""
    from recordings.steps.hold_for_request import Answer, HoldForRequest

    if answer not in {each.value for each in Answer}:
        stop("an answer is delivered or refused", Exit.USAGE)
    with opened(data) as vaiti:
        act, scope = HoldForRequest(holding=vaiti.holding), vaiti.controllers.scope
        show(vaiti, act.answer(scope, id_of(hold_id), Answer(answer), actor=audit_name(actor)), as_json=as_json)
