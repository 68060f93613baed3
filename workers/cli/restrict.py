"""`vaiti restrict`: calls that are kept and not used (GDPR Art. 18)."""

# ruff: noqa: PLC0415, PLR0913, PLR0917, FBT002 - the help must not wait for the service; options are parameters
from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer

from workers.cli.common import Actor, Data, Json, audit_name
from workers.cli.hold import (
    Case,
    Controller,
    Ended,
    HoldName,
    Recordings,
    Reference,
    Review,
    id_of,
    let_go,
    order_of,
    show,
    show_all,
)
from workers.cli.opened import opened

restrict = typer.Typer(help="Stop the use of calls, and lift it after a notice.", no_args_is_help=True)


@restrict.command("place")
def place(
    controller: Controller,
    ground: Annotated[
        str, typer.Option(help="accuracy-contested, unlawful-processing, needed-for-claim or objection-pending.")
    ],
    case: Case,
    recordings: Recordings = None,
    reference: Reference = None,
    review: Review = None,
    actor: Actor = "terminal",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Restrict these recordings, or a customer's: nobody finds, hears or masks them, and they are not deleted."""
    from recordings.steps.restrict import Restrict

    with opened(data) as vaiti:
        order = order_of(vaiti, controller, ground, case, actor, recordings, reference, review)
        show(vaiti, Restrict(holding=vaiti.holding)(order), as_json=as_json)


@restrict.command("list")
def list_restrictions(ended: Ended = False, data: Data = None, as_json: Json = False) -> None:
    """List restrictions; OVERDUE are calls past their time."""
    from storage.holds import HoldKind

    show_all(data, [HoldKind.RESTRICTION], ended=ended, as_json=as_json)


@restrict.command("notice")
def note_notice(
    hold_id: HoldName,
    on: Annotated[datetime, typer.Option("--on", formats=["%Y-%m-%d"], help="The day on which the person was told.")],
    actor: Actor = "terminal",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Keep on which day the person was told that the restriction will be lifted."""
    from recordings.steps.restrict import Restrict

    with opened(data) as vaiti:
        act, scope = Restrict(holding=vaiti.holding), vaiti.controllers.scope
        show(vaiti, act.notify(scope, id_of(hold_id), on.date(), actor=audit_name(actor)), as_json=as_json)


@restrict.command("lift")
def lift(hold_id: HoldName, actor: Actor = "terminal", data: Data = None, as_json: Json = False) -> None:
    """Lift a restriction after the notice, and delete at once what was due."""
    from recordings.steps.restrict import Restrict

    with opened(data) as vaiti:
        act = Restrict(holding=vaiti.holding)
        released = act.lift(vaiti.controllers.scope, id_of(hold_id), actor=audit_name(actor))
        let_go(vaiti, hold_id, released, as_json=as_json)
