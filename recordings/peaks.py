"""The shape of a sound, for eyes: how loud each channel is, 25 times a second. Pure.

It is drawn from the masked copy on each request and kept nowhere (docs/adr/0040): a cut shows as the even tone or the
silence that took its place, and nothing else of what was said there is in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from recordings.engines import Samples

PER_SECOND = 25
# Points: a syllable is four of them. An hour of two channels is 180 kB.


@dataclass(frozen=True, slots=True, kw_only=True)
class Peaks:
    """The largest sample of each stretch, 0 to 255 of full scale, per channel; `per_second` stretches a second."""

    per_second: float
    channels: tuple[bytes, ...]


def draw(blocks: Iterable[Samples], *, rate: int, bits: int) -> Peaks:
    """Return the shape of a sound of `rate` Hz and 16 or 24 bits (the upper ones of 32). Holds one block at a time."""
    frames = max(1, rate // PER_SECOND)
    drawn: list[NDArray[np.uint8]] = []
    rest: NDArray[Any] | None = None
    for each in blocks:
        block: NDArray[Any] = each if rest is None else np.concatenate((rest, each))
        whole = len(block) // frames * frames
        drawn.append(_loudest(block[:whole].reshape(-1, frames, block.shape[1]), bits))
        rest = block[whole:]
    if rest is not None and len(rest):
        drawn.append(_loudest(rest.reshape(1, len(rest), rest.shape[1]), bits))
    shape = np.concatenate(drawn) if drawn else np.zeros((0, 0), np.uint8)
    return Peaks(per_second=rate / frames, channels=tuple(column.tobytes() for column in shape.T))


def _loudest(stretches: NDArray[Any], bits: int) -> NDArray[np.uint8]:
    """Return (stretches, channels) of (stretches, frames, channels)."""
    if not stretches.size:
        return np.zeros((0, stretches.shape[2]), np.uint8)
    high = stretches.max(axis=1).astype(np.int64)
    low = -stretches.min(axis=1).astype(np.int64)  # the lowest of 16 bits has no positive
    loudest = np.maximum(np.maximum(high, low), 0)
    shown: NDArray[np.uint8] = np.minimum(loudest >> (7 if bits == 16 else 23), 255).astype(np.uint8)
    return shown
