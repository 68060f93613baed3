"""`vaiti rectify` and `vaiti cut`: what people decide beside the original, which itself is never changed."""

# ruff: noqa: PLC0415, PLR0913, PLR0917 - the help must not wait for the service; options are parameters
from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workers.cli.common import Actor, Data, audit_name, say_json, word_of
from workers.cli.opened import opaque_id, opened, recording_id

if TYPE_CHECKING:
    from storage.cases import CaseId

rectify = typer.Typer(help="Correct what is wrong about a call; the sound is never changed.", no_args_is_help=True)
cut = typer.Typer(help="Cut what is others' from the copy that a person is given.", no_args_is_help=True)

RecordingName = Annotated[str, typer.Argument(help="The recording's id.")]
CaseName = Annotated[str, typer.Option("--case", help="The id of the case of rectification.")]
CaseWord = Annotated[str, typer.Option("--case", help="The case's name, such as 2026-12.")]


@rectify.command("note")
def note(
    recording: RecordingName,
    case: CaseName,
    text: Annotated[str, typer.Option(help="What the person says, or - to be asked.")] = "-",
    at: Annotated[float | None, typer.Option(min=0, help="At which second of the call.")] = None,
    actor: Actor = "terminal",
    data: Data = None,
) -> None:
    """Keep a note beside the words; the call is masked again."""
    if text == "-":
        text = typer.prompt("Note", err=True)
    with opened(data) as vaiti:
        scope, which = vaiti.controllers.scope, recording_id(recording)
        made = vaiti.rectify.note(scope, which, text, at=at, case=_case(case), actor=audit_name(actor))
        say_json(asdict(made))


@rectify.command("fact")
def fact(
    recording: RecordingName,
    case: CaseName,
    direction: Annotated[str | None, typer.Option(help="inbound, outbound or internal.")] = None,
    queue: Annotated[str | None, typer.Option(help="The right queue.")] = None,
    agent: Annotated[str | None, typer.Option(help="The right agent.")] = None,
    satisfaction: Annotated[int | None, typer.Option(help="What the customer really answered.")] = None,
    actor: Actor = "terminal",
    data: Data = None,
) -> None:
    """Correct facts of a call; what they were is kept."""
    import json

    from recordings.facts import parse_later_facts

    given: dict[str, Any] = {"direction": direction, "queue": queue, "agent": agent, "satisfaction": satisfaction}
    named = {name: value for name, value in given.items() if value is not None}
    facts = parse_later_facts(json.dumps(named).encode())
    with opened(data) as vaiti:
        scope, which = vaiti.controllers.scope, recording_id(recording)
        made = vaiti.rectify.correct(scope, which, facts, case=_case(case), actor=audit_name(actor))
        say_json({"corrections": [asdict(each) for each in made]})


@rectify.command("show")
def show(recording: RecordingName, case: CaseWord, actor: Actor = "terminal", data: Data = None) -> None:
    """Show a call's corrections, on record."""
    with opened(data) as vaiti:
        scope, which = vaiti.controllers.scope, recording_id(recording)
        found = vaiti.rectify.read(scope, which, case=audit_name(case), actor=audit_name(actor))
        say_json({"corrections": [asdict(each) for each in found]})


@cut.command("add")
def add(
    recording: RecordingName,
    start: Annotated[float, typer.Option(min=0, help="From this second.")],
    end: Annotated[float, typer.Option(min=0, help="To this second.")],
    reason: Annotated[str, typer.Option(help="others-voice, others-data or trade-secret.")],
    case: CaseWord,
    actor: Actor = "terminal",
    data: Data = None,
) -> None:
    """Cut a stretch from later copies, words and sound together; the letter says so and why."""
    from recordings.beside import CutReason
    from recordings.steps.cut import Stretch

    with opened(data) as vaiti:
        stretch = Stretch(start=start, end=end, reason=word_of(CutReason, reason), case=audit_name(case))
        scope, which = vaiti.controllers.scope, recording_id(recording)
        say_json(asdict(vaiti.keep_cuts.add(scope, which, stretch, actor=audit_name(actor))))


@cut.command("list")
def list_cuts(recording: RecordingName, data: Data = None) -> None:
    """List what is cut from the copies of a call."""
    with opened(data) as vaiti:
        found = vaiti.keep_cuts.list(vaiti.controllers.scope, recording_id(recording))
        say_json({"cuts": [asdict(each) for each in found]})


@cut.command("undo")
def undo(
    recording: RecordingName,
    cut_id: Annotated[str, typer.Argument(help="The cut's id.")],
    actor: Actor = "terminal",
    data: Data = None,
) -> None:
    """Let later copies have the stretch."""
    with opened(data) as vaiti:
        scope, which = vaiti.controllers.scope, recording_id(recording)
        say_json(asdict(vaiti.keep_cuts.undo(scope, which, opaque_id(cut_id), actor=audit_name(actor))))


def _case(text: str) -> CaseId:
    from storage.cases import CaseId

    return CaseId(opaque_id(text))
