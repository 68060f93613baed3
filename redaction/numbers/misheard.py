"""Words that a recognizer may have written for a digit: near a number word by an edit or two.

Asked only of the word beside or inside a long number, where most of what is heard is digits.
"""

from __future__ import annotations

from collections.abc import Iterable

from redaction.edits import edits
from redaction.numbers.language import Language
from redaction.numbers.lexicon import LANGUAGES
from redaction.wordlist import word_set

_OTHER_WORDS = word_set(
    "det den de dem vem hem han hon att till när som har var kan ska man men här där the to too who for are was you "
    "her his not but can has had him she they their there then than when what with this that our out get got ten"
) - {"ten"}
# One edit from a short Swedish or English digit, and much commoner than its mishearing.
_REPEATS = word_set("toistan toistaa toistakaa")
# What is said before a number that comes again; two edits from "toista".


def may_be_digit(word: str, *, foreign: bool) -> bool:
    """Tell whether a lower-case word is within one edit (two from six letters on) of a number word.

    `foreign`: the number beside it is not all Finnish, so that Swedish and English words count too.
    """
    letters = frozenset(word)
    if word not in _REPEATS and any(_near(word, letters, digit, own) for digit, own in _FINNISH):
        return True
    return foreign and word not in _OTHER_WORDS and any(_near(word, letters, digit, own) for digit, own in _FOREIGN)


def _near(word: str, letters: frozenset[str], digit: str, own: frozenset[str]) -> bool:
    """Tell whether two words are near; each letter that only one of them has costs an edit, and that is soon seen."""
    most = 1 if len(digit) < 6 else 2
    if abs(len(word) - len(digit)) > most or len(letters - own) > most or len(own - letters) > most:
        return False
    return edits(word, digit, most) <= most


def _with_letters(languages: Iterable[Language]) -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple((digit, frozenset(digit)) for language in languages for digit in language.misheard)


_FINNISH, _FOREIGN = _with_letters(LANGUAGES[:1]), _with_letters(LANGUAGES[1:])
