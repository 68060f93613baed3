"""The sound near some windows of a call, in pieces that the model can hear at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from redaction.model import Window
from workers.engines.resample import HEARD_RATE, Sound
from workers.engines.vad import Chunk

_MARGIN = 3.0
# seconds before and after a cut, as far as redaction.verify mends: a number that was cut too short has its rest here
_LOOK_BACK = 4
# a quarter of the longest piece, before its end: there a quiet place for the knife is looked for
_GRAIN = HEARD_RATE // 20

Piece = tuple[int, Chunk]
"""A channel and its sound there."""


def pieces_around(signals: Iterable[tuple[Sound, ...]], cuts: Sequence[Window], *, seconds: int) -> Iterator[Piece]:
    """Yield every channel's sound near every cut, in order of time and at most so many seconds at once.

    All channels are heard at every cut: the other speaker may have repeated what was said. What is tone on all channels
    is left out: nobody is in it, and a model that hears a tone between two words invents a third.
    """
    longest = seconds * HEARD_RATE
    regions: Iterator[tuple[int, int]] | None = None
    region: tuple[int, int] | None = None
    held: NDArray[np.float32] | None = None  # (channels, samples) of this region so far
    start, at = 0, 0
    for signal in signals:
        if regions is None:
            regions = iter(_regions(cuts, channels=len(signal)))
            region = next(regions, None)
        block = np.stack(signal)
        end = at + block.shape[1]
        while region is not None and region[0] < end:
            low, high = max(region[0], at), min(region[1], end)
            part = block[:, low - at : high - at]
            start, held = (low, part) if held is None else (start, np.concatenate([held, part], axis=1))
            while held.shape[1] > longest:
                knife = _quietest(held, longest)
                yield from _pieces(held[:, :knife], start)
                start, held = start + knife, held[:, knife:]
            if high < region[1]:
                break  # the region goes on in the next block
            yield from _pieces(held, start)
            region, held = next(regions, None), None
        at = end
    if held is not None:
        yield from _pieces(held, start)


def _regions(cuts: Sequence[Window], *, channels: int) -> list[tuple[int, int]]:
    """Return the stretches near the cuts, in samples, without the cuts that leave no channel."""
    silent = sorted(
        (round(cut.start * HEARD_RATE), round(cut.end * HEARD_RATE))
        for cut in cuts
        if set(range(channels)) <= {*cut.channels}
    )
    return [rest for region in _neighbourhoods(cuts) for rest in _without(region, silent)]


def _without(region: tuple[int, int], silent: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield what is left of a region when the silent stretches, in order, are taken out of it."""
    at, end = region
    for low, high in silent:
        if high <= at or low >= end:
            continue
        if low > at:
            yield at, low
        at = max(at, high)
    if at < end:
        yield at, end


def _neighbourhoods(cuts: Sequence[Window]) -> list[tuple[int, int]]:
    """Widen the cuts by their margins, in samples, and join those that touch."""
    regions: list[tuple[int, int]] = []
    for cut in sorted(cuts, key=lambda window: window.start):
        start = max(0, round((cut.start - _MARGIN) * HEARD_RATE))
        end = round((cut.end + _MARGIN) * HEARD_RATE)
        if regions and start <= regions[-1][1]:
            regions[-1] = (regions[-1][0], max(regions[-1][1], end))
        else:
            regions.append((start, end))
    return regions


def _quietest(sound: NDArray[np.float32], longest: int) -> int:
    """Find where nobody speaks near the end of the longest piece, or where they speak most quietly."""
    start = longest - longest // _LOOK_BACK
    length = (longest - start) // _GRAIN * _GRAIN
    tail = sound[:, start : start + length]
    grains = tail.reshape(len(tail), -1, _GRAIN)
    loudness = np.square(grains).sum(axis=(0, 2))
    return start + int(loudness.argmin()) * _GRAIN + _GRAIN // 2


def _pieces(sound: NDArray[np.float32], start: int) -> Iterator[Piece]:
    for channel, signal in enumerate(sound):
        if signal.any():
            yield channel, Chunk(start, np.ascontiguousarray(signal))
