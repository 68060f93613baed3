"""The text of a view, which knows where its digits are: a dozen recognizers ask, and one walk answers them."""

from __future__ import annotations

import re
from typing import Self

_DIGITS = re.compile(r"\d+")


class ViewText(str):
    """A text with the stretches around its digits, found once for each reach. It is an ordinary string otherwise."""

    __slots__ = ("_stretches",)
    _stretches: dict[int, list[tuple[int, int]]]

    def __new__(cls, text: str) -> Self:
        """Return the text; nothing is looked for until it is asked."""
        self = super().__new__(cls, text)
        self._stretches = {}
        return self

    def near_digits(self, reach: int) -> list[tuple[int, int]]:
        """Return the stretches [start, end) of whole words that hold all within `reach` characters of a digit."""
        if reach not in self._stretches:
            self._stretches[reach] = find_near_digits(self, reach)
        return self._stretches[reach]


def find_near_digits(text: str, reach: int) -> list[tuple[int, int]]:
    """Return those stretches of any text, in order and apart."""
    found: list[tuple[int, int]] = []
    begin = end = 0
    for number in _DIGITS.finditer(text):
        if number.start() - reach > end:
            found.append((begin, end))
            begin = text.rfind(" ", end, number.start() - reach) + 1 or end
        if number.end() + reach > end:
            end = _word_end(text, number.end() + reach)
    found.append((begin, end))
    return [each for each in found if each[1] > each[0]]


def _word_end(text: str, at: int) -> int:
    """Return where the word at a position ends."""
    found = text.find(" ", at)
    return len(text) if found < 0 else found
