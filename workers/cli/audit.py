"""`vaiti audit`: the audit log in a file, and its check by somebody who has that file and the public key only."""

# ruff: noqa: PLC0415, FBT002 - the help must not wait for the stores; options are parameters
from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workers.cli.common import Data, Exit, Json, say, say_json, stop, working
from workers.cli.opened import opened
from workers.files import whole_file

audit = typer.Typer(help="The log of who did what, for an auditor.", no_args_is_help=True)


@audit.command("export")
def export(
    file: Annotated[Path, typer.Argument(dir_okay=False, help="JSON lines, the last of them signed.")],
    data: Data = None,
    controller: Annotated[
        str | None, typer.Option(help="Show this one's entries only, and of the others digests.")
    ] = None,
    public_key: Annotated[Path | None, typer.Option(help="Write the public key here.")] = None,
    as_json: Json = False,
) -> None:
    """Write the audit log to a file that can be checked without the service: `vaiti audit verify`."""
    from workers.auditing import export_audit

    with working("Writing the audit log ..."), opened(data) as vaiti:
        written = export_audit(vaiti, file, controller=controller)
        key = vaiti.signer.public_key()
    if public_key is not None:
        with whole_file(public_key) as out:
            out.write(key.encode())
    if as_json:
        say_json({"entries": written.entries, "shown": written.shown})
        return
    say(f"{written.entries} entries, {written.shown} of them shown")


@audit.command("verify")
def verify_audit(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="What `vaiti audit export` wrote.")],
    public_key: Annotated[
        Path, typer.Option("--public-key", "--key", exists=True, dir_okay=False, help="The service's public key (PEM).")
    ],
    anchors: Annotated[
        Path | None, typer.Option(exists=True, file_okay=False, help="The anchors: then a log written anew shows too.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Check an audit log offline, with the public key alone: whole, unchanged, in order, nothing put in."""
    from storage.anchors import AnchorFolder
    from storage.audit_chain import verify
    from storage.errors import Tampered

    try:
        kept = None if anchors is None else AnchorFolder(anchors).list()
        with file.open(encoding="utf-8") as lines:
            found = verify(lines, public_key.read_bytes(), anchors=kept)
    except Tampered as fault:
        stop(str(fault), Exit.REFUSED, slug=fault.slug)
    except (ValueError, OSError):
        stop("this is no audit log, or this is no Ed25519 public key in PEM", Exit.REFUSED, slug="audit-unreadable")
    if as_json:
        say_json({"verified": found.entries, "shown": found.shown})
        return
    anchored = "" if anchors is None else ", as anchored"
    say(f"{found.entries} entries, {found.shown} of them shown: nothing changed, none left out, in order{anchored}")
