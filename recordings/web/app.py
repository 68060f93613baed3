"""The pages: what an application needs for them, and their routes."""

from __future__ import annotations

from fastapi import FastAPI

from recordings.web import (
    account,
    calls,
    cases,
    collected,
    company,
    copies,
    disclosures,
    home,
    look,
    marking,
    notes,
    originals,
    people,
    persons,
    searches,
    sign_in,
    waiting,
)
from recordings.web.page import add_frame


def add_pages(app: FastAPI) -> None:
    """Add the pages and their files to an application whose state has `vaiti` and `gate`."""
    add_frame(app)
    for each in (
        calls.router,
        marking.router,
        notes.router,
        collected.router,
        searches.router,
        cases.router,
        copies.router,
        originals.router,
        persons.router,
        disclosures.router,
        waiting.router,
        home.router,
        look.router,
        sign_in.router,
        company.router,
        account.router,
        people.router,
    ):
        app.include_router(each)
