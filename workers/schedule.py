"""What happens by itself: due recordings are purged every minute, and a sweep repairs what a crash left behind.

No cron and no list of dates: what is due is asked of the database each time, so a minute that was missed is made up
for by the next one. The first round is at the start, before anybody is served.
"""

from __future__ import annotations

from threading import Event
from time import monotonic

from recordings.errors import PurgeHalted
from recordings.factory import Vaiti
from recordings.observability import log
from storage.reserve import Reserve
from workers.anchoring import write_anchor
from workers.runner import Outcome, attempt

PURGE_EVERY = 60.0
# Seconds; design.md promises that a purge starts within 15 minutes, so several may fail and it still holds
SWEEP_EVERY = 600.0


class Schedule:
    """Runs the clock's duties until it is told to stop."""

    def __init__(self, vaiti: Vaiti, *, stop: Event) -> None:
        self._vaiti = vaiti
        self._stop = stop
        self._swept_at: float | None = None

    def run(self) -> None:
        """Do what is due, once a minute."""
        while not self._stop.is_set():
            attempt(self.run_once)  # a log that cannot be written must not end the purges
            self._stop.wait(PURGE_EVERY)

    def run_once(self) -> None:
        """Purge what is due, and sweep when its time has come. Failures are logged and tried again in a minute."""
        purged = attempt(lambda: self._vaiti.purge_due(self._vaiti.clock.now()))
        if purged.slug == PurgeHalted.slug:
            log.error("purge.halted", slug=self._vaiti.guard_memory.read().reason)
        elif purged.outcome is not Outcome.DONE:
            log.error("purge.failed", slug=purged.slug, error=purged.error)
        elif purged.result:
            log.info("purge.done", count=len(purged.result))
        settled = attempt(self._vaiti.holding.settle)
        if settled.outcome is not Outcome.DONE:
            log.error("holds.failed", slug=settled.slug, error=settled.error)
        if self._swept_at is not None and monotonic() - self._swept_at < SWEEP_EVERY:
            return
        attempt(Reserve.of(self._vaiti.settings.data).keep)  # without it a full disk is only nearer
        anchored = attempt(lambda: write_anchor(self._vaiti))
        if anchored.outcome is not Outcome.DONE:
            log.error("anchor.failed", slug=anchored.slug, error=anchored.error)
        swept = attempt(self._vaiti.reconcile)
        self._swept_at = monotonic()
        removed = attempt(self._vaiti.keep_keys.remove_dead)
        if removed.outcome is not Outcome.DONE:
            log.error("key-backups.kept-too-long", slug=removed.slug, error=removed.error)
        if swept.result is None:
            log.error("sweep.failed", slug=swept.slug, error=swept.error)
        elif swept.result.overdue:
            log.error("purge.overdue", count=swept.result.overdue)
