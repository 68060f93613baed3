"""Can this process serve now? Each part is asked for a sign of life; what is told of it is a slug and no more.

Without database, keys or objects nothing can be taken or shown: not ready. Without the queue pushes are taken and
work waits, and on a full disk all but pushes goes on: degraded, and still ready, since taking this process out of
service would turn less into nothing (docs/monitoring.md).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from storage.errors import StorageError
from storage.ports import GuardMemory, JobQueue, KeyStore, ObjectStore
from storage.records import RecordingId
from storage.reserve import Reserve

OK: Final = "ok"
_NOBODY: Final = RecordingId("0" * 32)


class State(StrEnum):
    """What all parts together make."""

    OK = "ok"
    DEGRADED = "degraded"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Readiness:
    """The state, and for each part `ok` or the slug of what is wrong with it."""

    state: State
    parts: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReady:
    """Asks every part."""

    memory: GuardMemory
    keys: KeyStore
    objects: ObjectStore
    queue: JobQueue
    reserve: Reserve

    def __call__(self) -> Readiness:
        """Return what works. Takes as long as the slowest part's own time limit."""
        needed = {
            "database": _ask(self.memory.read),
            "keys": _ask(lambda: self.keys.knows(_NOBODY)),
            "objects": _ask(self.objects.check),
        }
        useful = {
            "queue": OK if self.queue.answers() else "queue-unavailable",
            "room": "no-room" if self.reserve.is_short() else OK,
        }
        state = State.OK
        if set(needed.values()) != {OK}:
            state = State.DOWN
        elif set(useful.values()) != {OK}:
            state = State.DEGRADED
        return Readiness(state, needed | useful)


def _ask(part: Callable[[], object]) -> str:
    try:
        part()
    except StorageError as fault:
        return fault.slug
    return OK
