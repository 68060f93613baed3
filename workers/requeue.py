"""What the database says is unfinished and no job asks for gets one: Redis may lose everything at any moment."""

from __future__ import annotations

from recordings.factory import Vaiti
from recordings.pipeline import WORKING
from storage.rq_queue import RqQueue

MOST = 10_000
# Recordings that are looked at in one round; the rest come in the next.


def requeue(vaiti: Vaiti, queue: RqQueue) -> int:
    """Hint at every recording that waits for work, nobody works on and no job is for; returns how many."""
    waiting = queue.waiting()
    if waiting is None:
        return 0
    lost = [
        recording
        for recording in vaiti.catalog.claimable(now=vaiti.clock.now(), stages=WORKING, limit=MOST)
        if recording.id not in waiting
    ]
    for recording in lost:
        queue.hint(recording)
    return len(lost)
