"""`vaiti keys`: the root key and the backups of the key store."""

# ruff: noqa: PLC0415, FBT002 - the help must not wait for the stores; options are parameters
from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from workers.cli.common import Data, Json, audit_name, say, say_json, working
from workers.cli.opened import opened, stopped_settings

keys = typer.Typer(help="The key store: its root key and its backups.", no_args_is_help=True)
To = Annotated[Path | None, typer.Option("--to", help="The folder of the backup. [default: VAITI_KEY_BACKUPS]")]
As = Annotated[str, typer.Option("--as", help="Who does it, for the audit log.")]


@keys.command("rotate")
def rotate(data: Data = None, to: To = None, actor: As = "operator", as_json: Json = False) -> None:
    """Let a new root key take over; no recording is touched. Stopped at any point, the same command goes on."""
    name = audit_name(actor)
    with working("Wrapping every key again ...") as told, opened(data) as vaiti:
        done = vaiti.keep_keys.rotate(to, actor=name, progress=lambda count: told(f"{count}"))
        in_a_file = vaiti.settings.root_keys_can_be_written
    if as_json:
        say_json({"rewrapped": done.rewrapped, "left": len(done.left)})
        return
    say(f"{done.rewrapped} keys are under the new root key, and a backup of the key store is made.")
    if done.left:
        say("Take the old root key out of VAITI_ROOT_KEY (the new one stays), and start the service again.")
    elif in_a_file:
        say("Keep the new root key somewhere else too: it has replaced the old one in its file.")


@keys.command("backup")
def back_up(data: Data = None, to: To = None, actor: As = "operator", as_json: Json = False) -> None:
    """Back the key store up, and remove backups whose days are over."""
    name = audit_name(actor)
    with opened(data) as vaiti:
        made = vaiti.keep_keys.back_up(to, actor=name)
    if as_json:
        say_json({"file": str(made.path), "dies_at": made.dies_at.isoformat()})
        return
    say(f"{made.path}")
    say(f"It is removed after {made.dies_at:%Y-%m-%d %H:%M} UTC; without the root key it opens nothing.")


@keys.command("restore")
def restore(
    backup: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="One backup of the key store.")],
    data: Data = None,
    yes: Annotated[bool, typer.Option("--yes", help="Also where the store in place is whole.")] = False,
    as_json: Json = False,
) -> None:
    """Put a backup in the key store's place, without the keys that were destroyed since. Stop the service first."""
    from recordings.restoring_keys import restore_keys
    from workers.clock import SystemClock

    settings = stopped_settings(data)
    with working("Restoring ..."):
        done = restore_keys(settings, backup, clock=SystemClock(), over_healthy=yes)
    if as_json:
        say_json(asdict(done))
        return
    say(f"{done.keys - done.destroyed} keys are back; {done.destroyed} were destroyed since and are not.")
    say("What was pushed after the backup is lost. Now run `vaiti restore`: nothing starts before.")


@keys.command("backups")
def list_backups(data: Data = None, as_json: Json = False) -> None:
    """List the backups that may still exist, oldest first."""
    with opened(data) as vaiti:
        found = vaiti.keep_keys.backups.list()
    if as_json:
        rows = [(str(each.path), each.begun_at.isoformat(), each.dies_at.isoformat(), each.finished) for each in found]
        say_json({"backups": [dict(zip(("file", "made_at", "dies_at", "whole"), row, strict=True)) for row in rows]})
        return
    for each in found:
        say(f"{each.path}  until {each.dies_at:%Y-%m-%d %H:%M} UTC{'' if each.finished else '  (not whole)'}")
    say(f"{len(found)} backups")
