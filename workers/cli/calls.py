"""`vaiti search`, `request access`: a caller of the service that runs on this machine."""

# ruff: noqa: PLC0415, PLR0913, PLR0917, FBT002 - the help must not wait for the client; options are parameters
from __future__ import annotations

import json
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workers.cli.common import Data, Exit, Json, note, say, say_json, stop, working
from workers.cli.hold import Recipient, Untold
from workers.cli.opened import read_reference
from workers.files import whole_file

if TYPE_CHECKING:
    from workers.client import Client

Port = Annotated[int | None, typer.Option(help="The service's port. [default: VAITI_PORT or 8470]")]

request = typer.Typer(help="Answer what a person may ask for.", no_args_is_help=True)


def add_facts(
    recording: Annotated[str, typer.Argument(help="The recording's id, as the push answered it.")],
    file: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="What is known by now, as JSON.")],
    data: Data = None,
    port: Port = None,
    as_json: Json = False,
) -> None:
    """Add to a pushed call what is known by now: references, kinds, agent, queue, direction, satisfaction."""
    document = _read_facts(file)
    with client_for(data, port) as client:
        answer = client.add_facts(recording, document)
    if as_json:
        say_json(answer)
        return
    kinds = ", ".join([answer["kind"], *answer["kinds"]])
    say(f"{answer['id']}  {answer['stage']}  {kinds}  to be deleted {answer['delete_at']}")


def search(
    query: Annotated[
        str,
        typer.Argument(
            help="Words; all have to be said in one turn. - to be asked: who lists processes sees arguments."
        ),
    ],
    kind: Annotated[str | None, typer.Option(help="Only this kind of recording.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=200)] = 20,
    data: Data = None,
    port: Port = None,
    as_json: Json = False,
) -> None:
    """Search the masked transcripts of the running service."""
    if query == "-":
        query = typer.prompt("Words", err=True)
    only: dict[str, Any] = {"limit": limit} | ({"kind": kind} if kind else {})
    with client_for(data, port) as client:
        say_of_model(client)
        hits = client.search(query, **only)
    if as_json:
        say_json({"hits": hits})
        return
    for hit in hits:
        recording, turn = hit["recording"], hit["turn"]
        say(f"{recording['id']}  {recording['kind']}  {turn['start']:7.1f} s  {turn['text']}")
    say(f"{len(hits)} {'hit' if len(hits) == 1 else 'hits'}")


@request.command("access")
def access(
    controller: Annotated[str, typer.Option(help="Whose register.")],
    reference: Annotated[str, typer.Option(help="How the company names the person, as type:value, or - to be asked.")],
    case: Annotated[str, typer.Option(help="The case in the company's own books; it is in the audit log.")],
    out: Annotated[Path, typer.Option(help="The encrypted archive (.zip) to write.")],
    purpose: Annotated[str, typer.Option(help="access-request, authority-request or legal-claim.")] = "access-request",
    passphrase_file: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="Use this passphrase instead of a new one.")
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="Of the letter: fi, sv or en. [default: the controller's]")
    ] = None,
    confirm: Annotated[
        list[str] | None, typer.Option(help="A doubtful call that is hers (`vaiti person show`); may be repeated.")
    ] = None,
    leave_out: Annotated[list[str] | None, typer.Option(help="A doubtful call that is not hers.")] = None,
    recipient: Recipient = None,
    untold: Untold = None,
    data: Data = None,
    port: Port = None,
    as_json: Json = False,
) -> None:
    """Write a customer's own calls, complete and unedited, as an encrypted archive."""
    if reference == "-":
        reference = typer.prompt("Reference (type:value)", hide_input=True, err=True)
    kind, value = read_reference(reference)
    phrase = passphrase_file.read_text(encoding="utf-8").strip() if passphrase_file else secrets.token_urlsafe(18)
    with client_for(data, port) as client, working("Opening the vault, for this case and on record ...") as tell:
        body = {
            "type": "access",
            "customer": client.find_customer(controller, kind, value),
            "case": case,
            "purpose": purpose,
            "passphrase": phrase,
            "language": language,
            "confirmed": confirm or [],
            "left_out": leave_out or [],
            "recipient": recipient,
            "untold": untold,
        }
        with whole_file(out) as file:
            size = client.request_access(body, file, lambda come: tell(f"{come / 1e6:.1f} MB"))
    shown = {} if passphrase_file else {"passphrase": phrase}
    if as_json:
        say_json({"archive": str(out), "bytes": size, **shown})
        return
    say(f"{out} ({size} bytes)")
    if shown:
        say(f"Passphrase, shown only now: {phrase}")


def _read_facts(file: Path) -> dict[str, Any]:
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        stop(f"{file.name} is not JSON that can be read", Exit.USAGE)
    if not isinstance(document, dict):
        stop(f"{file.name} is no JSON object: facts are names and values", Exit.USAGE)
    return document


def say_of_model(client: Client) -> None:
    """Say that calls are heard with the model for trying, where they are."""
    from workers.engines.model_folder import TRYING_ONLY

    if client.hears_for_trying_only():
        note(TRYING_ONLY)


def client_for(data: Path | None, port: int | None) -> Client:
    """Return a client of the service on this machine, with the token of its file."""
    from workers.client import client_of
    from workers.place import settings_for

    settings = settings_for(data, **({} if port is None else {"port": port}))
    if not settings.token_path.exists():
        stop("no service has run here yet: start it with `vaiti serve`", Exit.FAULT, slug="no-service")
    return client_of(settings)
