"""`vaiti push`: one call, a watched folder, or an archive with a manifest; and which copies are left at the sender."""

# ruff: noqa: PLC0415, PLR0913, PLR0917, FBT002 - the help must not wait for the client; options are parameters
from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from workers.cli.calls import Port, client_for, say_of_model
from workers.cli.common import Data, Exit, Json, say, say_json, stop, working
from workers.pushing.folder import Legs
from workers.pushing.ledger import DeleteAfter

if TYPE_CHECKING:
    from workers.client import Client

_FOLDER, _FACTS, _SERVICE = "A folder or an archive", "Facts", "The service"


def push(
    audio: Annotated[
        Path | None, typer.Argument(exists=True, dir_okay=False, help="One call: WAV, MP3, Opus, FLAC, M4A.")
    ] = None,
    customer: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="The customer's own file; the first is then the agent's."),
    ] = None,
    facts: Annotated[Path | None, typer.Option(exists=True, dir_okay=False, help="Its facts, as JSON.")] = None,
    key: Annotated[str | None, typer.Option("--idempotency-key", help="Makes a repeated push harmless.")] = None,
    watch: Annotated[
        Path | None,
        typer.Option(exists=True, file_okay=False, help="Push what appears in this folder.", rich_help_panel=_FOLDER),
    ] = None,
    manifest: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="Push the rows of this CSV or JSONL.", rich_help_panel=_FOLDER),
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option(exists=True, help="List the copies that still lie there.", rich_help_panel=_FOLDER),
    ] = None,
    delete_after: Annotated[
        DeleteAfter | None,
        typer.Option(help="Delete a file once its call is stored, or published.", rich_help_panel=_FOLDER),
    ] = None,
    delete_after_ack: Annotated[
        bool,
        typer.Option("--delete-after-ack", help="The same as --delete-after stored.", rich_help_panel=_FOLDER),
    ] = False,
    once: Annotated[bool, typer.Option(help="Do what is there, and end.", rich_help_panel=_FOLDER)] = False,
    again: Annotated[bool, typer.Option(help="Try what was refused again.", rich_help_panel=_FOLDER)] = False,
    every: Annotated[
        float, typer.Option(min=0.1, help="Seconds between looks at the folder.", rich_help_panel=_FOLDER)
    ] = 5.0,
    settle: Annotated[
        float,
        typer.Option(min=0, help="Seconds that a finished file stays the same.", rich_help_panel=_FOLDER),
    ] = 30.0,
    legs: Annotated[
        str | None,
        typer.Option(help="A call is two files whose names end so, agent's first: -out,-in", rich_help_panel=_FOLDER),
    ] = None,
    leg_wait: Annotated[
        float,
        typer.Option(min=0, help="Seconds until a call's other file counts as missing.", rich_help_panel=_FOLDER),
    ] = 600.0,
    jobs: Annotated[int, typer.Option(min=1, max=32, help="Rows of a manifest at once.", rich_help_panel=_FOLDER)] = 4,
    patience: Annotated[
        float,
        typer.Option(
            min=0, help="Seconds to wait for a service that is away, but for --watch alone.", rich_help_panel=_FOLDER
        ),
    ] = 600.0,
    state: Annotated[
        Path | None,
        typer.Option(
            help="What became of each file. (FOLDER/.vaiti-push.jsonl, MANIFEST.result.jsonl)",
            rich_help_panel=_FOLDER,
        ),
    ] = None,
    name: Annotated[
        list[str] | None,
        typer.Option(help="Facts are in file names: {queue}-{started_at}-{call_id}.wav", rich_help_panel=_FACTS),
    ] = None,
    zone: Annotated[
        str | None, typer.Option(help="Of times without an offset: Europe/Helsinki", rich_help_panel=_FACTS)
    ] = None,
    columns: Annotated[
        str | None, typer.Option(help="Columns by other names: path=File,call_id=Id", rich_help_panel=_FACTS)
    ] = None,
    controller: Annotated[str | None, typer.Option(help="Where a file names none.", rich_help_panel=_FACTS)] = None,
    kind: Annotated[str | None, typer.Option(help="Where a file names none.", rich_help_panel=_FACTS)] = None,
    channels: Annotated[
        str | None, typer.Option(help="Where a file names none: agent,customer", rich_help_panel=_FACTS)
    ] = None,
    source: Annotated[str | None, typer.Option(help="Where a file names none.", rich_help_panel=_FACTS)] = None,
    service: Annotated[
        str | None,
        typer.Option(help="https://HOST:PORT (VAITI_SERVICE_URL, or this machine)", rich_help_panel=_SERVICE),
    ] = None,
    token_file: Annotated[
        Path | None, typer.Option(help="Its token, mode 0600 (VAITI_TOKEN_FILE)", rich_help_panel=_SERVICE)
    ] = None,
    ca_file: Annotated[
        Path | None, typer.Option(help="Your own authority's certificate (VAITI_CA_FILE).", rich_help_panel=_SERVICE)
    ] = None,
    data: Data = None,
    port: Port = None,
    as_json: Json = False,
) -> None:
    """Push calls to the service: one, those that appear in a folder, or an archive."""
    if [audio, watch, manifest, report].count(None) != 3:
        stop("say what to push: a file with --facts, --watch FOLDER or --manifest FILE; or --report", Exit.USAGE)
    if audio is not None and facts is None:
        stop("a call needs its facts: --facts FILE", Exit.USAGE)
    if legs is not None and watch is None and report is None:
        stop("--legs is for --watch, and for the --report of a folder", Exit.USAGE)
    if customer is not None and audio is None:
        stop("--customer is for one call: vaiti push AGENT --customer CUSTOMER --facts FILE", Exit.USAGE)
    from workers.cli import push_many

    given = {"controller": controller, "kind": kind, "source": source}
    defaults: dict[str, Any] = {each: text for each, text in given.items() if text}
    defaults |= {"channels": channels.split(",")} if channels else {}
    where = watch or manifest or report or Path()
    many = push_many.Many(
        where=where,
        state=state or _state_of(where),
        defaults=defaults,
        zone=_zone(zone),
        columns=columns,
        delete=delete_after or (DeleteAfter.STORED if delete_after_ack else None),
        again=again,
        legs=_legs(legs),
    )
    if report is not None:
        push_many.show_report(many, as_json=as_json)
        return
    with _client(service, token_file, ca_file, data, port) as client:
        if audio is not None and facts is not None:
            _push_one(client, (audio, customer), facts, key, as_json=as_json)
        elif manifest is not None:
            push_many.import_archive(client, many, jobs=jobs, patience=patience, as_json=as_json)
        else:
            looks = push_many.Looks(every=every, settle=settle, leg_wait=leg_wait, patience=patience if once else None)
            push_many.watch(client, many, name or [], looks)


def _push_one(client: Client, sounds: tuple[Path, Path | None], facts: Path, key: str | None, *, as_json: bool) -> None:
    try:
        document = json.loads(facts.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        stop(f"{facts.name} is not JSON that can be read", Exit.USAGE)
    with working("Pushing ..."):
        say_of_model(client)
        answer = client.push(sounds[0], document, customer=sounds[1], idempotency_key=key)
    if as_json:
        say_json(answer)
        return
    say(f"{answer['id']}  {answer['stage']}  to be deleted {answer['delete_at']}")


def _client(
    service: str | None, token_file: Path | None, ca_file: Path | None, data: Path | None, port: int | None
) -> Client:
    """Return a client of the service that is named, or else of the one on this machine."""
    from recordings.settings import load_settings, read_secret
    from workers.client import Client

    given = {"service_url": service, "token_file": token_file, "ca_file": ca_file}
    settings = load_settings(**{name: value for name, value in given.items() if value is not None})
    if settings.service_url is None:
        return client_for(data, port)
    if settings.token_file is None:
        stop("a service at another address needs --token-file (VAITI_TOKEN_FILE)", Exit.USAGE)
    path = settings.token_file
    read_secret(path)  # what is wrong with it is said at the start
    return Client(url=settings.service_url, token=lambda: read_secret(path), ca_file=settings.ca_file)


def _state_of(where: Path) -> Path:
    return where / ".vaiti-push.jsonl" if where.is_dir() else where.with_name(f"{where.name}.result.jsonl")


def _legs(text: str | None) -> Legs | None:
    """Read `--legs`: two endings, of which none ends with the other, or a name would be both."""
    if text is None:
        return None
    agent, _, customer = text.partition(",")
    if not agent or not customer or set(text) & set("/.") or "," in customer:
        stop("--legs names two endings, the agent's first: -out,-in", Exit.USAGE)
    if agent.endswith(customer) or customer.endswith(agent):
        stop("--legs: one ending may not end with the other", Exit.USAGE)
    return Legs(agent, customer)


def _zone(name: str | None) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, OSError):
        stop("--zone is a zone's name, as Europe/Helsinki", Exit.USAGE)
