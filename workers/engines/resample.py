"""Any rate to what the speech model hears: one float32 signal at 16 kHz for each channel, as a stream."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from recordings.engines import Samples

HEARD_RATE = 16_000
"""Whisper and Silero both listen at this rate."""

Sound = NDArray[np.float32]
"""One channel at 16 kHz, 1-D, from -1 to 1."""

_LAYOUTS = {1: "mono", 2: "stereo"}


def to_heard_rate(blocks: Iterable[Samples], *, rate: int, channels: int) -> Iterator[tuple[Sound, ...]]:
    """Resample (frames, channels) blocks; yields one signal per channel, all of the same length.

    Raises ValueError for samples that are not int16 or int32: a wrong scale would be silence to the model.
    """
    resampler: Any = None
    at = 0
    for block in blocks:
        if block.dtype not in (np.int16, np.int32) or block.ndim != 2 or block.shape[1] != channels:
            raise ValueError("blocks are (frames, channels) of int16 or int32")
        if resampler is None:
            resampler = av.AudioResampler(format="fltp", layout=_LAYOUTS[channels], rate=HEARD_RATE)
        if not len(block):
            continue
        packed: NDArray[Any] = np.ascontiguousarray(block).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(
            packed,
            format="s16" if block.dtype == np.int16 else "s32",
            layout=_LAYOUTS[channels],
        )
        frame.sample_rate = rate
        frame.pts = at
        at += len(block)
        yield from _signals(resampler.resample(frame))
    if at:
        yield from _signals(resampler.resample(None))


def _signals(frames: Iterable[Any]) -> Iterator[tuple[Sound, ...]]:
    for frame in frames:
        planes: NDArray[np.float32] = frame.to_ndarray()
        yield tuple(np.ascontiguousarray(plane, dtype=np.float32) for plane in planes)
