"""The order of the work, in one table. Steps never call each other: each waits for its stage and leaves the next."""

from __future__ import annotations

from dataclasses import dataclass

from storage.records import Stage


@dataclass(frozen=True, slots=True)
class Arrow:
    """A recording that is in `waits_in` is worked on by `step` and then is in `leaves_in`."""

    waits_in: Stage
    step: str
    leaves_in: Stage


PIPELINE = (
    Arrow(Stage.RECEIVED, "transcribe", Stage.TRANSCRIBED),
    Arrow(Stage.TRANSCRIBED, "detect", Stage.PLANNED),
    Arrow(Stage.PLANNED, "mask", Stage.MASKED),
    Arrow(Stage.MASKED, "index", Stage.PUBLISHED),
)

WORKING = tuple(arrow.waits_in for arrow in PIPELINE)
# The stages that have work: what a worker claims.
