"""Fifty pushes of one call at the same moment over HTTP (T29): one recording, and every answer names it."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import httpx

from recordings.factory import Vaiti
from storage.records import Scope
from tests.integration.conftest import FACTS, clock, home, live, playback, settings, token, vaiti
from tests.integration.fakes import a_call

__all__ = ["clock", "home", "live", "playback", "settings", "token", "vaiti"]

PUSHES = 50
SYSTEM = Scope.system()


def push_at_once(url: str, token: str) -> list[httpx.Response]:
    """Push the same call under one key from fifty threads that begin together."""
    facts, audio, together = json.dumps(FACTS).encode(), a_call(), Barrier(PUSHES)
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "k-1"}

    def push(_: int) -> httpx.Response:
        files = {"facts": (None, facts, "application/json"), "audio": ("call.wav", audio, "audio/wav")}
        together.wait()
        return httpx.post(f"{url}/api/v1/recordings", files=files, headers=headers, timeout=120)

    with ThreadPoolExecutor(PUSHES) as pool:
        return list(pool.map(push, range(PUSHES)))


def test_of_fifty_identical_pushes_one_is_stored_and_all_are_told_which(live: str, token: str, vaiti: Vaiti) -> None:
    answers = push_at_once(live, token)
    (kept,) = vaiti.catalog.list(SYSTEM)
    assert sorted(each.status_code for each in answers) == [200] * (PUSHES - 1) + [201]
    assert {each.json()["id"] for each in answers} == {kept.id}
    assert list(vaiti.keys.recordings()) == [kept.id]


def test_after_its_erasure_none_of_fifty_brings_it_back(live: str, token: str, vaiti: Vaiti) -> None:
    (first, *_) = push_at_once(live, token)
    vaiti.purge(first.json()["id"], reason="erasure-request")
    answers = push_at_once(live, token)
    assert {(each.status_code, each.json()["slug"]) for each in answers} == {(410, "call-purged")}
    assert vaiti.catalog.list(SYSTEM) == []
    assert list(vaiti.keys.recordings()) == []
