"""`vaiti purge` and `vaiti receipts`: the end of recordings, and its proof."""

# ruff: noqa: PLC0415, PLR0913, PLR0917, FBT002 - the help must not wait for the stores; options are parameters
from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from workers.cli.common import Actor, Data, Exit, Json, audit_name, say, say_json, stop, working
from workers.files import whole_file, write_lines

receipts = typer.Typer(help="Signed proofs of deletion.", no_args_is_help=True)


def purge(
    data: Data = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="Another now; only on a folder of `vaiti demo`.")] = None,
    out: Annotated[Path | None, typer.Option("--receipts", help="Write the receipts here, one a line.")] = None,
    confirm: Annotated[
        bool, typer.Option("--confirm", help="You have looked at what halted the purge, and it shall go on; with --as.")
    ] = False,
    actor: Actor = "",
    as_json: Json = False,
) -> None:
    """Delete every recording whose time has come, and sign a receipt for each.

    Ends with 1 while the purge is halted: the clock jumped, or much more is due at once than is usual.
    """
    from workers.purging import purge_due

    if confirm and not actor:
        stop("--confirm is a person's word: say whose, with --as NAME", Exit.USAGE)
    person = audit_name(actor) if confirm else None
    with working("Deleting what is due ...") as tell:
        signed = purge_due(
            data, as_of=as_of, out=out, confirmed_by=person, progress=lambda done, found: tell(f"{done} of {found}")
        )
    if as_json:
        say_json({"purged": len(signed), "receipts": signed})
        return
    for receipt in signed:
        say(f"{receipt['recording']}  {receipt['kind']}  {receipt['reason']}  {receipt['purged_at']}")
    say(f"{len(signed)} purged")


@receipts.command("list")
def list_receipts(
    data: Data = None,
    limit: Annotated[int, typer.Option(min=1, max=100_000)] = 100,
    out: Annotated[Path | None, typer.Option(help="Write the receipts here, one a line.")] = None,
    public_key: Annotated[Path | None, typer.Option(help="Write the public key here.")] = None,
    as_json: Json = False,
) -> None:
    """List the receipts that this data folder holds, newest first."""
    from workers.clock import SystemClock
    from workers.place import settings_for
    from workers.service import open_vaiti

    vaiti = open_vaiti(settings_for(data), clock=SystemClock())
    try:
        found = list(vaiti.catalog.receipts(vaiti.controllers.scope, limit=limit))
        key = vaiti.signer.public_key()
    finally:
        vaiti.close()
    if out is not None:
        write_lines(found, out)
    if public_key is not None:
        with whole_file(public_key) as file:
            file.write(key.encode())
    if as_json:
        say_json({"receipts": found})
        return
    for receipt in found:
        when = receipt.get("purged_at") or receipt.get("refused_at")
        say(f"{receipt['id']}  {receipt['event']}  {receipt['kind']}  {receipt['reason']}  {when}")
    say(f"{len(found)} receipts")


@receipts.command("verify")
def verify_receipts(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="Receipts: JSON, or one a line.")],
    public_key: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="The service's public key (PEM).")],
    anchors: Annotated[
        Path | None, typer.Option(exists=True, file_okay=False, help="The anchors: then a missing end shows too.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Check receipts offline, with the public key alone: signed, unchanged, in order, none left out.

    With --anchors the file must hold all of them: from the first to at least what the last anchor saw.
    """
    from storage.anchors import AnchorFolder
    from storage.errors import Tampered
    from storage.receipt_chain import verify
    from storage.receipts import parse

    try:
        signed = parse(file.read_text(encoding="utf-8"))
        kept = None if anchors is None else AnchorFolder(anchors).list()
        checked = verify(signed, public_key.read_bytes(), anchors=kept)
    except (ValueError, OSError):
        stop("these are no receipts, or this is no Ed25519 public key in PEM", Exit.REFUSED, slug="receipt-unreadable")
    except Tampered as fault:
        stop(str(fault), Exit.REFUSED, slug=fault.slug)
    if not checked:
        stop("there is no receipt in this file", Exit.REFUSED, slug="receipt-unreadable")
    if as_json:
        say_json({"verified": checked})
        return
    whole = "none left out" if anchors is None else "none left out, whole as anchored"
    say(f"{checked} receipts: signed by this key, nothing changed, {whole}")
