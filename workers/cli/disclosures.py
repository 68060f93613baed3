"""`vaiti disclosure`: to whom originals were given, and what the receivers have to be told since."""

# ruff: noqa: PLC0415, FBT002 - the help must not wait for the service
from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from workers.cli.common import Actor, Data, Exit, Json, audit_name, say, say_json, stop
from workers.cli.opened import opaque_id, opened

if TYPE_CHECKING:
    from recordings.disclosures import Disclosure

disclosure = typer.Typer(
    help="Who was given originals, and has to be told what happened to them.", no_args_is_help=True
)


@disclosure.command("list")
def list_disclosures(
    waiting: Annotated[bool, typer.Option("--waiting", help="Only whose receiver has to be told.")] = False,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """List to whom originals were given, for which case, and of what the receiver was not told yet."""
    with opened(data) as vaiti:
        found = vaiti.keep_disclosures.list(vaiti.controllers.scope, waiting=waiting)
    if as_json:
        say_json([_plain(each) for each in found])
        return
    for each in found:
        _show(each)
    if not found:
        say("Nobody was given an original." if not waiting else "Nobody has to be told.")


@disclosure.command("told")
def told(
    named: Annotated[str, typer.Argument(metavar="DISCLOSURE", help="Its id.")],
    how: Annotated[str, typer.Option(help="told, impossible or disproportionate.")] = "told",
    actor: Actor = "terminal",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Note that the receiver was told of all that waits, or why it was not (GDPR Art. 19)."""
    from recordings.disclosures import How

    if how not in {each.value for each in How}:
        stop("--how is told, impossible or disproportionate", Exit.USAGE)
    with opened(data) as vaiti:
        scope = vaiti.controllers.scope
        noted = vaiti.keep_disclosures.tell(scope, opaque_id(named), How(how), actor=audit_name(actor))
    if as_json:
        say_json(_plain(noted))
    else:
        _show(noted)


def _plain(each: Disclosure) -> dict[str, object]:
    return asdict(each)


def _show(each: Disclosure) -> None:
    waits = f"  HAS TO BE TOLD: {', '.join(f'{c.change} {c.at:%Y-%m-%d}' for c in each.waits)}" if each.waits else ""
    secret = f"  the person is not told ({each.untold})" if each.untold else ""
    say(f"{each.id}  {each.at:%Y-%m-%d}  {each.recipient}  {each.case}  {len(each.recordings)} calls{secret}{waits}")
