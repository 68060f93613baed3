"""Sound in: every format that telephony sends is decoded as it is, and nothing else is taken."""

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from recordings.errors import BadAudio
from tests.unit.workers.sounds import encoded, pcm, tones, wav
from workers.engines.codec import AvCodec

WORDS = tones()
MONO = tones(channels=1)
CODEC = AvCodec()


def decoded(data: bytes) -> Any:
    return np.concatenate(list(CODEC.decode(io.BytesIO(data))))


def slug_of(data: bytes, codec: AvCodec = CODEC) -> str:
    """The slug with which decoding ends."""
    with pytest.raises(BadAudio) as refused:
        for _ in codec.decode(io.BytesIO(data)):
            pass
    return refused.value.slug


def noise_ratio(original: Any, got: Any) -> float:
    """Signal to noise in dB, over the frames that both have and the shift (of up to 0.2 s) that fits best."""
    original, got = original[:, 0].astype(float), got[:, 0].astype(float)
    best = -99.0
    for shift in range(-200, 1800):
        a, b = (original[max(0, -shift) :], got[max(0, shift) :])
        n = min(len(a), len(b))
        best = max(best, 10 * np.log10(np.sum(a[:n] ** 2) / (np.sum((a[:n] - b[:n]) ** 2) + 1)))
    return float(best)


LOSSLESS = {
    "wav-16": encoded("wav", "pcm_s16le", WORDS),
    "wav-16-mono": encoded("wav", "pcm_s16le", MONO),
    "wav-16-by-hand": pcm(WORDS),
    "wav-48k": encoded("wav", "pcm_s16le", WORDS, rate=48_000),
    "flac-16": encoded("flac", "flac", WORDS, inner="s16"),
    "ogg-flac": encoded("ogg", "flac", WORDS, inner="s16"),
    "m4a-alac": encoded("ipod", "alac", WORDS, inner="s16p"),
}
WIDE = {
    "wav-24": encoded("wav", "pcm_s24le", WORDS, inner="s32"),
    "wav-32": encoded("wav", "pcm_s32le", WORDS, inner="s32"),
    "wav-float": encoded("wav", "pcm_f32le", WORDS, inner="flt"),
    "wav-double": encoded("wav", "pcm_f64le", WORDS, inner="dbl"),
    "flac-24": encoded("flac", "flac", WORDS, inner="s32"),
}
LOSSY = {
    # name: (file, least signal-to-noise ratio in dB)
    "wav-8": (encoded("wav", "pcm_u8", WORDS), 25),
    "wav-mulaw": (encoded("wav", "pcm_mulaw", WORDS), 35),
    "wav-alaw": (encoded("wav", "pcm_alaw", WORDS), 35),
    "wav-ima-adpcm": (encoded("wav", "adpcm_ima_wav", WORDS, inner="s16p"), 15),
    "wav-ms-adpcm": (encoded("wav", "adpcm_ms", WORDS, inner="s16"), 15),
    "mp3-8k": (encoded("mp3", "libmp3lame", WORDS, inner="s16p"), 12),
    "mp3-mono": (encoded("mp3", "libmp3lame", MONO, inner="s16p"), 12),
    "m4a-aac": (encoded("ipod", "aac", WORDS, inner="fltp"), 12),
    "adts-aac": (encoded("adts", "aac", WORDS, inner="fltp"), 12),
}
ALL = {**LOSSLESS, **WIDE, **{name: data for name, (data, _) in LOSSY.items()}}
ALL["opus"] = encoded("ogg", "libopus", tones(rate=48_000), rate=48_000, inner="s16")
ALL["gsm"] = wav(np.random.default_rng(1).bytes(65 * 50), tag=0x31, bits=0, align=65)


@pytest.mark.parametrize("name", LOSSLESS)
def test_a_lossless_file_decodes_to_its_own_samples(name: str) -> None:
    expected = MONO if "mono" in name else WORDS
    got = decoded(LOSSLESS[name])
    assert got.dtype == np.int16
    assert np.array_equal(got, expected)


@pytest.mark.parametrize("name", WIDE)
def test_more_than_16_bits_come_as_24_in_the_upper_part(name: str) -> None:
    got = decoded(WIDE[name])
    assert got.dtype == np.int32
    assert np.array_equal(got, WORDS.astype(np.int32) << 16)
    assert CODEC.probe(io.BytesIO(WIDE[name])).bits == 24


@pytest.mark.parametrize("name", LOSSY)
def test_a_telephone_codec_decodes_as_well_as_it_can(name: str) -> None:
    data, least = LOSSY[name]
    got = decoded(data)
    assert got.dtype == np.int16
    assert noise_ratio(MONO if "mono" in name else WORDS, got) >= least


def test_gsm_and_opus_decode_too() -> None:
    assert decoded(ALL["gsm"]).shape == (50 * 320, 1)
    opus = decoded(ALL["opus"])
    assert opus.shape[1] == 2
    assert abs(len(opus) / 48_000 - 2.0) < 0.1
    assert CODEC.probe(io.BytesIO(ALL["opus"])).rate == 48_000


@pytest.mark.parametrize("name", ALL)
def test_decoding_twice_gives_the_same_samples_and_the_headers_do_not_lie(name: str) -> None:
    first, second = decoded(ALL[name]), decoded(ALL[name])
    facts = CODEC.probe(io.BytesIO(ALL[name]))
    assert np.array_equal(first, second)
    assert first.shape[1] == facts.channels
    assert facts.frames in (None, len(first))
    assert (first.dtype == np.int32) == (facts.bits == 24)


@pytest.mark.parametrize("name", ALL)
def test_a_file_that_was_cut_off_is_never_a_short_call(name: str) -> None:
    data = ALL[name]
    assert slug_of(data[: len(data) * 2 // 3]) in ("audio-truncated", "audio-undecodable")


@pytest.mark.parametrize("name", [name for name in ALL if name.startswith(("wav", "flac", "opus", "ogg", "m4a"))])
def test_containers_that_state_their_length_tell_a_few_missing_bytes(name: str) -> None:
    assert slug_of(ALL[name][:-5]) == "audio-truncated"


FLOATS = WORDS.astype(np.float32) / 32768
NAN, INFINITE = FLOATS.copy(), FLOATS.copy()
NAN[9000, 0], INFINITE[15_000, 1] = np.nan, np.inf

BAD = {
    "nothing": (b"", "audio-empty"),
    "a text": (b"Hei! This is not a sound.\n" * 50, "audio-unknown-format"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(500), "audio-unknown-format"),
    "a zip": (b"PK\x03\x04" + bytes(500), "audio-unknown-format"),
    "random bytes": (np.random.default_rng(0).bytes(4000), "audio-unknown-format"),
    "a playlist of other files": (b"ffconcat version 1.0\nfile '/etc/passwd'\n", "audio-unknown-format"),
    "an HLS playlist": (b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", "audio-unknown-format"),
    "a WAV without samples": (wav(b""), "audio-empty"),
    "a WAV that ends in its header": (pcm(WORDS)[:30], "audio-truncated"),
    "a WAV that says more than it has": (wav(MONO.tobytes(), stated=len(MONO) * 2 + 2), "audio-truncated"),
    "NaN": (encoded("wav", "pcm_f32le", NAN, inner="flt"), "audio-not-finite"),
    "infinity": (encoded("wav", "pcm_f32le", INFINITE, inner="flt"), "audio-not-finite"),
    "5 kHz": (pcm(MONO, rate=5000), "audio-odd-rate"),
    "200 kHz": (pcm(MONO, rate=200_000), "audio-odd-rate"),
    "a rate that FLAC cannot write": (pcm(MONO, rate=96_001), "audio-odd-rate"),
    "rate zero": (pcm(MONO, rate=0), "audio-undecodable"),
    "six channels": (encoded("wav", "pcm_s16le", tones(channels=6)), "audio-too-many-channels"),
    "eight channels": (wav(bytes(16 * 100), channels=8), "audio-too-many-channels"),
    "a codec that is no telephone's": (wav(bytes(4000), tag=0x2000), "audio-codec-refused"),
    "an unknown codec": (wav(bytes(4000), tag=0x7777), "audio-codec-refused"),
    "FLAC with a broken heart": (b"fLaC" + np.random.default_rng(0).bytes(4000), "audio-undecodable"),
    "FLAC with blocks of no length": (
        LOSSLESS["flac-16"][:10] + bytes(2) + LOSSLESS["flac-16"][12:],
        "audio-undecodable",
    ),
    "an MP4 without its index": (b"\0\0\0\x18ftypM4A " + bytes(12) + b"\0\0\0\x10mdat" + bytes(8), "audio-truncated"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_refused_with_a_slug(name: str) -> None:
    data, slug = BAD[name]
    assert slug_of(data) == slug


@pytest.mark.parametrize("name", [name for name in BAD if name not in ("NaN", "infinity")])
def test_headers_alone_show_what_is_wrong(name: str) -> None:
    with pytest.raises(BadAudio) as refused:
        CODEC.probe(io.BytesIO(BAD[name][0]))
    assert refused.value.slug == BAD[name][1]


def test_a_refusal_does_not_repeat_what_the_file_holds() -> None:
    with pytest.raises(BadAudio) as refused:
        CODEC.probe(io.BytesIO(b"131052-308T is not a sound"))
    assert "131052" not in str(refused.value)


def test_ten_hours_are_refused_by_the_header_and_by_counting() -> None:
    claims = wav(bytes(100), stated=0)  # a recorder that never filled its length in: only counting tells
    assert len(decoded(claims)) == 50
    short = AvCodec(longest_seconds=1.0)
    assert slug_of(pcm(WORDS), short) == "audio-too-long"
    assert slug_of(wav(WORDS.tobytes(), channels=2, stated=0), short) == "audio-too-long"
    assert slug_of(ALL["mp3-8k"], short) == "audio-too-long"
    with pytest.raises(BadAudio) as refused:
        short.probe(io.BytesIO(pcm(WORDS)))
    assert refused.value.slug == "audio-too-long"


def test_one_silent_channel_and_a_wholly_silent_file_are_decoded() -> None:
    one_sided = WORDS.copy()
    one_sided[:, 1] = 0
    assert np.array_equal(decoded(pcm(one_sided)), one_sided)
    assert not decoded(pcm(np.zeros_like(WORDS))).any()


def test_tags_before_the_sound_do_not_hide_it() -> None:
    tag = b"ID3\x04\x00\x00\x00\x00\x01\x00" + bytes(128)
    assert len(decoded(tag + ALL["mp3-8k"])) == len(decoded(ALL["mp3-8k"]))


def test_a_playlist_inside_an_mp3s_clothing_opens_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "secret.wav"
    secret.write_bytes(pcm(WORDS))
    playlist = f"ID3\x04\x00\x00\x00\x00\x00\x00#EXTM3U\n#EXTINF:1,\nfile://{secret}\n".encode()
    assert slug_of(playlist) == "audio-unknown-format"
