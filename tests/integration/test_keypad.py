"""Keys pressed in a call: found, cut and gone from the masked copy, and nothing else of the sound is touched."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from recordings.documents import read_json, write_json
from recordings.factory import Vaiti
from redaction.errors import DetectionFailed
from redaction.interchange import plan_from_dict
from redaction.keypad import KeypadFinder, find_keypad
from redaction.mask_samples import window_frames
from redaction.model import Plan, Verdict
from redaction.policy import default_policy
from storage.records import Item, Recording, Scope, Stage
from tests.integration.fakes import DigitDetector, Playback, SquareTone, WavCodec, said, wav
from tests.integration.test_pipeline import use
from tests.keys import COLUMNS, ROWS, Spans, as_samples, pressed
from workers.engines.codec import AvCodec
from workers.engines.tone import SineTone
from workers.redact import SoundRedactor

Push = Callable[..., Recording]
KEYS, AT = "131052#4", 3.0
LEAST_PART = 0.05  # of the energy before: far above what the noise has there, far below what a tone has


def a_call_with_keys() -> tuple[np.ndarray, Spans]:
    """Eight seconds of noise on both channels; from AT on the customer presses keys."""
    sound = np.random.default_rng(5).normal(0, 0.01, (8 * 8000, 2))
    keys, spans = pressed(KEYS, level=-15, lead=0.0)
    start = round(AT * 8000)
    sound[start : start + len(keys), 1] += keys
    return as_samples(*sound.T), [(AT + first, AT + last) for first, last in spans]


def tone_energy(samples: np.ndarray, spans: Spans) -> float:
    """The most energy of any key's tone in any of the spans, on the louder channel: Goertzel, by its definition."""
    most = 0.0
    for start, end in spans:
        part = samples[round(start * 8000) : round(end * 8000)].astype(np.float64)
        for hertz in (*ROWS, *COLUMNS):
            turns = np.exp(-2j * np.pi * hertz * np.arange(len(part)) / 8000)
            most = max(most, float(np.max(np.abs(turns @ part)) ** 2))
    return most


def check_masked(before: np.ndarray, after: np.ndarray, plan: Plan, spans: Spans) -> None:
    assert before.shape == after.shape
    assert find_keypad([after], rate=8000) == ((), ())
    assert tone_energy(after, spans) < LEAST_PART * tone_energy(before, spans)
    outside = np.ones(len(before), dtype=bool)
    for window in plan.windows:
        first, last = window_frames(window, 8000)
        outside[first:last] = False
    assert np.array_equal(before[outside], after[outside])


@pytest.fixture
def call(playback: Playback) -> tuple[np.ndarray, Spans]:
    playback.words = [*said("hei vaan"), *said("kiitos", start=6.0, channel=1)]
    return a_call_with_keys()


def test_keys_are_gone_from_the_masked_copy(vaiti: Vaiti, push: Push, call: tuple[np.ndarray, Spans]) -> None:
    before, spans = call
    use(vaiti, tone=SineTone())
    recording = push(wav(before))
    assert (recording.stage, recording.verdict, recording.findings) == (Stage.PUBLISHED, "masked", {"KEYPAD": 1})
    plan = plan_from_dict(vaiti.view.read_plan(Scope.system(), recording.id))
    (sound,), (window,) = plan.sounds, plan.windows
    assert (sound.type, sound.channel, window.channels) == ("KEYPAD", 1, (0, 1))
    assert window.start < AT - 0.2
    assert spans[-1][1] + 0.2 < window.end < spans[-1][1] + 0.5
    with vaiti.masked.open(recording.id, Item.MASKED_AUDIO) as file:
        after = np.concatenate(list(WavCodec().decode(io.BytesIO(file.read()))))
    check_masked(before, after, plan, spans)


def test_redact_masks_keys_in_a_file(tmp_path: Path, playback: Playback, call: tuple[np.ndarray, Spans]) -> None:
    before, spans = call
    source, codec = tmp_path / "call.wav", AvCodec()
    source.write_bytes(wav(before))
    redactor = SoundRedactor(
        codec=codec, transcriber=lambda: playback, detector=DigitDetector, tone=SineTone(), policy=default_policy()
    )
    plan = redactor.plan(source, language="fi")
    assert (plan.verdict, [each.type for each in plan.sounds]) == (Verdict.MASKED, ["KEYPAD"])
    out = io.BytesIO()
    redactor.write(source, plan, out, container="flac")
    check_masked(before, np.concatenate(list(codec.decode(out))), plan, spans)


class Singing(SquareTone):
    """A tone that is a key itself: what is masked with it can still be "read"."""

    def samples(self, *, rate: int, bits: int) -> Any:
        return as_samples(pressed("5", rate=rate, key=1.0, gap=0.0, lead=0.0)[0])[:, 0]


def test_keys_still_heard_after_masking_quarantine(vaiti: Vaiti, push: Push, call: tuple[np.ndarray, Spans]) -> None:
    use(vaiti, tone=Singing())
    recording = push(wav(call[0]))
    assert (recording.stage, recording.slug) == (Stage.QUARANTINED, "residue-after-masking")


def test_a_finder_that_fails_stops_the_call(push: Push, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> Any:
        raise DetectionFailed

    monkeypatch.setattr(KeypadFinder, "found", fail)
    recording = push()
    assert (recording.stage, recording.slug) == (Stage.FAILED, "detection-failed")


def test_words_from_before_keys_were_listened_for_wait_for_a_person(vaiti: Vaiti, push: Push) -> None:
    recording = vaiti.advance(push(work=False))
    document = read_json(vaiti.vault, recording.id, Item.RAW_WORDS)
    del document["keyed"]
    write_json(vaiti.vault, recording, Item.RAW_WORDS, document)
    recording = vaiti.advance(recording)
    assert (recording.stage, recording.slug) == (Stage.QUARANTINED, "detection-failed")


def test_keys_that_sound_like_a_voice_are_no_speech_without_words(
    playback: Playback, push: Push, call: tuple[np.ndarray, Spans]
) -> None:
    playback.words, playback.speech = said("hei vaan"), [[(0.4, 1.2)], [(2.9, 4.0)]]
    assert push(wav(call[0])).stage is Stage.PUBLISHED
    playback.speech = [[(0.4, 1.2)], [(2.9, 6.0)]]
    assert push(wav(call[0]), call_id="other").slug == "speech-without-words"
