"""Tells a company's own systems of objections: signed messages in the form of Standard Webhooks.

What is told is the feed that `GET /objections` shows, in its order, and how far a register was told is in the database.
So a message that does not arrive is tried again, nothing comes twice out of order, and a receiver that was away for a
week is told all of it when it is back. A message carries opaque ids, and its address nothing at all.
"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from threading import Event
from typing import Any, Final

import httpx
from standardwebhooks import Webhook

from recordings.controllers import Controller
from recordings.errors import SettingsWrong
from recordings.factory import Vaiti
from recordings.observability import log
from recordings.webhooks import read_secrets
from storage.objections import Objection, Telling

WAITS: Final = tuple(timedelta(seconds=each) for each in (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400))
# Between tries, as the specification proposes; the last one goes on. The clock comes round once a minute.
TIMEOUT: Final = httpx.Timeout(15.0)
AT_ONCE: Final = 100
UNREACHABLE: Final = "webhook-unreachable"
REFUSED: Final = "webhook-refused"
UNSIGNED: Final = "webhook-unsigned"


def tell_objections(vaiti: Vaiti, *, stop: Event) -> int:
    """Tell every register's systems what they were not told; returns how many messages arrived."""
    return sum(_tell(vaiti, each, stop) for each in vaiti.controllers.list() if each.webhook is not None)


def _tell(vaiti: Vaiti, controller: Controller, stop: Event) -> int:
    telling = vaiti.objections.telling(controller.slug)
    if telling.next_at is not None and telling.next_at > vaiti.clock.now():
        return 0
    try:
        hooks = [Webhook(each) for each in read_secrets(vaiti.settings, controller.slug)]
    except SettingsWrong:
        _fail(vaiti, telling, UNSIGNED)
        return 0
    arrived = 0
    with httpx.Client(timeout=TIMEOUT, follow_redirects=False, trust_env=False) as client:
        while found := vaiti.keep_objections.since(controller.slug, telling.told, limit=AT_ONCE):
            for objection in found:
                if stop.is_set():
                    return arrived
                failed = _send(client, controller, hooks, objection, vaiti)
                if failed is not None:
                    _fail(vaiti, telling, failed)
                    return arrived
                arrived += 1
                telling = Telling(controller=controller.slug, told=objection.number)
                vaiti.objections.keep_telling(telling)
    return arrived


def _send(
    client: httpx.Client, controller: Controller, hooks: list[Webhook], objection: Objection, vaiti: Vaiti
) -> str | None:
    """Send one message; returns why it did not arrive, None where it did."""
    now, message = vaiti.clock.now(), f"msg_{controller.slug}_{objection.number}"
    body = json.dumps(_told(objection), separators=(",", ":"))
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "vaiti",
        "webhook-id": message,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(hook.sign(message, now, body) for hook in hooks),
    }
    try:
        answer = client.post(str(controller.webhook), content=body.encode(), headers=headers)
    except httpx.HTTPError:  # its text holds the address, and nothing that helps
        return UNREACHABLE
    return None if answer.is_success else REFUSED


def _told(objection: Objection) -> dict[str, Any]:
    ended = objection.ended_at is not None
    at = objection.ended_at or objection.made_at
    return {
        "type": "objection.ended" if ended else "objection.recorded",
        "timestamp": at.isoformat(),
        "data": {
            "number": objection.number,
            "id": objection.id,
            "controller": objection.controller,
            "kind": objection.kind.value,
            "case": objection.case,
            "customer": objection.customer,
        },
    }


def _fail(vaiti: Vaiti, telling: Telling, slug: str) -> None:
    wait = WAITS[min(telling.attempts, len(WAITS) - 1)]
    vaiti.objections.keep_telling(
        replace(telling, attempts=telling.attempts + 1, next_at=vaiti.clock.now() + wait, failed=slug)
    )
    log.error("webhook.failed", slug=slug, count=telling.attempts + 1)
