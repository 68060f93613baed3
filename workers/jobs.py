"""The jobs that RQ carries (`storage.rq_queue`): one, which does the next step of the recording on its ticket."""

from __future__ import annotations

from collections.abc import Callable

_workers: list[Callable[[str], None]] = []
# The process that works puts itself here before it takes a job (`workers.rq_worker`).


def work(ticket: str) -> None:
    """Do what the ticket says."""
    _workers[-1](ticket)


def set_worker(worker: Callable[[str], None]) -> None:
    """Say who does the jobs of this process."""
    _workers[:] = [worker]
