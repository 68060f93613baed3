"""`vaiti models`: which speech models are here, getting one, and checking one again."""

# ruff: noqa: PLC0415, FBT002 - the help must not wait for what is listed; options are parameters
from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Self

import typer

from workers.cli.common import Exit, Json, note, say, say_json, stop, working

if TYPE_CHECKING:
    from rich.progress import Progress

models = typer.Typer(help="Speech models.", no_args_is_help=True)

_TENTHS = 10
# Lines that a download writes where there is no terminal.


@models.command("list")
def list_models(as_json: Json = False) -> None:
    """List the speech models that are here, where each comes from and whether it was checked."""
    from recordings.settings import load_settings
    from workers.engines.model_folder import model_folders
    from workers.engines.model_pins import PINS

    found = [_describe(path) for path in model_folders(load_settings().models)]
    if as_json:
        say_json({"models": found})
        return
    for each in found:
        say(f"{each['name']}  {_in_words(each)}")
    say(f"To get another: vaiti models fetch NAME, where NAME is {', '.join(PINS)}, or OWNER/REPO@COMMIT")
    say("Any other model: VAITI_SPEECH_MODEL=<a folder that faster-whisper reads>")


@models.command("fetch")
def fetch(
    name: Annotated[
        str, typer.Argument(help="tiny, base, small, medium, large-v2, large-v3, turbo; or OWNER/REPO@COMMIT.")
    ],
    as_json: Json = False,
) -> None:
    """Get a Whisper model from the model hub, with every file checked. The only command that leaves this machine."""
    from recordings.settings import load_settings
    from workers.engines.fetch import fetch_model

    with Download() as download:
        model, was_here = fetch_model(name, load_settings().models, download)
    if as_json:
        say_json({**_describe(model.path), "path": str(model.path), "was_here": was_here})
        return
    say(f"{model.name} {'was here already' if was_here else 'is here'}: {_in_words(_describe(model.path))}")
    say(f"To use it: VAITI_SPEECH_MODEL={model.name}, or on another machine a copy of the folder {model.path}")


@models.command("check")
def check(
    name: Annotated[str, typer.Argument(help="A fetched model, or the folder of one.")], as_json: Json = False
) -> None:
    """Read every file of a fetched model again and compare it with what was fetched."""
    from recordings.settings import load_settings
    from workers.engines.model_folder import find_model

    model = find_model(name, load_settings().models)
    if model.manifest is None:
        stop("this model was not fetched, so there is nothing to compare it with", Exit.FAULT, slug="model-unchecked")
    with working("Reading every file ..."):
        wrong = model.manifest.wrong_digests(model.path)
    if as_json:
        say_json({"model": model.name, "files": len(model.manifest.files), "wrong": list(wrong)})
    if wrong:
        stop(f"not what was fetched: {', '.join(wrong)}; remove {model.path}", Exit.FAULT, slug="model-damaged")
    if not as_json:
        say(f"{model.name}: {len(model.manifest.files)} files are what was fetched")


class Download:
    """Shows a download: a bar on a terminal, a line now and then elsewhere. Both beside what is piped on."""

    def __init__(self) -> None:
        self._total = self._here = self._told = 0
        self._bar: Progress | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def begin(self, total: int) -> None:
        """Show how much is to come."""
        self._total = total
        if not sys.stderr.isatty():
            note(f"Fetching {_size(total)} ...")
            return
        from rich.console import Console
        from rich.progress import DownloadColumn, Progress, TimeRemainingColumn, TransferSpeedColumn

        columns = (*Progress.get_default_columns()[:2], DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
        self._bar.add_task("Fetching", total=total)
        self._bar.start()

    def advance(self, count: int) -> None:
        """Show how much is here."""
        self._here += count
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], completed=self._here)
            return
        tenth = _TENTHS * self._here // max(self._total, 1)
        if tenth > self._told:
            self._told = tenth
            note(f"  {100 * tenth // _TENTHS} %  {_size(self._here)}")


def _describe(path: Path) -> dict[str, Any]:
    """Say of a model's folder what it is, or what is wrong with it."""
    from recordings.errors import VaitiError
    from workers.engines.model_folder import look_at

    try:
        model = look_at(path)
    except VaitiError as fault:
        return {"name": path.name, "usable": False, "fault": str(fault)}
    found: dict[str, Any] = {"name": model.name, "usable": True, "for_trying_only": model.for_trying_only}
    manifest = model.manifest
    if manifest is not None:
        found |= {
            "repository": manifest.repository,
            "revision": manifest.revision,
            "licence": manifest.licence,
            "bytes": manifest.size,
            "checksums": manifest.checksums,
        }
    return found


def _in_words(found: dict[str, Any]) -> str:
    if not found["usable"]:
        return f"CANNOT BE USED: {found['fault']}"
    if found["for_trying_only"]:
        return "shipped with Vaiti; for trying and testing only"
    if "revision" not in found:
        return "put there by hand; not checked"
    checked = "pinned in Vaiti" if found["checksums"] == "pinned" else "as the hub stated them"
    origin = f"{found['repository']} at {found['revision'][:12]}"
    return f"{origin}; {_size(found['bytes'])}; licence {found['licence']}; checksums {checked}"


def _size(count: int) -> str:
    return f"{count / 1e9:.1f} GB" if count >= 10**9 else f"{count / 1e6:.1f} MB"
