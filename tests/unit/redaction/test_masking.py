"""Masked words and samples: nothing moves, nothing outside changes, nothing inside stays."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaction.mask_samples import mask_block, mask_blocks, window_frames
from redaction.mask_words import mask_words
from redaction.model import InSound, Window
from redaction.pauses import find_quiet
from tests.builders import a_finding, a_transcript

RATE = 8000


def test_the_first_word_of_a_run_is_its_label_and_the_rest_are_empty() -> None:
    words = a_transcript("C: on nolla neljä A: joo C: nolla").words
    masked = mask_words(words, [a_finding(1, 2), a_finding(4, 4, type="PERSON"), a_finding(2, 9)])
    assert [word.text for word in masked] == ["on", "[PHONE_NUMBER]", "", "joo", "[PHONE_NUMBER]"]


def test_a_window_takes_every_frame_that_it_touches() -> None:
    assert window_frames(Window(start=0.10001, end=0.20001, channels=(0,)), 100) == (10, 21)


def test_tone_replaces_the_window_on_its_channels_and_counts_from_its_start() -> None:
    block = np.full((10, 2), 7, dtype=np.int16)
    tone = np.array([1, 2, 3], dtype=np.int16)
    window = Window(start=2.0, end=9.0, channels=(1, 5))
    masked = mask_block(block, first_frame=4, rate=1, windows=[window], tone=tone)
    assert masked[:, 0].tolist() == [7] * 10
    assert masked[:, 1].tolist() == [3, 1, 2, 3, 1, 7, 7, 7, 7, 7]
    assert block[0, 1] == 7


def test_a_tone_of_another_width_is_shifted_into_the_blocks() -> None:
    window = [Window(start=0.0, end=1.0, channels=(0,))]
    wide = mask_block(np.zeros((1, 1), np.int32), first_frame=0, rate=1, windows=window, tone=np.array([3], np.int16))
    narrow = mask_block(
        np.zeros((1, 1), np.int16), first_frame=0, rate=1, windows=window, tone=np.array([[3 << 16]], np.int32)
    )
    assert (wide[0, 0], narrow[0, 0]) == (3 << 16, 3)


@given(
    st.integers(1, 400),
    st.lists(st.tuples(st.floats(0, 5), st.floats(0, 2)), max_size=4),
    st.integers(1, 97),
    st.sampled_from([np.int16, np.int32]),
)
def test_length_stays_and_only_windows_change_whatever_the_blocks(
    frames: int, spans: list[tuple[float, float]], size: int, dtype: type[Any]
) -> None:
    rate = 100
    sound = np.arange(frames * 2, dtype=dtype).reshape(frames, 2) + 50
    tone = np.array([-3, -2, -1], dtype=dtype)
    windows = [Window(start=start, end=start + length, channels=(0, 1)) for start, length in spans]
    blocks = [
        mask_block(sound[at : at + size], first_frame=at, rate=rate, windows=windows, tone=tone)
        for at in range(0, frames, size)
    ]
    masked = np.concatenate(blocks)
    inside = np.zeros(frames, dtype=bool)
    for window in windows:
        start, end = window_frames(window, rate)
        inside[start:end] = True
    assert masked.shape == sound.shape
    assert masked.dtype == sound.dtype
    assert (masked[~inside] == sound[~inside]).all()
    assert (masked[inside] < 0).all()
    if len(windows) < 2:
        whole = mask_block(sound, first_frame=0, rate=rate, windows=windows, tone=tone)
        assert (masked == whole).all()


def speech_with_pauses(noise: float, speech: float) -> np.ndarray[Any, np.dtype[np.int16]]:
    """A second of noise, a second of loud noise, a second of noise, on one channel; the other is digital silence."""
    generator = np.random.default_rng(5)
    one = np.concatenate([generator.normal(0, scale, RATE) for scale in (noise, speech, noise)])
    return np.stack([one, np.zeros_like(one)], axis=1).astype(np.int16)


@pytest.mark.parametrize("block", [37, 4096, 100_000])
def test_pauses_are_found_above_the_lines_own_noise(block: int) -> None:
    sound = speech_with_pauses(200, 6000)
    line, silence = find_quiet((sound[at : at + block] for at in range(0, len(sound), block)), rate=RATE)
    assert [(round(start, 1), round(end, 1)) for start, end in line] == [(0.0, 1.0), (2.0, 3.0)]
    assert silence == ((0.0, 3.0),)


def test_an_even_sound_has_no_pauses_and_no_sound_has_no_channels() -> None:
    even = np.random.default_rng(5).normal(0, 3000, (RATE, 1)).astype(np.int16)
    assert find_quiet([even], rate=RATE) == ((),)
    assert find_quiet([], rate=RATE) == ()


def test_wide_samples_give_the_same_pauses() -> None:
    sound = speech_with_pauses(200, 6000)
    wide = sound.astype(np.int32) << 16
    assert find_quiet([wide], rate=RATE) == find_quiet([sound], rate=RATE)


def test_blocks_in_a_row_are_masked_as_one_recording() -> None:
    sound = np.arange(20, dtype=np.int16).reshape(10, 2)
    windows = [Window(start=0.2, end=0.7, channels=(0, 1))]
    tone = np.full(4, 99, dtype=np.int16)
    whole = mask_block(sound, first_frame=0, rate=10, windows=windows, tone=tone)
    parts = list(mask_blocks((sound[:3], sound[3:5], sound[5:]), rate=10, windows=windows, tone=tone))
    assert np.array_equal(np.concatenate(parts), whole)


@given(
    spans=st.lists(
        st.tuples(
            st.floats(0, 11), st.floats(0.01, 4), st.sampled_from(InSound), st.sampled_from([(0,), (1,), (0, 1)])
        ),
        max_size=8,
    ),
    blocks=st.lists(st.integers(1, 40), min_size=1, max_size=12),
    tone=st.integers(1, 45),
)
def test_windows_in_any_order_across_any_blocks_give_the_sound_of_one_block(
    spans: list[tuple[float, float, InSound, tuple[int, ...]]], blocks: list[int], tone: int
) -> None:
    windows = [
        Window(start=start, end=start + length, channels=channels, sound=sound)
        for start, length, sound, channels in spans
    ]
    sound = np.arange(2 * sum(blocks), dtype=np.int16).reshape(-1, 2)
    beep = -np.arange(1, tone + 1, dtype=np.int16)
    parts = np.split(sound, np.cumsum(blocks)[:-1])
    found = np.concatenate(list(mask_blocks(parts, rate=10, windows=windows, tone=beep)))
    expected = sound.copy()
    for each in windows:  # one after the other, sample by sample
        first, end = window_frames(each, 10)
        for frame in range(first, min(end, len(sound))):
            for channel in each.channels:
                expected[frame, channel] = 0 if each.sound is InSound.SILENCE else beep[(frame - first) % tone]
    assert np.array_equal(found, expected)


def test_the_last_short_piece_of_a_recording_counts_for_pauses() -> None:
    silence = np.zeros((8013, 1), dtype=np.int16)
    ((start, end),) = find_quiet([silence[:4001], silence[4001:]], rate=8000)[0]
    assert start == 0
    assert end >= 8013 / 8000
