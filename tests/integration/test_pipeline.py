"""The steps on real stores: what fails, what waits for a person, what is dropped, and that each can be run again."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from recordings.documents import read_json, read_raw_words
from recordings.errors import BadAudio, NoStep, SettingsWrong, SpeechFailed
from recordings.factory import Vaiti
from redaction.errors import DetectionFailed
from redaction.interchange import plan_from_dict
from redaction.model import Finding, Transcript, Word
from storage.errors import LostClaim
from storage.records import Item, Recording, Scope, Stage
from tests.integration.fakes import (
    DigitDetector,
    MovedClock,
    Playback,
    WavCodec,
    a_call,
    said,
    wav,
)

Push = Callable[..., Recording]


def use(vaiti: Vaiti, **engines: Any) -> None:
    assert vaiti.given is not None
    object.__setattr__(vaiti, "given", replace(vaiti.given, **engines))


def test_a_silent_recording_fails_and_no_model_is_asked(push: Push, playback: Playback) -> None:
    recording = push(wav(np.zeros((16_000, 2), dtype=np.int16)))
    assert (recording.stage, recording.slug) == (Stage.FAILED, "no-speech")
    assert playback.heard_frames == []


def test_one_silent_channel_is_no_failure(push: Push) -> None:
    half = np.zeros((48_000, 2), dtype=np.int16)
    half[:, 1] = np.random.default_rng(1).integers(-6000, 6000, 48_000)
    assert push(wav(half)).stage is Stage.PUBLISHED


def test_speech_without_a_word_is_a_failure_and_never_clean(push: Push, playback: Playback) -> None:
    playback.words = said("hei vaan")  # on the agent's channel; the customer's has speech and no word
    playback.speech = [[(0.4, 1.2)], [(2.0, 4.0)]]
    recording = push()
    assert (recording.stage, recording.slug, recording.verdict) == (Stage.FAILED, "speech-without-words", None)


def test_nobody_speaking_is_a_failure(push: Push, playback: Playback) -> None:
    playback.words, playback.speech = (), [[], []]
    assert push().slug == "no-speech"


def test_speech_that_gave_no_words_among_others_is_cut(push: Push, vaiti: Vaiti, playback: Playback) -> None:
    playback.words = [*said("hei", start=0.5), *said("kiitos", start=0.5, channel=1)]
    playback.speech = [[(0.4, 1.0)], [(0.4, 1.0), (2.0, 5.0)]]
    recording = push()
    assert (recording.stage, recording.verdict, recording.findings) == (Stage.PUBLISHED, "masked", {})
    (window,) = plan_from_dict(vaiti.view.read_plan(Scope.system(), recording.id)).windows
    assert (window.start, window.end, window.channels) == (2.0, 5.0, (0, 1))


class Truncated(WavCodec):
    def decode(self, source: Any) -> Any:
        yield from [next(super().decode(source))]
        raise BadAudio("audio-truncated", "The file ends before its audio does.")


def test_what_only_decoding_shows_fails_with_its_slug(push: Push, vaiti: Vaiti) -> None:
    use(vaiti, codec=Truncated())
    recording = push()
    assert (recording.stage, recording.slug) == (Stage.FAILED, "audio-truncated")


class Deaf(Playback):
    def transcribe(self, *_: Any, **__: Any) -> Any:
        raise SpeechFailed


def test_a_failed_recording_can_be_run_again(push: Push, vaiti: Vaiti, playback: Playback) -> None:
    use(vaiti, transcriber=Deaf)
    failed = push()
    assert failed.slug == "speech-without-words"
    use(vaiti, transcriber=lambda: playback)
    audit = vaiti.audit.list(Scope.system(), recording=failed.id)[0]
    again = vaiti.catalog.move(failed, to=Stage.RECEIVED, audit=replace(audit, action="recording.run-again"))
    while again.stage is not Stage.PUBLISHED:
        again = vaiti.advance(again)
    assert again.slug is None


class Broken(DigitDetector):
    def detect(self, *_: Any, **__: Any) -> tuple[Finding, ...]:
        raise DetectionFailed("recognizer-timeout")


def test_detection_that_did_not_finish_quarantines(push: Push, vaiti: Vaiti) -> None:
    use(vaiti, detector=Broken)
    recording = push()
    assert (recording.stage, recording.slug, recording.verdict) == (
        Stage.QUARANTINED,
        "recognizer-timeout",
        "quarantine",
    )


class WithoutTimes(DigitDetector):
    def detect(self, transcript: Transcript, **known: Any) -> tuple[Finding, ...]:
        return tuple(replace(each, start=None, end=None) for each in super().detect(transcript, **known))


def test_a_finding_that_cannot_be_placed_quarantines(push: Push, vaiti: Vaiti, playback: Playback) -> None:
    playback.words = [Word(text="1234", start=None, end=None, channel=0)]
    playback.speech = [[(0.0, 0.5)], []]
    use(vaiti, detector=WithoutTimes)
    recording = push()
    assert recording.stage in {Stage.QUARANTINED, Stage.PUBLISHED}
    if recording.stage is Stage.PUBLISHED:  # then all of the sound is cut
        assert recording.seconds_masked == recording.seconds


def test_a_masked_copy_of_another_length_is_not_kept(push: Push, vaiti: Vaiti) -> None:
    class Losing(WavCodec):
        def encode_flac(self, *blocks: Any, **shape: Any) -> int:
            return super().encode_flac(*blocks, **shape) - 1

    use(vaiti, codec=Losing())
    recording = push()
    assert (recording.stage, recording.slug) == (Stage.QUARANTINED, "masked-length-differs")
    assert not [each for each in vaiti.vault.inventory(recording.id) if str(Item.MASKED_AUDIO) in each.name]


def test_known_answers_are_used_and_then_dropped(push: Push, vaiti: Vaiti, playback: Playback) -> None:
    playback.words = said("hei aino kiitos", channel=1)
    playback.speech = [[], [(0.5, 1.6)]]
    recording = push(known={"name": "Aino"})
    assert recording.findings == {"PERSON": 1}
    assert "known" not in read_json(vaiti.vault, recording.id, Item.RAW_FACTS)
    assert read_raw_words(vaiti.vault, recording.id).transcript.words[1].text == "aino"


def test_residue_in_the_sound_widens_the_cut_until_it_is_gone(push: Push, playback: Playback) -> None:
    narrow = push(a_call(), call_id="one").seconds_masked or 0

    def once(*_: Any, **__: Any) -> Transcript:
        playback.listen_again = Playback.listen_again.__get__(playback)  # type: ignore[method-assign]
        return Transcript(language="fi", channels=(), words=tuple(said("308", start=3.1)))

    playback.listen_again = once  # type: ignore[method-assign]
    wide = push(a_call(), call_id="two")
    assert wide.stage is Stage.PUBLISHED
    assert (wide.seconds_masked or 0) > narrow


def test_residue_that_no_widening_clears_takes_the_whole_turn(push: Push, vaiti: Vaiti, playback: Playback) -> None:
    listened = []

    def again(*_: Any, **__: Any) -> Transcript:
        listened.append(True)
        return Transcript(language="fi", channels=(), words=tuple(said("308", start=2.9)) if len(listened) < 4 else ())

    playback.listen_again = again  # type: ignore[method-assign]
    recording = push()
    assert (recording.stage, len(listened)) == (Stage.PUBLISHED, 4)
    assert recording.findings == {"DOUBTFUL": 1, "SECRET": 1}
    words = vaiti.view.read_words(Scope.system(), recording.id, actor="test")["words"]
    texts = [word["text"] for word in words if word["channel"] == 1]
    assert texts == ["[DOUBTFUL]", "", "[SECRET]", "[DOUBTFUL]"]


def test_each_step_can_be_run_twice_with_the_same_result(push: Push, vaiti: Vaiti) -> None:
    recording = push(work=False)
    while recording.stage is not Stage.PUBLISHED:
        after = vaiti.advance(recording)
        with pytest.raises(LostClaim):  # the one who comes second drops what it made
            vaiti.advance(recording)
        recording = after
    hits = vaiti.search(vaiti.controllers.scope, "tunnus", actor="test")
    assert [hit.turn.text for hit in hits] == ["tunnus on [SECRET] kiitos"]


def test_a_stage_without_work_has_no_step(push: Push, vaiti: Vaiti) -> None:
    with pytest.raises(NoStep):
        vaiti.advance(push())


def test_a_worker_that_was_busy_cannot_bring_a_purged_call_back(push: Push, vaiti: Vaiti) -> None:
    recording = push(work=False)

    class PurgedMeanwhile(Playback):
        def transcribe(self, *blocks: Any, **shape: Any) -> Any:
            vaiti.purge(recording.id, reason="erasure-request")
            return super().transcribe(*blocks, **shape)

    use(vaiti, transcriber=lambda: PurgedMeanwhile(words=said("hei vaan")))
    with pytest.raises(Exception) as lost:  # noqa: PT011 - key or claim, whichever is missed first
        vaiti.advance(recording)
    assert lost.type.__name__ in {"KeyGone", "LostClaim"}
    assert vaiti.vault.inventory(recording.id) == []
    assert vaiti.catalog.knows(recording.id) == 0


def test_a_service_without_engines_answers_and_takes_no_push(settings: Any, clock: MovedClock) -> None:
    service = Vaiti.open(settings, clock=clock)
    assert service.purge_due(clock.now()) == []
    assert service.view.list(service.controllers.scope) == []
    with pytest.raises(SettingsWrong):
        _ = service.ingest
    service.close()


def test_a_service_without_controllers_does_not_start(settings: Any, clock: MovedClock) -> None:
    with pytest.raises(SettingsWrong, match="VAITI_CONTROLLERS"):
        Vaiti.open(settings.model_copy(update={"controllers": None}), clock=clock)
