"""A transcript as texts that recognizers can read, each character tied to the words it came from (design.md 3).

- as written: one channel's words as the recognizer wrote them
- spoken: the same with every run as digits, letters and signs, joined over the other's back-channels and over turns
- reading: other ways to read the runs, each on lines of its own with a few words before and after it

Texts are cut at the ends of runs to a bounded length, so that what a recognizer costs stays linear in the words.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from redaction.model import Word
from redaction.numbers.render import Reading
from redaction.numbers.runs import Run
from redaction.view_text import ViewText

LONGEST_TEXT = 3000
# Characters of one view; about 400 words.
TURN_GAP = 1.5
# Seconds of silence that end a turn.
CONTEXT_WORDS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A text of one channel in pieces: piece `i` begins at character `begins[i]` and came from words `first[i]` to
    `last[i]`. A piece is a word, or one character of a run. A space belongs to what is before it.
    """

    kind: str
    channel: int
    text: str
    begins: tuple[int, ...]
    first: tuple[int, ...]
    last: tuple[int, ...]

    def words(self, start: int, end: int) -> tuple[int, int]:
        """Return the first and last word of the characters [start, end)."""
        low, high = bisect_right(self.begins, start) - 1, bisect_left(self.begins, end, lo=1)
        return min(self.first[low:high]), max(self.last[low:high])


class _Text:
    """A view being written."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._first: list[int] = []
        self._last: list[int] = []

    def word(self, text: str, index: int) -> int:
        """Add a word and a space; return how many characters they are."""
        self._pieces.append(f"{text} ")
        self._first.append(index)
        self._last.append(index)
        return len(text) + 1

    def reading(self, reading: Reading, after: str = " ") -> None:
        self._pieces.extend(reading.text)
        self._pieces[-1] += after
        self._first.extend(reading.first)
        self._last.extend(reading.last)

    def end(self) -> None:
        """Let nothing that follows be read with what is here."""
        self._pieces[-1] = f"{self._pieces[-1].rstrip()}\n\n"

    def length(self, begin: int) -> int:
        """Return the characters from a piece on."""
        return sum(map(len, self._pieces[begin:]))

    @property
    def size(self) -> int:
        return len(self._pieces)

    def view(self, kind: str, channel: int) -> View:
        return View(
            kind=kind,
            channel=channel,
            text=ViewText("".join(self._pieces)),
            begins=tuple(accumulate(map(len, self._pieces[:-1]), initial=0)),
            first=tuple(self._first),
            last=tuple(self._last),
        )


def make_views(words: Sequence[Word], runs: Sequence[Run]) -> Iterator[View]:
    """Yield all views of all channels. `runs` are those of `find_runs` on the same words."""
    by_channel: dict[int, list[int]] = {}
    for index, word in enumerate(words):
        if word.text:
            by_channel.setdefault(word.channel, []).append(index)
    for channel, mine in by_channel.items():
        own = [run for run in runs if run.channel == channel and run.readings[0].text]
        yield from _written(words, channel, mine)
        yield from _spoken(words, channel, mine, own)
        yield from _alternatives(words, channel, mine, own)


def _written(words: Sequence[Word], channel: int, mine: Sequence[int]) -> Iterator[View]:
    """Yield the words as they are, cut after a sentence where one ends in time."""
    pieces: list[str] = []
    begin = size = 0
    for at, (index, following) in enumerate(pairwise((*mine, mine[-1]))):
        text = words[index].text
        pieces.append(text + _after(words, index, following))
        size += len(text) + 1
        if size > LONGEST_TEXT and _is_full(size, text):
            yield _view("as-written", channel, pieces, mine[begin : at + 1])
            pieces, begin, size = [], at + 1, 0
    if pieces:
        yield _view("as-written", channel, pieces, mine[begin:])


def _view(kind: str, channel: int, pieces: Sequence[str], indexes: Sequence[int]) -> View:
    """Return a view of whole words."""
    begins = tuple(accumulate(map(len, pieces[:-1]), initial=0))
    return View(
        kind=kind,
        channel=channel,
        text=ViewText("".join(pieces)),
        begins=begins,
        first=tuple(indexes),
        last=tuple(indexes),
    )


def _is_full(size: int, word: str) -> bool:
    """Tell whether a view ends after this word: at a sentence's end where one comes in time."""
    return (size > LONGEST_TEXT and word.endswith((".", "?", "!"))) or size > 2 * LONGEST_TEXT


def _after(words: Sequence[Word], index: int, following: int) -> str:
    """Return what parts two words of a channel: a line's end where the turn changed or a long pause was made."""
    end, start = words[index].end, words[following].start
    silent = end is not None and start is not None and start - end > TURN_GAP
    return "\n" if following > index + 1 or silent else " "


def _after_run(words: Sequence[Word], mine: Sequence[int], run: Run) -> str:
    """Return what parts a run from its speaker's next word: "26437." - "kiitos" - "No niin" is no code and town."""
    if words[run.last].text.endswith((".", "?", "!")):
        return "\n"
    following = bisect_right(mine, run.last)
    return _after(words, run.last, mine[following]) if following < len(mine) else " "


def _spoken(words: Sequence[Word], channel: int, mine: Sequence[int], runs: Sequence[Run]) -> Iterator[View]:
    """Yield the words with each run's likeliest reading in its place, cut after a run."""
    begins = {run.first: run for run in runs}
    text, size = _Text(), 0
    until = -1
    for index in mine:
        if index <= until:
            continue
        run = begins.get(index)
        if run is None:
            size += text.word(words[index].text, index)
        else:
            text.reading(run.readings[0], _after_run(words, mine, run))
            size += len(run.readings[0].text) + 1
            until = run.last
        if size > LONGEST_TEXT and _is_full(size, words[index].text):
            yield text.view("spoken", channel)
            text, size = _Text(), 0
    if text.size:
        yield text.view("spoken", channel)


def _alternatives(words: Sequence[Word], channel: int, mine: Sequence[int], runs: Sequence[Run]) -> Iterator[View]:
    """Yield the other ways to read the runs, each on lines of its own; one view holds many, for each view costs."""
    text, size = _Text(), 0
    for run in runs:
        before, after = bisect_left(mine, run.first), bisect_right(mine, run.last)
        for reading in (each for each in run.readings[1:] if each.text):
            begin = text.size
            for index in mine[max(0, before - CONTEXT_WORDS) : before]:
                text.word(words[index].text, index)
            text.reading(reading, _after_run(words, mine, run))
            for index in mine[after : after + 2]:
                text.word(words[index].text, index)
            text.end()
            size += text.length(begin)
            if size > LONGEST_TEXT:
                yield text.view("reading", channel)
                text, size = _Text(), 0
    if text.size:
        yield text.view("reading", channel)
