"""Talk-off on what we ship: no key is heard in the sample calls, nor in the tone that takes the place of keys."""

from pathlib import Path

import numpy as np
import pytest

from redaction.keypad import find_keypad
from workers.engines.codec import AvCodec
from workers.engines.tone import SineTone

SAMPLES = sorted(
    path for path in (Path(__file__).parents[3] / "workers" / "samples").iterdir() if path.suffix in {".flac", ".wav"}
)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_no_key_is_heard_in_a_sample_call(path: Path) -> None:
    with path.open("rb") as file:
        codec = AvCodec()
        found = find_keypad(codec.decode(file), rate=codec.probe(file).rate)
    assert found == ((), ())


@pytest.mark.parametrize("rate", [8000, 16000, 48000])
def test_the_masking_tone_is_no_key(rate: int) -> None:
    tone = SineTone().samples(rate=rate, bits=16)
    assert find_keypad([np.tile(tone, 3).reshape(-1, 1)], rate=rate) == ((),)
