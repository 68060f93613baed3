"""Where a telephone's keys are heard: pairs of tones (ITU-T Q.23), of which anybody can read what was typed.

Goertzel filters on frames of 20 ms (numpy computes all of them as one matrix product) with the guards of Q.24: one tone
of each group, alone in it, not too unlike in level, near their frequency, most of the frame's energy, no second
harmonic, the same key for 40 ms. Voices and music hold such pairs for less or beside more. Which key it was is compared
between frames and dropped: stretches of time leave here, never keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from redaction.errors import DetectionFailed

ROWS, COLUMNS = (697.0, 770.0, 852.0, 941.0), (1209.0, 1336.0, 1477.0, 1633.0)
STEP = 0.01
# Seconds between frames of twice the length: a key of 40 ms fills two frames and most of a third, however it lies.
LEAST_FRAMES = 3
OFFSETS = (-0.03, -0.015, -0.0075, 0.0, 0.0075, 0.015, 0.03)
# Q.24 takes tones up to 1.5 % off and none from 3.5 % on: what is loudest at the ends of this row is another sound.
LEAST_SHARE, CLEAR_SHARE = 0.6, 0.8
# Of the frame's energy, in the pair: in every frame of a key, and in one of them at least. A frame that a key fills has
# 0.97 through noise at 15 dB; two harmonics of a vowel seldom come to 0.7.
MOST_TWIST = 12.0
# Decibels between the two tones. Q.24 asks for 8 and 4; a bad line gives more, and nobody is served by a strict ear.
MOST_RIVAL = 0.25
# Of a tone's power, in the next tone of its group. The harmonics of a deep voice fill them all.
MOST_HARMONIC = 0.05
# Of the pair's power, at twice their frequencies: a keypad makes a hundredth. Of the pair and not of each tone, for a
# loud high tone spills this much into what is twice a faint low one.
FLOOR = 1e-7
# Of full scale, -70 dB: below, 16 bits no longer hold a tone apart from rounding.
JOIN = 2.0
# Seconds between keys of one number: people look for the next key, and pause between groups of digits.

Stretches = tuple[tuple[tuple[float, float], ...], ...]


@dataclass(slots=True)
class _Channel:
    """One channel so far: stretches in frames, and the run of one key that may go on in the next block."""

    stretches: list[tuple[int, int]] = field(default_factory=list)
    key: int = -1
    since: int = 0
    clear: bool = False


class KeypadFinder:
    """Listens to one recording while its blocks pass. Memory does not grow with the sound, only with what is found."""

    def __init__(self, *, rate: int) -> None:
        """`rate` in Hz, at least 6,000: the highest tone is at 1,633 Hz."""
        self._rate = rate
        self._hop = max(1, round(rate * STEP))
        self._filters = _filters(rate, 2 * self._hop)
        self._rest: NDArray[np.float32] | None = None
        self._frames = 0
        self._samples = 0
        self._channels: list[_Channel] = []
        self._ended = False

    def listen(self, blocks: Iterable[NDArray[Any]]) -> Iterator[NDArray[Any]]:
        """Pass on the blocks, int16 or int32 of shape (frames, channels). Raises DetectionFailed for any other."""
        for block in blocks:
            self._hear(_scaled(block))
            self._samples += len(block)
            yield block
        if self._rest is not None:  # the last frame is whole with a silence after it
            self._hear(np.zeros((len(self._rest), 2 * self._hop), dtype=np.float32))
        self._ended = True

    def found(self) -> Stretches:
        """Return for each channel the stretches of keys in seconds, those of one number joined.

        Raises DetectionFailed when the sound was not heard to its end: then nobody knows.
        """
        if not self._ended:
            raise DetectionFailed
        step, end = self._hop / self._rate, self._samples / self._rate
        return tuple(
            tuple((first * step, min(last * step, end)) for first, last in channel.stretches)
            for channel in self._channels
        )

    def _hear(self, sound: NDArray[np.float32]) -> None:
        """Take the next samples, shape (channels, samples)."""
        if self._rest is None:
            self._channels = [_Channel() for _ in sound]
        elif len(sound) != len(self._rest):
            raise DetectionFailed
        whole = sound if self._rest is None else np.concatenate((self._rest, sound), axis=1)
        count = max(0, whole.shape[1] // self._hop - 1)
        for channel, signal in zip(self._channels, whole, strict=True):
            if count:
                self._follow(channel, *_keys(signal, count, self._filters))
        self._rest = whole[:, count * self._hop :].copy()
        self._frames += count

    def _follow(self, channel: _Channel, keys: NDArray[np.int8], clear: NDArray[np.bool_]) -> None:
        """Go on with the runs of one key: `keys` of the next frames, -1 where there is none, and which are clear."""
        at = 0
        for end in (*(np.flatnonzero(np.diff(keys)) + 1).tolist(), len(keys)):
            if keys[at] != channel.key:
                channel.key, channel.since, channel.clear = int(keys[at]), self._frames + at, False
            channel.clear = channel.clear or bool(clear[at:end].any())
            if channel.key >= 0 and channel.clear and self._frames + end - channel.since >= LEAST_FRAMES:
                self._join(channel.stretches, channel.since, self._frames + end + 1)
            at = end

    def _join(self, stretches: list[tuple[int, int]], first: int, last: int) -> None:
        if stretches and (first - stretches[-1][1]) * self._hop <= JOIN * self._rate:
            stretches[-1] = (stretches[-1][0], last)
        else:
            stretches.append((first, last))


def find_keypad(blocks: Iterable[NDArray[Any]], *, rate: int) -> Stretches:
    """Return for each channel where keys are heard, as (start, end) in seconds."""
    finder = KeypadFinder(rate=rate)
    for _ in finder.listen(blocks):
        pass
    return finder.found()


def _scaled(block: NDArray[Any]) -> NDArray[np.float32]:
    """Return (channels, samples) from -1 to 1. A wrong scale would be silence, so other types are refused."""
    if block.dtype not in (np.int16, np.int32) or block.ndim != 2:
        raise DetectionFailed
    return np.ascontiguousarray(block.T, dtype=np.float32) / np.float32(np.iinfo(block.dtype).max)


def _filters(rate: int, size: int) -> NDArray[np.float32]:
    """Return cosines, then sines, as columns whose squared products with a frame add up to a tone's power.

    The columns are each tone at its `OFFSETS`, then each tone's second harmonic, then 0 Hz and one period a frame.
    """
    tones = np.array(ROWS + COLUMNS)
    doubled = 2 * tones
    hertz = np.concatenate((np.outer(tones, 1 + np.array(OFFSETS)).ravel(), doubled, (0.0, rate / size)))
    phases = 2 * np.pi * np.outer(np.arange(size) / rate, hertz)
    scale = np.where(hertz > 0, np.sqrt(2), 1.0) / size
    scale[hertz >= rate / 2] = 0.0  # a rate that cannot hold the harmonic cannot show it either
    return np.concatenate((np.cos(phases) * scale, np.sin(phases) * scale), axis=1).astype(np.float32)


def _keys(
    signal: NDArray[np.float32], count: int, filters: NDArray[np.float32]
) -> tuple[NDArray[np.int8], NDArray[np.bool_]]:
    """Return which of the 16 keys each of `count` frames holds, -1 for none, and in which little else is heard."""
    size = len(filters)
    frames = sliding_window_view(signal, size)[:: size // 2][:count]
    products = frames @ filters
    half = filters.shape[1] // 2
    power = np.square(products[:, :half]) + np.square(products[:, half:])
    bank = power[:, : -len(ROWS + COLUMNS) - 2].reshape(count, len(ROWS + COLUMNS), len(OFFSETS))
    total = np.einsum("ij,ij->i", frames, frames) / size - power[:, -2] - power[:, -1]  # less the line's own and mains
    low, high = _loudest(bank[:, : len(ROWS)]), _loudest(bank[:, len(ROWS) :])
    doubled = power[:, -len(ROWS + COLUMNS) - 2 : -2]
    each, pair = np.arange(count), low.power + high.power
    twist = 10 ** (MOST_TWIST / 10)
    heard = (
        (total > FLOOR)
        & (pair >= LEAST_SHARE * total)
        & (low.power <= twist * high.power)
        & (high.power <= twist * low.power)
        & low.alone
        & high.alone
        & (doubled[each, low.tone] + doubled[each, len(ROWS) + high.tone] <= MOST_HARMONIC * pair)
    )
    keys = np.where(heard, low.tone * len(COLUMNS) + high.tone, -1).astype(np.int8)
    return keys, pair >= CLEAR_SHARE * total


@dataclass(frozen=True, slots=True)
class _Loudest:
    """The loudest tone of one group in each frame, and whether it is alone there and near a key's frequency."""

    tone: NDArray[np.intp]
    power: NDArray[np.float32]
    alone: NDArray[np.bool_]


def _loudest(bank: NDArray[np.float32]) -> _Loudest:
    """`bank` is (frames, tones, offsets)."""
    each = np.arange(len(bank))
    powers = bank.max(axis=2)
    tone = powers.argmax(axis=1)
    offset = bank[each, tone].argmax(axis=1)
    power = powers[each, tone]
    near = (offset > 0) & (offset < len(OFFSETS) - 1)
    return _Loudest(tone, power, near & (np.partition(powers, -2, axis=1)[:, -2] <= MOST_RIVAL * power))
