"""A word without what a recognizer of speech puts around it, and whether it counts."""

from __future__ import annotations

from collections.abc import Sequence

from redaction.model import Word
from redaction.numbers.atoms import read_word
from redaction.numbers.kinds import Kind

STRIPPED = ".,!?:;-…\"'()"
_COUNTING = (Kind.NUMBER, Kind.DIGITS, Kind.PART)


def bare(word: Word) -> str:
    """Return a word in lower case without its punctuation."""
    return word.text.strip(STRIPPED).lower()


def bare_words(words: Sequence[Word]) -> list[str]:
    """Return all words so; a rule that looks at each of them asks once."""
    return [word.text.strip(STRIPPED).lower() for word in words]


def counts(word: Word) -> bool:
    """Tell whether a word is a number or a part of one."""
    return any(shape.kind in _COUNTING for shape in read_word(word.text))
