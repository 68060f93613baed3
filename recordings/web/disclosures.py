"""The page of disclosures: to whom originals were given, and whom to tell of what has happened to them since."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from recordings.case_errors import NothingWaits
from recordings.disclosures import Disclosure, How
from recordings.edge import get_vaiti, needs, registers
from recordings.identity import Caller
from recordings.permissions import Permission
from recordings.web.page import get_language, render, say, texts_of
from recordings.web.texts import write_date
from storage.errors import NotFound

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Reads = Annotated[Caller, Depends(needs(Permission.HOLDS_READ))]
Holds = Annotated[Caller, Depends(needs(Permission.HOLDS_PLACE))]
Id = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]


@dataclass(frozen=True, slots=True)
class DisclosureView:
    """A disclosure for the page; `waits` says what the receiver has to be told, empty where nothing."""

    id: str
    case: str
    recipient: str
    purpose: str
    given: str
    count: int
    untold: str
    waits: str
    told: str


@router.get("/disclosures")
def show(request: Request, caller: Reads) -> HTMLResponse:
    """Show whom to tell first, and then all to whom originals were given, newest first."""
    vaiti = get_vaiti(request)
    found = vaiti.keep_disclosures.list(registers(vaiti, caller))
    views = [_view(request, each) for each in sorted(found, key=lambda each: each.at, reverse=True)]
    return render(
        request,
        "disclosures.html",
        disclosures=sorted(views, key=lambda each: not each.waits),
        hows=tuple(How),
        may_tell=caller.may(Permission.HOLDS_PLACE),
    )


@router.post("/disclosures/{disclosure}/told")
def tell(
    request: Request, caller: Holds, disclosure: Id, how: Annotated[str, Form(max_length=32)] = How.TOLD.value
) -> Response:
    """Note that the receiver was told, or why not."""
    vaiti = get_vaiti(request)
    try:
        vaiti.keep_disclosures.tell(registers(vaiti, caller), disclosure, How(how), actor=caller.actor)
    except NotFound:
        return say(request, "not_found", status=404)
    except NothingWaits:
        return say(request, "disclosure_calm", status=409)
    except ValueError:
        return say(request, "case_wrong", status=422)
    return RedirectResponse("/disclosures", status_code=303)


def _view(request: Request, each: Disclosure) -> DisclosureView:
    t, language = texts_of(request), get_language(request)
    zone = get_vaiti(request).controllers.get(each.controller).zone_info
    changes = Counter(changed.change for changed in each.waits)
    told = write_date(each.told_at.astimezone(zone), language) if each.told_at else ""
    return DisclosureView(
        id=each.id,
        case=each.case,
        recipient=t[f"recipient_{each.recipient}"],
        purpose=t[f"purpose_{each.purpose}"],
        given=write_date(each.at.astimezone(zone), language),
        count=len(each.recordings),
        untold=t[f"untold_{each.untold}"] if each.untold else "",
        waits=", ".join(f"{t[f'change_{change}']} {count}" for change, count in changes.items()),
        told=f"{t[f'how_{each.told_how}']} {told}" if told else "",
    )
