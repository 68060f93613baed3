"""Where nobody speaks: an energy envelope in 10 ms frames, and the spans that lie near the noise floor.

The floor is measured per channel on the call itself (a quiet office and a noisy street differ by 30 dB), as in
energy-based voice activity detectors (ITU-T G.729 Annex B tracks a running minimum; a whole call allows a percentile).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

FRAME_SECONDS = 0.01
SHORTEST_PAUSE = 0.06
# Shorter dips are the closures of k, p and t inside words: cutting there would cut into a word.
FLOOR_PERCENTILE, SPEECH_PERCENTILE = 10.0, 95.0
LOWEST_STEP_DB, STEP_SHARE = 6.0, 0.3
# A frame is quiet up to 30 % of the way (in dB) from the floor to speech, but at least 6 dB above the floor.
LEAST_CONTRAST_DB = 9.0
# With less between floor and speech the channel is one even sound, and nothing in it can be called a pause.
SILENCE_DB = -90.0
# Below this is digital silence (16 bits end at -96 dB): it says nothing about the line's noise.

Quiet = tuple[tuple[tuple[float, float], ...], ...]


def find_quiet(blocks: Iterable[NDArray[Any]], *, rate: int) -> Quiet:
    """Return for each channel its quiet spans as (start, end) in seconds. Streams: only the envelope is kept.

    `blocks` are int16 or int32 arrays of shape (frames, channels), in order, of any lengths.
    """
    levels = list(_levels(blocks, max(1, round(rate * FRAME_SECONDS))))
    if not levels:
        return ()
    envelope = np.concatenate(levels)
    step = max(1, round(rate * FRAME_SECONDS)) / rate
    return tuple(_spans(envelope[:, channel], step) for channel in range(envelope.shape[1]))


def _levels(blocks: Iterable[NDArray[Any]], size: int) -> Iterator[NDArray[np.float32]]:
    """Yield levels in dB of full scale, shape (n, channels), `size` samples each; a last short frame counts too."""
    rest: NDArray[np.float32] | None = None
    for block in blocks:
        scaled = block.astype(np.float32) / float(np.iinfo(block.dtype).max)
        whole = scaled if rest is None else np.concatenate((rest, scaled))
        count = len(whole) // size
        rest = whole[count * size :]
        if count:
            yield _decibels(whole[: count * size].reshape(count, size, whole.shape[1]))
    if rest is not None and len(rest):
        yield _decibels(rest.reshape(1, len(rest), rest.shape[1]))


def _decibels(frames: NDArray[np.float32]) -> NDArray[np.float32]:
    power = np.mean(np.square(frames), axis=1)
    return np.asarray(10.0 * np.log10(np.maximum(power, 1e-12)), dtype=np.float32)


def _spans(levels: NDArray[np.float32], step: float) -> tuple[tuple[float, float], ...]:
    """Return the quiet spans of one channel, given its levels in dB and the seconds of a frame."""
    heard = levels[levels > SILENCE_DB]
    if not len(heard):
        return ((0.0, len(levels) * step),)
    floor, speech = np.percentile(heard, [FLOOR_PERCENTILE, SPEECH_PERCENTILE])
    if speech - floor < LEAST_CONTRAST_DB:
        return ()
    quiet = levels < floor + max(LOWEST_STEP_DB, STEP_SHARE * (speech - floor))
    edges = np.flatnonzero(np.diff(np.concatenate(([False], quiet, [False])).astype(np.int8)))
    shortest = SHORTEST_PAUSE / step - 1e-9
    return tuple(
        (int(first) * step, int(end) * step)
        for first, end in zip(edges[::2], edges[1::2], strict=True)
        if end - first >= shortest
    )
