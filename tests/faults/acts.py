"""What people, systems and the clock do with a service, each as one function that a dying process can be given."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from threading import Event

from recordings.factory import Vaiti
from recordings.facts import parse_facts
from recordings.holding import Order
from recordings.restoring import backing_up, restore
from recordings.settings import Settings
from recordings.steps.hold import PlaceHold
from recordings.steps.restrict import Restrict
from storage.holds import HoldKind
from storage.records import RecordingId, Scope
from tests.crashes import points_of
from tests.faults.deaths import COMMIT
from tests.integration.conftest import FACTS
from tests.integration.fakes import MovedClock, a_call
from workers.failures import retry_failed
from workers.worker import Worker

SYSTEM = Scope.system()
SECONDS = 3.2
# Of sound: as long as what is said in it (tests/faults/played.py).
SEALING = points_of("storage/sealed_objects.py")
PURGING = [*points_of("recordings/steps/purge.py"), *points_of("storage/keyring.py")]
PLACES = {
    "push": [*SEALING, *points_of("recordings/steps/ingest.py")],
    "work": [*SEALING, COMMIT],
    "erase": PURGING,
    "hold": ["hold.placed", "hold.keys-under-case"],
    "release": ["hold.ended", "hold.key-under-day", "hold.call-purged", *PURGING],
    "purge_due": PURGING,
    "back_up": points_of("recordings/steps/backup.py"),
    "put_back": [
        *points_of("recordings/restoring.py"),
        *points_of("recordings/steps/replay.py"),
        *points_of("recordings/hidden.py"),
        *PURGING,
    ],
    "rotate": [
        *points_of("storage/key_rotation.py"),
        *points_of("storage/root_keys.py"),
        *points_of("storage/key_backup.py"),
    ],
    "reconcile": [*points_of("storage/keyring.py")],
}


def sound_of(number: int) -> bytes:
    """The sound of the call of this number."""
    return a_call(SECONDS, seed=number)


def push(vaiti: Vaiti, number: int, kind: str, started_at: datetime) -> tuple[RecordingId, bool]:
    """Push a call, as a system that tries again does it."""
    call = {"call_id": f"call-{number}", "kind": kind, "started_at": started_at.isoformat()}
    facts = parse_facts(json.dumps({**FACTS, **call}).encode())
    taken = vaiti.ingest(facts, [sound_of(number)], actor="telephony", idempotency_key=f"call-{number}")
    return taken.recording.id, taken.created


def work(vaiti: Vaiti) -> bool:
    """Do one step of the oldest call that waits."""
    return Worker(vaiti, name="worker", stop=Event()).work_once()


def erase(vaiti: Vaiti, recording: RecordingId) -> str:
    return str(vaiti.purge(recording, reason="erasure-request", actor="officer")["recording"])


def hold(vaiti: Vaiti, recording: RecordingId, case: str) -> None:
    PlaceHold(holding=vaiti.holding)(_order(recording, case, "legal-claim"))


def restrict(vaiti: Vaiti, recording: RecordingId, case: str) -> None:
    Restrict(holding=vaiti.holding)(_order(recording, case, "accuracy-contested"))


def release(vaiti: Vaiti, case: str) -> list[str]:
    """Release a hold, or lift a restriction; returns whose time had come."""
    (found,) = [each for each in vaiti.holds.list(SYSTEM) if each.case == case]
    if found.kind is HoldKind.RESTRICTION:
        lifting = Restrict(holding=vaiti.holding)
        lifting.notify(SYSTEM, found.id, vaiti.holding.today(found.controller), actor="officer")
        kept: Sequence[object] = lifting.lift(SYSTEM, found.id, actor="officer")
    else:
        kept = PlaceHold(holding=vaiti.holding).release(SYSTEM, found.id, actor="officer")
    return [str(each["recording"]) for each in vaiti.let_go(kept)]  # type: ignore[arg-type]


def purge_due(vaiti: Vaiti) -> list[str]:
    return [str(each["recording"]) for each in vaiti.purge_due(vaiti.clock.now())]


def back_up(vaiti: Vaiti, folder: Path) -> Path:
    return backing_up(vaiti)(folder, actor="operator").path


def put_back(settings: Settings, clock: MovedClock, backup: Path) -> None:
    restore(settings, backup, clock=clock, actor="operator")


def rotate(vaiti: Vaiti, folder: Path) -> None:
    vaiti.keep_keys.rotate(folder, actor="operator")


def reconcile(vaiti: Vaiti) -> dict[str, int]:
    """Compare all stores; returns what only a person can put right."""
    return {kind: number for kind, number in vaiti.reconcile().left.items() if number}


def look_after(vaiti: Vaiti) -> None:
    """Do what the clock does each minute."""
    purge_due(vaiti)
    vaiti.journal.catch_up()
    vaiti.holding.settle()


def work_off(vaiti: Vaiti) -> None:
    """Work until nothing waits; what killed five workers is sent back to work by a person."""
    while work(vaiti):
        pass
    if retry_failed(vaiti, SYSTEM, slug="gave-up", actor="operator") != (0, 0):
        work_off(vaiti)


def _order(recording: RecordingId, case: str, ground: str) -> Order:
    return Order(controller="kuopio", ground=ground, case=case, actor="officer", recordings=(recording,))
