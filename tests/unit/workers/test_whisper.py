"""The speech engine around a model that hears nothing: shapes, times, and what is a failure."""

import io
import os
import socket
from pathlib import Path
from typing import Any

import faster_whisper
import numpy as np
import pytest

from recordings.errors import SpeechFailed
from redaction.model import Channel, Role, Window
from tests.unit.workers.sounds import pcm
from tests.unit.workers.tiny_whisper import make_tiny_whisper
from workers.engines import vad, whisper
from workers.engines.codec import AvCodec
from workers.engines.model_folder import ModelFolder, ModelMissing, find_model
from workers.engines.whisper import WhisperTranscriber

CHANNELS = (Channel(role=Role.AGENT), Channel(role=Role.CUSTOMER))
SECONDS = 50


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_tiny_whisper(tmp_path_factory.mktemp("model") / "tiny")


@pytest.fixture
def talking(folder: Path) -> WhisperTranscriber:
    return WhisperTranscriber(find_model(str(folder)), cpu_threads=1)


@pytest.fixture(autouse=True)
def speech_is_what_is_loud(monkeypatch: pytest.MonkeyPatch) -> None:
    """No voice is shipped for these tests, so loud sound counts as speech."""

    def spans(sound: Any, _options: Any = None) -> list[tuple[int, int]]:
        loud = np.abs(sound) > 0.05
        edges = np.flatnonzero(np.diff(np.concatenate([[False], loud, [False]]).astype(np.int8)))
        joined: list[tuple[int, int]] = []
        for start, end in zip(edges[::2], edges[1::2], strict=True):
            if joined and start - joined[-1][1] < 4000:
                joined[-1] = (joined[-1][0], int(end))
            else:
                joined.append((int(start), int(end)))
        return joined

    monkeypatch.setattr(vad, "_speech", spans)
    monkeypatch.setattr(whisper, "may_hold_speech", lambda sound: bool(spans(sound)))


def call(*spoken: tuple[int, float, float]) -> Any:
    """Noise bursts (channel, start, end) in 50 s of silence, as decoded blocks."""
    sound = np.zeros((SECONDS * 8000, 2), dtype=np.int16)
    noise = np.random.default_rng(5).integers(-20_000, 20_000, len(sound)).astype(np.int16)
    for channel, start, end in spoken:
        at = slice(round(start * 8000), round(end * 8000))
        sound[at, channel] = noise[at]
    return AvCodec().decode(io.BytesIO(pcm(sound)))


def test_words_lie_inside_speech_on_their_channel_and_in_order(talking: WhisperTranscriber) -> None:
    spoken = ((0, 1.0, 6.0), (1, 8.0, 20.0), (0, 22.0, 45.0))
    heard = talking.transcribe(call(*spoken), rate=8000, channels=CHANNELS, language="fi")
    words = heard.transcript.words
    assert words
    assert heard.transcript.duration == SECONDS
    assert heard.transcript.channels == CHANNELS
    assert [word.start for word in words] == sorted(word.start or 0.0 for word in words)
    for word in words:
        assert word.start is not None
        assert word.end is not None
        assert word.start <= word.end <= SECONDS
        assert any(c == word.channel and a - 0.1 <= word.start and word.end <= b + 0.1 for c, a, b in spoken)
    assert [len(spans) for spans in heard.speech] == [2, 1]


def test_silence_is_no_words_and_no_speech(talking: WhisperTranscriber) -> None:
    heard = talking.transcribe(call(), rate=8000, channels=CHANNELS, language="fi")
    assert heard.transcript.words == ()
    assert heard.speech == ((), ())


def test_speech_without_words_is_a_failure_and_never_clean(tmp_path: Path) -> None:
    mute = WhisperTranscriber(find_model(str(make_tiny_whisper(tmp_path / "mute", talks=False))), cpu_threads=1)
    with pytest.raises(SpeechFailed) as failed:
        mute.transcribe(call((1, 5.0, 7.0)), rate=8000, channels=CHANNELS, language="fi")
    assert failed.value.slug == "speech-without-words"


def test_a_cough_may_be_without_words(tmp_path: Path) -> None:
    mute = WhisperTranscriber(find_model(str(make_tiny_whisper(tmp_path / "mute", talks=False))), cpu_threads=1)
    heard = mute.transcribe(call((1, 5.0, 5.4)), rate=8000, channels=CHANNELS, language="fi")
    assert heard.transcript.words == ()


def test_a_second_look_hears_only_what_is_near_the_cuts(talking: WhisperTranscriber) -> None:
    cut = Window(start=20.0, end=22.0, channels=(0, 1))
    again = talking.listen_again(call((0, 1.0, 49.0)), rate=8000, channels=CHANNELS, language="fi", around=[cut])
    assert again.words
    assert all((word.start or 0.0) >= 17.0 and (word.end or 0.0) <= 25.0 for word in again.words)


def test_a_piece_that_did_not_change_is_not_heard_twice(
    talking: WhisperTranscriber, monkeypatch: pytest.MonkeyPatch
) -> None:
    cuts = [Window(start=10.0, end=12.0, channels=(0, 1)), Window(start=30.0, end=31.0, channels=(0, 1))]
    heard: list[int] = []
    words_of = talking._words_of

    def counting(windows: Any, **more: Any) -> Any:
        heard.append(len(windows))
        return words_of(windows, **more)

    monkeypatch.setattr(talking, "_words_of", counting)
    first = talking.listen_again(call((0, 1.0, 49.0)), rate=8000, channels=CHANNELS, language="fi", around=cuts)
    again = talking.listen_again(call((0, 1.0, 49.0)), rate=8000, channels=CHANNELS, language="fi", around=cuts)
    assert again == first
    wider = [cuts[0], Window(start=29.5, end=31.0, channels=(0, 1))]
    talking.listen_again(call((0, 1.0, 49.0)), rate=8000, channels=CHANNELS, language="fi", around=wider)
    assert heard == [4, 0, 1]  # before and after each cut; the cut itself is tone


@pytest.mark.parametrize(("asked", "given"), [(8, {850}), (15, {1550}), (30, {3000}), (None, {3000})])
def test_a_model_for_short_windows_is_not_made_to_hear_the_padding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: int | None, given: set[int]
) -> None:
    folder = make_tiny_whisper(tmp_path / "tiny")
    if asked:
        (folder / "preprocessor_config.json").write_text(f'{{"feature_size": 80, "chunk_length": {asked}}}')
    frames: set[int] = set()
    encode = faster_whisper.WhisperModel.encode

    def noting(model: faster_whisper.WhisperModel, features: Any) -> Any:
        frames.add(features.shape[-1])
        return encode(model, features)

    monkeypatch.setattr(faster_whisper.WhisperModel, "encode", noting)
    listener = WhisperTranscriber(find_model(str(folder)), cpu_threads=1)
    heard = listener.transcribe(call((0, 1.0, 6.0), (1, 9.0, 12.0)), rate=8000, channels=CHANNELS, language="fi")
    assert heard.transcript.words
    assert frames == given


def test_speech_longer_than_a_short_window_is_heard_to_its_end(tmp_path: Path) -> None:
    folder = make_tiny_whisper(tmp_path / "tiny")
    (folder / "preprocessor_config.json").write_text('{"feature_size": 80, "chunk_length": 8}')
    listener = WhisperTranscriber(find_model(str(folder)), cpu_threads=1)
    heard = listener.transcribe(call((0, 1.0, 21.0)), rate=8000, channels=CHANNELS, language="fi")
    assert max(word.end or 0.0 for word in heard.transcript.words) > 18.0


def test_nothing_near_a_cut_means_nothing_is_asked(talking: WhisperTranscriber) -> None:
    again = talking.listen_again(call((0, 1.0, 9.0)), rate=8000, channels=CHANNELS, language="fi", around=[])
    assert again.words == ()
    assert again.duration == SECONDS


@pytest.mark.parametrize(
    "name", ["tokenizer.json", "preprocessor_config.json", "config.json", "model.bin", "vocabulary.json"]
)
def test_a_folder_that_lacks_a_file_is_refused_by_name(tmp_path: Path, name: str) -> None:
    folder = make_tiny_whisper(tmp_path / "model")
    (folder / name).unlink()
    with pytest.raises(ModelMissing, match=name):
        find_model(str(folder))


def test_a_model_that_is_not_here_is_not_fetched() -> None:
    with pytest.raises(ModelMissing):
        find_model("large-v3")


def test_hearing_opens_no_socket(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    transcriber = WhisperTranscriber(find_model(str(folder)), cpu_threads=1)
    assert transcriber.transcribe(call((0, 1.0, 4.0)), rate=8000, channels=CHANNELS, language="fi").transcript.words


def test_a_model_is_built_at_its_first_use_and_in_the_process_that_uses_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    transcriber = WhisperTranscriber(find_model(str(folder)), cpu_threads=1)
    assert transcriber._model is None
    first = transcriber._get_model()
    assert transcriber._get_model() is first
    monkeypatch.setattr(os, "getpid", lambda: -1)  # as it is after a fork, where it would hang
    with pytest.raises(SpeechFailed) as failed:
        transcriber._get_model()
    assert failed.value.slug == "model-before-fork"


@pytest.mark.parametrize(("config", "seconds"), [('{"chunk_length": 8}', 8), ("{}", 29), ('{"chunk_length": 30}', 29)])
def test_a_model_says_how_much_it_can_hear_at_once(tmp_path: Path, config: str, seconds: int) -> None:
    folder = make_tiny_whisper(tmp_path / "model")
    (folder / "preprocessor_config.json").write_text(config)
    assert find_model(str(folder)).window == seconds


def test_a_model_whose_preprocessor_cannot_be_read_is_refused(tmp_path: Path) -> None:
    folder = make_tiny_whisper(tmp_path / "model")
    (folder / "preprocessor_config.json").write_text("[8")
    with pytest.raises(ModelMissing, match="preprocessor_config"):
        WhisperTranscriber(find_model(str(folder)))


class Polyglot:
    """The tiny model, told which language it finds: the first time, the second, ..."""

    def __init__(self, talking: WhisperTranscriber, monkeypatch: pytest.MonkeyPatch, *found: tuple[str, float]) -> None:
        self.asked: list[float] = []
        self.heard_in: list[str] = []
        answers = iter(found)

        def detect(sound: Any) -> tuple[str, float, list[Any]]:
            self.asked.append(len(sound) / 16_000)
            return (*next(answers), [])

        hear = talking._hear_batch

        def note(windows: Any, language: str, *rest: Any) -> Any:
            self.heard_in.append(language)
            return hear(windows, "en", *rest)

        monkeypatch.setattr(ModelFolder, "tells_languages", True)
        monkeypatch.setattr(talking._get_model(), "detect_language", detect)
        monkeypatch.setattr(talking, "_hear_batch", note)


def test_each_channel_is_heard_in_its_own_language(
    talking: WhisperTranscriber, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = Polyglot(talking, monkeypatch, ("fi", 0.99), ("sv", 0.9))
    blocks = call((0, 1.0, 6.0), (1, 10.0, 16.0))
    heard = talking.transcribe(blocks, rate=8000, channels=CHANNELS, language="en")
    assert [channel.language for channel in heard.transcript.channels] == ["fi", "sv"]
    assert {*model.heard_in} == {"fi", "sv"}
    model.heard_in.clear()
    around = [Window(start=2.0, end=4.0, channels=(0, 1))]
    again = call((0, 1.0, 6.0), (1, 1.0, 6.0))
    talking.listen_again(again, rate=8000, channels=heard.transcript.channels, language="en", around=around)
    assert {*model.heard_in} == {"fi", "sv"}


def test_a_language_that_is_unsure_or_hardly_spoken_is_the_stated_one(
    talking: WhisperTranscriber, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = Polyglot(talking, monkeypatch, ("et", 0.6))
    heard = talking.transcribe(call((0, 1.0, 6.0), (1, 10.0, 11.5)), rate=8000, channels=CHANNELS, language="fi")
    assert [channel.language for channel in heard.transcript.channels] == [None, None]
    assert len(model.asked) == 1
    assert {*model.heard_in} == {"fi"}


def test_a_model_of_one_language_is_not_asked(talking: WhisperTranscriber, folder: Path) -> None:
    assert not find_model(str(folder)).tells_languages
    assert not find_model("demo").tells_languages
    heard = talking.transcribe(call((0, 1.0, 6.0)), rate=8000, channels=CHANNELS, language="en")
    assert [channel.language for channel in heard.transcript.channels] == [None, None]
