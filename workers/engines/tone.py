"""The tone that takes the place of what was said, from pydub's generator.

pydub is kept behind this one function: it is asked for samples and never touches a file, so neither its temporary files
nor its 8-bit reading of telephone codecs can matter.
"""

from __future__ import annotations

import warnings
from functools import lru_cache

import numpy as np

from recordings.engines import Samples

HERTZ = 1000
# a whole number of hertz has a whole number of periods in a second, at every rate: it repeats without a click
DECIBELS = -20.0
# full scale is 0: clearly there, and no louder than the voices around it


class SineTone:
    """`recordings.engines.Tone`: one second of 1 kHz at -20 dBFS."""

    def samples(self, *, rate: int, bits: int) -> Samples:
        """(rate,) samples: int16 for 16 bits, int32 with 24 significant bits for 24. Read-only and always the same."""
        return _second(rate, bits)


@lru_cache(maxsize=32)
def _second(rate: int, bits: int) -> Samples:
    with warnings.catch_warnings():
        # its regular expressions warn from Python 3.12 on, and it looks for an ffmpeg that is not needed here
        warnings.simplefilter("ignore")
        from pydub.generators import Sine  # noqa: PLC0415 - the warnings come while it is imported

        width = 16 if bits == 16 else 32
        segment = Sine(HERTZ, sample_rate=rate, bit_depth=width).to_audio_segment(duration=1000, volume=DECIBELS)
    tone: Samples
    if bits == 16:
        tone = np.frombuffer(segment.raw_data, dtype=np.int16).copy()
    else:
        tone = np.frombuffer(segment.raw_data, dtype=np.int32) & np.int32(~0xFF)
    if len(tone) != rate:
        raise ValueError("the tone is not a second long")
    tone.flags.writeable = False
    return tone
