"""Two mono files as one sound of two channels."""

import io
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from recordings.errors import BadAudio
from recordings.legs import is_in_legs, join_legs, open_legs
from tests.integration.fakes import wav
from workers.engines.codec import AvCodec
from workers.engines.legs import LegsCodec

CODEC = LegsCodec(AvCodec(), longest_seconds=60)


def tone(hertz: float, seconds: float, rate: int) -> NDArray[np.int16]:
    wave = np.rint(8000 * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate))
    return np.asarray(wave, dtype=np.int16)


def mono(signal: NDArray[np.int16], rate: int = 8000) -> bytes:
    return wav(signal[:, None], rate=rate)


def joined(agent: bytes, customer: bytes, *, starts: tuple[float, float] = (0.0, 0.0)) -> io.BytesIO:
    legs = [("agent", starts[0], [agent[:7], agent[7:]]), ("customer", starts[1], [customer])]
    return io.BytesIO(b"".join(join_legs(legs)))


def decoded(source: io.BytesIO) -> NDArray[Any]:
    blocks = [*CODEC.decode(source)]
    assert all(len(block) <= CODEC.probe(source).rate for block in blocks)
    return np.concatenate(blocks)


def test_both_files_come_out_byte_for_byte() -> None:
    agent, customer = mono(tone(300, 1.5, 8000)), mono(tone(500, 70, 8000))
    source = joined(agent, customer)
    assert is_in_legs(source)
    legs = open_legs(source)
    assert [(leg.role, leg.size) for leg in legs] == [("agent", len(agent)), ("customer", len(customer))]
    assert [leg.source.read() for leg in legs] == [agent, customer]
    assert not is_in_legs(io.BytesIO(agent))


def test_files_of_one_rate_stand_side_by_side_sample_for_sample() -> None:
    agent, customer = tone(300, 2.5, 8000), tone(500, 1.2, 8000)
    source = joined(mono(agent), mono(customer), starts=(0.0, 0.25))
    sound, facts = decoded(source), CODEC.probe(source)
    assert (facts.channels, facts.rate, facts.bits, facts.frames, facts.seconds) == (2, 8000, 16, 20_000, 2.5)
    np.testing.assert_array_equal(sound[:, 0], agent)
    np.testing.assert_array_equal(sound[2000 : 2000 + len(customer), 1], customer)
    assert not sound[:2000, 1].any()
    assert not sound[2000 + len(customer) :, 1].any()


def test_a_call_is_as_long_as_the_file_that_ends_last() -> None:
    source = joined(mono(tone(300, 1, 8000)), mono(tone(500, 1, 8000)), starts=(0.0, 2.5))
    assert decoded(source).shape == (28_000, 2)
    assert CODEC.probe(source).frames == 28_000


def test_another_rate_is_raised_to_the_higher_and_keeps_its_time() -> None:
    source = joined(mono(tone(300, 2.0003, 8000)), mono(tone(300, 2, 44_100), 44_100))
    sound, facts = decoded(source), CODEC.probe(source)
    assert (facts.rate, facts.frames) == (44_100, len(sound))
    middle = slice(20_000, 60_000)
    difference = sound[middle, 0].astype(int) - sound[middle, 1]
    assert np.abs(difference).max() < 400  # of 8,000: the same wave at the same time


def test_the_wider_samples_count() -> None:
    wide, out = (tone(300, 1, 8000).astype(np.int32) << 16) + (1 << 10), io.BytesIO()
    AvCodec().encode_flac([wide[:, None]], rate=8000, channels=1, bits=24, out=out)
    narrow = tone(500, 0.5, 8000)
    sound = decoded(joined(mono(narrow), out.getvalue()))
    assert sound.dtype == np.int32
    np.testing.assert_array_equal(sound[:, 1], wide)
    np.testing.assert_array_equal(sound[: len(narrow), 0], narrow.astype(np.int32) << 16)


def test_a_single_file_is_read_as_before() -> None:
    stereo = np.stack([tone(300, 1, 8000), tone(500, 1, 8000)], axis=1)
    np.testing.assert_array_equal(decoded(io.BytesIO(wav(stereo))), stereo)


@pytest.mark.parametrize(
    ("agent", "customer", "starts", "slug"),
    [
        (wav(np.ones((8000, 2), dtype=np.int16)), mono(tone(500, 1, 8000)), (0.0, 0.0), "leg-not-mono"),
        (mono(tone(300, 1, 8000)), b"Terve! " * 100, (0.0, 0.0), "audio-unknown-format"),
        (mono(tone(300, 1, 8000)), mono(tone(500, 1, 8000)), (0.0, 59.5), "audio-too-long"),
    ],
)
def test_what_cannot_be_joined_is_refused(
    agent: bytes, customer: bytes, starts: tuple[float, float], slug: str
) -> None:
    source = joined(agent, customer, starts=starts)
    for use in (CODEC.probe, lambda sound: list(CODEC.decode(sound))):
        with pytest.raises(BadAudio) as refused:
            use(source)
        assert refused.value.slug == slug


def test_an_empty_file_is_no_party() -> None:
    with pytest.raises(BadAudio) as refused:
        joined(mono(tone(300, 1, 8000)), b"")
    assert refused.value.slug == "audio-empty"
