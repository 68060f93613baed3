"""A transcriber that knows what was said: the sample calls' true words, so that all behind hearing is tested exactly.

It listens again honestly: a word is heard in masked sound only where its samples are still those of the original.
"""

import io
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

import numpy as np

from recordings.engines import Heard, Samples
from redaction.model import Channel, Transcript, Window, Word
from workers.demo.samples import Sample, load_samples
from workers.engines.codec import AvCodec

NEAR = 3.0  # seconds around a cut, as the real engine listens


@cache
def original(name: str) -> Any:
    """The decoded samples of a sample call, shape (frames, channels)."""
    sample = next(each for each in load_samples() if each.name == name)
    return np.concatenate(list(AvCodec().decode(io.BytesIO(sample.audio.read_bytes()))))


class TrueWords:
    """`recordings.engines.Transcriber` for the sample calls."""

    name = "true-words"
    for_trying_only = True

    def transcribe(self, blocks: Iterable[Samples], *, rate: int, channels: Sequence[Channel], language: str) -> Heard:
        sound = np.concatenate(list(blocks))
        sample = which(sound)
        words = words_of(sample)
        speech = tuple(
            tuple((w.start or 0.0, w.end or 0.0) for w in words if w.channel == c) for c in range(len(channels))
        )
        transcript = Transcript(language=language, channels=tuple(channels), words=words, duration=len(sound) / rate)
        return Heard(transcript=transcript, speech=speech)

    def listen_again(
        self,
        blocks: Iterable[Samples],
        *,
        rate: int,
        channels: Sequence[Channel],
        language: str,
        around: Sequence[Window],
    ) -> Transcript:
        sound = np.concatenate(list(blocks))
        sample = which(sound)
        true = original(sample.name)

        def is_heard(word: Word) -> bool:
            start, end = word.start or 0.0, word.end or 0.0
            near = any(cut.start - NEAR <= end and start <= cut.end + NEAR for cut in around)
            at = slice(round(start * rate), round(end * rate))
            left = sound[at, word.channel] == true[at, word.channel]
            return near and bool(left.mean() > 0.5)

        words = tuple(word for word in words_of(sample) if is_heard(word))
        return Transcript(language=language, channels=tuple(channels), words=words, duration=len(sound) / rate)


def which(sound: Any) -> Sample:
    """The sample call of this length: no two are equally long."""
    return next(each for each in load_samples() if len(original(each.name)) == len(sound))


def words_of(sample: Sample) -> tuple[Word, ...]:
    """The true words."""
    return tuple(Word(**{name: word[name] for name in ("text", "start", "end", "channel")}) for word in sample.words)
