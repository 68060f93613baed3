"""Every format that telephony sends goes in by a push and comes out masked, as long as it was."""

import io
from typing import Any

import numpy as np
import pytest

from recordings.factory import Vaiti
from redaction.interchange import plan_from_dict
from redaction.mask_samples import window_frames
from storage.records import Item, Scope, Stage
from tests.integration.fakes import Playback, said
from tests.integration.test_pipeline import Push, use
from tests.unit.workers.sounds import encoded, tones, wav
from workers.engines.codec import AvCodec
from workers.engines.fenced import FencedCodec
from workers.engines.tone import SineTone

SECONDS, RATE = 4.0, 8000


def talk(*, rate: int = RATE, channels: int = 2) -> Any:
    """Something at the level of speech, half a second of it in each second."""
    sound = tones(SECONDS, rate=rate, channels=channels)
    sound[np.arange(len(sound)) % rate >= rate // 2] = 0
    return sound


def files() -> dict[str, bytes]:
    words = talk()
    return {
        "PCM of 8 bits": encoded("wav", "pcm_u8", words),
        "PCM of 16 bits": encoded("wav", "pcm_s16le", words),
        "PCM of 16 bits, one channel": encoded("wav", "pcm_s16le", talk(channels=1)),
        "PCM of 24 bits": encoded("wav", "pcm_s24le", words, inner="s32"),
        "PCM of 32 bits": encoded("wav", "pcm_s32le", words, inner="s32"),
        "float WAV": encoded("wav", "pcm_f32le", words, inner="flt"),
        "PCM of 48 kHz": encoded("wav", "pcm_s16le", talk(rate=48_000), rate=48_000),
        "u-law": encoded("wav", "pcm_mulaw", words),
        "A-law": encoded("wav", "pcm_alaw", words),
        "IMA ADPCM": encoded("wav", "adpcm_ima_wav", words, inner="s16p"),
        "Microsoft ADPCM": encoded("wav", "adpcm_ms", words, inner="s16"),
        "GSM 6.10": wav(np.random.default_rng(1).bytes(65 * 100), tag=0x31, bits=0, align=65),
        "RF64": encoded("wav", "pcm_s16le", words, options={"rf64": "always"}),
        "MP3": encoded("mp3", "libmp3lame", words, inner="s16p"),
        "Opus": encoded("ogg", "libopus", talk(rate=48_000), rate=48_000, inner="s16"),
        "FLAC": encoded("flac", "flac", words, inner="s16"),
        "M4A": encoded("ipod", "aac", words, inner="fltp"),
    }


FILES = files()


def decoded(data: bytes) -> Any:
    return np.concatenate(list(AvCodec().decode(io.BytesIO(data))))


@pytest.mark.parametrize("name", FILES)
def test_a_call_in_this_format_is_masked(vaiti: Vaiti, push: Push, playback: Playback, name: str) -> None:
    before, facts = decoded(FILES[name]), AvCodec().probe(io.BytesIO(FILES[name]))
    playback.words = [*said("kiitos", start=0.1), *said("1234", start=2.1), *said("hei", start=3.1)]
    playback.speech = [[(0.0, 3.5)], []][: facts.channels]
    use(vaiti, codec=FencedCodec(), tone=SineTone())
    recording = push(FILES[name], channels=["agent", "customer"][: facts.channels])
    assert (recording.stage, recording.verdict, recording.findings) == (Stage.PUBLISHED, "masked", {"SECRET": 1})
    with vaiti.masked.open(recording.id, Item.MASKED_AUDIO) as file:
        content = file.read()
    after, masked = decoded(content), AvCodec().probe(io.BytesIO(content))
    assert (masked.container, masked.rate, masked.channels) == ("flac", facts.rate, facts.channels)
    assert (masked.bits, masked.frames) == (facts.bits, len(before))
    (window,) = plan_from_dict(vaiti.view.read_plan(Scope.system(), recording.id)).windows
    start, end = window_frames(window, facts.rate)
    assert start <= 2.1 * facts.rate
    assert 2.4 * facts.rate <= end < len(before)
    tone = SineTone().samples(rate=facts.rate, bits=facts.bits)
    assert np.array_equal(after[:start], before[:start])
    assert np.array_equal(after[end:], before[end:])
    for channel in range(facts.channels):
        was, now = before[start:end, channel].astype(float), after[start:end, channel].astype(float)
        assert abs(np.corrcoef(was, now)[0, 1]) < 0.2, "nothing of what was said is left in the cut"
        assert np.sqrt(np.mean(now**2)) == pytest.approx(np.sqrt(np.mean(tone.astype(float) ** 2)), rel=0.1)
