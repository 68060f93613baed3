"""Masking sound: two channels at 8 kHz, WAV to WAV, against the two ways of pydub; listening for keys."""

from __future__ import annotations

import io
import warnings
from functools import partial

import numpy as np

from benchmarks.pairs import Row, compare
from redaction.keypad import find_keypad
from redaction.mask_samples import mask_blocks
from redaction.model import Window
from redaction.pauses import find_quiet
from workers.engines.codec import AvCodec
from workers.engines.tone import SineTone

RATE, CHANNELS = 8000, 2
MINUTES = 60
CALLS = ((10, 30), (10, 300))
LONG_CALLS = ((60, 300), (240, 3_000))
# (minutes, cuts); the long ones behind `make bench FULL=1`.


def a_call(minutes: int) -> bytes:
    """So many minutes of noise at the level of speech, as 16-bit WAV."""
    noise = np.random.default_rng(1).normal(0, 2000, (RATE * MINUTES, CHANNELS)).astype(np.int16)
    out = io.BytesIO()
    AvCodec().encode_wav([noise] * minutes, rate=RATE, channels=CHANNELS, bits=16, out=out)
    return out.getvalue()


def cuts(minutes: int, count: int) -> list[Window]:
    """Windows of 0.3 to 1.2 s, spread over the call."""
    places, apart = np.random.default_rng(2), minutes * MINUTES / count
    starts = [apart * (number + 0.2) for number in range(count)]
    return [Window(start=start, end=start + places.uniform(0.3, 1.2), channels=(0, 1)) for start in starts]


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


def mask_as_pydub_overlays(call: bytes, windows: list[Window]) -> bytes:
    """Silence a stretch and lay a beep over it: the other way that is found. The sound is copied for each."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pydub import AudioSegment  # noqa: PLC0415 - a peer, loaded when it is measured
        from pydub.generators import Sine  # noqa: PLC0415
    sound = AudioSegment.from_wav(io.BytesIO(call))
    for window in windows:
        start, end = round(window.start * 1000), round(window.end * 1000)
        beep = Sine(1000, sample_rate=RATE).to_audio_segment(duration=end - start, volume=-20).set_channels(CHANNELS)
        sound = sound.overlay(beep, position=start, gain_during_overlay=-120)
    out = io.BytesIO()
    sound.export(out, format="wav")
    return out.getvalue()


def rows(*, full: bool = False) -> list[Row]:
    """Compare on the same calls and the same windows."""
    found = []
    for minutes, count in CALLS + (LONG_CALLS if full else ()):
        call, windows = a_call(minutes), cuts(minutes, count)
        name, ours = f"mask {count:,} cuts in {minutes} min", partial(mask_as_vaiti, call, windows)
        pairs = 3 if minutes <= 10 else 1
        found.append(compare(name, ours, "pydub slicing", partial(mask_as_pydub, call, windows), pairs=pairs))
        if minutes <= 10:
            theirs = partial(mask_as_pydub_overlays, call, windows)
            found.append(compare(name, ours, "pydub overlay", theirs, pairs=pairs))
    call = a_call(10)
    listens = compare(
        "listen for keys in 10 min",
        lambda: find_keypad(AvCodec().decode(io.BytesIO(call)), rate=RATE),
        "finding the pauses",
        lambda: find_quiet(AvCodec().decode(io.BytesIO(call)), rate=RATE),
    )
    return [*found, listens]
