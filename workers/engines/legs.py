"""Two mono files as one sound of two channels: what every step after the push sees."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, closing
from math import ceil
from typing import Any, BinaryIO, cast

import av
import numpy as np
from numpy.typing import NDArray

from recordings.engines import AudioCodec, Samples, SoundFacts
from recordings.legs import Leg, is_in_legs, open_legs
from workers.engines.codec import LONGEST_SECONDS
from workers.engines.refusals import refusal

_SIXTEEN = 16

Signal = NDArray[Any]
"""One channel, 1-D, int16 or int32."""


class LegsCodec:
    """`recordings.engines.AudioCodec` that also reads a call of two files, each by a decoder of its own.

    They are put at their starts, at the higher of their rates, and as long as what ends last; silence fills the rest.
    """

    def __init__(self, codec: AudioCodec, *, longest_seconds: float = LONGEST_SECONDS) -> None:
        """`codec` decodes each file; the whole call may last so many seconds."""
        self._codec, self._longest = codec, longest_seconds
        self.encode_flac, self.encode_wav = codec.encode_flac, codec.encode_wav

    def probe(self, source: BinaryIO) -> SoundFacts:
        """Read the headers, of both files where there are two. Raises as the codec does."""
        if not is_in_legs(source):
            return self._codec.probe(source)
        legs = open_legs(source)
        return self._join(legs, [self._probe(leg) for leg in legs])

    def decode(self, source: BinaryIO) -> Iterator[Samples]:
        """Yield (frames, channels) blocks of a second. Raises as the codec does."""
        if not is_in_legs(source):
            yield from self._codec.decode(source)
            return
        legs = open_legs(source)
        facts = [self._probe(leg) for leg in legs]
        whole = self._join(legs, facts)
        with ExitStack() as opened:
            placed = [
                opened.enter_context(closing(self._place(leg, own, whole)))
                for leg, own in zip(legs, facts, strict=True)
            ]
            yield from self._side_by_side(placed, whole)

    def _probe(self, leg: Leg) -> SoundFacts:
        facts = self._codec.probe(leg.source)
        if facts.channels != 1:
            raise refusal("leg-not-mono")
        return facts

    def _join(self, legs: Any, facts: list[SoundFacts]) -> SoundFacts:
        rate = max(each.rate for each in facts)
        ends = [
            None if own.frames is None else round(leg.start * rate) + _length_at(rate, own, own.frames)
            for leg, own in zip(legs, facts, strict=True)
        ]
        known = [leg.start + own.seconds for leg, own in zip(legs, facts, strict=True) if own.seconds is not None]
        if known and max(known) > self._longest:
            raise refusal("audio-too-long")
        frames = None if None in ends else max(cast("list[int]", ends))
        return SoundFacts(
            container="legs",
            codec="+".join(each.codec for each in facts),
            rate=rate,
            channels=len(facts),
            bits=max(each.bits for each in facts),
            frames=frames,
            seconds=max(known, default=None),
        )

    def _place(self, leg: Leg, own: SoundFacts, whole: SoundFacts) -> Generator[Signal]:
        """Yield the file's signal as it stands in the call: silence up to its start, then itself."""
        dtype = np.int16 if whole.bits == _SIXTEEN else np.int32
        before = round(leg.start * whole.rate)
        while before > 0:
            yield np.zeros(min(before, whole.rate), dtype)
            before -= whole.rate
        with closing(cast("Any", self._codec.decode(leg.source))) as blocks:
            for signal in _at_rate(blocks, own, whole.rate):
                yield _widened(signal, dtype)

    def _side_by_side(self, placed: Sequence[Iterator[Signal]], whole: SoundFacts) -> Iterator[Samples]:
        queues: list[list[Signal]] = [[] for _ in placed]
        done = 0
        while True:
            block = [_take(queue, signal, whole.rate) for queue, signal in zip(queues, placed, strict=True)]
            longest = max(map(len, block))
            if longest == 0:
                return
            done += longest
            if done > self._longest * whole.rate:
                raise refusal("audio-too-long")
            yield np.stack([np.pad(each, (0, longest - len(each))) for each in block], axis=1)


def _take(held: list[Signal], more: Iterator[Signal], count: int) -> Signal:
    """Return the next samples, fewer only at the end; what is over stays in `held`."""
    have = sum(map(len, held))
    while have < count and (signal := next(more, None)) is not None:
        held.append(signal)
        have += len(signal)
    if not held:
        return np.zeros(0, np.int16)
    joined = np.concatenate(held)
    held[:] = [joined[count:]] if len(joined) > count else []
    return joined[:count]


def _length_at(rate: int, own: SoundFacts, frames: int) -> int:
    return ceil(frames * rate / own.rate)


def _widened(signal: Signal, dtype: Any) -> Signal:
    if signal.dtype == np.int16 and dtype == np.int32:
        return signal.astype(np.int32) << _SIXTEEN
    return signal


def _at_rate(blocks: Iterator[Samples], own: SoundFacts, rate: int) -> Iterator[Signal]:
    """Yield a mono sound at another rate, of exactly the length that it has there; at its own rate untouched."""
    if own.rate == rate:
        for block in blocks:
            yield block[:, 0]
        return
    resampler: Any = None
    came, given = 0, 0
    last: Signal = np.zeros(0, np.int16)
    for block in blocks:
        form = "s16" if block.dtype == np.int16 else "s32"
        resampler = resampler or av.AudioResampler(format=form, layout="mono", rate=rate)
        packed: NDArray[Any] = np.ascontiguousarray(block).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(packed, format=form, layout="mono")
        frame.sample_rate, frame.pts = own.rate, came
        came, last = came + len(block), block[:0, 0]
        for made in resampler.resample(frame):
            given += made.samples
            yield made.to_ndarray().reshape(-1)
    whole = _length_at(rate, own, came)
    for made in resampler.resample(None) if resampler is not None else ():
        rest = made.to_ndarray().reshape(-1)[: max(0, whole - given)]
        given += len(rest)
        yield rest
    if given < whole:
        yield np.zeros(whole - given, last.dtype)
