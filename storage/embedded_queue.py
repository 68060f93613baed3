"""The queue of the embedded form: a condition between the threads of one process."""

from __future__ import annotations

from threading import Condition

from storage.records import RecordingId


class EmbeddedQueue:
    """A JobQueue in memory. Losing it loses nothing: workers also look when they start and when time is up."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._waiting: set[RecordingId] = set()

    def hint(self, recording: RecordingId) -> None:
        """Wake one waiter; the same recording counts once until somebody wakes for it."""
        with self._changed:
            self._waiting.add(recording)
            self._changed.notify()

    def wait(self, seconds: float) -> bool:
        """Wait for a hint or the time; True when there was one. Each hint wakes one waiter."""
        with self._changed:
            if not self._changed.wait_for(lambda: bool(self._waiting), timeout=seconds):
                return False
            self._waiting.pop()
            return True
