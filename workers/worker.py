"""The worker: claims a recording, runs its step, keeps its lease while that takes, and goes on.

The database is the truth and the queue a hint: a worker looks when it starts, when it is hinted at, and when time is
up. It may die at any moment; the lease runs out and another one does the same step again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Event, Thread
from time import monotonic

from recordings.audit import about
from recordings.factory import Vaiti
from recordings.observability import log
from recordings.pipeline import WORKING
from storage.records import Recording, RecordingId, Stage
from workers.runner import Outcome, Tried, attempt

LEASE = 60.0
# Seconds a dead worker's recording waits for another one; a living worker renews it three times as often.
IDLE = 2.0
# Seconds between two looks at the database when nobody hints: a hint may be lost.
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 60.0
# Seconds until a step is tried again while a store does not answer; doubled each time that this worker meets it.
MOST_ATTEMPTS = 5
# A recording whose step never comes back (it may have killed the process) is not tried for ever. A store that does
# not answer is no fault of a recording's, and is waited for however long it takes.


class Worker:
    """Works on recordings until it is told to stop; one thread, one recording at a time."""

    def __init__(self, vaiti: Vaiti, *, name: str, stop: Event) -> None:
        self._vaiti = vaiti
        self._name = name
        self._stop = stop
        self._waits = 0  # how often in a row a store did not answer

    def run(self, wait: Callable[[float], object]) -> None:
        """Work until stopped; `wait` waits so many seconds for a hint.

        A store that does not answer is waited for, and so is a log that cannot be written.
        """
        while not self._stop.is_set():
            if attempt(lambda: self._look(wait)).outcome is not Outcome.DONE:
                self._stop.wait(FIRST_PAUSE)

    def _look(self, wait: Callable[[float], object]) -> None:
        tried = attempt(self.work_once)
        if tried.outcome is not Outcome.DONE:
            log.warning("worker.waits", worker=self._name, slug=tried.slug, error=tried.error)
            self._stop.wait(FIRST_PAUSE)
        elif not tried.result:
            wait(IDLE)

    def work_once(self, only: RecordingId | None = None) -> bool:
        """Do one step of one recording, the oldest or this; tells whether there was one. Raises as the catalog does."""
        now = self._vaiti.clock.now()
        recording = self._vaiti.catalog.claim(worker=self._name, now=now, lease=LEASE, stages=WORKING, only=only)
        if recording is None:
            return False
        if recording.attempts > MOST_ATTEMPTS:
            self._fail(recording, "gave-up")
            return True
        started = monotonic()
        with self._renewing(recording):
            tried = attempt(lambda: self._vaiti.advance(recording))
        self._conclude(recording, tried, monotonic() - started)
        return True

    def _conclude(self, recording: Recording, tried: Tried[Recording], seconds: float) -> None:
        """Act on what became of the step, then log it; what failed has a slug and is never tried again by itself.

        What died keeps its claim: the lease runs out, somebody does the step again, and after five deaths nobody does.
        """
        if tried.outcome is not Outcome.WAIT:
            self._waits = 0
        if tried.outcome is Outcome.FAILED:
            self._fail(recording, tried.slug or "fault")
        elif tried.outcome is Outcome.WAIT:
            pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2**self._waits)
            self._waits += 1
            until = self._vaiti.clock.now() + timedelta(seconds=pause)
            attempt(lambda: self._vaiti.catalog.release(recording, until=until))
        after = tried.result.stage.value if tried.result is not None else tried.outcome.value
        log.info(
            "step.ended",
            recording=recording.id,
            stage=after,
            slug=tried.slug or (tried.result.slug if tried.result else None),
            error=tried.error,
            attempt=recording.attempts,
            seconds=round(seconds, 3),
            worker=self._name,
        )

    def _fail(self, recording: Recording, slug: str) -> None:
        """Move to failed, unless somebody else owns the recording by now."""
        now = self._vaiti.clock.now()
        audit = about(recording, "recording.failed", at=now, slug=slug, stage=recording.stage.value)
        attempt(lambda: self._vaiti.catalog.move(recording, to=Stage.FAILED, audit=audit, changes={"slug": slug}))

    @contextmanager
    def _renewing(self, recording: Recording) -> Iterator[None]:
        """Keep the claim while the step runs: a transcription takes longer than a dead worker should block it."""
        done = Event()

        def renew() -> None:
            while not done.wait(LEASE / 3):
                now = self._vaiti.clock.now()
                # a claim that is lost shows when the step commits; a store that fails, at the next renewal
                attempt(lambda now=now: self._vaiti.catalog.renew(recording, now=now, lease=LEASE))  # type: ignore[misc]

        beat = Thread(target=renew, name=f"{self._name}-lease", daemon=True)
        beat.start()
        try:
            yield
        finally:
            done.set()
            beat.join()
