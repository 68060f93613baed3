"""A process of the service that ends at a named place: at once, and without tidying up (storage/crash_points.py).

Each is forked from a process that has imported everything and opened nothing, so it costs no more than what it does.
"""

import os
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection

from recordings.errors import VaitiError
from recordings.factory import Vaiti
from recordings.settings import Settings
from storage import crash_points
from storage.errors import StorageError
from storage.sql import SqlCatalog
from tests.crashes import KILLED
from tests.faults.played import open_played
from tests.integration.fakes import MovedClock

COMMIT = "catalog.move"
# A place of the tests' own: all that a step writes is written, and nothing is committed.
SECONDS = 120.0


@dataclass(frozen=True)
class Death:
    """Where a process dies: at this place, when it comes there for this time."""

    point: str
    time: int = 1


@dataclass(frozen=True)
class Ended:
    """What became of an act: it was done (`result`), refused (`refused`), or its process died."""

    result: object = None
    refused: type[Exception] | None = None
    died: bool = False


def end_of(act: Callable[[], object]) -> Ended:
    """Do it, and say what became of it; what is no refusal of ours is raised."""
    try:
        return Ended(result=act())
    except (StorageError, VaitiError) as why:
        return Ended(refused=type(why))


def done_until(
    death: Death, settings: Settings, clock: MovedClock, act: Callable[..., object], *given: object
) -> Ended:
    """Do an act in a process of its own that opens the service, or only the settings, and dies there."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["tests.faults.acts"])
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_live, args=(death, there, settings, clock, act, *given))
    process.start()
    there.close()
    process.join(SECONDS)
    with here:
        if process.exitcode == KILLED:
            return Ended(died=True)
        assert process.exitcode == 0, (act.__name__, death, process.exitcode)
        ended = here.recv()
        assert isinstance(ended, Ended)
        return ended


def _live(
    death: Death, told: Connection, settings: Settings, clock: MovedClock, act: Callable[..., object], *given: object
) -> None:
    _watch_for(death)
    if act.__name__ == "put_back":
        told.send(end_of(lambda: act(settings, clock, *given)))
        return
    with closing(open_played(settings, clock=clock)) as vaiti:
        told.send(end_of(lambda: act(vaiti, *given)))


def _watch_for(death: Death) -> None:
    left = [death.time]

    def reach(point: str) -> None:
        if point == death.point:
            left[0] -= 1
            if not left[0]:
                os._exit(KILLED)

    commit = SqlCatalog.move

    def move(*given: object, **named: object) -> object:
        reach(COMMIT)
        return commit(*given, **named)  # type: ignore[arg-type]

    crash_points.reach = reach
    SqlCatalog.move = move  # type: ignore[method-assign, assignment]


def opened(settings: Settings, clock: MovedClock) -> Vaiti:
    """Open the service in this process."""
    return open_played(settings, clock=clock)
