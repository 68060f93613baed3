"""Masking sound: 30 cuts in ten minutes of two channels at 8 kHz, WAV to WAV, against pydub; listening for keys."""

from __future__ import annotations

import io
import warnings

import numpy as np

from benchmarks.pairs import Row, compare
from redaction.keypad import find_keypad
from redaction.mask_samples import mask_blocks
from redaction.model import Window
from redaction.pauses import find_quiet
from workers.engines.codec import AvCodec
from workers.engines.tone import SineTone

RATE, CHANNELS, SECONDS, CUTS = 8000, 2, 600, 30


def a_call() -> bytes:
    """Ten minutes of noise at the level of speech, as 16-bit WAV."""
    noise = np.random.default_rng(1).normal(0, 2000, (RATE * SECONDS, CHANNELS)).astype(np.int16)
    out = io.BytesIO()
    AvCodec().encode_wav([noise], rate=RATE, channels=CHANNELS, bits=16, out=out)
    return out.getvalue()


def cuts() -> list[Window]:
    """Thirty windows of 0.6 to 2.4 s, spread over the call."""
    places = np.random.default_rng(2)
    return [
        Window(start=20.0 * n + 3.0, end=20.0 * n + 3.0 + places.uniform(0.6, 2.4), channels=(0, 1))
        for n in range(CUTS)
    ]


def mask_as_vaiti(call: bytes, windows: list[Window]) -> bytes:
    """Decode, mask and encode as a stream."""
    codec, tone = AvCodec(), SineTone().samples(rate=RATE, bits=16)

    masked = mask_blocks(codec.decode(io.BytesIO(call)), rate=RATE, windows=windows, tone=tone)
    out = io.BytesIO()
    codec.encode_wav(masked, rate=RATE, channels=CHANNELS, bits=16, out=out)
    return out.getvalue()


def mask_as_pydub(call: bytes, windows: list[Window]) -> bytes:
    """Slice, put a beep between, and go on: what one finds when one asks how to beep with pydub."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pydub import AudioSegment  # noqa: PLC0415 - a peer, loaded when it is measured
        from pydub.generators import Sine  # noqa: PLC0415
    sound = AudioSegment.from_wav(io.BytesIO(call))
    for window in windows:
        start, end = round(window.start * 1000), round(window.end * 1000)
        beep = Sine(1000, sample_rate=RATE).to_audio_segment(duration=end - start, volume=-20).set_channels(CHANNELS)
        sound = sound[:start] + beep + sound[end:]
    out = io.BytesIO()
    sound.export(out, format="wav")
    return out.getvalue()


def rows() -> list[Row]:
    """Compare on the same call and the same windows."""
    call, windows = a_call(), cuts()
    return [
        compare(
            "mask 30 cuts in 10 min",
            lambda: mask_as_vaiti(call, windows),
            "pydub slicing",
            lambda: mask_as_pydub(call, windows),
        ),
        compare(
            "listen for keys in 10 min",
            lambda: find_keypad(AvCodec().decode(io.BytesIO(call)), rate=RATE),
            "finding the pauses",
            lambda: find_quiet(AvCodec().decode(io.BytesIO(call)), rate=RATE),
        ),
    ]
