"""How the work stands: what waits and for whom, how long steps take, what fails; values, and the port to the books.

Several processes work and one is asked, so they meet in the catalog: the transaction that ends a step counts it
(docs/adr/0034). Nothing here names a recording.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Protocol

from storage.records import Stage


class Weight(StrEnum):
    """What a step needs of the process that does it."""

    LIGHT = "light"
    SPEECH = "speech"


WEIGHTS: Final[Mapping[Stage, Weight]] = {
    Stage.RECEIVED: Weight.SPEECH,
    Stage.TRANSCRIBED: Weight.LIGHT,
    Stage.PLANNED: Weight.SPEECH,
    Stage.MASKED: Weight.LIGHT,
}
# The stages that have work. To write down, and to mask: it listens again to what it has cut.

BUCKETS: Final = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 60.0, 180.0, 600.0, 1800.0, 7200.0)
# Seconds: from the indexing of a short call to the transcription of a long one on a slow machine.


def bucket_of(seconds: float) -> int:
    """Return the number of the first bucket that such a step fits in; `len(BUCKETS)` is the one without an end."""
    return next((number for number, end in enumerate(BUCKETS) if seconds <= end), len(BUCKETS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What waits in one stage; `since` is when the first of it came there."""

    count: int
    since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTimes:
    """The steps that began in one stage and moved on, since the catalog was made."""

    counts: Sequence[int]  # by bucket, each alone; one more than BUCKETS
    seconds: float  # that they took
    sound: float  # seconds of the calls


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """The books at one moment."""

    waiting: Mapping[Stage, Waiting]  # for a worker, or in quarantine or failed for a person
    steps: Mapping[Stage, StepTimes]  # by the stage that the step began in
    stopped: Mapping[tuple[Stage, str], int]  # how often calls went to quarantine or failed, by slug


class WorkBooks(Protocol):
    """The catalog as who watches the work asks it: over all registers."""

    def read(self, *, now: datetime) -> Work:
        """Return how the work stands at `now`. Raises Unavailable."""
