"""The clock's process where work is on Redis: one leads, others stand by, and what Redis forgot gets a job again."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from recordings.factory import Vaiti
from recordings.observability import log
from storage.rq_queue import RqQueue
from workers.requeue import requeue
from workers.runner import attempt
from workers.schedule import Schedule, do_duty

REQUEUE_EVERY = 10.0
# Seconds; a hint that was lost costs a call this long.


def run(vaiti: Vaiti, queue: RqQueue, *, stop: Event) -> None:
    """Lead, as soon as nobody else does, until told to stop."""
    with _leading(vaiti.settings.data, stop) as leads:
        if not leads:
            return
        log.info("schedule.leads")
        duties = Thread(target=Schedule(vaiti, stop=stop).run, name="schedule", daemon=True)
        duties.start()
        while not stop.is_set():
            attempt(lambda: _requeue(vaiti, queue))
            stop.wait(REQUEUE_EVERY)
        duties.join()


def is_led(data: Path) -> bool:
    """Tell whether a scheduler of this machine leads: while none does, nothing is deleted in time."""
    folder = os.open(data, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(folder)
    return False


def _requeue(vaiti: Vaiti, queue: RqQueue) -> None:
    count = do_duty("queue.behind", lambda: requeue(vaiti, queue))
    if count:
        log.info("queue.requeued", count=count)


@contextmanager
def _leading(data: Path, stop: Event) -> Iterator[bool]:
    """Hold the data folder's lock: the kernel gives it to another process the moment that this one is gone."""
    folder = os.open(data, os.O_RDONLY)
    try:
        while not stop.is_set():
            try:
                fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                stop.wait(REQUEUE_EVERY)
            else:
                break
        yield not stop.is_set()
    finally:
        os.close(folder)
