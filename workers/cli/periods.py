"""`vaiti periods`: how long calls are kept, and how two persons make it shorter."""

# ruff: noqa: PLC0415, FBT002 - the help must not wait for the service; options are parameters
from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workers.cli.common import Actor, Data, Json, audit_name, say, say_json, working
from workers.cli.opened import opaque_id, opened

if TYPE_CHECKING:
    from recordings.periods import Impact, Standing
    from storage.periods import ChangeId, PeriodChange, Term

periods = typer.Typer(help="How long calls are kept, and how a period is made shorter.", no_args_is_help=True)

Change = Annotated[str, typer.Argument(help="The id of the change.")]
Ended = Annotated[bool, typer.Option("--ended", help="Also changes that are done or withdrawn.")]


@periods.command("list")
def list_periods(ended: Ended = False, data: Data = None, as_json: Json = False) -> None:
    """List what is in force and what the controllers file asks, and how many calls a shorter period would end."""
    with opened(data) as vaiti, working("Counting stored calls ..."):
        scope, now = vaiti.controllers.scope, vaiti.clock.now()
        found = vaiti.periods.standings(scope)
        impacts = {
            (each.controller, each.kind): vaiti.periods.impact(each.controller, each.kind, each.asked, at=now)
            for each in found
            if each.asked is not None and each.is_shortened
        }
        over = [each for each in vaiti.period_books.list(scope, ended=True) if ended and _is_over(each)]
    shown = [(each, impacts.get((each.controller, each.kind))) for each in found]
    if as_json:
        standings = [_standing(each) | {"impact": impact and asdict(impact)} for each, impact in shown]
        say_json({"periods": standings, "ended": [_document(each) for each in over]})
        return
    for each, impact in shown:
        say(_standing_line(each))
        if impact is not None:
            say(f"    {_impact_line(impact)}")
        if each.change is not None:
            say(f"    {_line(each.change)}")
    for change in over:
        say(_line(change))


@periods.command("propose")
def propose(
    controller: Annotated[str, typer.Argument(help="Whose register.")],
    kind: Annotated[str, typer.Argument(help="service, direct-marketing, fault-report, contract or other.")],
    actor: Actor = "terminal",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Propose the shorter period that the controllers file asks for, and show what it ends. Nothing changes yet."""
    with opened(data) as vaiti, working("Counting stored calls ..."):
        named = vaiti.controllers.get(controller).kind_of(kind)
        change, impact = vaiti.shorten.propose(controller, named, actor=audit_name(actor))
    _show(change, impact, as_json=as_json)
    if not as_json:
        say(f"proposed; somebody else says: vaiti periods approve {change.id} --as NAME")


@periods.command("approve")
def approve(change_id: Change, actor: Actor = "terminal", data: Data = None, as_json: Json = False) -> None:
    """Give the second person's word: the shorter period takes effect 24 hours later, if nobody withdraws it."""
    with opened(data) as vaiti, working("Counting stored calls ..."):
        act, scope = vaiti.shorten.approve, vaiti.controllers.scope
        change, impact = act(scope, _id_of(change_id), actor=audit_name(actor))
    _show(change, impact, as_json=as_json)
    if not as_json:
        say(f"until then anybody may say: vaiti periods withdraw {change.id}")
        say("the service has to run with the changed file: restart it if it was started before")


@periods.command("withdraw")
def withdraw(change_id: Change, actor: Actor = "terminal", data: Data = None, as_json: Json = False) -> None:
    """Take a change back before it takes effect."""
    with opened(data) as vaiti:
        change = vaiti.shorten.withdraw(vaiti.controllers.scope, _id_of(change_id), actor=audit_name(actor))
    _show(change, None, as_json=as_json)


def _id_of(text: str) -> ChangeId:
    from storage.periods import ChangeId

    return ChangeId(opaque_id(text))


def _show(change: PeriodChange, impact: Impact | None, *, as_json: bool) -> None:
    if as_json:
        say_json(_document(change) | ({} if impact is None else {"impact": asdict(impact)}))
        return
    say(_line(change))
    if impact is not None:
        say(_impact_line(impact))


def _is_over(change: PeriodChange) -> bool:
    return change.withdrawn_at is not None or change.checked_at is not None


def _document(change: PeriodChange) -> dict[str, Any]:
    return asdict(change) | {"state": change.state.value}


def _standing(each: Standing) -> dict[str, Any]:
    return {
        "controller": each.controller,
        "kind": each.kind.value,
        "asked": each.asked and asdict(each.asked),
        "in_force": each.in_force and asdict(each.in_force),
        "shortened": each.is_shortened,
        "change": each.change and _document(each.change),
    }


def _standing_line(each: Standing) -> str:
    words = [each.controller, each.kind.value, "none in force yet" if each.in_force is None else _term(each.in_force)]
    if each.asked is None:
        words.append("not in the controllers file: no call is taken")
    elif each.is_shortened:
        words.append(f"the controllers file asks for less: {_term(each.asked)}")
    elif each.asked != each.in_force:
        words.append(f"the controllers file asks for {_term(each.asked)}: it counts for calls from the next start on")
    return "  ".join(words)


def _term(term: Term) -> str:
    return f"{term.period} {term.zone}" + (" end of day" if term.end_of_day else "")


def _impact_line(found: Impact) -> str:
    if not found.earlier:
        return f"none of {found.calls} stored calls ends sooner"
    between = f"between {_time(found.first)} and {_time(found.last)}"
    return (
        f"{found.earlier} of {found.calls} stored calls end sooner, {between}; "
        f"{found.due} of them at once, {found.held} are held"
    )


def _line(change: PeriodChange) -> str:
    words = [change.id, change.controller, change.kind.value, _term(change.term), change.state.value.upper()]
    words.append(f"proposed by {change.proposed_by}")
    if change.approved_at is not None:
        words.append(f"approved by {change.approved_by}, takes effect {_time(change.takes_effect_at)}")
    if change.in_force_at is not None:
        words.append(f"in force since {_time(change.in_force_at)}, {change.moved} calls have their earlier time")
    if change.withdrawn_at is not None:
        words.append(f"withdrawn by {change.withdrawn_by}")
    return "  ".join(words)


def _time(moment: datetime | None) -> str:
    return "never" if moment is None else f"{moment:%Y-%m-%d %H:%M} UTC"
