"""Keys are found however a telephone line bends them; voices, music and other tones are none."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from redaction.errors import DetectionFailed
from redaction.keypad import JOIN, KeypadFinder, find_keypad
from tests.keys import KEYPAD, Sound, Spans, a_voice, as_samples, music, noisy, pressed, through_mu_law

NEAR = 0.012
# Seconds that a stretch may lack at its ends: a frame of 20 ms counts when a tone fills three fifths of it.
CODE = "131052#A9*0B7C8D46"


def heard(*channels: Sound, rate: int = 8000, wide: bool = False) -> tuple[Spans, ...]:
    return tuple(list(each) for each in find_keypad([as_samples(*channels, wide=wide)], rate=rate))


def all_inside(spans: Spans, stretches: Spans) -> bool:
    return all(any(a - NEAR <= start and end <= b + NEAR for a, b in stretches) for start, end in spans)


@settings(deadline=None, max_examples=40)
@given(
    keys=st.text(st.sampled_from(KEYPAD), min_size=1, max_size=8),
    rate=st.sampled_from([8000, 11025, 16000, 22050, 44100, 48000]),
    key=st.floats(0.04, 0.12),
    gap=st.floats(0.04, 0.5),
    level=st.floats(-35, -6),
    twist=st.floats(-6, 6),
    block=st.floats(0.003, 1.2),
    wide=st.booleans(),
)
def test_every_key_is_in_a_stretch_of_its_channel(
    *, keys: str, rate: int, key: float, gap: float, level: float, twist: float, block: float, wide: bool
) -> None:
    sound, spans = pressed(keys, rate=rate, key=key, gap=gap, level=level, twist=twist)
    samples = as_samples(np.zeros(len(sound)), sound, wide=wide)
    size = max(1, round(block * rate))
    silent, found = find_keypad((samples[at : at + size] for at in range(0, len(samples), size)), rate=rate)
    assert silent == ()
    assert len(found) == 1  # a number is one stretch
    assert all_inside(spans, list(found))
    assert spans[0][0] - 0.02 <= found[0][0]
    assert found[0][1] <= spans[-1][1] + 0.02


@pytest.mark.parametrize("rate", [8000, 48000])
@pytest.mark.parametrize("key", [0.04, 0.07])
@pytest.mark.parametrize(
    ("line", "shape"),
    [
        (through_mu_law, {}),
        (through_mu_law, {"level": -35.0}),
        (lambda sound: noisy(sound, 15), {}),
        (lambda sound: through_mu_law(noisy(sound, 15)), {"level": -20.0}),
        (lambda sound: sound, {"twist": 0.83}),  # 10 % of the amplitude
        (lambda sound: sound, {"twist": 8.0}),
        (lambda sound: sound, {"twist": -8.0}),
        (lambda sound: sound, {"off": 0.01}),
        (lambda sound: sound, {"off": -0.015}),
        (lambda sound: sound + 0.1, {}),  # a constant voltage on the line
        (lambda sound: sound.clip(-0.25, 0.25), {"level": -6.0}),
    ],
)
def test_a_bad_line_hides_no_key(rate: int, key: float, line: Callable[[Sound], Sound], shape: dict[str, Any]) -> None:
    sound, spans = pressed(CODE, rate=rate, key=key, **shape)
    (found,) = heard(line(sound), rate=rate)
    assert all_inside(spans, found)


@pytest.mark.parametrize("seed", range(5))
def test_keys_are_found_over_a_voice_ten_decibels_below(seed: int) -> None:
    sound, spans = pressed(CODE, key=0.08)
    voice = a_voice(len(sound) / 8000, seed=seed)
    power = np.mean(np.square(sound[sound != 0])) / np.mean(np.square(voice))
    (found,) = heard(sound + voice * np.sqrt(power / 10))
    assert all_inside(spans, found)


@pytest.mark.parametrize(("pitch", "rate"), [(90.0, 8000), (120.0, 16000), (180.0, 8000)])
def test_a_voice_presses_no_key(rate: int, pitch: float) -> None:
    assert heard(a_voice(20, rate=rate, pitch=pitch, seed=int(pitch)), rate=rate) == ([],)


@pytest.mark.parametrize("rate", [8000, 48000])
def test_music_and_noise_press_no_key(rate: int) -> None:
    noise = np.random.default_rng(1).normal(0, 0.1, 15 * rate)
    assert heard(music(15, rate=rate), noise, rate=rate) == ([], [])


@pytest.mark.parametrize(
    "hertz", [(425,), (350, 440), (440, 480), (480, 620), (1000,), (1400,), (697,), (1633,), (697, 770), (1209, 1477)]
)
def test_other_tones_are_no_keys(hertz: tuple[float, ...]) -> None:
    times = np.arange(16_000) / 8000
    assert heard(sum((0.2 * np.sin(2 * np.pi * each * times) for each in hertz), np.zeros(16_000))) == ([],)


@pytest.mark.parametrize("shape", [{"off": 0.035}, {"off": -0.035}, {"key": 0.02}, {"twist": 20.0}, {"level": -85.0}])
def test_what_no_telephone_sends_is_no_key(shape: dict[str, Any]) -> None:
    assert heard(pressed(CODE, **shape)[0], wide=True) == ([],)


def test_one_key_alone_is_found() -> None:
    sound, spans = pressed("1")
    assert all_inside(spans, *heard(sound))


def test_keys_far_apart_are_stretches_of_their_own() -> None:
    near, far = pressed("12", gap=JOIN - 0.1)[0], pressed("12", gap=JOIN + 0.1)[0]
    assert [len(*heard(sound)) for sound in (near, far)] == [1, 2]


def test_a_key_at_the_very_end_is_found_and_ends_with_the_sound() -> None:
    sound, _ = pressed("7", key=0.045, gap=0.0, lead=0.0)
    (((start, end),),) = heard(sound)
    assert (start, end) == (0.0, 0.045)


def test_no_sound_has_no_channels() -> None:
    assert find_keypad([], rate=8000) == ()


def test_what_is_held_does_not_grow() -> None:
    finder = KeypadFinder(rate=8000)
    for _ in finder.listen(as_samples(music(1)) for _ in range(100)):
        assert finder._rest is not None
        assert finder._rest.shape[1] < 3 * finder._hop


def test_a_sound_that_was_not_heard_to_its_end_has_no_answer() -> None:
    finder = KeypadFinder(rate=8000)
    next(finder.listen([as_samples(music(1))] * 2))
    with pytest.raises(DetectionFailed):
        finder.found()


@pytest.mark.parametrize(
    "blocks",
    [
        [np.zeros((800, 1))],
        [np.zeros(800, dtype=np.int16)],
        [np.zeros((800, 1), dtype=np.int16), np.zeros((800, 2), dtype=np.int16)],
    ],
    ids=["floats", "no channels", "other channels"],
)
def test_a_sound_of_the_wrong_form_is_refused(blocks: list[np.ndarray]) -> None:
    with pytest.raises(DetectionFailed):
        find_keypad(blocks, rate=8000)
