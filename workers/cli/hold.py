"""`vaiti hold`: what is not deleted in time, why, and until when."""

# ruff: noqa: PLC0415, PLR0913, PLR0917, FBT002 - the help must not wait for the service; options are parameters
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from workers.cli.common import Actor, Data, Exit, Json, audit_name, say, say_json, stop, working
from workers.cli.opened import opaque_id, opened, read_reference, recording_id

if TYPE_CHECKING:
    from recordings.factory import Vaiti
    from recordings.holding import Order
    from storage.holds import Hold
    from storage.records import HoldId, Recording

hold = typer.Typer(help="Stop the deletion of calls for a reason, and end it.", no_args_is_help=True)

Recordings = Annotated[list[str] | None, typer.Argument(help="The ids of the recordings.")]
Controller = Annotated[str, typer.Option(help="Whose register.")]
Case = Annotated[str, typer.Option(help="The case in the company's own books; it is in the audit log.")]
Reference = Annotated[str | None, typer.Option(help="All calls of whom this names, as type:value, or - to be asked.")]
Review = Annotated[
    datetime | None,
    typer.Option("--review", formats=["%Y-%m-%d"], help="When a person looks again. [default: 90 days]"),
]
Recipient = Annotated[
    str | None,
    typer.Option(help="Whom the calls are given to: police, court, authority, collector, counsel, insurer, ..."),
]
Untold = Annotated[
    str | None, typer.Option(help="Why the person is not told of it: investigation, security, danger or order.")
]
HoldName = Annotated[str, typer.Argument(help="The hold's id.")]
Ended = Annotated[bool, typer.Option("--ended", help="Also those that have ended.")]


@hold.command("place")
def place(
    controller: Controller,
    ground: Annotated[str, typer.Option(help="legal-claim, legal-duty or authority-order.")],
    case: Case,
    recordings: Recordings = None,
    reference: Reference = None,
    review: Review = None,
    actor: Actor = "terminal",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Hold these recordings, or a customer's: they are not deleted before the hold is released."""
    from recordings.steps.hold import PlaceHold

    with opened(data) as vaiti:
        order = order_of(vaiti, controller, ground, case, actor, recordings, reference, review)
        show(vaiti, PlaceHold(holding=vaiti.holding)(order), as_json=as_json)


@hold.command("list")
def list_holds(ended: Ended = False, data: Data = None, as_json: Json = False) -> None:
    """List holds and requests that hold; OVERDUE are calls past their time."""
    from storage.holds import HoldKind

    show_all(data, [HoldKind.LEGAL, HoldKind.ACCESS], ended=ended, as_json=as_json)


@hold.command("show")
def show_hold(hold_id: HoldName, data: Data = None, as_json: Json = False) -> None:
    """Show a hold or a restriction, and the recordings that it keeps."""
    with opened(data) as vaiti:
        found = vaiti.holds.get(vaiti.controllers.scope, id_of(hold_id))
        show(vaiti, found, as_json=as_json)
        if not as_json:
            for each in vaiti.holds.recordings(vaiti.controllers.scope, found.id):
                say(f"    {each.id}  to be deleted {each.delete_at:%Y-%m-%d %H:%M} UTC")


@hold.command("review")
def review_hold(
    hold_id: HoldName, until: Review = None, actor: Actor = "terminal", data: Data = None, as_json: Json = False
) -> None:
    """Say that a hold is still needed, until the next review."""
    from recordings.steps.hold import PlaceHold

    with opened(data) as vaiti:
        act, scope = PlaceHold(holding=vaiti.holding), vaiti.controllers.scope
        changed = act.review(scope, id_of(hold_id), until.date() if until else None, actor=audit_name(actor))
        show(vaiti, changed, as_json=as_json)


@hold.command("release")
def release(hold_id: HoldName, actor: Actor = "terminal", data: Data = None, as_json: Json = False) -> None:
    """End a hold and delete at once what was due. With VAITI_HOLD_TWO_PERSONS two people give this command."""
    from recordings.steps.hold import PlaceHold

    with opened(data) as vaiti:
        act = PlaceHold(holding=vaiti.holding)
        released = act.release(vaiti.controllers.scope, id_of(hold_id), actor=audit_name(actor))
        let_go(vaiti, hold_id, released, as_json=as_json)


@hold.command("open")
def open_hold(
    hold_id: HoldName,
    out: Annotated[Path, typer.Option(help="The encrypted archive (.zip) to write.")],
    passphrase_file: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="The passphrase of the archive.")],
    purpose: Annotated[str, typer.Option(help="legal-claim, authority-request or access-request.")] = "legal-claim",
    recipient: Recipient = None,
    untold: Untold = None,
    actor: Actor = "terminal",
    data: Data = None,
) -> None:
    """Write a hold's calls, unedited, as an encrypted archive: the only way to them once their time is over."""
    from recordings.steps.access import AccessRequest, Purpose
    from workers.files import whole_file

    if purpose not in {each.value for each in Purpose}:
        stop("--purpose is legal-claim, authority-request or access-request", Exit.USAGE)
    with opened(data) as vaiti, working("Opening the vault, for this case and on record ..."):
        found = vaiti.holding.get(vaiti.controllers.scope, id_of(hold_id))
        request = AccessRequest(
            scope=vaiti.controllers.scope,
            purpose=Purpose(purpose),
            case=found.case,
            actor=audit_name(actor),
            passphrase=passphrase_file.read_text(encoding="utf-8").strip(),
            hold=found.id,
            **recipient_of(recipient, untold),
        )
        with whole_file(out) as file:
            manifest = vaiti.access(request, file)
    say(f"{out}: {len(manifest['calls'])} calls")


def recipient_of(recipient: str | None, untold: str | None) -> dict[str, Any]:
    """Return to whom calls are given, as `AccessRequest` has it."""
    from recordings import disclosures

    try:
        return {
            "recipient": disclosures.Recipient(recipient) if recipient else None,
            "untold": disclosures.Untold(untold) if untold else None,
        }
    except ValueError:
        stop(
            f"--recipient is one of {', '.join(disclosures.Recipient)}; --untold of {', '.join(disclosures.Untold)}",
            Exit.USAGE,
        )


def order_of(
    vaiti: Vaiti,
    controller: str,
    ground: str,
    case: str,
    actor: str,
    recordings: list[str] | None,
    reference: str | None,
    review: datetime | None,
) -> Order:
    """Return what is to be held: the recordings that are named, or those of whom the reference names."""
    from recordings.holding import Order

    if bool(recordings) == bool(reference):
        stop("name recordings by their ids, or a person by --reference", Exit.USAGE)
    return Order(
        controller=controller,
        ground=ground,
        case=audit_name(case),
        actor=audit_name(actor),
        recordings=tuple(recording_id(each) for each in recordings or ()),
        customer=find_customer(vaiti, controller, reference, actor) if reference else None,
        review_on=review.date() if review else None,
    )


def find_customer(vaiti: Vaiti, controller: str, reference: str, actor: str) -> Any:
    """Return the customer that a reference names, or end."""
    from recordings.facts import CustomerReference
    from storage.errors import NotFound

    if reference == "-":
        reference = typer.prompt("Reference (type:value)", hide_input=True, err=True)
    kind, value = read_reference(reference)
    named = CustomerReference.model_validate({"type": kind, "value": value})
    customer = vaiti.search.find_customer(vaiti.controllers.scope, named, controller=controller, actor=actor)
    if customer is None:
        raise NotFound
    return customer


def id_of(text: str) -> HoldId:
    """Return a hold's id, or end."""
    from storage.records import HoldId

    return HoldId(opaque_id(text))


def show_all(data: Path | None, kinds: Sequence[Any], *, ended: bool, as_json: bool) -> None:
    """Print the holds of these kinds, one a line."""
    with opened(data) as vaiti:
        scope = vaiti.controllers.scope
        found = vaiti.holds.list(scope, kinds=kinds, ended=ended)
        if as_json:
            say_json({"holds": [_document(vaiti, each) for each in found]})
            return
        for each in found:
            say(_line(vaiti, each))
        say(f"{len(found)} found, {vaiti.view.count_overdue(scope)} calls held past their time")


def show(vaiti: Vaiti, found: Hold, *, as_json: bool) -> None:
    """Print one hold."""
    if as_json:
        say_json(_document(vaiti, found))
    else:
        say(_line(vaiti, found))


def let_go(vaiti: Vaiti, hold_id: str, released: Sequence[Recording], *, as_json: bool) -> None:
    """Delete what was due, and print the hold and how many receipts there are."""
    receipts = vaiti.let_go(released)
    after = vaiti.holds.get(vaiti.controllers.scope, id_of(hold_id))
    if as_json:
        say_json(_document(vaiti, after) | {"receipts": receipts})
        return
    say(_line(vaiti, after))
    if after.ended_at is None:
        say("asked; somebody else has to give the same command")
    else:
        say(f"{len(released)} calls set free, {len(receipts)} of them purged")


def _document(vaiti: Vaiti, found: Hold) -> dict[str, Any]:
    recordings = vaiti.holds.recordings(vaiti.controllers.scope, found.id)
    now = vaiti.clock.now()
    return asdict(found) | {
        "recordings": [each.id for each in recordings],
        "overdue": sum(each.delete_at <= now for each in recordings),
    }


def _line(vaiti: Vaiti, found: Hold) -> str:
    document = _document(vaiti, found)
    calls, overdue = len(document["recordings"]), document["overdue"]
    words = [found.id, found.controller, found.ground, found.case, f"{calls} calls", f"review {found.review_on}"]
    if overdue:
        words.append(f"{overdue} OVERDUE")
    if found.until is not None:
        words.append(f"until {found.until:%Y-%m-%d %H:%M} UTC")
    if found.notified_on is not None:
        words.append(f"told {found.notified_on}")
    if found.ended_at is not None:
        words.append(f"ended {found.ended_at:%Y-%m-%d %H:%M} UTC")
    elif found.review_on <= vaiti.holding.today(found.controller):
        words.append("REVIEW DUE")
    return "  ".join(words)
