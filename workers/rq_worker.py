"""A process that works through RQ: takes jobs of its weights, one at a time, and the model it loads stays loaded.

It does not fork: a speech model that was loaded before a fork hangs after it, and one that is loaded in every fork
costs seconds a call. What RQ's forks would give is had otherwise: a process that dies or hangs loses its lease, and
whoever supervises it (`vaiti worker --count`, systemd, compose) starts another.
"""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Iterable
from logging.config import dictConfig
from threading import Event
from types import FrameType, TracebackType

from rq import SimpleWorker
from rq.job import Job
from rq.serializers import JSONSerializer
from rq.timeouts import UnixSignalDeathPenalty

from recordings.errors import StepTookTooLong
from recordings.factory import Vaiti
from recordings.observability import LIBRARY_LOGGING, log
from storage.errors import Tampered
from storage.rq_queue import AllowedJob, RqQueue, Weight
from workers import jobs
from workers.worker import Worker

LIFE_SIGN = 30
# Seconds; an idle worker that has not said for so long that it lives is taken for dead.
MAINTENANCE = 15
MOST_JOBS = 500
# Then the process ends, and its supervisor starts a fresh one: what leaks in a codec or a model does not add up.


class _Penalty(UnixSignalDeathPenalty):
    """Ends a step that has hung, as far as a signal can."""

    def handle_death_penalty(self, signum: int, frame: FrameType | None) -> None:
        """Raise our own error: RQ's would be taken for a fault."""
        del signum, frame
        raise StepTookTooLong


def work(vaiti: Vaiti, queue: RqQueue, weights: Iterable[Weight], *, burst: bool = False) -> None:
    """Do the jobs of these weights until told to stop; with `burst` until there are none. Raises RedisError."""
    dictConfig(LIBRARY_LOGGING)
    name = f"{socket.gethostname()}-{os.getpid()}-{secrets.token_hex(4)}"
    worker = Worker(vaiti, name=name, stop=Event())

    def do(ticket: str) -> None:
        try:
            recording = queue.read(ticket)
        except Tampered:
            log.error("queue.refused", slug="ticket", worker=name)
            return
        worker.work_once(recording)

    jobs.set_worker(do)
    process = SimpleWorker(
        [queue.queue(weight) for weight in weights],
        connection=queue.connection,
        name=name,
        job_class=AllowedJob,
        serializer=JSONSerializer,
        exception_handlers=[_tell],
        disable_default_exception_handler=True,
        worker_ttl=LIFE_SIGN,
        maintenance_interval=MAINTENANCE,
        log_job_description=False,
    )
    process.death_penalty_class = _Penalty
    process.work(burst=burst, max_jobs=MOST_JOBS, logging_level="CRITICAL")


def _tell(_job: Job, kind: type[BaseException], _error: BaseException, _traceback: TracebackType | None) -> bool:
    """Say that a job was refused or broke, and no word of what it said: nobody else handles it."""
    log.error("queue.refused", slug="job", error=kind.__name__)
    return False
