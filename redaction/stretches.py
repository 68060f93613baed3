"""Stretches of one speaker's talk around a word: to the end of the sentence, a pause, or the other's turn."""

from __future__ import annotations

from collections.abc import Sequence

from redaction.model import Word
from redaction.turns import GAP

LONGEST = 15
# Words on each side: recognizers write long stretches without a stop.
ANSWERED = 6
# Words of back-channels and the like between a question and its answer.
_STOPS = (".", "?", "!")


def sentence(words: Sequence[Word], index: int) -> tuple[int, int]:
    """Return the first and last word of the sentence around a word."""
    first = last = index
    while index - first < LONGEST and first and _follows(words, first - 1, first):
        first -= 1
    return first, rest(words, last, LONGEST)


def rest(words: Sequence[Word], index: int, most: int) -> int:
    """Return the last word of the sentence that goes on after `index`, at most so many words later."""
    last = index
    while last - index < most and last + 1 < len(words) and _follows(words, last, last + 1):
        last += 1
    return last


def answer(words: Sequence[Word], index: int) -> tuple[int, int] | None:
    """Return the first sentence of the other speaker after `index`, or None when nobody answers soon."""
    asking = words[index].channel
    for at in range(index + 1, min(index + 1 + ANSWERED, len(words))):
        if words[at].channel != asking:
            return at, rest(words, at, LONGEST)
    return None


def asks(words: Sequence[Word], last: int) -> bool:
    """Tell whether a sentence that ends here is written as a question."""
    return words[last].text.endswith("?")


def _follows(words: Sequence[Word], left: int, right: int) -> bool:
    if words[left].channel != words[right].channel or words[left].text.endswith(_STOPS):
        return False
    end, start = words[left].end, words[right].start
    return end is None or start is None or start - end < GAP
