"""The story that `vaiti demo` tells, in its order. Every step goes through the door that real users have."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path

from recordings.observability import configure_logging
from workers.client import Client, local_url
from workers.clock import SystemClock
from workers.demo import answering, ending, people, working
from workers.demo.folder import make_folder
from workers.demo.samples import load_samples
from workers.demo.screen import Screen
from workers.demo.stage import Stage
from workers.engines.model_folder import TRYING_ONLY, ModelFolder, find_model
from workers.place import demo_settings
from workers.service import Service, open_vaiti

LOG = "vaiti.log"


def tell(folder: Path, *, keep: bool, screen: Screen | None = None) -> int:
    """Tell the story in a fresh folder; returns the exit code. Raises SettingsWrong, ModelMissing at the start."""
    screen = screen or Screen()
    started = time.monotonic()
    settings = demo_settings(folder, port=0)
    samples = load_samples()
    model = find_model(settings.speech_model, settings.models)
    make_folder(folder)
    clock = SystemClock()
    with (folder / LOG).open("w", encoding="utf-8") as log:
        configure_logging(log)
        vaiti = open_vaiti(settings, clock=clock)
        try:
            with (
                Service(vaiti) as service,
                Client(url=local_url(settings.host, service.port), token=settings.read_token()) as client,
            ):
                stage = Stage(
                    screen=screen, folder=folder, settings=settings, vaiti=vaiti, client=client, samples=samples
                )
                _introduce(stage, model, service.port)
                code = _tell_parts(stage, clock.now(), keep=keep)
        finally:
            vaiti.close()
            configure_logging()  # the demo's log file is closed with it
    screen.line()
    screen.line(f"Done in {time.monotonic() - started:.0f} s.")
    return code


def _introduce(stage: Stage, model: ModelFolder, port: int) -> None:
    stage.screen.title("Vaiti: one call the whole way")
    stage.screen.line(f"Six made-up calls with made-up people, a service on 127.0.0.1:{port}, all in {stage.folder}/.")
    stage.screen.line(TRYING_ONLY if model.for_trying_only else f"Speech model: {model.name}.")


def _tell_parts(stage: Stage, now: datetime, *, keep: bool) -> int:
    working.push_all(stage, now)
    worked = working.wait_until_settled(stage)
    working.show_table(stage)
    working.show_coverage(stage)
    answering.show_transcript(stage)
    query = answering.show_search(stage)
    answering.export_access(stage)
    answering.write_example(stage)
    if keep:
        stage.screen.title("The calls are still there")
        people.make_accounts(stage.vaiti, stage.folder, [stage.ids[each.name] for each in stage.published[:2]])
        stage.screen.line(f"  vaiti serve --data {stage.settings.data}")
        people.show_accounts(stage.screen, stage.settings.data)
        return 0 if worked else 1
    proved = ending.purge_and_prove(stage, now, query)
    stage.screen.title("What to try next")
    stage.screen.line("  vaiti demo --keep                        the same, with the calls left there; then")
    stage.screen.line(f"  vaiti serve --data {stage.settings.data}       search, listen and read in your browser")
    stage.screen.line(
        "  vaiti redact call.wav --out masked.wav --json plan.json      a call of your own, nothing stored"
    )
    return 0 if worked and proved else 1
