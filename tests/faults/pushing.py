"""Telephony systems that push and never give up, and the question whether all that they were promised is there."""

import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from threading import Event
from time import monotonic, sleep

import httpx

from recordings.factory import Vaiti
from storage.records import Item, RecordingId, Scope, Stage
from tests.faults.installation import Installation
from tests.faults.played import CODE, WORD
from tests.integration.conftest import FACTS
from tests.integration.fakes import a_call
from workers.clock import SystemClock

AGAIN = 0.5
# Seconds until a client tries again.
GIVE_UP = 300.0
SYSTEM = Scope.system()


@dataclass
class Pushed:
    """What was acknowledged: of each call the recording that it became, and its sound's digest."""

    ids: dict[str, RecordingId] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    answers: Counter[int] = field(default_factory=Counter)
    slowest: float = 0.0
    # Seconds from the first try of a call until it is acknowledged, of the call that waited longest.

    def push(self, where: Installation, number: int, *, seconds: float) -> None:
        """Push one call until it is acknowledged. Each try that is acknowledged must name the same recording."""
        call, audio = f"call-{number}", a_call(seconds, seed=number)
        facts = json.dumps({**FACTS, "call_id": call}).encode()
        headers = {"Authorization": f"Bearer {where.token()}", "Idempotency-Key": call}
        begun = monotonic()
        while monotonic() < begun + GIVE_UP:
            parts = {"facts": (None, facts, "application/json"), "audio": ("call.wav", audio, "audio/wav")}
            try:
                answer = httpx.post(f"{where.url}/recordings", files=parts, headers=headers, timeout=60)
            except httpx.TransportError:
                sleep(AGAIN)
                continue
            self.answers[answer.status_code] += 1
            if answer.is_success:
                named = RecordingId(answer.json()["id"])
                assert self.ids.setdefault(call, named) == named
                self.digests[call] = sha256(audio).hexdigest()
                self.slowest = max(self.slowest, monotonic() - begun)
                return
            assert answer.status_code in {500, 503, 507}, answer.text
            sleep(AGAIN)
        raise AssertionError(f"call {number} was never acknowledged")

    def push_all(self, where: Installation, numbers: Sequence[int], *, clients: int, seconds: float = 10.0) -> None:
        """Push calls from so many clients at once."""
        with ThreadPoolExecutor(clients) as pool:
            list(pool.map(lambda number: self.push(where, number, seconds=seconds), numbers))


@contextmanager
def killing_at_random(where: Installation, *, every: float, seed: int) -> Iterator[list[tuple[float, str]]]:
    """Meanwhile, kill a process or a server, drawn by chance, every so many seconds. Raises what starting one raised.

    Gives what was killed, and when (`monotonic()`).
    """
    draw, stop, killed = random.Random(seed), Event(), list[tuple[float, str]]()

    def run() -> None:
        while not stop.wait(every):
            name = draw.choice(where.names)
            killed.append((monotonic(), name))
            where.kill(name)

    with ThreadPoolExecutor(1) as pool:
        killer = pool.submit(run)
        try:
            yield killed
        finally:
            stop.set()
        killer.result()


def opened(where: Installation) -> Vaiti:
    """Open the stores beside the running processes, to look at what is there."""
    return Vaiti.open(where.settings, clock=SystemClock())


def wait_until_published(vaiti: Vaiti, number: int, *, seconds: float) -> None:
    """Wait until so many recordings are published and none is anything else."""
    end = monotonic() + seconds
    while (counted := vaiti.catalog.count(SYSTEM)) != {Stage.PUBLISHED: number}:
        assert monotonic() < end, {stage.value: count for stage, count in counted.items()}
        sleep(0.5)


def check(where: Installation, vaiti: Vaiti, pushed: Pushed) -> None:
    """What was acknowledged is there once, whole and masked, and nothing else is."""
    assert len(set(pushed.ids.values())) == len(pushed.ids)
    kept = {each.id for each in vaiti.catalog.list(SYSTEM, limit=len(pushed.ids) + 10)}
    assert kept == set(pushed.ids.values())
    published = Counter(
        entry.recording
        for entry in vaiti.audit.list(SYSTEM, limit=100 * len(kept))
        if entry.action == "recording.published"
    )
    assert published == Counter(kept)
    vaiti.audit.verify()
    headers = {"Authorization": f"Bearer {where.token()}"}
    with httpx.Client(base_url=where.url, headers=headers, timeout=60) as client:
        for call, recording in pushed.ids.items():
            with vaiti.vault.open(recording, Item.RAW_AUDIO) as sealed:
                assert sha256(sealed.read()).hexdigest() == pushed.digests[call]
            words = client.get(f"/recordings/{recording}/transcript").text
            assert WORD in words.casefold()
            assert CODE not in words
            assert client.get(f"/recordings/{recording}/audio").is_success
