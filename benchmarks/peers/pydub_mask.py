"""Mask a WAV with pydub in one of the two ways that one finds.

Arguments: slicing or overlay, sound, windows (JSON), out.
"""

from __future__ import annotations

import json
import sys
import warnings
from pathlib import Path

from loop import serve

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from pydub import AudioSegment
    from pydub.generators import Sine

way, source, spans, target = sys.argv[1:]
windows = [(round(start * 1000), round(end * 1000)) for start, end in json.loads(Path(spans).read_text())]


def mask() -> int:
    """Slice, put a beep between and go on; or silence a stretch and lay a beep over it."""
    sound = AudioSegment.from_wav(source)
    for start, end in windows:
        beep = Sine(1000, sample_rate=sound.frame_rate).to_audio_segment(duration=end - start, volume=-20)
        beep = beep.set_channels(sound.channels)
        if way == "slicing":
            sound = sound[:start] + beep + sound[end:]
        else:
            sound = sound.overlay(beep, position=start, gain_during_overlay=-120)
    sound.export(target, format="wav")
    return int(sound.frame_count())


serve(mask)
