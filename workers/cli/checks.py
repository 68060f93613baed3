"""`vaiti doctor`: is everything there, and does it work? `vaiti alive`: does a process run?"""

# ruff: noqa: PLC0415, FBT002 - the help must not wait for what is checked; options are parameters
from __future__ import annotations

from typing import Annotated

import typer

from workers.alive import Process
from workers.cli.common import Data, Exit, Json, say, say_json


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


def alive(
    process: Annotated[Process, typer.Argument(help="The process to ask about.")],
    data: Data = None,
) -> None:
    """Tell by the exit code whether a process of this machine lives: for the health checks of containers."""
    from workers.alive import check_alive
    from workers.place import settings_for

    check_alive(process, settings_for(data))
