"""`vaiti doctor`: is everything there, and does it work?"""

# ruff: noqa: PLC0415, FBT002 - the help must not wait for what is checked; options are parameters
from __future__ import annotations

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
