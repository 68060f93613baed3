"""A person fetches her copies by a link that works once; and the officer who makes it for her.

Whoever opens the page has no account. The link's secret stands behind the `#` of the address, so no server has it in a
log: a script puts it into the form, and without one it is pasted.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response

from recordings.case_errors import CodeWrong, LinkEnded
from recordings.edge import OPEN, Service, get_vaiti
from recordings.people_errors import TooManyTries
from recordings.streams import answer_archive
from recordings.web.cases import REFUSED, Id, Opens, PackForm, order_of
from recordings.web.cases import refuse as refuse_on_page
from recordings.web.page import get_language, render
from recordings.web.refusing import refuse
from recordings.web.sign_in import address_of
from recordings.web.texts import write_time

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Secret = Annotated[str, Form(max_length=200)]


@router.get("/copies", dependencies=OPEN)
def show_copies(request: Request) -> HTMLResponse:
    """Ask for the code."""
    return render(request, "copies.html", wrong="")


@router.post("/copies", dependencies=OPEN)
def fetch_copies(request: Request, vaiti: Service, link: Secret = "", code: Secret = "") -> Response:
    """Give the copies, once; every try is counted, by link and by address."""
    by_link = vaiti.pack_by_link
    try:
        vaiti.sign_in.count_address(address_of(request, vaiti))
        given, order, case = by_link.open(link.strip().rpartition("#")[2], code)
    except (LinkEnded, CodeWrong, TooManyTries) as error:
        return refuse(request, "copies.html", error)
    return answer_archive(lambda out: by_link.give(given, order, out), name=f"vaiti-{case.name}.zip")


@router.post("/cases/{case}/link")
def make_link(request: Request, caller: Opens, case: Id, form: Annotated[PackForm, Form()]) -> Response:
    """Make a link to the copies of a case, and show it and its code once."""
    vaiti = get_vaiti(request)
    try:
        order = order_of(request, caller, case, form, passphrase=None)
        made = vaiti.pack_by_link.make(order)
    except REFUSED as error:
        return refuse_on_page(request, error)
    zone = vaiti.controllers.get(vaiti.cases.get(order.scope, order.case).controller).zone_info
    return render(
        request,
        "link_made.html",
        case=case,
        address=f"{str(request.base_url).rstrip('/')}{made.address}",
        code=made.code,
        until=write_time(made.ends_at.astimezone(zone), get_language(request)),
    )
