"""Confidence intervals at 95 %: Wilson's for shares of things, a ratio estimator's over calls for sums.

Both are a few lines, so no statistics library is needed. Wilson (1927) holds near 0 and 1, where the usual interval
leaves the scale. Seconds and words come in calls, whose words are alike: there a call is the unit (Cochran, Sampling
Techniques, 6.3), not the word.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

Z = 1.959964
Interval = tuple[float, float]


def wilson(found: int, total: int) -> Interval | None:
    """Return the interval of a share, or None of nothing."""
    if total == 0:
        return None
    share, z2 = found / total, Z * Z
    middle = (share + z2 / (2 * total)) / (1 + z2 / total)
    half = Z / (1 + z2 / total) * math.sqrt(share * (1 - share) / total + z2 / (4 * total * total))
    return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(slots=True)
class Ratio:
    """Sum of x over sum of y, with what its interval needs; one (x, y) a call."""

    calls: int = 0
    x: float = 0.0
    y: float = 0.0
    xx: float = 0.0
    yy: float = 0.0
    xy: float = 0.0

    def add(self, x: float, y: float) -> None:
        """Count a call."""
        self.calls += 1
        self.x += x
        self.y += y
        self.xx += x * x
        self.yy += y * y
        self.xy += x * y

    def merge(self, other: Ratio) -> None:
        """Add what another process counted."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def value(self) -> float | None:
        """The ratio, or None where there was nothing to relate to."""
        return self.x / self.y if self.y else None

    @property
    def interval(self) -> Interval | None:
        """The interval of the ratio; it needs two calls."""
        ratio = self.value
        if ratio is None or self.calls < 2:
            return None
        spread = max(0.0, self.xx - 2 * ratio * self.xy + ratio * ratio * self.yy)
        error = math.sqrt(spread / (self.calls * (self.calls - 1))) / (self.y / self.calls)
        return max(0.0, ratio - Z * error), ratio + Z * error
