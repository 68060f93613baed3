"""`vaiti failed`: the calls that no worker tries again by itself, and back to work with those of one cause."""

# ruff: noqa: PLC0415, PLR0913, PLR0917, FBT002 - the help must not wait for the service; options are parameters
from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from workers.cli.common import Actor, Data, Exit, Json, audit_name, say, say_json, stop
from workers.cli.opened import opened

if TYPE_CHECKING:
    from workers.failures import Failure


def failed(
    slug: Annotated[str | None, typer.Option(help="Only what failed with this slug.")] = None,
    retry: Annotated[bool, typer.Option("--retry", help="Send all that failed with --slug back to work.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=10_000)] = 50,
    actor: Actor = "terminal",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """List the calls that failed: when, in which stage, why (docs/errors.md), after how many attempts. No content.

    One call is run again by `vaiti review decide ID retry`, all of one cause by `--slug SLUG --retry`: by the workers.
    """
    from workers.failures import failures, retry_failed

    if retry and slug is None:
        stop("--retry needs --slug: mend one cause, then send back what failed by it", Exit.USAGE)
    with opened(data) as vaiti:
        scope = vaiti.controllers.scope
        if retry and slug is not None:
            done, left = retry_failed(vaiti, scope, slug=slug, actor=audit_name(actor))
            _say_sent(done, left, as_json=as_json)
            return
        found = failures(vaiti, scope, slug=slug, limit=limit)
    if as_json:
        say_json({"failed": [_as_document(each) for each in found]})
        return
    for each in found:
        when = f"{each.at:%Y-%m-%d %H:%M} UTC" if each.at else "-"
        row = each.recording
        say(f"{row.id}  {row.controller}  {each.stage or '-'}  {row.slug}  {when}  {row.attempts} attempts")
    say(f"{len(found)} failed")


def _say_sent(done: int, left: int, *, as_json: bool) -> None:
    if as_json:
        say_json({"sent": done, "left": left})
    else:
        say(f"{done} back to work" + (f", {left} could not be sent: give the same command again" if left else ""))
    if left:
        raise SystemExit(int(Exit.FAULT))


def _as_document(failure: Failure) -> dict[str, Any]:
    row = failure.recording
    return {
        "recording": row.id,
        "controller": row.controller,
        "stage": failure.stage,
        "slug": row.slug,
        "at": failure.at.isoformat() if failure.at else None,
        "attempts": row.attempts,
    }
