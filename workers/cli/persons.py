"""`vaiti person`: which references are one person, which numbers are nobody's alone, and wrong links put right."""

# ruff: noqa: PLC0415, PLR0913, PLR0917, FBT002 - the help must not wait for the service; options are parameters
from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from workers.cli.common import Actor, Data, Json, audit_name, say, say_json, word_of
from workers.cli.hold import Controller, find_customer
from workers.cli.objections import reference_of
from workers.cli.opened import opaque_id, opened, recording_id

if TYPE_CHECKING:
    from storage.persons import PersonDecision

person = typer.Typer(help="Say who is one person.", no_args_is_help=True)

Reference = Annotated[str, typer.Option(help="As type:value, or - to be asked.")]
How = Annotated[
    str,
    typer.Option(
        "--evidence", help="said-in-call, company-register, document-shown, power-of-attorney or person-said-so."
    ),
]
Case = Annotated[str | None, typer.Option(help="The case that it belongs to.")]


@person.command("show")
def show(
    controller: Controller,
    reference: Reference = "-",
    actor: Actor = "terminal",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Show a person's calls by each reference, and those that need a yes before they are given."""
    from recordings.belonging import Belonging

    with opened(data) as vaiti:
        scope = vaiti.controllers.scope
        customer = find_customer(vaiti, controller, reference, actor)
        links = vaiti.keep_persons.links(scope, customer)
        history = vaiti.keep_persons.history(scope, customer)
        doubtful = Belonging.of(links).doubtful
        if as_json:
            calls = [asdict(each) | {"reference": each.reference.type} for each in links]
            decisions = [_plain(each) for each in history]
            say_json({"customer": customer, "links": calls, "doubtful": sorted(doubtful), "decisions": decisions})
            return
        for each in links:
            words = [each.recording, each.reference.type, each.role, each.evidence]
            say("  ".join([*map(str, words), *(["NEEDS A YES"] if each.recording in doubtful else [])]))
        for each_decision in history:
            say(_line(each_decision))


@person.command("decide")
def decide(
    controller: Controller,
    bond: Annotated[str, typer.Argument(help="same, apart, household or company.")],
    how: How,
    reference: Reference = "-",
    other: Annotated[str | None, typer.Option(help="The second one of same and apart, as type:value or -.")] = None,
    case: Case = None,
    actor: Actor = "terminal",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Join two references, part them, or say that a number is a household's or a company's."""
    from recordings.steps.persons import NewDecision
    from storage.persons import Bond, Evidence

    with opened(data) as vaiti:
        new = NewDecision(
            controller=controller,
            bond=word_of(Bond, bond),
            reference=reference_of(reference),
            other=reference_of(other) if other else None,
            evidence=word_of(Evidence, how),
            case=audit_name(case) if case else None,
        )
        made = vaiti.keep_persons.decide(new, actor=audit_name(actor))
        say_json(_plain(made)) if as_json else say(_line(made))


@person.command("undo")
def undo(
    decision: Annotated[str, typer.Argument(help="The decision's id.")],
    case: Case = None,
    actor: Actor = "terminal",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Take a decision back; it stays in the history."""
    from storage.persons import DecisionId

    with opened(data) as vaiti:
        which = DecisionId(opaque_id(decision))
        undone = vaiti.keep_persons.undo(vaiti.controllers.scope, which, actor=audit_name(actor), case=case)
        say_json(_plain(undone)) if as_json else say(_line(undone))


@person.command("link")
def link(
    recording: Annotated[str, typer.Argument(help="The recording's id.")],
    role: Annotated[str, typer.Argument(help="customer, representative, company-contact, third-party or none.")],
    how: How,
    reference: Reference = "-",
    case: Case = None,
    actor: Actor = "terminal",
    data: Data = None,
) -> None:
    """Say as what a person is in a call; none: the link is wrong."""
    from recordings.steps.persons import Correction
    from storage.persons import Evidence, Role

    with opened(data) as vaiti:
        correction = Correction(
            reference=reference_of(reference),
            role=None if role == "none" else word_of(Role, role),
            evidence=word_of(Evidence, how),
            case=audit_name(case) if case else None,
        )
        scope, which = vaiti.controllers.scope, recording_id(recording)
        vaiti.keep_persons.correct(scope, which, correction, actor=audit_name(actor))
        say(f"{which}  {role}")


def _plain(decision: PersonDecision) -> dict[str, object]:
    other = decision.other.type if decision.other else None
    return asdict(decision) | {"reference": decision.reference.type, "other": other}


def _line(decision: PersonDecision) -> str:
    both = [decision.reference.type, *([decision.other.type] if decision.other else [])]
    state = f"undone {decision.undone_at:%Y-%m-%d}" if decision.undone_at else "counts"
    return "  ".join([decision.id, decision.bond.value, " and ".join(both), decision.evidence.value, state])
