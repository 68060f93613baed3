"""Plan to masked sound: frames inside a window become tone or silence, all others stay bit for bit what they were."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from redaction.model import InSound, Window

Sample = TypeVar("Sample", np.int16, np.int32)


def window_frames(window: Window, rate: int) -> tuple[int, int]:
    """Return [first, end) frames at `rate` Hz: floor of the start and ceiling of the end, so a cut is never short."""
    return max(0, math.floor(window.start * rate)), max(0, math.ceil(window.end * rate))


def mask_block(
    block: NDArray[Sample],
    *,
    first_frame: int,
    rate: int,
    windows: Sequence[Window],
    tone: NDArray[np.int16] | NDArray[np.int32],
) -> NDArray[Sample]:
    """Return a new block of the same shape and type, with the windows' frames on their channels replaced by the tone.

    A window that asks for silence gets zeros.

    `block` has shape (frames, channels) and begins at frame `first_frame` of the recording. `tone` is mono, at least
    one sample; it repeats, counted from each window's first frame, so blocks of any size give the same sound.
    """
    masked = block.copy()
    samples = _like(tone.reshape(-1), block.dtype)
    for window in windows:
        start, end = window_frames(window, rate)
        low, high = max(start, first_frame), min(end, first_frame + len(block))
        if low >= high:
            continue
        silent = window.sound is InSound.SILENCE
        sound = 0 if silent else _repeat(samples, low - start, high - low)
        for channel in window.channels:
            if channel < block.shape[1]:
                masked[low - first_frame : high - first_frame, channel] = sound
    return masked


def mask_blocks(
    blocks: Iterable[NDArray[Sample]],
    *,
    rate: int,
    windows: Sequence[Window],
    tone: NDArray[np.int16] | NDArray[np.int32],
) -> Iterator[NDArray[Sample]]:
    """Yield a recording's blocks, given in order from its first frame, masked as `mask_block` does."""
    first, taken = 0, 0
    coming = sorted(enumerate(windows), key=lambda each: each[1].start)
    near: list[tuple[int, Window]] = []
    for block in blocks:
        end = first + len(block)
        while taken < len(coming) and window_frames(coming[taken][1], rate)[0] < end:
            near.append(coming[taken])
            taken += 1
        near = sorted((pair for pair in near if window_frames(pair[1], rate)[1] > first), key=lambda each: each[0])
        yield mask_block(block, first_frame=first, rate=rate, windows=[each for _, each in near], tone=tone)
        first = end


def _repeat(samples: NDArray[Sample], offset: int, count: int) -> NDArray[Sample]:
    """Return `count` samples of the endless repetition, from `offset` on."""
    begin = offset % len(samples)
    return np.tile(samples, -(-(begin + count) // len(samples)))[begin : begin + count]


def _like(tone: NDArray[np.int16] | NDArray[np.int32], dtype: np.dtype[Sample]) -> NDArray[Sample]:
    """Return the tone in the block's type; 16 bits are the upper half of 32."""
    if tone.dtype == dtype:
        return cast("NDArray[Sample]", tone)
    wide = tone.astype(np.int64)
    if tone.dtype.itemsize < dtype.itemsize:
        wide <<= 16
    else:
        wide >>= 16
    return wide.astype(dtype)
