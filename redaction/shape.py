"""What words look like without what they say: what a decision keeps of the place that it was about."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from redaction.model import Word
from redaction.names import ends_like_surname, first_name, is_surname
from redaction.numbers.runs import find_runs

_STOPS = ".,!?:;\"'()-"


class WordClass(StrEnum):
    """The four classes. A word that carries a number may say it in any of the three languages."""

    NUMBER = "number"
    LETTER = "letter"
    NAME = "name"
    OTHER = "other"


def classify(words: Sequence[Word]) -> tuple[WordClass, ...]:
    """Return the class of each word, judged among the others."""
    counted = {index for run in find_runs(words) if run.digits for index in run.words}
    return tuple(_class(word.text, counts=index in counted) for index, word in enumerate(words))


def _class(text: str, *, counts: bool) -> WordClass:
    bare = text.strip(_STOPS)
    if len(bare) == 1 and bare.isalpha():
        return WordClass.LETTER
    if counts or any(character.isdecimal() for character in bare):
        return WordClass.NUMBER
    lower = bare.casefold()
    if first_name(lower) or is_surname(lower) or (bare[:1].isupper() and ends_like_surname(lower)):
        return WordClass.NAME
    return WordClass.OTHER
