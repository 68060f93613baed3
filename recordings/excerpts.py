"""A stretch of a call's sound for people to hear: decoded from the start, as PCM WAV, and nothing read behind it."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from recordings.engines import AudioCodec, Samples


def cut_out(codec: AudioCodec, raw: BinaryIO, start: float, end: float) -> bytes:
    """Return the sound between two moments, in seconds, on all channels, as PCM WAV. Raises BadAudio."""
    sound, out = codec.probe(raw), io.BytesIO()
    blocks = _between(codec.decode(raw), round(start * sound.rate), round(end * sound.rate))
    codec.encode_wav(blocks, rate=sound.rate, channels=sound.channels, bits=sound.bits, out=out)
    return out.getvalue()


def _between(blocks: Iterable[Samples], first: int, end: int) -> Iterator[Samples]:
    """Yield the frames [first, end) of a stream of blocks, shape (frames, channels), and read no further."""
    at = 0
    for block in blocks:
        if at >= end:
            return
        kept = block[max(0, first - at) : end - at]
        at += len(block)
        if len(kept):
            yield kept
