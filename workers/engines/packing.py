"""Speech from both channels into windows of 30 s, and times in a window back to times in the call.

Whisper hears 30 s at a time whatever is in them, so silence is left out: chunks of one channel are put one after the
other (each carries a quarter of a second of its own pause at both ends), and silence costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from workers.engines.resample import HEARD_RATE, Sound
from workers.engines.vad import Chunk

WINDOW = 30
"""Seconds that the model hears at once."""


@dataclass(frozen=True, slots=True)
class SpeechWindow:
    """Chunks of one channel that are heard together."""

    channel: int
    chunks: tuple[Chunk, ...]

    @property
    def seconds(self) -> float:
        """How much sound is in it."""
        return sum(len(chunk.sound) for chunk in self.chunks) / HEARD_RATE

    def times_in_call(self, start: float, end: float) -> tuple[float, float]:
        """Turn a word's times in this window into times in the call, in seconds.

        A word that lies across two chunks belongs to the one that holds more of it: the rest is the pause between.
        """
        best, best_share, offset = (self.chunks[-1].end, self.chunks[-1].end), -1.0, 0
        low, high = start * HEARD_RATE, max(start, end) * HEARD_RATE
        for chunk in self.chunks:
            inside_low = min(max(low - offset, 0.0), float(len(chunk.sound)))
            inside_high = min(max(high - offset, 0.0), float(len(chunk.sound)))
            share = inside_high - inside_low
            touches = offset <= low <= offset + len(chunk.sound)
            if share > best_share and (share > 0 or touches):
                best = (chunk.start + round(inside_low), chunk.start + round(inside_high))
                best_share = share
            offset += len(chunk.sound)
        return best[0] / HEARD_RATE, best[1] / HEARD_RATE


def pack(chunks: Iterable[Chunk], *, channel: int, seconds: int) -> list[SpeechWindow]:
    """Put a channel's chunks, in order, into windows of at most so many seconds; a longer chunk is a window alone."""
    full = seconds * HEARD_RATE
    windows: list[SpeechWindow] = []
    held: list[Chunk] = []
    length = 0
    for chunk in chunks:
        if held and length + len(chunk.sound) > full:
            windows.append(SpeechWindow(channel, tuple(held)))
            held, length = [], 0
        held.append(chunk)
        length += len(chunk.sound)
    if held:
        windows.append(SpeechWindow(channel, tuple(held)))
    return windows


def lay_out(windows: Sequence[SpeechWindow]) -> tuple[Sound, list[dict[str, float]]]:
    """All windows in one signal, each at a multiple of 30 s, with the clips that say where the sound is.

    Whole seconds as starts keep the library's arithmetic exact: it rounds a clip's start down to 10 ms.
    """
    signal = np.zeros(len(windows) * WINDOW * HEARD_RATE, dtype=np.float32)
    clips = []
    for index, window in enumerate(windows):
        at = index * WINDOW * HEARD_RATE
        for chunk in window.chunks:
            signal[at : at + len(chunk.sound)] = chunk.sound
            at += len(chunk.sound)
        clips.append({"start": float(index * WINDOW), "end": (at + 0.5) / HEARD_RATE})
    return signal, clips
