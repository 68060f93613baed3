"""Speech to words with faster-whisper, from a folder on this machine and never from the network.

The library answers a wrong array, a missing file or a window that is too long with silence, and silence would be
published unmasked. So everything is checked before it is handed over, and speech without words is an error.
"""

from __future__ import annotations

import math
import os
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import Any

import faster_whisper
import huggingface_hub.constants
import numpy as np

from recordings.engines import Heard, Samples
from recordings.errors import SpeechFailed
from recordings.unheard import NEAR
from redaction.model import Channel, Role, Transcript, Window, Word
from workers.engines import packing
from workers.engines.around import pieces_around
from workers.engines.crosstalk import Copy, Held, find_copies, without_spans
from workers.engines.model_folder import FULL_WINDOW, ModelFolder
from workers.engines.resample import HEARD_RATE, to_heard_rate
from workers.engines.vad import LONGEST_CHUNK, ChannelEar, may_hold_speech

_STRETCH = 600 * HEARD_RATE
# ten minutes of both channels are 77 MB of float32; a call of hours is heard in such stretches
_SPEECH_WITHOUT_WORDS = 1.0
# seconds of speech in a window from which at least one word must come; a cough or a breath is shorter
_SLACK = 2.0
# Seconds by which speech without a pause may be longer than the window that the model asks for, before it is cut.
_STILL = 0.5
# Seconds of silence after the longest sound: without any, a model may miss its end and say its last words on and on.
_BATCH = 8
_BEAMS, _BEAMS_AGAIN = 5, 3
# Guesses followed at once. One alone gave a fifth more wrong words on the sample calls, for hardly less work.
_MOSTLY = 0.9
# Share of the second channel that must be copies, as loud as the first, before the call counts as one channel.
_TOKENS_PER_SECOND = 16
# Finnish speech needs about ten. A window that needs more goes round in circles, and what came after is lost in it.
_MOST_TOKENS = 440
# Whisper's text holds 448, its prompt included.
_LEAST_FOR_LANGUAGE = 3.0
# Seconds of speech: a "joo" or a name is said alike in many languages.
_SURE_OF_LANGUAGE = 0.7
# The model's own share. Less, and the stated language counts: Finnish over a bad line may be taken for Estonian.
_FRAMES_PER_SECOND = 100
# the library counts a segment's place in frames of its spectrogram

huggingface_hub.constants.HF_HUB_OFFLINE = True  # belt and braces: find_model already refuses what would be fetched


@dataclass(slots=True)
class _Call:
    """What was heard of one call so far."""

    words: list[Word] = field(default_factory=list)
    speech: list[list[tuple[float, float]]] = field(default_factory=list)
    copies: list[Copy] = field(default_factory=list)
    frames: int = 0
    found: list[str | None] = field(default_factory=list)  # language by channel

    def languages(self, stated: str) -> list[str]:
        """Return what is spoken on each channel: what was found, or what is stated."""
        return [found or stated for found in self.found]

    def transcript(self, channels: Sequence[Channel], *, rate: int, language: str) -> Transcript:
        """Put the words of all channels in order of start."""
        duration = self.frames / rate
        words = sorted((_within(word, duration) for word in self.words), key=lambda w: (w.start or 0.0, w.channel))
        return Transcript(language=language, channels=tuple(channels), words=tuple(words), duration=duration)

    def note(self, words: list[Word], held: Sequence[Held]) -> None:
        """Write words down, but for those that are copies of what the other channel holds."""
        copies = find_copies(words, held)
        copied = {copy.word for copy in copies}
        self.words.extend(word for word in words if word not in copied)
        self.copies.extend(copies)

    def own_speech(self) -> tuple[tuple[tuple[float, float], ...], ...]:
        """Return the speech of every channel without what is a copy of the other's: the source answers for it."""
        copied = [(copy.word.channel, (copy.word.start or 0.0, copy.word.end or 0.0)) for copy in self.copies]
        return tuple(
            without_spans(spans, [span for at, span in copied if at == channel], near=NEAR)
            for channel, spans in enumerate(self.speech)
        )

    def roles(self, channels: Sequence[Channel]) -> list[Channel]:
        """Return the channels with their languages; whose each is nobody knows where both hold one recording."""
        even = sum(copy.even for copy in self.copies)
        on_second = sum(word.channel == 1 for word in self.words)
        if even and even >= _MOSTLY * (even + on_second):
            channels = [replace(channel, role=Role.UNKNOWN) for channel in channels]
        return [replace(channel, language=found) for channel, found in zip(channels, self.found, strict=True)]


@dataclass(frozen=True, slots=True)
class _Piece:
    """What was heard in one piece of sound, and where in its call the piece began (seconds)."""

    at: float
    words: tuple[Word, ...]


class ShortWindows(faster_whisper.BatchedInferencePipeline):  # type: ignore[misc]  # it has no types
    """The library's pipeline, without the padding that a model for short windows was not trained on.

    The library pads every window to Whisper's 30 s. For a model that asks for 8 s, three quarters of the work would be
    listening to nothing.
    """

    def __init__(self, model: Any, seconds: int) -> None:
        """`seconds` is the window that the model asks for; from 29 on the library's padding stays as it is."""
        super().__init__(model)
        self._seconds = seconds if seconds < FULL_WINDOW else packing.WINDOW

    def forward(self, features: Any, tokenizer: Any, chunks_metadata: Any, options: Any) -> Any:
        """Hear one batch: features (windows, mels, frames of 10 ms) as long as its longest sound."""
        longest = max([self._seconds, *(chunk["duration"] for chunk in chunks_metadata)])
        frames = math.ceil((longest + _STILL) * _FRAMES_PER_SECOND)
        return super().forward(features[..., :frames], tokenizer, chunks_metadata, options)


class WhisperTranscriber:
    """`recordings.engines.Transcriber`: one model, built at its first use in the process that uses it."""

    def __init__(self, folder: ModelFolder, *, device: str = "cpu", cpu_threads: int = 0) -> None:
        """`device` is cpu or cuda; `cpu_threads` of 0 leaves their number to the library (at most four).

        Raises ModelMissing.
        """
        self._device = device
        self._folder = folder
        self._window = folder.window
        self._threads = cpu_threads
        self._lock = threading.Lock()
        self._model: Any = None
        self._built_in = 0
        self._heard_before: dict[tuple[int, bytes], _Piece] = {}  # of the call that was transcribed last

    @property
    def name(self) -> str:
        """The model's name."""
        return self._folder.name

    @property
    def for_trying_only(self) -> bool:
        """True for the demo model."""
        return self._folder.for_trying_only

    def transcribe(self, blocks: Iterable[Samples], *, rate: int, channels: Sequence[Channel], language: str) -> Heard:
        """Hear every channel. Raises SpeechFailed where there is speech and no words come of it."""
        self._heard_before = {}
        call = _Call(speech=[[] for _ in channels], found=[channel.language for channel in channels])
        longest = min(LONGEST_CHUNK, self._window + _SLACK)
        ears = [ChannelEar(longest) for _ in channels]
        for signals in to_heard_rate(_counted(blocks, call), rate=rate, channels=len(channels)):
            for ear, sound in zip(ears, signals, strict=True):
                ear.feed(sound)
            if ears[0].held >= _STRETCH or ears[-1].held >= _STRETCH:
                self._hear(call, ears, language=language, last=False)
        self._hear(call, ears, language=language, last=True)
        return Heard(
            transcript=call.transcript(call.roles(channels), rate=rate, language=language), speech=call.own_speech()
        )

    def listen_again(
        self,
        blocks: Iterable[Samples],
        *,
        rate: int,
        channels: Sequence[Channel],
        language: str,
        around: Sequence[Window],
    ) -> Transcript:
        """Hear only what lies near the windows: whole pieces, cut elsewhere, and with other guesses."""
        call = _Call(found=[channel.language for channel in channels])
        signals = to_heard_rate(_counted(blocks, call), rate=rate, channels=len(channels))
        windows: list[packing.SpeechWindow] = []
        for channel, chunk in pieces_around(signals, around, seconds=self._window):
            if may_hold_speech(chunk.sound):
                windows.append(packing.SpeechWindow(channel, (chunk,)))
            if len(windows) >= _BATCH:
                self._note(call, windows, language=language)
                windows = []
        self._note(call, windows, language=language)
        return call.transcript(channels, rate=rate, language=language)

    def _note(self, call: _Call, windows: Sequence[packing.SpeechWindow], *, language: str) -> None:
        """Write down what is heard at a second look; a piece that was heard before is as it was.

        A mask that is widened leaves most pieces as they were, and hearing them is what masking costs.
        """
        keys = [(window.channel, blake2b(window.chunks[0].sound.tobytes()).digest()) for window in windows]
        new = {key: window for key, window in zip(keys, windows, strict=True) if key not in self._heard_before}
        heard = self._words_of(list(new.values()), languages=call.languages(language), beams=_BEAMS_AGAIN)
        for key, window, (words, _) in zip(new, new.values(), heard, strict=True):
            self._heard_before[key] = _Piece(at=window.chunks[0].start / HEARD_RATE, words=tuple(words))
        for key, window in zip(keys, windows, strict=True):
            before = self._heard_before[key]
            shift = window.chunks[0].start / HEARD_RATE - before.at
            call.words.extend(_moved(word, shift) for word in before.words)

    def _hear(self, call: _Call, ears: Sequence[ChannelEar], *, language: str, last: bool) -> None:
        """Write down the speech that is held; both channels go to the model together."""
        windows: list[packing.SpeechWindow] = []
        held = [Held(*ear.peek()) for ear in ears]
        for channel, ear in enumerate(ears):
            chunks = ear.take_chunks(last=last)
            call.speech[channel].extend((c.start / HEARD_RATE, c.end / HEARD_RATE) for c in chunks)
            windows.extend(packing.pack(chunks, channel=channel, seconds=self._window))
        self._find_languages(call, windows)
        languages = call.languages(language)
        heard = self._words_of(windows, languages=languages, beams=_BEAMS)
        found: list[Word] = []
        for window, (words, whole) in zip(windows, heard, strict=True):
            found.extend(words if words and whole else self._hear_in_parts(window, languages))
        call.note(found, held)

    def _find_languages(self, call: _Call, windows: Sequence[packing.SpeechWindow]) -> None:
        """Find what is spoken on each channel whose language is not known yet, where the model can tell."""
        if not self._folder.tells_languages:
            return
        for channel, known in enumerate(call.found):
            mine = [chunk.sound for window in windows if window.channel == channel for chunk in window.chunks]
            if known is None and sum(map(len, mine)) >= _LEAST_FOR_LANGUAGE * HEARD_RATE:
                sound = np.concatenate(mine)[: packing.WINDOW * HEARD_RATE]
                language, share, _ = self._get_model().detect_language(sound)
                call.found[channel] = str(language) if share >= _SURE_OF_LANGUAGE else None

    def _hear_in_parts(self, window: packing.SpeechWindow, languages: Sequence[str]) -> list[Word]:
        """Hear a window that gave nothing, or went round in circles, chunk by chunk before it is given up."""
        parts = [packing.SpeechWindow(window.channel, (chunk,)) for chunk in window.chunks]
        words = [word for part, _ in self._words_of(parts, languages=languages, beams=_BEAMS_AGAIN) for word in part]
        if not words and window.seconds >= _SPEECH_WITHOUT_WORDS:
            raise SpeechFailed
        return words

    def _words_of(
        self, windows: Sequence[packing.SpeechWindow], *, languages: Sequence[str], beams: int
    ) -> list[tuple[list[Word], bool]]:
        """Hear windows, a batch at a time: for each its words, with times in the call, and whether that was all."""
        longest = max((window.seconds for window in windows), default=0.0)
        limit = min(_MOST_TOKENS, round(longest * _TOKENS_PER_SECOND) + 10)
        found: dict[int, tuple[list[Word], bool]] = {}
        for language in dict.fromkeys(languages[window.channel] for window in windows):
            mine = [index for index, window in enumerate(windows) if languages[window.channel] == language]
            # laid out, a window takes 30 s whatever is in it: all of a busy block at once are hundreds of megabytes
            for batch in (mine[start : start + _BATCH] for start in range(0, len(mine), _BATCH)):
                heard = self._hear_batch([windows[index] for index in batch], language, beams, limit)
                found |= dict(zip(batch, heard, strict=True))
        return [found[index] for index in range(len(windows))]

    def _hear_batch(
        self, windows: Sequence[packing.SpeechWindow], language: str, beams: int, limit: int
    ) -> list[tuple[list[Word], bool]]:
        found: list[list[Word]] = [[] for _ in windows]
        whole = [True for _ in windows]
        signal, clips = packing.lay_out(windows)
        # the pipeline keeps state while it works: one for each run, on the model that all share
        pipeline = ShortWindows(self._get_model(), self._window)
        segments, _ = pipeline.transcribe(
            signal,
            language=language,
            beam_size=beams,
            temperature=0.0,
            word_timestamps=True,
            vad_filter=False,
            clip_timestamps=clips,
            batch_size=_BATCH,
            max_new_tokens=limit,
        )
        for segment in segments:
            index = segment.seek // (packing.WINDOW * _FRAMES_PER_SECOND)
            whole[index] = whole[index] and len(segment.tokens) < limit
            for heard in segment.words or ():
                word = _placed(heard, windows[index], index)
                if word.text:
                    found[index].append(word)
        return list(zip(found, whole, strict=True))

    def _get_model(self) -> Any:
        """Build this process's model at its first use.

        After a fork neither the parent's model nor a new one answers: the library's threads are gone and it waits for
        them for ever. That is told instead of waited for.
        """
        with self._lock:
            if self._built_in not in (0, os.getpid()):
                raise SpeechFailed("model-before-fork", "The speech model was used before this process was forked.")
            if self._model is None:
                self._model = faster_whisper.WhisperModel(
                    str(self._folder.path),
                    device=self._device,
                    compute_type="int8" if self._device == "cpu" else "int8_float16",
                    cpu_threads=self._threads,
                    local_files_only=True,
                )
                self._model.logger.setLevel("CRITICAL")  # its messages tell lengths of calls, and nobody asked
                self._built_in = os.getpid()
            return self._model


def _placed(heard: Any, window: packing.SpeechWindow, index: int) -> Word:
    offset = index * packing.WINDOW
    start, end = window.times_in_call(heard.start - offset, heard.end - offset)
    return Word(
        text=heard.word.strip(),
        start=start,
        end=end,
        channel=window.channel,
        confidence=round(float(heard.probability), 4),
    )


def _moved(word: Word, shift: float) -> Word:
    assert word.start is not None
    assert word.end is not None
    return replace(word, start=word.start + shift, end=word.end + shift)


def _within(word: Word, duration: float) -> Word:
    """Resampling may add a few samples at the end; no word lies past the sound."""
    assert word.start is not None
    assert word.end is not None
    if word.end <= duration:
        return word
    return replace(word, start=min(word.start, duration), end=duration)


def _counted(blocks: Iterable[Samples], call: _Call) -> Iterator[Samples]:
    for block in blocks:
        call.frames += len(block)
        yield block
