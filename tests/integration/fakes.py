"""Engines that are simple and real: WAV as bytes, words that a test says were spoken, digits as findings.

The stores in these tests are the real ones. Only hearing and finding are played, so that each test knows what was said.
"""

import io
import struct
import wave
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, BinaryIO

import numpy as np

from recordings.engines import Heard, Samples, SoundFacts, Uptime
from recordings.errors import BadAudio
from redaction.model import Channel, Finding, Transcript, Window, Word

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@dataclass
class MovedClock:
    """A clock that a test moves."""

    at: datetime = NOW
    ran: float | None = None  # seconds that the machine ran, where a test says so

    def now(self) -> datetime:
        return self.at

    def uptime(self) -> Uptime:
        return Uptime("test", (self.at - NOW).total_seconds() if self.ran is None else self.ran)


class WavCodec:
    """Reads PCM WAV; "encodes" as WAV too, so that a test can look at every sample."""

    def probe(self, source: BinaryIO) -> SoundFacts:
        source.seek(0)
        try:
            with wave.open(source, "rb") as sound:
                rate, frames = sound.getframerate(), sound.getnframes()
                channels, bits = sound.getnchannels(), 8 * sound.getsampwidth()
        except (wave.Error, EOFError, struct.error) as error:
            raise BadAudio("audio-unknown-format", "This is not audio that Vaiti takes.") from error
        if bits != 16:
            raise BadAudio("audio-undecodable", "16 bits only.")
        return SoundFacts(
            container="wav",
            codec="pcm",
            rate=rate,
            channels=channels,
            bits=bits,
            frames=frames,
            seconds=frames / rate,
        )

    def decode(self, source: BinaryIO) -> Iterator[Samples]:
        facts = self.probe(source)
        source.seek(0)
        with wave.open(source, "rb") as sound:
            left = facts.frames or 0
            while left:
                content = sound.readframes(min(left, facts.rate))
                if not content:
                    raise BadAudio("audio-truncated", "The file ends before its audio does.")
                block = np.frombuffer(content, dtype=np.int16).reshape(-1, facts.channels)
                left -= len(block)
                yield block

    def encode_flac(
        self,
        blocks: Iterable[Samples],
        *,
        rate: int,
        channels: int,
        bits: int,
        out: BinaryIO,
        frames: int | None = None,
    ) -> int:
        assert bits == 16
        samples = np.concatenate(list(blocks))
        out.write(wav(samples, rate=rate))
        assert samples.shape[1] == channels
        assert frames in (None, len(samples))
        return len(samples)

    def encode_wav(self, blocks: Iterable[Samples], *, rate: int, channels: int, bits: int, out: BinaryIO) -> int:
        return self.encode_flac(blocks, rate=rate, channels=channels, bits=bits, out=out)


@dataclass
class Playback:
    """A Transcriber that "hears" what the test says, and nothing in what was masked unless `again` says so."""

    words: Sequence[Word] = ()
    again: Sequence[Word] = ()
    speech: Sequence[Sequence[tuple[float, float]]] | None = None
    name: str = "played"
    for_trying_only: bool = True
    languages: Sequence[str | None] = ()  # found on the channels
    heard_frames: list[int] = field(default_factory=list)

    def transcribe(self, blocks: Iterable[Samples], *, rate: int, channels: Sequence[Channel], language: str) -> Heard:
        frames = sum(len(block) for block in blocks)
        self.heard_frames.append(frames)
        transcript = Transcript(
            language=language, channels=self._found(channels), words=tuple(self.words), duration=frames / rate
        )
        speech = self.speech
        if speech is None:  # speech is where the words are
            speech = [
                [(word.start or 0.0, word.end or 0.0) for word in self.words if word.channel == channel]
                for channel in range(len(channels))
            ]
        return Heard(transcript=transcript, speech=tuple(tuple(spans) for spans in speech))

    def _found(self, channels: Sequence[Channel]) -> tuple[Channel, ...]:
        found = [*self.languages, *[None] * len(channels)]
        return tuple(replace(channel, language=language) for channel, language in zip(channels, found, strict=False))

    def listen_again(
        self,
        blocks: Iterable[Samples],
        *,
        rate: int,
        channels: Sequence[Channel],
        language: str,
        around: Sequence[Window],
    ) -> Transcript:
        assert around
        frames = sum(len(block) for block in blocks)
        return Transcript(language=language, channels=tuple(channels), words=tuple(self.again), duration=frames / rate)


class DigitDetector:
    """Finds every word that holds a digit: SECRET."""

    def detect(
        self, transcript: Transcript, *, known: Mapping[str, Any] | None = None, own_numbers: Sequence[str] = ()
    ) -> tuple[Finding, ...]:
        names = {value.casefold() for value in (known or {}).get("name", [])}
        return tuple(
            Finding(
                type="PERSON" if word.text.casefold() in names else "SECRET",
                channel=word.channel,
                first=index,
                last=index,
                datum=index,
                start=word.start,
                end=word.end,
                score=1.0,
                why=("test",),
            )
            for index, word in enumerate(transcript.words)
            if any(letter.isdigit() for letter in word.text) or word.text.casefold() in names
        )


class SquareTone:
    """One second of +1000/-1000, easy to recognize."""

    def samples(self, *, rate: int, bits: int) -> Samples:
        assert bits == 16
        return np.where(np.arange(rate) % 8 < 4, 1000, -1000).astype(np.int16)


def wav(samples: np.ndarray[Any, Any], *, rate: int = 8000) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(samples.shape[1])
        sound.setsampwidth(2)
        sound.setframerate(rate)
        sound.writeframes(samples.astype("<i2").tobytes())
    return out.getvalue()


def a_call(seconds: float = 6.0, *, channels: int = 2, rate: int = 8000, seed: int = 1) -> bytes:
    """Noise as loud as speech, no sample of which is a tone's."""
    noise = np.random.default_rng(seed).integers(-6000, 6000, size=(int(seconds * rate), channels))
    return wav(noise.astype(np.int16) | 1, rate=rate)


def said(text: str, *, start: float = 0.5, step: float = 0.4, channel: int = 0) -> list[Word]:
    """Words, one every `step` seconds."""
    return [
        Word(text=word, start=start + n * step, end=start + n * step + 0.3, channel=channel)
        for n, word in enumerate(text.split())
    ]
