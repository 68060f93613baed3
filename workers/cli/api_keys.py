"""`vaiti api-keys`: the keys of pushing systems."""

# ruff: noqa: PLC0415, PLR0913, PLR0917, FBT002 - the help must not wait for the stores; options are parameters
from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workers.cli.common import NAME, Actor, Data, Exit, Json, audit_name, say, say_json, stop
from workers.cli.opened import opened

if TYPE_CHECKING:
    from recordings.retention import Period
    from recordings.steps.api_keys import NewKey
    from storage.api_keys import ApiKey
    from storage.records import Kind

api_keys = typer.Typer(help="Keys with which other systems push calls.", no_args_is_help=True)
Named = Annotated[str, typer.Argument(metavar="ID-OR-NAME", help="As `vaiti api-keys list` shows it.")]


@api_keys.command("create")
def create(
    name: Annotated[str, typer.Argument(help="The system that will use it, for instance genesys-1.")],
    controller: Annotated[
        list[str] | None, typer.Option("--controller", help="Whose register it pushes to; may be given again.")
    ] = None,
    kinds: Annotated[str | None, typer.Option(help="Only these kinds, with commas. [default: all]")] = None,
    expires: Annotated[str | None, typer.Option(help="How long it is good: P1Y, P90D. [default: no end]")] = None,
    partner: Annotated[
        str | None, typer.Option(help="Only this partner's calls, as the controllers file names it; ends with it.")
    ] = None,
    metrics: Annotated[bool, typer.Option("--metrics", help="A key that reads /metrics, and nothing else.")] = False,
    objections: Annotated[
        bool, typer.Option("--objections", help="A key that asks what persons objected to, and nothing else.")
    ] = False,
    portal: Annotated[
        bool, typer.Option("--portal", help="A customer portal's key: it opens cases by what the portal signs.")
    ] = False,
    actor: Actor = "terminal",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Make a key. It is shown once, here: nobody can read it again."""
    if metrics == bool(controller):
        stop("give --controller, or --metrics for a key that reads /metrics only", Exit.USAGE)
    if (objections or portal) and (metrics or partner is not None or (objections and portal)):
        stop("--objections and --portal go with --controller, and with nothing else", Exit.USAGE)
    if not re.fullmatch(NAME, name):
        stop("a key's name is letters, digits and . _ / - only", Exit.USAGE)
    lasts, only = _period(expires, "--expires"), _kinds(kinds)
    by = audit_name(actor)
    with opened(data) as vaiti:
        keep = vaiti.keep_api_keys
        if objections:
            made = keep.create_for_objections(name, controller or (), lasts=lasts, actor=by)
        elif portal:
            made = keep.create_for_portal(name, controller or (), lasts=lasts, actor=by)
        else:
            made = keep.create(name, controller or (), kinds=only, lasts=lasts, partner=partner, actor=by)
    _show_once(made, as_json=as_json)


@api_keys.command("list")
def list_keys(data: Data = None, as_json: Json = False) -> None:
    """List all keys, those that have ended too."""
    with opened(data) as vaiti:
        found, now = vaiti.keep_api_keys.list(), vaiti.clock.now()
    if as_json:
        say_json({"api_keys": [_plain(each, now) for each in found]})
        return
    for each in found:
        may = ",".join(each.controllers) + (f" ({','.join(each.kinds)})" if each.kinds else "")
        used = f"used {_minute(each.last_used_at)}" if each.last_used_at else "never used"
        say(f"{each.id}  {each.name}  {may or 'metrics'}  {_state(each, now)}  {used}")
    say(f"{len(found)} keys")


@api_keys.command("rotate")
def rotate(
    key: Named,
    overlap: Annotated[str, typer.Option(help="How long the earlier secret stays good; P0D: not at all.")] = "P7D",
    actor: Actor = "terminal",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Give a key another secret; the earlier one is good a while longer, so that no push is refused meanwhile."""
    from datetime import timedelta

    lasts = timedelta() if overlap == "P0D" else _period(overlap, "--overlap")
    with opened(data) as vaiti:
        made = vaiti.keep_api_keys.rotate(key, overlap=lasts or timedelta(), actor=audit_name(actor))
    _show_once(made, as_json=as_json)


@api_keys.command("revoke")
def revoke(key: Named, actor: Actor = "terminal", data: Data = None, as_json: Json = False) -> None:
    """End a key for ever, at once and in every process; after a restore too."""
    with opened(data) as vaiti:
        ended, now = vaiti.keep_api_keys.revoke(key, actor=audit_name(actor)), vaiti.clock.now()
    if as_json:
        say_json(_plain(ended, now))
        return
    say(f"{ended.id}  {ended.name}  {_state(ended, now)}")


def _show_once(made: NewKey, *, as_json: bool) -> None:
    key, latest = made.key, made.key.secrets[-1].made_at
    if as_json:
        say_json({**_plain(key, latest), "key": made.text})
        return
    say(made.text)
    say("This is the whole key, and it is not shown again: put it into a file that only the pushing system reads.")
    earlier = [each.valid_until for each in key.secrets if each.valid_until and each.valid_until > latest]
    if earlier:
        say(f"What was there before is good until {_minute(max(earlier))}.")
    if key.expires_at:
        say(f"The key expires {_minute(key.expires_at)}.")


def _plain(key: ApiKey, now: datetime) -> dict[str, Any]:
    """Return what may be shown of a key, which is all but its secrets."""
    return {
        "id": key.id,
        "name": key.name,
        "controllers": key.controllers,
        "kinds": key.kinds,
        "scopes": key.scopes,
        "partner": key.partner,
        "state": _state(key, now).split()[0],
        "created_at": key.created_at.isoformat(),
        "expires_at": key.expires_at.isoformat() if key.expires_at else None,
        "revoked_at": key.revoked_at.isoformat() if key.revoked_at else None,
        "last_used_at": key.last_used_at.isoformat() if key.last_used_at else None,
        "secrets": [
            {"made_at": each.made_at.isoformat(), "valid_until": each.valid_until and each.valid_until.isoformat()}
            for each in key.secrets
        ],
    }


def _state(key: ApiKey, now: datetime) -> str:
    if key.revoked_at is not None:
        return f"revoked {_minute(key.revoked_at)}"
    if not key.is_good(now):
        return "expired"
    earlier = [each.valid_until for each in key.secrets if each.valid_until and each.valid_until > now]
    if earlier:
        return f"good, earlier secret until {_minute(max(earlier))}"
    return "good" if key.expires_at is None else f"good until {_minute(key.expires_at)}"


def _minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _period(text: str | None, option: str) -> Period | None:
    from recordings.retention import BadPeriod, Period

    try:
        return None if text is None else Period.parse(text)
    except BadPeriod as error:
        stop(f"{option}: {error}", Exit.USAGE)


def _kinds(text: str | None) -> tuple[Kind, ...]:
    from recordings.errors import UnknownKind
    from storage.records import Kind

    try:
        return tuple(Kind(each.strip()) for each in text.split(",")) if text else ()
    except ValueError:
        raise UnknownKind from None
