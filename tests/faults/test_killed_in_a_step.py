"""A worker's process is killed, or stopped past its lease, at the worst moment of each step (T2, T3, T5).

That moment is when everything is written and nothing is committed. Words and sound in the end are what an undisturbed
run makes, bit for bit, its plan finds the same, and a worker that wakes up again changes none of it.
"""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from threading import Event
from typing import Any

import pytest

from recordings.documents import read_json
from recordings.factory import Vaiti
from recordings.pipeline import WORKING
from recordings.settings import KEY_STORE
from recordings.stores import CATALOG
from storage.records import Item, Recording, Scope, Stage
from tests.crashes import ROOT
from tests.faults.played import spoken
from tests.integration.conftest import clock, home, push, settings, vaiti
from tests.integration.fakes import MovedClock, Playback, a_call
from workers.worker import LEASE, Worker

__all__ = ["clock", "home", "push", "settings", "vaiti"]

Push = Callable[..., Recording]
SYSTEM = Scope.system()
SEEN = (Item.MASKED_WORDS, Item.MASKED_AUDIO)

_WORKER = """
import os
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Any
from recordings.settings import load_settings
from storage.sql import SqlCatalog
from tests.faults.played import open_played
from tests.integration.fakes import MovedClock
from workers.worker import Worker
commit = SqlCatalog.move
def wait_for_it(*given, **named):
    os.kill(os.getpid(), {signal})
    return commit(*given, **named)
SqlCatalog.move = wait_for_it
settings = load_settings(data=Path({data!r}), controllers=Path({controllers!r}))
vaiti = open_played(settings, clock=MovedClock(datetime.fromisoformat({now!r})))
Worker(vaiti, name="first", stop=Event()).work_once({recording!r})
"""


def a_worker(vaiti: Vaiti, recording: Recording, reached: signal.Signals) -> subprocess.Popen[bytes]:
    """Start a worker on this recording, and return when that signal has reached it as it was about to commit."""
    code = _WORKER.format(
        signal=int(reached),
        data=str(vaiti.settings.data),
        controllers=str(vaiti.settings.controllers),
        now=vaiti.clock.now().isoformat(),
        recording=recording.id,
    )
    worker = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)
    if reached is signal.SIGSTOP:
        _, status = os.waitpid(worker.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status)
    else:
        assert worker.wait(120) == -reached
    return worker


def at(vaiti: Vaiti, push: Push, stage: Stage) -> Recording:
    recording = push(work=False)
    while recording.stage is not stage:
        recording = vaiti.advance(recording)
    return recording


def work_off(vaiti: Vaiti) -> None:
    worker = Worker(vaiti, name="second", stop=Event())
    while worker.work_once():
        pass


def check_files(vaiti: Vaiti) -> None:
    """Both SQLite files are whole (T8): who wrote them was killed."""
    for name in (CATALOG, KEY_STORE):
        with closing(sqlite3.connect(vaiti.settings.data / name)) as file:
            assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert file.execute("PRAGMA foreign_key_check").fetchall() == []


def seen(vaiti: Vaiti, recording: Recording) -> list[object]:
    """Return everything that staff could see of it, and the plan that it was made by."""
    made: list[object] = [plan_of(vaiti, recording)]
    for item in SEEN:
        with closing(vaiti.masked.open(recording.id, item)) as sealed:
            made.append(sealed.read())
    return made


def plan_of(vaiti: Vaiti, recording: Recording) -> dict[str, Any]:
    """Return the plan but for the numbers of its data: a step that is done again numbers what it finds anew."""
    plan = read_json(vaiti.masked, recording.id, Item.PLAN)
    for finding in plan["findings"]:
        del finding["datum"]
    return plan


def ends(vaiti: Vaiti, recording: Recording) -> list[str]:
    """Return which steps were committed, oldest first."""
    entries = reversed(vaiti.audit.list(SYSTEM, recording=recording.id))
    return [entry.action for entry in entries if entry.actor == "worker"]


@pytest.fixture
def playback() -> Playback:
    return Playback(words=spoken())


@pytest.fixture
def undisturbed(push: Push) -> Recording:
    return push(a_call(), call_id="undisturbed")


@pytest.mark.parametrize("stage", WORKING)
def test_a_step_whose_worker_is_killed_is_done_again_with_the_same_result(
    push: Push, vaiti: Vaiti, clock: MovedClock, undisturbed: Recording, stage: Stage
) -> None:
    recording = at(vaiti, push, stage)
    a_worker(vaiti, recording, signal.SIGKILL)
    check_files(vaiti)
    work_off(vaiti)
    assert vaiti.catalog.get(SYSTEM, recording.id).stage is stage  # its lease still runs
    clock.at += timedelta(seconds=LEASE + 1)
    work_off(vaiti)
    assert vaiti.catalog.get(SYSTEM, recording.id).stage is Stage.PUBLISHED
    assert seen(vaiti, recording) == seen(vaiti, undisturbed)
    assert ends(vaiti, recording) == ends(vaiti, undisturbed)


@pytest.mark.parametrize("stage", WORKING)
def test_a_worker_that_wakes_up_after_its_lease_changes_nothing(
    push: Push, vaiti: Vaiti, clock: MovedClock, undisturbed: Recording, stage: Stage
) -> None:
    recording = at(vaiti, push, stage)
    with a_worker(vaiti, recording, signal.SIGSTOP) as late:
        clock.at += timedelta(seconds=LEASE + 1)
        work_off(vaiti)
        row, made = vaiti.catalog.get(SYSTEM, recording.id), seen(vaiti, recording)
        late.send_signal(signal.SIGCONT)
        assert late.wait(120) == 0
    assert row.stage is Stage.PUBLISHED
    assert vaiti.catalog.get(SYSTEM, recording.id) == row
    assert seen(vaiti, recording) == made == seen(vaiti, undisturbed)
    assert ends(vaiti, recording) == ends(vaiti, undisturbed)
