"""`vaiti backup` and `vaiti restore`: a copy of everything but the keys, and the way back."""

# ruff: noqa: PLC0415, FBT002 - the help must not wait for the stores; options are parameters
from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from workers.cli.common import Data, Json, audit_name, say, say_json, working
from workers.cli.opened import opened, stopped_settings

As = Annotated[str, typer.Option("--as", help="Who does it, for the audit log.")]


def backup(
    data: Data = None,
    to: Annotated[Path | None, typer.Option("--to", help="The folder of backups. [default: VAITI_BACKUPS]")] = None,
    actor: As = "operator",
    as_json: Json = False,
) -> None:
    """Back up the catalog and the sealed objects while the service runs; the keys have `vaiti keys backup`."""
    from recordings.restoring import backing_up

    name = audit_name(actor)
    with working("Copying ..."), opened(data) as vaiti:
        made = backing_up(vaiti)(to, actor=name)
        days = vaiti.settings.backup_days
    if as_json:
        say_json({"folder": str(made.path), "made_at": made.made_at.isoformat(), "objects": made.label["objects"]})
        return
    say(f"{made.path}")
    say(f"It holds no key, and may exist for {days} days; remove copies of it elsewhere by then.")


def restore(
    folder: Annotated[
        Path | None,
        typer.Argument(file_okay=False, help="One backup. Without: you have put it back yourself."),
    ] = None,
    data: Data = None,
    actor: As = "operator",
    as_json: Json = False,
) -> None:
    """Put a backup back, and tell it what has happened since. Stop the service first; killed, begin again."""
    from recordings.restoring import restore as put_back
    from workers.clock import SystemClock

    name = audit_name(actor)
    settings = stopped_settings(data)
    with working("Restoring ..."):
        done = put_back(settings, folder, clock=SystemClock(), actor=name)
    if as_json:
        say_json(asdict(done))
        return
    say(f"{done.buried} recordings that were purged since are gone again, {done.ended} more purges were ended.")
    say(f"{done.adopted} recordings that were pushed since are taken up, {done.set_back} are worked on again.")
    say(f"{done.holds} holds and restrictions are as they were, {done.hidden} recordings are masked or withheld again.")
    if done.asked_again:
        say(f"{done.asked_again} decisions since then to show more are to be made again: docs/restore.md says which.")
    say("The service may start.")
