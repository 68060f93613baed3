"""What happens by itself: due recordings are purged every minute, and once a day all stores are compared.

No cron and no list of dates: what is due, and when the last sweep was, is asked of the database each time, so what was
missed is made up for by the next round. What takes long has a thread of its own, so that no sweep holds up a purge.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread
from time import monotonic
from typing import TypeVar

from recordings.errors import PurgeHalted
from recordings.factory import Vaiti
from recordings.observability import log
from recordings.restoring import backing_up
from storage.records import Scope
from storage.reserve import Reserve
from storage.sweeps import SweepState
from workers.anchoring import write_anchor
from workers.mailing import send_if_due
from workers.reporting import write_missed_weeks
from workers.runner import Outcome, attempt
from workers.telling import tell_objections

_R = TypeVar("_R")

PURGE_EVERY = 60.0
# Seconds; design.md promises that a purge starts within 15 minutes, so several may fail and it still holds
WATCH_EVERY = 600.0
PAUSE = 0.05
# Seconds between two parts of what can wait, so that a push does not.


class Schedule:
    """Runs the clock's duties until it is told to stop."""

    def __init__(self, vaiti: Vaiti, *, stop: Event) -> None:
        self._vaiti = vaiti
        self._stop = stop
        self._watched_at: float | None = None
        self._watching: Thread | None = None
        self._telling: Thread | None = None

    def run(self) -> None:
        """Do what is due, once a minute."""
        while not self._stop.is_set():
            attempt(self._begin_round)  # a log that cannot be written must not end the purges
            self._stop.wait(PURGE_EVERY)
        self._end_round()

    def run_once(self) -> None:
        """Purge what is due, and look after the rest in its time. What fails is logged and tried again."""
        self._begin_round()
        self._end_round()

    def _begin_round(self) -> None:
        purged = attempt(lambda: self._vaiti.purge_all_due(self._vaiti.clock.now()))
        if purged.slug == PurgeHalted.slug:
            log.error("purge.halted", slug=self._vaiti.guard_memory.read().reason)
        elif purged.outcome is not Outcome.DONE:
            log.error("purge.failed", slug=purged.slug, error=purged.error)
        elif purged.result:
            log.info("purge.done", count=purged.result)
        moved = do_duty("period.failed", self._vaiti.shorten.settle)
        if moved:
            log.info("period.calls-moved", count=moved)
        do_duty("journal.behind", self._vaiti.journal.catch_up)
        do_duty("holds.failed", self._vaiti.holding.settle)
        do_duty("cases.failed", lambda: self._vaiti.keep_cases.settle(self._vaiti.clock.now()))
        do_duty("cases.failed", lambda: self._vaiti.pack_links.expire(self._vaiti.clock.now()))
        do_duty("people.failed", self._vaiti.keep_people.settle)
        do_duty("audit.failed", self._vaiti.forget_audit)
        if self._watched_at is None:
            do_duty("objections.failed", self._vaiti.keep_objections.follow_file)
        do_duty("objections.failed", lambda: self._vaiti.keep_objections.settle(self._vaiti.purge))
        if self._telling is None or not self._telling.is_alive():  # a receiver that hangs holds up no purge
            self._telling = Thread(target=attempt, args=(self._tell,), name="tell", daemon=True)
            self._telling.start()
        if self._watched_at is not None and monotonic() - self._watched_at < WATCH_EVERY:
            return
        attempt(Reserve.of(self._vaiti.settings.data).keep)  # without it a full disk is only nearer
        do_duty("anchor.failed", lambda: write_anchor(self._vaiti))
        self._watched_at = monotonic()
        do_duty("key-backups.kept-too-long", self._vaiti.keep_keys.remove_dead)
        do_duty("backups.kept-too-long", backing_up(self._vaiti).remove_dead)
        if self._watching is None or not self._watching.is_alive():
            self._watching = Thread(target=attempt, args=(self._watch,), name="watch", daemon=True)
            self._watching.start()

    def _end_round(self) -> None:
        for thread in (self._telling, self._watching):
            if thread is not None:
                thread.join()

    def _watch(self) -> None:
        """Tell of what is late; sweep and write the week's page where a day or a week has gone by, here or before."""
        status = do_duty("status.failed", lambda: self._vaiti.status(Scope.system()))
        if status is not None and status.overdue:
            log.error("purge.overdue", count=status.overdue)
        if status is not None and status.shortened:
            log.warning("period.shorter-in-file", count=status.shortened)
        swept = do_duty("sweep.failed", lambda: self._vaiti.reconcile() if self._vaiti.reconcile.is_due() else None)
        if swept is not None:
            tell_sweep(swept)
        do_duty("report.failed", lambda: write_missed_weeks(self._vaiti))
        do_duty("mail.failed", lambda: send_if_due(self._vaiti))
        do_duty("index.failed", self._renew_index)

    def _tell(self) -> None:
        """Tell companies' own systems of objections; what does not arrive is tried again."""
        told = do_duty("webhook.failed", lambda: tell_objections(self._vaiti, stop=self._stop))
        if told:
            log.info("webhook.told", count=told)

    def _renew_index(self) -> None:
        """Index anew what an older edition of the forms indexed, a few calls at a time: others write in between."""
        count = 0
        while not self._stop.is_set() and (done := self._vaiti.index.renew()):
            count += done
            self._stop.wait(PAUSE)
        if count:
            log.info("index.renewed", count=count)


def do_duty(event: str, work: Callable[[], _R]) -> _R | None:
    """Do one duty: what fails is logged as `event`, and does not stop the others."""
    done = attempt(work)
    if done.outcome is not Outcome.DONE:
        log.error(event, slug=done.slug, error=done.error)
    return done.result


def tell_sweep(found: SweepState) -> None:
    """Log what a sweep put right and what it left: kinds and counts."""
    for kind, count in found.repaired.items():
        if count:
            log.warning("sweep.repaired", kind=kind, count=count)
    for kind, count in found.left.items():
        if count:
            log.error("sweep.left", kind=kind, count=count)
    log.info("sweep.done")
