"""`vaiti redact`: masking without a service."""

# ruff: noqa: PLC0415, PLR0913, PLR0917, FBT002 - the help must not wait for a speech model; options are parameters
from __future__ import annotations

import json
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from redaction.policy import Policy, Profile, default_policy
from workers.cli.common import Exit, note, say, stop, working
from workers.files import whole_file

if TYPE_CHECKING:
    from recordings.engines import Detector
    from redaction.model import Plan

SOUND_OUT = {".flac": "flac", ".wav": "wav"}


def redact(
    source: Annotated[
        Path | None, typer.Argument(exists=True, dir_okay=False, help="A sound file, or a transcript (.json).")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Write the masked sound here: .flac or .wav.")] = None,
    plan_file: Annotated[Path | None, typer.Option("--json", help="Write the plan here; '-' is the screen.")] = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Read a transcript a line, write a plan a line.")] = False,
    language: Annotated[str, typer.Option(help="Spoken language.")] = "fi",
    model: Annotated[str | None, typer.Option(help="Speech model: a name or a folder.")] = None,
    recognizers: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="Recognizers of your own, as presidio's YAML.")
    ] = None,
    profile: Annotated[Profile, typer.Option(help="How much is masked; docs/policy.md says what each adds.")] = (
        Profile.STANDARD
    ),
) -> None:
    """Mask one call, one transcript, or many transcripts (--jsonl), with nothing stored.

    Ends with 0 done, 1 fault, 2 usage, 3 input refused, 4 quarantine: then no --out is written.
    """
    _check_usage(source, out, jsonl=jsonl)
    from redaction.profiles import tighten
    from workers.engines.build import detector_builder

    detector = detector_builder(language=language, own=recognizers)
    policy = tighten(default_policy(), profile)
    if jsonl:
        _redact_lines(source, detector(), plan_file, policy)
        return
    if source is None:  # _check_usage has seen to it
        return
    if source.suffix.lower() == ".json":
        plan = _plan_of_transcript(source, detector(), policy)
    else:
        plan = _plan_of_sound(source, out, (detector, language, model), policy)
    _give(plan, plan_file)


def _check_usage(source: Path | None, out: Path | None, *, jsonl: bool) -> None:
    if source is None and not jsonl:
        stop("name a sound file or a transcript, or use --jsonl", Exit.USAGE)
    is_words = jsonl or (source is not None and source.suffix.lower() == ".json")
    if out is not None and is_words:
        stop("--out is for sound; a transcript gives a plan (--json)", Exit.USAGE)
    if out is not None and out.suffix.lower() not in SOUND_OUT:
        stop("--out ends in .flac or .wav", Exit.USAGE)
    if out is not None and source is not None and out.resolve() == source.resolve():
        stop("--out would replace the original", Exit.USAGE)


def _redact_lines(source: Path | None, detector: Detector, plans: Path | None, policy: Policy) -> None:
    from workers.redact import plan_lines

    with ExitStack() as stack:
        lines = sys.stdin.buffer if source is None else stack.enter_context(source.open("rb"))
        to_screen = plans is None or str(plans) == "-"
        target = sys.stdout.buffer if to_screen or plans is None else stack.enter_context(whole_file(plans))
        for plan in plan_lines(lines, detector, policy):
            target.write(json.dumps(plan, ensure_ascii=False).encode() + b"\n")
            if to_screen:
                target.flush()  # whoever feeds lines one by one waits for the answer to each


def _plan_of_transcript(source: Path, detector: Detector, policy: Policy) -> Plan:
    from workers.redact import plan_transcript, read_json

    return plan_transcript(read_json(source.read_bytes()), detector, policy)


def _plan_of_sound(source: Path, out: Path | None, engines: tuple[Any, str, str | None], policy: Policy) -> Plan:
    from recordings.settings import load_settings
    from redaction.model import Verdict
    from workers.engines.build import transcriber_builder
    from workers.engines.fenced import FencedCodec
    from workers.engines.model_folder import TRYING_ONLY, find_model
    from workers.engines.tone import SineTone
    from workers.redact import SoundRedactor

    detector, language, model = engines
    settings = load_settings()
    name = model or settings.speech_model
    if find_model(name, settings.models).for_trying_only:
        note(TRYING_ONLY)
    redactor = SoundRedactor(
        codec=FencedCodec(longest_seconds=settings.max_call_seconds),
        transcriber=transcriber_builder(name, models=settings.models),
        detector=detector,
        tone=SineTone(),
        policy=policy,
    )
    with working("Transcribing, detecting, masking and listening again ..."):
        plan = redactor.plan(source, language=language)
        if out is not None and plan.verdict is not Verdict.QUARANTINE:
            with whole_file(out) as file:
                redactor.write(source, plan, file, container=SOUND_OUT[out.suffix.lower()])
    return plan


def _give(plan: Plan, plan_file: Path | None) -> None:
    """Write the plan or tell what is in it, and end with the verdict's code."""
    from redaction.interchange import plan_to_dict
    from redaction.model import Verdict
    from redaction.sounds import count_findings

    text = json.dumps(plan_to_dict(plan), ensure_ascii=False, indent=1)
    if plan_file is None:
        counts = count_findings(plan)
        seconds = sum(window.end - window.start for window in plan.windows)
        say(f"{plan.verdict.value}: {len(plan.windows)} stretches of sound, {seconds:.1f} s")
        for kind, count in sorted(counts.items()):
            say(f"  {kind} {count}")
    elif str(plan_file) == "-":
        say(text)
    else:
        with whole_file(plan_file) as file:
            file.write(text.encode() + b"\n")
    if plan.verdict is Verdict.QUARANTINE:
        stop("a person has to look at this one: nothing was written as masked", Exit.QUARANTINE, slug=plan.reasons[0])
