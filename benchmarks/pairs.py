"""Run two things in turn and compare them pair by pair."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One comparison: medians in seconds, and the median of ours / theirs taken pair by pair."""

    what: str
    against: str
    ours: float
    theirs: float
    ratio: float
    ours_mb: float | None = None  # the most memory that the process had, its libraries included
    theirs_mb: float | None = None
    beside: str = ""  # what the seconds do not say: how much each found, whether the words are the same


def seconds(work: Callable[[], object]) -> float:
    """Wall-clock seconds of one run."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def compare(
    what: str, ours: Callable[[], object], against: str, theirs: Callable[[], object], *, pairs: int = 3
) -> Row:
    """Run ours and theirs in turn after one warm-up of each; with one pair there is none."""
    if pairs > 1:
        ours()
        theirs()
    taken = [(seconds(ours), seconds(theirs)) for _ in range(pairs)]
    return Row(
        what=what,
        against=against,
        ours=statistics.median(a for a, _ in taken),
        theirs=statistics.median(b for _, b in taken),
        ratio=statistics.median(a / b for a, b in taken),
        ours_mb=getattr(ours, "peak_mb", None),
        theirs_mb=getattr(theirs, "peak_mb", None),
    )
