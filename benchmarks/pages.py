"""How long the pages of the workplace take over HTTP, signed in, with some hundred calls, one request after the other.

The goal is a first page within 100 ms on two cores. Stores, sessions and templates are the real ones; the words of the
calls are played, so that nobody waits for a speech model.
"""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from threading import Thread
from time import perf_counter, sleep
from typing import Final

import httpx
import uvicorn

from recordings.api.app import create_app
from recordings.factory import Engines, Vaiti
from recordings.facts import parse_facts
from recordings.permissions import Role
from recordings.settings import load_settings
from recordings.steps.people import NewRole
from storage.records import Stage
from tests.integration.fakes import DigitDetector, MovedClock, Playback, SquareTone, WavCodec, a_call, said
from workers.listening import PromptProtocol

CALLS, TIMES = 200, 40
PASSWORD: Final = "kolme kuivaa kannua"  # noqa: S105 - of nobody
CONTROLLERS: Final = (
    '[controllers.example]\nname = "Example Oy"\ncases = "P2Y"\n[controllers.example.periods]\nservice = "P1Y"\n'
)
TALK: Final = "Energiayhtiöstä hei mitä asia koskee lasku tuli kahteen kertaan ja tunnus on 131052-308T kiitos"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTime:
    """A page, and the milliseconds that half and 95 of 100 requests took at most."""

    page: str
    half: float
    most: float


def measure() -> list[PageTime]:
    """Ask for each page one after the other and say how long it took."""
    with TemporaryDirectory(prefix="vaiti-") as home, _opened(Path(home)) as vaiti, _served(vaiti) as address:
        call = _push(vaiti)
        with httpx.Client(base_url=address, headers={"Origin": address}, timeout=60) as reader:
            reader.post("/sign-in", data={"name": "mittaaja", "password": PASSWORD})
            reader.post("/commitment")
            found = reader.post("/", data={"query": "lasku"}).headers["location"]
            pages = {
                "the newest calls": "/",
                "one call": f"/calls/{call}",
                "the hits of a search": found,
                "what waits": "/waiting",
                "how the register stands": "/home",
                "collections": "/collections",
                "requests of persons": "/cases",
            }
            return [_time(reader, name, path) for name, path in pages.items()]


def _time(reader: httpx.Client, name: str, path: str) -> PageTime:
    taken = []
    for _ in range(TIMES + 1):
        begun = perf_counter()
        reader.get(path).raise_for_status()
        taken.append((perf_counter() - begun) * 1000)
    later = taken[1:]  # the first one loads what the others find
    return PageTime(page=name, half=median(later), most=quantiles(later, n=20)[-1])


def _push(vaiti: Vaiti) -> str:
    sound, last = a_call(6.0), ""
    for number in range(CALLS):
        facts = {
            "call_id": f"c-{number}",
            "controller": "example",
            "kind": "service",
            "started_at": f"2026-0{1 + number % 2}-{1 + number % 28:02d}T10:00:00+02:00",
            "channels": ["agent", "customer"],
        }
        recording = vaiti.ingest(parse_facts(json.dumps(facts).encode()), [sound], actor="bench").recording
        while recording.stage in {Stage.RECEIVED, Stage.TRANSCRIBED, Stage.PLANNED, Stage.MASKED}:
            recording = vaiti.advance(recording)
        last = recording.id
    return last


@contextmanager
def _opened(home: Path) -> Iterator[Vaiti]:
    (home / "controllers.toml").write_text(CONTROLLERS, encoding="utf-8")
    settings = load_settings(data=home / "data", controllers=home / "controllers.toml")
    playback = Playback(words=said(TALK))
    engines = Engines(codec=WavCodec(), transcriber=lambda: playback, detector=DigitDetector, tone=SquareTone())
    vaiti = Vaiti.open(settings, clock=MovedClock(), engines=engines)
    account = vaiti.keep_people.create("mittaaja", actor="bench", password=PASSWORD).account
    for role in (Role.QA, Role.PRIVACY_OFFICER):
        vaiti.keep_people.grant(account, NewRole(role=role, controller="example"), actor="bench")
    yield vaiti
    vaiti.close()


@contextmanager
def _served(vaiti: Vaiti) -> Iterator[str]:
    taken = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(create_app(vaiti), http=PromptProtocol, log_config=None, access_log=False, lifespan="on")
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, kwargs={"sockets": [taken]}, daemon=True)
    thread.start()
    while not server.started:
        sleep(0.02)
    yield f"http://127.0.0.1:{taken.getsockname()[1]}"
    server.should_exit = True
    thread.join(30)
    taken.close()
