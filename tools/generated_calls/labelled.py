"""A call as a line of a labelled folder (`vaiti-transcript/1` with labels; docs/evaluation/README.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from random import Random
from typing import Any

from tools.generated_calls.calls import make_calls
from tools.generated_calls.clock import TimedTurn, time_turns
from tools.generated_calls.model import Call, TalkSet, Timed, Turn
from tools.generated_calls.recognizer import Habit, a_habit, recognize
from tools.generated_calls.writing import Heard


def generate(
    count: int, seed: int, rate: float, *, first: int = 0, which: TalkSet = TalkSet.FIRST
) -> Iterator[dict[str, Any]]:
    """Yield labelled calls. The same seed and number is the same talk at every error rate."""
    for call in make_calls(count, seed, first=first, which=which):
        yield hear(call, rate)


def hear(call: Call, rate: float, turns: Iterable[TimedTurn] | None = None) -> dict[str, Any]:
    """Return what a recognizer with errors in `rate` of the number words makes of a call, with its labels.

    `turns` are the turns with the times at which they were said; without them a clock makes the times up.
    """
    habit = a_habit(Random(f"{call.case}/habit"))
    rng = Random(f"{call.case}/errors/{rate}")
    words: list[tuple[int, Heard]] = []
    speech: list[dict[str, Any]] = []
    for turn, parts in time_turns(call) if turns is None else turns:
        channel = 0 if call.mono else turn.channel
        words.extend((channel, word) for word in recognize(turn, parts, habit, rate, rng))
        speech.extend(_speech(turn, parts, channel))
    words.sort(key=lambda each: each[1].start)
    return {
        "format": "vaiti-transcript/1",
        "case": call.case,
        "kind": call.kind,
        "language": "fi",
        "style": habit.style,
        "duration": round(max((each["end"] for each in speech), default=0.0) + 1.0, 3),
        "channels": [{"role": "unknown"}] if call.mono else [{"role": "agent"}, {"role": "customer"}],
        "own_numbers": list(call.own_numbers),
        "words": [_word(channel, word) for channel, word in words],
        "items": [
            {"item": item.number, "type": item.type, "form": item.form, "tags": _tags(call, item.tags, habit)}
            for item in call.items
        ],
        "speech": sorted(speech, key=lambda each: float(each["start"])),
    }


def _tags(call: Call, tags: tuple[str, ...], habit: Habit) -> list[str]:
    return [*tags, f"written as {habit.style}", "one channel" if call.mono else "two channels"]


def _word(channel: int, word: Heard) -> dict[str, Any]:
    written: dict[str, Any] = {
        "text": word.text,
        "start": round(word.start, 3),
        "end": round(word.end, 3),
        "channel": channel,
    }
    if word.item is not None:
        written["item"] = word.item
        if not word.must:
            written["free"] = True
    return written


def _speech(turn: Turn, parts: tuple[tuple[tuple[Timed, ...], ...], ...], channel: int) -> Iterator[dict[str, Any]]:
    """Yield what was said, heard or not: a dropped digit is still in the sound."""
    for part, breaths in zip(turn.parts, parts, strict=True):
        for breath in breaths:
            for timed in breath:
                spoken: dict[str, Any] = {
                    "start": round(timed.start, 3),
                    "end": round(timed.end, 3),
                    "channel": channel,
                }
                if part.item is not None:
                    spoken["item"] = part.item
                    if not timed.token.must:
                        spoken["free"] = True
                yield spoken
