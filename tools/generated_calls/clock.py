"""When each word of a call is said. Exact by construction: sound rendered from these times has them as labels."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from tools.generated_calls.model import Call, Chunk, Timed, Turn

_BASE, _PER_LETTER, _SHORTEST = 0.07, 0.058, 0.13
# Seconds: about 5 syllables a second, as Finns speak on the phone.
TimedTurn = tuple[Turn, tuple[tuple[tuple[Timed, ...], ...], ...]]
# A turn and for each of its parts the breaths with times.


def time_turns(call: Call) -> Iterator[TimedTurn]:
    """Yield the turns with times. A back-channel may begin before the other one has ended."""
    rng = Random(f"{call.case}/clock")
    pace = (rng.uniform(0.8, 1.25), rng.uniform(0.8, 1.25))
    now = rng.uniform(0.3, 1.5)
    for turn in call.turns:
        gap = rng.uniform(-0.2, 0.3) if turn.aside else rng.uniform(0.2, 0.9)
        now = max(0.0, now + gap)
        parts = []
        for part in turn.parts:
            breaths = []
            for place, chunk in enumerate(part.chunks):
                if place:
                    now += rng.uniform(0.15, 0.55)
                timed, now = _say(chunk, now, pace[turn.channel], rng)
                breaths.append(timed)
            parts.append(tuple(breaths))
            now += rng.uniform(0.02, 0.12)
        yield turn, tuple(parts)


def _say(chunk: Chunk, now: float, pace: float, rng: Random) -> tuple[tuple[Timed, ...], float]:
    timed = []
    for token in chunk:
        seconds = max(_SHORTEST, (_BASE + _PER_LETTER * len(token.said)) * rng.uniform(0.85, 1.15)) / pace
        timed.append(Timed(token=token, start=now, end=now + seconds))
        now += seconds + (rng.uniform(0.2, 0.5) if rng.random() < 0.04 else rng.uniform(0.0, 0.07))
    return tuple(timed), now
