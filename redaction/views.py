"""A transcript as texts that recognizers can read, each character tied to the words it came from (design.md 3).

- as written: one channel's words as the recognizer wrote them
- spoken: the same with every run as digits, letters and signs, joined over the other's back-channels and over turns
- reading: another way to read one run, with a few words before and after it

Texts are cut at the ends of runs to a bounded length, so that what a recognizer costs stays linear in the words.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from redaction.model import Word
from redaction.numbers.render import Reading
from redaction.numbers.runs import Run

LONGEST_TEXT = 3000
# Characters of one view; about 400 words.
CONTEXT_WORDS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A text of one channel. `first[i]` and `last[i]` are the word indexes of `text[i]`; a space belongs to the word
    before it.
    """

    kind: str
    channel: int
    text: str
    first: tuple[int, ...]
    last: tuple[int, ...]

    def words(self, start: int, end: int) -> tuple[int, int]:
        """Return the first and last word of the characters [start, end)."""
        return min(self.first[start:end]), max(self.last[start:end])


class _Text:
    """A view being written."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.first: list[int] = []
        self.last: list[int] = []

    def word(self, text: str, index: int) -> None:
        self.add(f"{text} ", [index] * (len(text) + 1), [index] * (len(text) + 1))

    def reading(self, reading: Reading) -> None:
        self.add(f"{reading.text} ", [*reading.first, reading.last[-1]], [*reading.last, reading.last[-1]])

    def add(self, text: str, first: Sequence[int], last: Sequence[int]) -> None:
        self.pieces.append(text)
        self.first.extend(first)
        self.last.extend(last)

    def view(self, kind: str, channel: int) -> View:
        return View(
            kind=kind, channel=channel, text="".join(self.pieces), first=tuple(self.first), last=tuple(self.last)
        )


def make_views(words: Sequence[Word], runs: Sequence[Run]) -> Iterator[View]:
    """Yield all views of all channels. `runs` are those of `find_runs` on the same words."""
    by_channel: dict[int, list[int]] = {}
    for index, word in enumerate(words):
        if word.text:
            by_channel.setdefault(word.channel, []).append(index)
    for channel, mine in by_channel.items():
        own = [run for run in runs if run.channel == channel and run.readings[0].text]
        yield from _plain(words, channel, mine)
        if own:
            yield from _spoken(words, channel, mine, own)


def _plain(words: Sequence[Word], channel: int, mine: Sequence[int]) -> Iterator[View]:
    text = _Text()
    for index in mine:
        text.word(words[index].text, index)
        if (len(text.first) > LONGEST_TEXT and words[index].text[-1] in ".?!") or len(text.first) > 2 * LONGEST_TEXT:
            yield text.view("as-written", channel)
            text = _Text()
    if text.first:
        yield text.view("as-written", channel)


def _spoken(words: Sequence[Word], channel: int, mine: Sequence[int], runs: Sequence[Run]) -> Iterator[View]:
    begins = {run.first: run for run in runs}
    text = _Text()
    until = -1
    for index in mine:
        if index <= until:
            continue
        run = begins.get(index)
        if run is None:
            text.word(words[index].text, index)
            continue
        text.reading(run.readings[0])
        until = run.last
        if len(text.first) > LONGEST_TEXT:
            yield text.view("spoken", channel)
            text = _Text()
    if text.first:
        yield text.view("spoken", channel)
    for run in runs:
        for reading in run.readings[1:]:
            yield _alternative(words, mine, run, reading)


def _alternative(words: Sequence[Word], mine: Sequence[int], run: Run, reading: Reading) -> View:
    before, after = bisect_left(mine, run.first), bisect_right(mine, run.last)
    text = _Text()
    for index in mine[max(0, before - CONTEXT_WORDS) : before]:
        text.word(words[index].text, index)
    if reading.text:
        text.reading(reading)
    for index in mine[after : after + 2]:
        text.word(words[index].text, index)
    return text.view("reading", run.channel)
