"""A generated call said aloud: two voices of espeak-ng, every breath said apart and put in its place.

The synthesiser tells when each word of a breath begins, so the labels are exact: nothing was aligned by listening.
Needs libespeak-ng1 and espeak-ng-data (`tools/setup/system-packages train`) and requirements-train.in. Half a second
for a minute of call.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import numpy as np
import numpy.typing as npt

from tools.demo_model.speech import HELD_OUT_VOICES, VOICES, Synthesiser, Voice, resampled
from tools.generated_calls.clock import TimedTurn
from tools.generated_calls.model import Call, Chunk, Part, Timed, Token

RATE = 8000
LEVELS = (0.16, 0.12)
# Gain of agent and customer: headsets are louder.
NOISE = 10 ** (-65 / 20)
_WORD = re.compile(r"[^\s,.?!]+")  # as the synthesiser counts words

Sound = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Spoken:
    """A call's sound (frames, channels) in -1..1 at `RATE`, and when each token is said in it."""

    sound: Sound
    turns: tuple[TimedTurn, ...]


def speak(call: Call, synthesiser: Synthesiser) -> Spoken:
    """Say a call, with the voices that the demo model never heard among the others.

    The synthesiser flutters like a voice: the same call comes out alike, not equal to the sample.
    """
    rng = Random(f"{call.case}/voice")
    voices = [
        Voice(rng.choice((*VOICES, *HELD_OUT_VOICES)), rng.randrange(130, 180), rng.randrange(25, 76)) for _ in "AC"
    ]
    placed: list[tuple[int, int, Sound]] = []
    turns: list[TimedTurn] = []
    now = rng.uniform(0.3, 1.5)
    for turn in call.turns:
        now = max(0.0, now + (rng.uniform(-0.2, 0.3) if turn.aside else rng.uniform(0.25, 0.9)))
        mouth = _Mouth(synthesiser, voices[turn.channel], rng, now)
        turns.append((turn, tuple(mouth.say_part(part) for part in turn.parts)))
        placed.extend((at, turn.channel, sound * LEVELS[turn.channel]) for at, sound in mouth.sounds)
        now = mouth.now
    return Spoken(_mixed(placed, now + 1.0, rng, mono=call.mono), tuple(turns))


class _Mouth:
    """Says the parts of one turn, one after the other."""

    def __init__(self, synthesiser: Synthesiser, voice: Voice, rng: Random, now: float) -> None:
        self._synthesiser, self._voice, self._rng, self.now = synthesiser, voice, rng, now
        self.sounds: list[tuple[int, Sound]] = []

    def say_part(self, part: Part) -> tuple[tuple[Timed, ...], ...]:
        breaths = []
        for place, chunk in enumerate(part.chunks):
            if place:
                self.now += self._rng.uniform(0.15, 0.55)
            breaths.append(tuple(self._say(chunk)))
        self.now += self._rng.uniform(0.02, 0.12)
        return tuple(breaths)

    def _say(self, chunk: Chunk) -> Iterator[Timed]:
        """Say a breath; where the synthesiser runs its words together, every token by itself."""
        said = self._synthesiser.say(" ".join(token.said for token in chunk), self._voice)
        counts = [len(_WORD.findall(token.said)) for token in chunk]
        if said is None or len(said.words) != sum(counts):
            if len(chunk) == 1:
                yield self._as_a_whole(chunk[0])
                return
            for token in chunk:
                yield from self._say((token,))
            return
        begin, at = self._put(said.samples[: round((said.ends[-1] + 0.03) * said.rate)], said.rate), 0
        for token, count in zip(chunk, counts, strict=True):
            last = max(at, at + count - 1)
            if count:
                yield Timed(token=token, start=begin + said.starts[at], end=begin + said.ends[last])
            at += count

    def _as_a_whole(self, token: Token) -> Timed:
        """Say a token whose words have no times of their own: it lasts as long as there is sound."""
        said = self._synthesiser.loud(token.said, self._voice)
        begin = self._put(said, self._synthesiser.rate)
        return Timed(token=token, start=begin, end=begin + len(said) / self._synthesiser.rate)

    def _put(self, samples: Sound, rate: int) -> float:
        at = round(self.now * RATE)
        self.sounds.append((at, resampled(samples, rate, RATE)))
        self.now = at / RATE + len(samples) / rate
        return at / RATE


def _mixed(placed: list[tuple[int, int, Sound]], seconds: float, rng: Random, *, mono: bool) -> Sound:
    length = round(seconds * RATE)
    noise = np.random.default_rng(rng.randrange(1 << 30)).standard_normal((length, 2), dtype=np.float32)
    mixed = noise * np.float32(NOISE)
    for at, channel, sound in placed:
        piece = sound[: length - at]
        mixed[at : at + len(piece), channel] += piece
    return np.clip(mixed.sum(axis=1, keepdims=True) if mono else mixed, -1, 1)
