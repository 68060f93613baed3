"""Words to turns: one speaker's words with gaps under 0.8 s (design.md, Transcript). Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from redaction.model import Word
from redaction.turns import turn_runs
from storage.records import IndexedTurn


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A stretch of one channel's words. Times in seconds."""

    channel: int
    start: float
    end: float
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words as one line; the empty rest of a masked run leaves no gap."""
        return " ".join(word.text for word in self.words if word.text)


def split_turns(words: Iterable[Word]) -> tuple[Turn, ...]:
    """Return the turns in order of start. A word without times stays with the one before it on its channel."""
    every = tuple(words)
    turns = (_turn(tuple(every[index] for index in run)) for run in turn_runs(every))
    return tuple(sorted(turns, key=lambda turn: (turn.start, turn.channel)))


def indexed_turns(words: Iterable[Word]) -> list[IndexedTurn]:
    """Return the turns as the search index takes them."""
    turns = (turn for turn in split_turns(words) if turn.text)
    return [IndexedTurn(channel=turn.channel, start=turn.start, end=turn.end, text=turn.text) for turn in turns]


def _turn(words: Sequence[Word]) -> Turn:
    start = min((word.start for word in words if word.start is not None), default=0.0)
    end = max((word.end for word in words if word.end is not None), default=start)
    return Turn(channel=words[0].channel, start=start, end=max(start, end), words=tuple(words))
