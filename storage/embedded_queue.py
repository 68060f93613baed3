"""The queue of the embedded form: a condition between the threads of one process."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from threading import Condition

from storage.records import Recording, RecordingId
from storage.work import Weight


class EmbeddedQueue:
    """A JobQueue in memory. Losing it loses nothing: workers also look when they start and when time is up."""

    def __init__(self) -> None:
        self._changed = Condition()
        self._waiting: set[RecordingId] = set()
        self._workers = 0

    def hint(self, recording: Recording, *, first: bool = False) -> None:
        """Wake one waiter; the same recording counts once until somebody wakes for it. None goes first here."""
        del first  # who wakes takes the oldest
        with self._changed:
            self._waiting.add(recording.id)
            self._changed.notify()

    def wait(self, seconds: float) -> bool:
        """Wait for a hint or the time; True when there was one. Each hint wakes one waiter."""
        with self._changed:
            if not self._changed.wait_for(lambda: bool(self._waiting), timeout=seconds):
                return False
            self._waiting.pop()
            return True

    @contextmanager
    def attended(self) -> Iterator[None]:
        """Count the caller as a worker while the context lasts."""
        with self._changed:
            self._workers += 1
        try:
            yield
        finally:
            with self._changed:
                self._workers -= 1

    def workers(self) -> Mapping[Weight, int]:
        """Return how many workers live for each weight: here they do every kind of step."""
        with self._changed:
            return dict.fromkeys(Weight, self._workers)

    def answers(self) -> bool:
        """Tell whether hints are taken: always, in one process."""
        return True

    def forget(self, recordings: Collection[RecordingId]) -> None:
        """Drop every hint at these."""
        with self._changed:
            self._waiting.difference_update(recordings)

    def close(self) -> None:
        """Nothing is open."""
