"""What goes to the speech model: the right rate, the right places, and nothing that it would take for silence."""

import io
from importlib.resources import files
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from redaction.model import Window
from tests.unit.workers.sounds import tones
from workers.engines.around import pieces_around
from workers.engines.codec import AvCodec
from workers.engines.packing import WINDOW, SpeechWindow, lay_out, pack
from workers.engines.resample import HEARD_RATE, to_heard_rate
from workers.engines.vad import LONGEST_CHUNK, ChannelEar, Chunk


def heard(blocks: list[Any], *, rate: int, channels: int) -> Any:
    return np.concatenate([np.stack(each) for each in to_heard_rate(blocks, rate=rate, channels=channels)], axis=1)


def chunk(start: float, seconds: float) -> Chunk:
    return Chunk(round(start * HEARD_RATE), np.full(round(seconds * HEARD_RATE), 0.1, dtype=np.float32))


@pytest.mark.parametrize("rate", [6000, 8000, 11_025, 16_000, 44_100, 48_000])
def test_resampling_keeps_length_place_and_scale(rate: int) -> None:
    sound = np.zeros((rate * 2, 2), dtype=np.int16)
    t = np.arange(rate // 4) / rate
    sound[rate : rate + len(t), 1] = 16_384 * np.sin(2 * np.pi * 500 * t)
    out = heard([sound[: rate // 3], sound[rate // 3 :]], rate=rate, channels=2)
    assert abs(out.shape[1] - 2 * HEARD_RATE) <= 2
    assert np.abs(out[0]).max() < 1e-3
    loud = np.flatnonzero(np.abs(out[1]) > 0.25)
    assert abs(loud[0] / HEARD_RATE - 1.0) < 0.005
    assert np.abs(out[1]).max() == pytest.approx(0.5, abs=0.05)


def test_16_and_24_bits_sound_the_same() -> None:
    sound = tones()
    wide = sound.astype(np.int32) << 16
    assert np.allclose(heard([sound], rate=8000, channels=2), heard([wide], rate=8000, channels=2), atol=1e-4)


@pytest.mark.parametrize("wrong", [np.zeros((9, 2)), np.zeros(9, dtype=np.int16), np.zeros((9, 1), dtype=np.int16)])
def test_samples_of_another_shape_or_scale_are_an_error_and_not_silence(wrong: Any) -> None:
    with pytest.raises(ValueError, match="blocks are"):
        list(to_heard_rate([wrong], rate=8000, channels=2))


@pytest.mark.parametrize("wrong", [np.zeros(9), np.zeros((2, 9), np.float32), np.full(9, np.nan, np.float32)])
def test_an_ear_takes_only_finite_float32(wrong: Any) -> None:
    with pytest.raises(ValueError, match="finite float32"):
        ChannelEar().feed(wrong)


def test_silence_has_no_speech_and_lets_go_of_its_sound() -> None:
    ear = ChannelEar()
    for _ in range(5):
        ear.feed(np.zeros(HEARD_RATE * 60, dtype=np.float32))
        assert ear.take_chunks(last=False) == []
        assert ear.held <= HEARD_RATE
    assert ear.take_chunks(last=True) == []


def test_speech_without_a_pause_is_cut_at_a_short_silence_when_it_grows_too_long() -> None:
    whole, cut = _chunks_of("direct-marketing", LONGEST_CHUNK), _chunks_of("direct-marketing", 10.0)
    assert max(chunk.end - chunk.start for chunk in whole) > 12 * HEARD_RATE
    assert max(chunk.end - chunk.start for chunk in cut) <= 10 * HEARD_RATE
    assert sum(len(c.sound) for c in cut) == pytest.approx(sum(len(c.sound) for c in whole), abs=HEARD_RATE)
    assert all(one.end <= other.start for one, other in pairwise(cut))


def _chunks_of(name: str, longest: float) -> list[Chunk]:
    """The speech of the channel of a sample call that has the longest stretch."""
    file, codec = io.BytesIO((files("workers") / "samples" / f"{name}.flac").read_bytes()), AvCodec()
    ears = [ChannelEar(longest), ChannelEar(longest)]
    for signals in to_heard_rate(codec.decode(file), rate=codec.probe(file).rate, channels=2):
        for ear, sound in zip(ears, signals, strict=True):
            ear.feed(sound)
    found = [ear.take_chunks(last=True) for ear in ears]
    return max(found, key=lambda chunks: max(len(chunk.sound) for chunk in chunks))


def test_windows_hold_a_channels_chunks_in_order_and_never_more_than_fits() -> None:
    chunks = [chunk(at, 9.0) for at in (0, 20, 40, 60, 80)]
    windows = pack(chunks, channel=1, seconds=29)
    assert [len(window.chunks) for window in windows] == [3, 2]
    assert [each for window in windows for each in window.chunks] == chunks
    assert all(window.seconds < WINDOW and window.channel == 1 for window in windows)


def test_every_window_begins_at_a_multiple_of_thirty_seconds() -> None:
    signal, clips = lay_out(pack([chunk(0, 20), chunk(50, 20), chunk(90, 28)], channel=0, seconds=29))
    assert len(signal) == 3 * WINDOW * HEARD_RATE
    assert [clip["start"] for clip in clips] == [0.0, 30.0, 60.0]
    assert [int(clip["end"] * HEARD_RATE) for clip in clips] == [20 * HEARD_RATE, 50 * HEARD_RATE, 88 * HEARD_RATE]


@pytest.mark.parametrize(
    ("word", "in_call"),
    [
        ((0.0, 0.5), (10.0, 10.5)),
        ((1.5, 2.0), (11.5, 12.0)),
        ((2.1, 2.6), (30.1, 30.6)),
        ((1.9, 2.5), (30.0, 30.5)),  # across the joint: it belongs where more of it is
        ((1.2, 2.1), (11.2, 12.0)),
        ((2.0, 2.0), (12.0, 12.0)),  # of no length, as they come from attention
        ((6.0, 7.0), (33.0, 33.0)),  # past the sound
    ],
)
def test_times_in_a_window_become_times_in_the_call(word: tuple[float, float], in_call: tuple[float, float]) -> None:
    window = SpeechWindow(0, (chunk(10, 2), chunk(30, 3)))
    assert window.times_in_call(*word) == pytest.approx(in_call)


@pytest.mark.parametrize("seconds", [8, 29])
def test_a_second_look_hears_both_channels_near_the_cuts_and_no_tone(seconds: int) -> None:
    sound = np.random.default_rng(0).normal(0, 0.1, (2, 300 * HEARD_RATE)).astype(np.float32)
    blocks = [tuple(sound[:, at : at + 7000]) for at in range(0, sound.shape[1], 7000)]
    cuts = [
        Window(start=0.5, end=1.0, channels=(0,)),
        Window(start=100.0, end=160.0, channels=(0, 1)),
        Window(start=165.0, end=166.0, channels=(0,)),
        Window(start=299.0, end=300.0, channels=(0,)),
    ]
    pieces = list(pieces_around(blocks, cuts, seconds=seconds))
    covered = np.zeros((2, sound.shape[1]), dtype=bool)
    for channel, piece in pieces:
        assert np.array_equal(piece.sound, sound[channel, piece.start : piece.end])
        assert not covered[channel, piece.start : piece.end].any()
        assert len(piece.sound) <= seconds * HEARD_RATE
        covered[channel, piece.start : piece.end] = True
    expected = np.zeros(sound.shape[1], dtype=bool)
    for low, high in ((0, 4.0), (97, 100), (160, 169), (296, 300)):
        expected[round(low * HEARD_RATE) : round(high * HEARD_RATE)] = True
    assert np.array_equal(covered[0], expected)
    assert np.array_equal(covered[1], expected)
