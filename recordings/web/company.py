"""To the company's own sign-in and back; docs/adr/0048.

The session's cookie goes with requests of our own pages only, so what comes back from the provider is no redirect: it
is a page of ours, which leads on by itself. The secret that ties both ways together is in a cookie of ten minutes.
"""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from recordings.edge import OPEN, Service
from recordings.errors import VaitiError
from recordings.identity import new_secret
from recordings.people_errors import CompanyAway, CompanyRefused
from recordings.web.page import find_person, render
from recordings.web.refusing import refuse
from recordings.web.session import go, is_secure, keep_session
from recordings.web.sign_in import address_of, sign_in_values

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

LEAVING = "vaiti_leaving"
AWAY_FOR = 600
# Seconds: as long as a code of a provider's is good at most.


@router.get("/sign-in/company", dependencies=OPEN)
def leave(request: Request, vaiti: Service) -> Response:
    """Lead to the provider; a session that was open in this browser ends."""
    if vaiti.provider is None:
        return go("/sign-in")
    person, secret = find_person(request), new_secret()
    try:
        there = vaiti.provider.leave(secret)
    except CompanyAway as error:
        return refuse(request, "sign_in.html", error, **sign_in_values(vaiti))
    if person is not None:
        vaiti.sign_in.leave(person)
    answer = RedirectResponse(there, status_code=303)
    secure = is_secure(request)
    answer.set_cookie(_name(request), secret, httponly=True, samesite="lax", secure=secure, path="/", max_age=AWAY_FOR)
    return answer


@router.get("/sign-in/back", dependencies=OPEN)
def come_back(request: Request, vaiti: Service) -> Response:
    """Open a session for whom the provider vouches for."""
    arrive = vaiti.company_sign_in
    if arrive is None:
        return go("/sign-in")
    try:
        counted = vaiti.sign_in.count_address(address_of(request, vaiti))
        secret = request.cookies.get(_name(request), "")
        if not secret:
            raise CompanyRefused
        opened = vaiti.sign_in.for_company(arrive(secret, request.query_params), counted=counted)
        on = "/start" if opened.complete else "/sign-in/second"
        answer: Response = keep_session(request, render(request, "came_back.html", on=on), opened.secret)
    except VaitiError as error:
        answer = refuse(request, "sign_in.html", error, **sign_in_values(vaiti))
    answer.delete_cookie(_name(request), httponly=True, samesite="lax", secure=is_secure(request), path="/")
    return answer


@router.get("/sign-out/company", dependencies=OPEN)
def sign_out_there(vaiti: Service) -> Response:
    """Lead to where one signs out of the company's sign-in itself."""
    there = vaiti.provider.end() if vaiti.provider is not None else None
    return RedirectResponse(there, status_code=303) if there else go("/sign-in")


def _name(request: Request) -> str:
    return f"__Host-{LEAVING}" if is_secure(request) else LEAVING
