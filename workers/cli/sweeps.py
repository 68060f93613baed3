"""`vaiti sweep` and `vaiti report`: all stores compared, and the weekly page."""

# ruff: noqa: PLC0415, FBT002 - the help must not wait for the stores; options are parameters
from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from workers.cli.common import Actor, Data, Exit, Json, audit_name, say, say_json, stop, working
from workers.cli.opened import opened

report = typer.Typer(help="What became of a week, signed; and the record of processing.", no_args_is_help=True)


def sweep(
    data: Data = None,
    confirm: Annotated[
        bool, typer.Option("--confirm", help="This is the right catalog: remove all that has no row; with --as.")
    ] = False,
    actor: Actor = "",
    as_json: Json = False,
) -> None:
    """Compare catalog, keys, objects, index and files now, as the service does each day; put right what is safe.

    Ends with 1 when something is left for a person.
    """
    if confirm and not actor:
        stop("--confirm is a person's word: say whose, with --as NAME", Exit.USAGE)
    person = audit_name(actor) if confirm else None
    with working("Comparing all stores ..."), opened(data) as vaiti:
        found = vaiti.reconcile(confirmed_by=person)
        complaints = vaiti.status(vaiti.controllers.scope).complaints()
    if as_json:
        say_json({"left": found.left, "repaired": found.repaired})
    else:
        for word, counted in (("put right", found.repaired), ("left", found.left)):
            for kind, count in counted.items():
                say(f"{kind}: {count} {word}") if count else None
        for complaint in complaints:
            say(complaint)
        say("compared" if complaints else "compared, nothing is left for a person")
    if complaints:
        raise SystemExit(int(Exit.FAULT))


@report.command("week")
def report_week(
    data: Data = None,
    week: Annotated[str | None, typer.Option(help="As 2026-W47. [default: the last that is over]")] = None,
    folder: Annotated[Path | None, typer.Option("--out", help="[default: reports in the data folder]")] = None,
    as_json: Json = False,
) -> None:
    """Write the signed pages of a week, one for each register, over those that are there."""
    from recordings.weekly import Week
    from workers.reporting import write_week

    chosen = Week.parse(week) if week else None
    with opened(data) as vaiti:
        pages = write_week(vaiti, chosen, folder=folder)
    if as_json:
        say_json({"pages": [str(page) for page in pages]})
        return
    for page in pages:
        say(str(page))


@report.command("processing")
def report_processing(
    controller: Annotated[str, typer.Option(help="Whose register.")],
    out: Annotated[Path, typer.Option(help="The PDF.")],
    language: Annotated[str, typer.Option(help="fi, sv or en.")] = "fi",
    data: Data = None,
) -> None:
    """Write the record of processing of a register (GDPR Art. 30), from the controllers file."""
    from recordings.letter.processing import write_processing
    from recordings.letter.render import render
    from workers.files import whole_file

    if language not in {"fi", "sv", "en"}:
        stop("--language is fi, sv or en", Exit.USAGE)
    with opened(data) as vaiti:
        found = vaiti.controllers.get(controller)
        made = render(write_processing(found, today=vaiti.holding.today(controller), language=language))
    with whole_file(out) as file:
        file.write(made)
    say(f"{out}: {len(made)} bytes")


@report.command("verify")
def verify_report(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The JSON file of a page.")],
    public_key: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="The service's public key (PEM).")],
) -> None:
    """Check a page offline: that this key signed it and nothing was changed."""
    from storage.errors import Tampered
    from storage.receipts import WEEK, verify

    try:
        verify(json.loads(file.read_text(encoding="utf-8")), public_key.read_bytes(), form=WEEK)
    except (ValueError, AttributeError, OSError):
        stop("this is no report, or this is no Ed25519 public key in PEM", Exit.REFUSED, slug="receipt-unreadable")
    except Tampered as fault:
        stop("this report is not what was signed", Exit.REFUSED, slug=fault.slug)
    say("signed by this key, nothing changed")
