"""How the work goes, for who watches it: what waits, how long steps take, what stops, who works, how full the disk is.

Everything is asked anew for each reading, of the catalog where several processes meet, so the process that answers
needs to have seen none of it (docs/adr/0034).
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from recordings.engines import Clock
from storage.ports import GuardMemory, JobQueue
from storage.work import Weight, Work, WorkBooks


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """One moment; nothing that tells one recording from another."""

    at: datetime
    work: Work
    workers: Mapping[Weight, int] | None  # living ones; None: the queue does not answer
    purge_round_age: timedelta | None  # since the clock's duties were last looked after; None: not yet
    disk_free: int  # bytes, where the data folder is
    disk_size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadWorkload:
    """Reads it now. Cheap enough for a metrics request every few seconds."""

    books: WorkBooks
    queue: JobQueue
    memory: GuardMemory
    data: Path
    clock: Clock

    def __call__(self) -> Workload:
        """Return how the work goes. Raises Unavailable."""
        now = self.clock.now()
        seen, disk = self.memory.read().seen_at, shutil.disk_usage(self.data)
        return Workload(
            at=now,
            work=self.books.read(now=now),
            workers=self.queue.workers(),
            purge_round_age=None if seen is None else max(timedelta(), now - seen),
            disk_free=disk.free,
            disk_size=disk.total,
        )
