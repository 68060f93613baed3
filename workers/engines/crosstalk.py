"""One voice on two channels: dual mono (a recorder that writes the same sound twice) and cross-talk (a leak).

Left alone, every word would stand twice in the conversation, and an answer would be its own question. Whether a word is
a copy is told by its sound: the best match with the other channel within an echo's delay, and how much of the energy it
explains. A copy goes only where the other channel has a word of its own at that time, so nothing that was said is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from redaction.model import Word
from workers.engines.resample import HEARD_RATE, Sound

LONGEST_DELAY = 0.3
# Seconds by which a copy may come later; longer echoes are cancelled by the telephone network (ITU-T G.168).
COPIED = 0.8
# Share of a word's energy that the other channel must explain. Two people talking at once reach a half, by the pitch.
SAME_LEVEL = 10 ** (1 / 10)
# One decibel of energy: louder than that is the source; within it the two channels are one recording.
SPREAD = 0.05
# Seconds around a word that are compared with it, for its edges are not exact.

Span = tuple[float, float]
"""Start and end in seconds."""


@dataclass(frozen=True, slots=True)
class Held:
    """Sound of one channel (16 kHz), and the sample at which it starts in the call."""

    start: int
    sound: Sound

    def between(self, start: float, end: float) -> Sound:
        """Return the sound of these seconds of the call; what is not held is silence."""
        begin, finish = round(start * HEARD_RATE) - self.start, round(end * HEARD_RATE) - self.start
        inside = self.sound[max(0, begin) : max(0, finish)]
        before = min(max(0, -begin), finish - begin)
        return np.pad(inside, (before, finish - begin - before - len(inside)))


@dataclass(frozen=True, slots=True)
class Copy:
    """A word that the other channel holds too; `even` is true where it is as loud there."""

    word: Word
    even: bool


def find_copies(words: Sequence[Word], held: Sequence[Held]) -> list[Copy]:
    """Return the words of two channels that are copies. Of equally loud channels the second holds the copy."""
    if len(held) != 2:
        return []
    spoken = [[_span(word) for word in words if word.channel == channel] for channel in (0, 1)]
    found = []
    for word in words:
        if not _is_beside(_span(word), spoken[1 - word.channel]):
            continue
        share, louder = _compare(word, held)
        even = 1 / SAME_LEVEL <= louder <= SAME_LEVEL
        if share >= COPIED and (louder > SAME_LEVEL or (even and word.channel == 1)):
            found.append(Copy(word, even))
    return found


def without_spans(speech: Sequence[Span], copied: Sequence[Span], *, near: float) -> tuple[Span, ...]:
    """Return the stretches of speech less the copied ones, each with `near` seconds around it."""
    left = list(speech)
    for start, end in copied:
        cut = (start - near, end + near)
        left = [part for span in left for part in ((span[0], min(span[1], cut[0])), (max(span[0], cut[1]), span[1]))]
        left = [(first, last) for first, last in left if last > first]
    return tuple(left)


def _span(word: Word) -> Span:
    return word.start or 0.0, word.end or 0.0


def _is_beside(span: Span, others: Sequence[Span]) -> bool:
    middle = (span[0] + span[1]) / 2
    return any(start - LONGEST_DELAY <= middle <= end + LONGEST_DELAY for start, end in others)


def _compare(word: Word, held: Sequence[Held]) -> tuple[float, float]:
    start, end = _span(word)
    start, end = start - SPREAD, end + SPREAD
    copy = held[word.channel].between(start, end)
    return explained(copy, held[1 - word.channel].between(start - LONGEST_DELAY, end + LONGEST_DELAY))


def explained(copy: Sound, source: Sound) -> tuple[float, float]:
    """Return the share of `copy`'s energy that `source` explains at its best delay, and how much louder that is.

    `source` is at least as long. The squared normalised cross-correlation, over all delays at once by the fast Fourier
    transform.
    """
    size = 1 << int(np.ceil(np.log2(len(source) + len(copy))))
    delays = len(source) - len(copy) + 1
    product = np.fft.irfft(np.fft.rfft(source, size) * np.conj(np.fft.rfft(copy, size)), size)[:delays]
    running = np.concatenate(([0.0], np.cumsum(np.square(source, dtype=np.float64))))
    there = running[len(copy) :] - running[: len(running) - len(copy)]
    here = float(np.sum(np.square(copy, dtype=np.float64)))
    if here <= 0 or float(there.max(initial=0.0)) <= 0:
        return 0.0, 0.0
    shares = np.square(product) / (here * np.maximum(there, here * 1e-9))
    best = int(shares.argmax())
    return float(shares[best]), float(there[best] / here)
