"""Was everything covered that the samples' makers know to be personal? Pure: seconds in, seconds out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workers.demo.samples import Personal

EDGE = 0.02
# Seconds: the makers' times come from a synthesiser that rounds to 10 ms; less at an edge is silence.


@dataclass(frozen=True, slots=True)
class Gap:
    """A part of a personal stretch that no window cuts."""

    type: str
    channel: int
    start: float
    end: float

    @property
    def seconds(self) -> float:
        """Its length."""
        return self.end - self.start


def find_gaps(personal: Iterable[Personal], windows: Sequence[Mapping[str, Any]]) -> tuple[Gap, ...]:
    """Return what stays audible of each personal stretch; `windows` as the plan writes them."""
    gaps: list[Gap] = []
    for truth in personal:
        at = truth.start
        cuts = sorted((w["start"], w["end"]) for w in windows if truth.channel in w["channels"])
        for start, end in cuts:
            if end <= at or start >= truth.end:
                continue
            if start > at:
                gaps.append(Gap(truth.type, truth.channel, at, start))
            at = max(at, end)
        if at < truth.end:
            gaps.append(Gap(truth.type, truth.channel, at, truth.end))
    return tuple(gap for gap in gaps if gap.seconds > EDGE)


def overlaps(gaps: Iterable[Gap], start: float, end: float, *, margin: float = 1.0) -> bool:
    """Tell whether a stretch may hold something personal that was not found; the demo then does not print it."""
    return any(gap.start - margin < end and start < gap.end + margin for gap in gaps)
