"""Which word times can be believed, and what stands in where they cannot (design.md, decision 4).

Recognizers give null, negative and zero-length times, times past the end, words of many seconds, and put the first
digit of a number up to nine seconds early (faster-whisper #888). What is not believed is bounded by its neighbours,
which makes the cut longer and never shorter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from redaction.model import Word

LONGEST_WORD = 2.0
# Seconds; a spoken word is over in less (design.md 4).
MOST_PER_DIGIT, MOST_PER_SIGN, MOST_PER_LETTER = 0.75, 0.5, 0.2
# Seconds; what is written as one word, a number or an address of mail, is said as many. Slow dictation takes this long.
LEAST_PER_DIGIT = 0.06
# Seconds; ten digits "said" in a third of a second are a written number whose time was squeezed into one token.
PAST_THE_END = 0.05
# Seconds; rounding of a container's length.


@dataclass(frozen=True, slots=True)
class Span:
    """Seconds. `end` is None where nothing tells: the sound cannot be placed."""

    start: float
    end: float | None


class Clockwork:
    """The believable times of one transcript's words, by channel, computed once and asked per finding."""

    def __init__(self, words: Sequence[Word], duration: float | None) -> None:
        """`duration` in seconds, or None when unknown."""
        self._words = words
        self._duration = duration
        self._by_channel: dict[int, list[int]] = {}
        self._rank: list[int] = []
        for index, word in enumerate(words):
            mine = self._by_channel.setdefault(word.channel, [])
            self._rank.append(len(mine))
            mine.append(index)
        self.sound = self._judge()

    def span(self, first: int, last: int) -> Span:
        """Return the time of words `first` to `last` (both of one channel), as wide as their times are doubtful."""
        mine = self._by_channel[self._words[first].channel]
        low, high = self._rank[first], self._rank[last]
        run = mine[low : high + 1]
        starts = [self._start(index) for index in run if self.sound[index]]
        ends = [self._end(index) for index in run if self.sound[index]]
        start = min(starts, default=float("inf"))
        end: float | None = max(ends, default=0.0)
        if not self.sound[first] or not starts:
            start = min(start, self._end_before(mine, low))
        if not self.sound[last] or not ends:
            following = self._start_after(mine, high)
            end = None if following is None else max(end or 0.0, following)
        return Span(start, end if end is None else max(end, start))

    def _judge(self) -> list[bool]:
        """Tell for each word whether its times are believed; a word that starts before its elder is not."""
        verdicts = [self._plausible(word) for word in self._words]
        for mine in self._by_channel.values():
            latest = 0.0
            for index in mine:
                if verdicts[index] and self._start(index) + 1e-6 < latest:
                    verdicts[index] = False
                elif verdicts[index]:
                    latest = self._start(index)
        return verdicts

    def _plausible(self, word: Word) -> bool:
        if word.start is None or word.end is None or word.start < 0:
            return False
        if self._duration is not None and word.end > self._duration + PAST_THE_END:
            return False
        digits = sum(character.isdigit() for character in word.text)
        return max(digits * LEAST_PER_DIGIT, 1e-6) <= word.end - word.start <= _longest(word.text, digits)

    def _end_before(self, mine: Sequence[int], rank: int) -> float:
        """Return the end of the last believed word before position `rank`, or 0."""
        for position in range(rank - 1, -1, -1):
            if self.sound[mine[position]]:
                return self._end(mine[position])
        return 0.0

    def _start_after(self, mine: Sequence[int], rank: int) -> float | None:
        """Return the start of the first believed word after position `rank`, or the end of the call, or None."""
        for position in range(rank + 1, len(mine)):
            if self.sound[mine[position]]:
                return self._start(mine[position])
        return self._duration

    def _start(self, index: int) -> float:
        return self._words[index].start or 0.0

    def _end(self, index: int) -> float:
        return self._words[index].end or 0.0


def _longest(text: str, digits: int) -> float:
    """Return the seconds in which a word as it is written is over at the latest."""
    if not digits and "@" not in text:
        return LONGEST_WORD
    letters = sum(character.isalpha() for character in text)
    signs = len(text.rstrip(".,?!")) - letters - digits
    return max(LONGEST_WORD, MOST_PER_DIGIT * digits + MOST_PER_SIGN * max(0, signs) + MOST_PER_LETTER * letters)
