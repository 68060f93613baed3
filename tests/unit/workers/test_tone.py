"""The tone: where a cut is, and nothing about what was said."""

import numpy as np
import pytest

from workers.engines.tone import SineTone

RATES = [6000, 8000, 11_025, 16_000, 22_050, 44_100, 48_000, 96_000, 192_000]


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("bits", [16, 24])
def test_the_tone_is_a_second_of_one_kilohertz_at_minus_20_decibels(rate: int, bits: int) -> None:
    tone = SineTone().samples(rate=rate, bits=bits).astype(float)
    full = 2.0**15 if bits == 16 else 2.0**31
    assert len(tone) == rate
    expected = 0.1 * np.sin(2 * np.pi * 1000 * np.arange(rate) / rate)
    assert np.abs(tone / full - expected).max() < 1e-4


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("bits", [16, 24])
def test_the_tone_loops_without_a_click(rate: int, bits: int) -> None:
    tone = SineTone().samples(rate=rate, bits=bits).astype(float)
    steps = np.abs(np.diff(np.concatenate([tone, tone])))
    assert steps[rate - 1] <= steps[: rate - 1].max() * 1.001 + 2
    assert abs(tone[0]) <= 1


def test_the_tone_is_the_same_each_time_and_cannot_be_changed() -> None:
    first, second = SineTone().samples(rate=8000, bits=16), SineTone().samples(rate=8000, bits=16)
    assert np.array_equal(first, second)
    with pytest.raises(ValueError, match="read-only"):
        first[0] = 1


def test_24_bits_are_in_the_upper_part() -> None:
    assert not (SineTone().samples(rate=8000, bits=24) & 0xFF).any()
