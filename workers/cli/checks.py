"""`vaiti doctor` and `vaiti models`: is everything there, and does it work?"""

# ruff: noqa: PLC0415, FBT002 - the help must not wait for what is checked; options are parameters
from __future__ import annotations

import typer

from workers.cli.common import Data, Exit, Json, say, say_json

models = typer.Typer(help="Speech models.", no_args_is_help=True)


@models.command("list")
def list_models(as_json: Json = False) -> None:
    """List the speech models that are shipped; any other is named by its folder."""
    from workers.engines.model_folder import list_models as find

    found = find()
    if as_json:
        say_json({"models": [{"name": m.name, "for_trying_only": m.for_trying_only} for m in found]})
        return
    for model in found:
        say(f"{model.name}{'  for trying and testing only' if model.for_trying_only else ''}")
    say("Any other model: VAITI_SPEECH_MODEL=<a folder that faster-whisper reads>")


def doctor(data: Data = None, as_json: Json = False) -> None:
    """Check this installation and its data folder; ends with 1 when something has to be mended."""
    from workers.doctor import check_all

    results = check_all(data)
    if as_json:
        say_json({"checks": [{"check": r.name, "ok": r.ok, "detail": r.detail} for r in results]})
    else:
        for result in results:
            say(f"{'ok  ' if result.ok else 'FAIL'}  {result.name}: {result.detail}")
    if not all(result.ok for result in results):
        raise SystemExit(int(Exit.FAULT))
