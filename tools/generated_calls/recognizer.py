"""A simulated recognizer: its habits in writing numbers, case and points, on top of what it misheard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from tools.generated_calls.mishearing import mishear
from tools.generated_calls.model import Part, Timed, Turn
from tools.generated_calls.writing import Heard, write_breath, write_whole

STYLES = ("digits", "words", "mixed")
_STYLE_WEIGHTS = (45, 30, 25)
# Whisper tends to digits; fine-tuned Finnish models write words, and many mix them in one number.
_WHOLE_SHARE = {"digits": 0.6, "mixed": 0.2, "words": 0.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """How one recognizer writes all of one call."""

    style: str
    lower: bool
    points: bool
    stray: float


def a_habit(rng: Random) -> Habit:
    """Draw a recognizer's habits."""
    return Habit(
        style=rng.choices(STYLES, weights=_STYLE_WEIGHTS)[0],
        lower=rng.random() < 0.25,
        points=rng.random() < 0.6,
        stray=rng.choice((0.0, 0.0, 0.02, 0.05)),
    )


def recognize(
    turn: Turn, parts: Sequence[tuple[tuple[Timed, ...], ...]], habit: Habit, rate: float, rng: Random
) -> list[Heard]:
    """Return the written words of a turn."""
    words: list[Heard] = []
    for part, breaths in zip(turn.parts, parts, strict=True):
        heard = tuple(mishear(breath, rate, rng) for breath in breaths)
        words.extend(_write_part(part, heard, habit, rng))
    return _dress(words, habit, rng)


def _write_part(part: Part, breaths: tuple[tuple[Timed, ...], ...], habit: Habit, rng: Random) -> list[Heard]:
    if part.layouts and rng.random() < _WHOLE_SHARE[habit.style]:
        whole = write_whole([timed for breath in breaths for timed in breath], rng.choice(part.layouts))
        if whole:
            return [replace(word, item=part.item) for word in whole]
    words: list[Heard] = []
    for breath in breaths:
        digits = habit.style == "digits" or (habit.style == "mixed" and rng.random() < 0.5)
        words.extend(replace(word, item=part.item) for word in write_breath(breath, rng, digits=digits))
    return words


def _dress(words: list[Heard], habit: Habit, rng: Random) -> list[Heard]:
    """Put case and points on a turn's words."""
    dressed = []
    for place, word in enumerate(words):
        text = word.text
        asks = text.endswith("?")
        text = text.rstrip("?")
        if habit.points and not place:
            text = text[:1].upper() + text[1:]
        if habit.points and place == len(words) - 1:
            text = text.rstrip(".") + ("?" if asks else ".")
        elif rng.random() < habit.stray:
            text += rng.choice((",", ",", ".", " -", "...")).strip(" ")
        dressed.append(replace(word, text=text.lower() if habit.lower else text))
    return dressed
