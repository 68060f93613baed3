"""`vaiti evaluate`: how well the masking does on labelled calls, generated or one's own."""

# ruff: noqa: PLC0415, PLR0913, PLR0917, FBT002 - the help must not wait for presidio; options are parameters
from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workers.cli.common import Exit, Json, note, say, say_json, stop

if TYPE_CHECKING:
    from workers.evaluation.labelled import LabelledCall
    from workers.evaluation.systems import Outcome


def evaluate(
    folder: Annotated[
        Path, typer.Argument(exists=True, file_okay=False, help="Labelled calls: .jsonl or .json files.")
    ],
    peers: Annotated[bool, typer.Option(help="Also run plain presidio and regular expressions on them.")] = True,
    sound: Annotated[
        bool, typer.Option("--sound", help="Mask the sound that the labels name, and measure that.")
    ] = False,
    model: Annotated[str | None, typer.Option(help="Speech model for --sound: a name or a folder.")] = None,
    recognizers: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="Recognizers of your own, as presidio's YAML.")
    ] = None,
    jobs: Annotated[int, typer.Option(min=0, help="Processes; 0 is one for each core.")] = 0,
    as_json: Json = False,
) -> None:
    """Measure the masking on labelled calls: what was found, what was masked for nothing, what stays audible.

    Leaks are listed by case id (--json), never by value. docs/evaluation/README.md describes the format of the labels.
    """
    from workers.evaluation.bar import show_progress
    from workers.evaluation.report import report
    from workers.evaluation.run import SYSTEMS, evaluate_sound, read_shard, shards_of
    from workers.evaluation.run import evaluate as run
    from workers.evaluation.table import tables

    shards = [partial(read_shard, path, first) for path, first in shards_of(folder)]
    if not shards:
        stop(f"{folder} holds no .jsonl or .json file with calls", Exit.USAGE)
    with show_progress("evaluating") as progress:
        if sound:
            result = evaluate_sound(shards, _listening(folder, model, recognizers), progress=progress)
        else:
            systems = SYSTEMS if peers else SYSTEMS[:1]
            result = run(shards, systems, jobs=jobs or os.cpu_count() or 1, progress=progress, own=recognizers)
    if result.refused:
        # A figure that leaves calls out is no figure.
        first = result.refused[0]
        stop(f"{len(result.refused)} calls cannot be read, the first is {first.place}", Exit.REFUSED, slug=first.slug)
    document = report(result.tallies)
    if as_json:
        say_json(document)
    else:
        say(tables(document))


def _listening(folder: Path, model: str | None, own: Path | None) -> Callable[[LabelledCall], Outcome]:
    """Return what masks the sound of a call, with the engines of `vaiti redact`."""
    from recordings.settings import load_settings
    from workers.engines.build import detector_builder, transcriber_builder
    from workers.engines.fenced import FencedCodec
    from workers.engines.model_folder import TRYING_ONLY, find_model
    from workers.engines.tone import SineTone
    from workers.evaluation.heard import HeardSystem

    settings = load_settings()
    name = model or settings.speech_model
    if find_model(name, settings.models).for_trying_only:
        note(TRYING_ONLY)
    return HeardSystem(
        folder=folder,
        codec=FencedCodec(longest_seconds=settings.max_call_seconds),
        transcriber=transcriber_builder(name, models=settings.models),
        detector=detector_builder(language="fi", own=own),
        tone=SineTone(),
    )
