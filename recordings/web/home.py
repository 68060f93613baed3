"""How the register stands, for who keeps it in order: what waits, what failed and why, what is gone, how the work goes.

Counts, states and reasons; nothing that was said, and nothing that tells whose call it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from recordings.digest import write_digest
from recordings.edge import get_vaiti, needs, registers
from recordings.errors import NotForReview, Restricted
from recordings.identity import Caller
from recordings.lifecycle import is_usable
from recordings.permissions import Permission
from recordings.steps.review import Choice, Reviewer, Verb
from recordings.web.page import get_language, render, texts_of
from recordings.web.texts import STAGES, write_number, write_time
from recordings.workload import Workload
from storage.errors import LostClaim, NotFound
from storage.records import Recording, Scope, Stage

MOST_FAILED = 1_000
# Calls that one look shows, and one order sends back: what is left is sent by the next.
LAST_RECEIPTS = 10
_UNDER_WAY = (Stage.RECEIVED, Stage.TRANSCRIBED, Stage.PLANNED, Stage.MASKED)

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

Counts = Annotated[Caller, Depends(needs(Permission.COUNTS_READ))]
Retries = Annotated[Caller, Depends(needs(Permission.WORK_RETRY))]


@router.get("/home")
def show_home(request: Request, caller: Counts) -> HTMLResponse:
    """Show how the register stands now."""
    vaiti, scope, language = get_vaiti(request), registers(get_vaiti(request), caller), get_language(request)
    status = vaiti.status(scope)
    cases = vaiti.keep_cases.list(scope) if caller.may(Permission.CASES_READ) else ()
    country = next((each.country for each in vaiti.controllers.list() if scope.allows(each.slug)), "FI")
    tell = vaiti.keep_disclosures.list(scope, waiting=True) if caller.may(Permission.HOLDS_READ) else ()
    today = _local(request, vaiti.clock.now()).date()
    digest = write_digest(status, cases, today=today, country=country, language=language, recipients=len(tell))
    return render(
        request,
        "home.html",
        waits=[each.replace("`", "") for each in digest.lines] if digest is not None else (),
        stages=[(STAGES[language][each], status.stages[each]) for each in Stage if status.stages.get(each)],
        failed=_count_failed(_failed(request, scope)),
        may_retry=caller.may(Permission.WORK_RETRY),
        work=_view_work(request, vaiti.workload()),
        receipts=_view_receipts(request, scope) if caller.may(Permission.RECEIPTS_READ) else None,
    )


@router.post("/home/retry")
def retry(request: Request, caller: Retries, slug: Annotated[str, Form(max_length=64)] = "") -> Response:
    """Send the calls that failed with this reason back to work, by the workers that run."""
    vaiti, scope = get_vaiti(request), registers(get_vaiti(request), caller)
    who, choice = Reviewer(actor=caller.actor), Choice(verb=Verb.RETRY)
    for each in _failed(request, scope):
        if each.slug == slug:
            try:
                vaiti.review.decide(scope, each.id, choice, who)
            except (NotFound, NotForReview, Restricted, LostClaim):  # it has moved meanwhile, as it should
                continue
    return RedirectResponse("/home", status_code=303)


def _failed(request: Request, scope: Scope) -> list[Recording]:
    vaiti = get_vaiti(request)
    found = vaiti.catalog.list(scope, stages=[Stage.FAILED], limit=MOST_FAILED)
    return [each for each in found if is_usable(each, vaiti.clock.now())]


def _count_failed(failed: list[Recording]) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for each in failed:
        counts[each.slug or "-"] = counts.get(each.slug or "-", 0) + 1
    return sorted(counts.items(), key=lambda found: (-found[1], found[0]))


def _view_work(request: Request, load: Workload) -> list[tuple[str, str]]:
    """Return how the work of the whole service goes: label and value."""
    texts, language = texts_of(request), get_language(request)
    waiting = [load.work.waiting[each] for each in _UNDER_WAY if each in load.work.waiting]
    since = min((each.since for each in waiting if each.since is not None), default=None)
    steps = load.work.steps.values()
    seconds, sound = sum(each.seconds for each in steps), max((each.sound for each in steps), default=0.0)
    rows = [
        (texts["work_waiting"], str(sum(each.count for each in waiting))),
        (texts["work_oldest"], "-" if since is None else write_time(_local(request, since), language)),
        (texts["work_speed"], "-" if not sound else write_number(seconds / sound, language, digits=2)),
    ]
    if load.workers is not None:
        rows.append((texts["work_workers"], str(sum(load.workers.values()))))
    free = 100 * load.disk_free / load.disk_size if load.disk_size else 0
    rows.append((texts["work_disk"], f"{write_number(free, language, digits=0)} %"))
    return rows


def _view_receipts(request: Request, scope: Scope) -> list[tuple[str, str, str]]:
    """Return the last receipts: when, of which recording, why."""
    vaiti, language = get_vaiti(request), get_language(request)
    found = vaiti.catalog.receipts(scope, limit=LAST_RECEIPTS)
    return [_view_receipt(request, each, language) for each in found]


def _view_receipt(request: Request, receipt: Mapping[str, Any], language: str) -> tuple[str, str, str]:
    moment = receipt.get("purged_at") or receipt["refused_at"]
    when = write_time(_local(request, datetime.fromisoformat(str(moment))), language)
    return when, str(receipt.get("recording", "-")), str(receipt.get("reason", ""))


def _local(request: Request, moment: datetime) -> datetime:
    zone = next((each.zone_info for each in get_vaiti(request).controllers.list()), None)
    return moment.astimezone(zone)
