"""The application: API under /api/v1, pages at /, one guard around both."""

from __future__ import annotations

from importlib.metadata import version

from fastapi import FastAPI

from recordings.api import (
    audit,
    beside,
    calls,
    cases,
    disclosures,
    governance,
    health,
    holds,
    metrics,
    notes,
    objections,
    officer,
    persons,
    portal,
    review,
    search,
)
from recordings.api.guard import Guard
from recordings.api.patience import Patience
from recordings.api.problems import RESPONSES, add_handlers
from recordings.api.work_metrics import Refusals
from recordings.edge import declared
from recordings.factory import Vaiti
from recordings.identity import Gate
from recordings.web.app import add_pages

PREFIX = "/api/v1"


def create_app(vaiti: Vaiti) -> FastAPI:
    """Return the ASGI application of one service. Reads the token, which is made at the first start."""
    app = FastAPI(
        title="Vaiti",
        version=version("vaiti"),
        openapi_url=f"{PREFIX}/openapi.json",
        # the interactive pages load scripts from elsewhere, which no page of ours does
        docs_url=None,
        redoc_url=None,
        responses=RESPONSES,
    )
    gate = Gate(
        vaiti.settings.read_token(),
        keys=vaiti.api_keys,
        sign_ins=vaiti.sign_ins,
        controllers=vaiti.controllers,
        clock=vaiti.clock,
    )
    app.state.vaiti, app.state.gate, app.state.refusals = vaiti, gate, Refusals()
    for each in (
        calls,
        cases,
        objections,
        persons,
        portal,
        beside,
        search,
        governance,
        officer,
        holds,
        disclosures,
        review,
        notes,
        audit,
        health,
        metrics,
    ):
        app.include_router(each.router, prefix=PREFIX)
    app.include_router(health.router, include_in_schema=False)
    add_pages(app)
    add_handlers(app)
    app.state.declared = tuple(declared(app))  # a route that names no permission stops the start
    app.add_middleware(Patience)
    app.add_middleware(Guard, gate=gate, names=vaiti.settings.public_names)
    return app
