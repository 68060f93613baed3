"""What happens by itself: due recordings are purged every minute, and once a day all stores are compared.

No cron and no list of dates: what is due, and when the last sweep was, is asked of the database each time, so what was
missed is made up for by the next round. The first is at the start, before anybody is served.
"""

from __future__ import annotations

from threading import Event
from time import monotonic

from recordings.errors import PurgeHalted
from recordings.factory import Vaiti
from recordings.observability import log
from recordings.restoring import backing_up
from storage.records import Scope
from storage.reserve import Reserve
from storage.sweeps import SweepState
from workers.anchoring import write_anchor
from workers.reporting import write_last_week
from workers.runner import Outcome, attempt

PURGE_EVERY = 60.0
# Seconds; design.md promises that a purge starts within 15 minutes, so several may fail and it still holds
WATCH_EVERY = 600.0


class Schedule:
    """Runs the clock's duties until it is told to stop."""

    def __init__(self, vaiti: Vaiti, *, stop: Event) -> None:
        self._vaiti = vaiti
        self._stop = stop
        self._watched_at: float | None = None

    def run(self) -> None:
        """Do what is due, once a minute."""
        while not self._stop.is_set():
            attempt(self.run_once)  # a log that cannot be written must not end the purges
            self._stop.wait(PURGE_EVERY)

    def run_once(self) -> None:
        """Purge what is due, and look after the rest in its time. What fails is logged and tried again."""
        purged = attempt(lambda: self._vaiti.purge_due(self._vaiti.clock.now()))
        if purged.slug == PurgeHalted.slug:
            log.error("purge.halted", slug=self._vaiti.guard_memory.read().reason)
        elif purged.outcome is not Outcome.DONE:
            log.error("purge.failed", slug=purged.slug, error=purged.error)
        elif purged.result:
            log.info("purge.done", count=len(purged.result))
        journalled = attempt(self._vaiti.journal.catch_up)
        if journalled.outcome is not Outcome.DONE:
            log.error("journal.behind", slug=journalled.slug, error=journalled.error)
        settled = attempt(self._vaiti.holding.settle)
        if settled.outcome is not Outcome.DONE:
            log.error("holds.failed", slug=settled.slug, error=settled.error)
        if self._watched_at is not None and monotonic() - self._watched_at < WATCH_EVERY:
            return
        attempt(Reserve.of(self._vaiti.settings.data).keep)  # without it a full disk is only nearer
        anchored = attempt(lambda: write_anchor(self._vaiti))
        if anchored.outcome is not Outcome.DONE:
            log.error("anchor.failed", slug=anchored.slug, error=anchored.error)
        self._watched_at = monotonic()
        removed = attempt(self._vaiti.keep_keys.remove_dead)
        if removed.outcome is not Outcome.DONE:
            log.error("key-backups.kept-too-long", slug=removed.slug, error=removed.error)
        removed = attempt(backing_up(self._vaiti).remove_dead)
        if removed.outcome is not Outcome.DONE:
            log.error("backups.kept-too-long", slug=removed.slug, error=removed.error)
        self._watch()

    def _watch(self) -> None:
        """Tell of what is late; sweep and write the week's page where a day or a week has gone by, here or before."""
        status = attempt(lambda: self._vaiti.status(Scope.system()))
        if status.result is None:
            log.error("status.failed", slug=status.slug, error=status.error)
        elif status.result.overdue:
            log.error("purge.overdue", count=status.result.overdue)
        swept = attempt(lambda: self._vaiti.reconcile() if self._vaiti.reconcile.is_due() else None)
        if swept.outcome is not Outcome.DONE:
            log.error("sweep.failed", slug=swept.slug, error=swept.error)
        elif swept.result is not None:
            tell_sweep(swept.result)
        reported = attempt(lambda: write_last_week(self._vaiti))
        if reported.outcome is not Outcome.DONE:
            log.error("report.failed", slug=reported.slug, error=reported.error)


def tell_sweep(found: SweepState) -> None:
    """Log what a sweep put right and what it left: kinds and counts."""
    for kind, count in found.repaired.items():
        if count:
            log.warning("sweep.repaired", kind=kind, count=count)
    for kind, count in found.left.items():
        if count:
            log.error("sweep.left", kind=kind, count=count)
    log.info("sweep.done")
