"""Which words make a turn: one speaker's words with gaps under 0.8 s (design.md, Transcript)."""

from __future__ import annotations

from collections.abc import Sequence

from redaction.model import Word

GAP = 0.8
# Seconds: the interface's definition of a segment.


def turn_runs(words: Sequence[Word]) -> tuple[tuple[int, ...], ...]:
    """Return the word indexes of each turn. A word without times stays with the one before it on its channel."""
    open_turns: dict[int, list[int]] = {}
    ends: dict[int, float] = {}
    turns: list[tuple[int, ...]] = []
    for index, word in enumerate(words):
        current = open_turns.setdefault(word.channel, [])
        if current and word.start is not None and word.start - ends.get(word.channel, float("inf")) >= GAP:
            turns.append(tuple(current))
            current = open_turns[word.channel] = []
            ends.pop(word.channel, None)
        current.append(index)
        if word.end is not None:
            ends[word.channel] = max(word.end, ends.get(word.channel, word.end))
    return (*turns, *(tuple(current) for current in open_turns.values()))


def turn_times(words: Sequence[Word], run: Sequence[int]) -> tuple[float, float] | None:
    """Return when the words of a run begin and end, in seconds; None where no word tells."""
    starts = [start for index in run if (start := words[index].start) is not None]
    ends = [end for index in run if (end := words[index].end) is not None]
    return (min(starts), max((*ends, min(starts)))) if starts else None
