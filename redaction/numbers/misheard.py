"""Words that a recognizer may have written for a digit: near a number word by an edit or two.

Asked only of the word beside or inside a long number, where most of what is heard is digits.
"""

from __future__ import annotations

from redaction.edits import edits
from redaction.numbers.lexicon import LANGUAGES
from redaction.wordlist import word_set

_OTHER_WORDS = word_set(
    "det den de dem vem hem han hon att till när som har var kan ska man men här där the to too who for are was you "
    "her his not but can has had him she they their there then than when what with this that our out get got ten"
) - {"ten"}
# One edit from a short Swedish or English digit, and much commoner than its mishearing.


def may_be_digit(word: str, *, foreign: bool) -> bool:
    """Tell whether a lower-case word is within one edit (two from six letters on) of a number word.

    `foreign`: the number beside it is not all Finnish, so that Swedish and English words count too.
    """
    finnish, others = LANGUAGES[0].misheard, LANGUAGES[1:]
    if any(_near(word, digit) for digit in finnish):
        return True
    return (
        foreign and word not in _OTHER_WORDS and any(_near(word, digit) for each in others for digit in each.misheard)
    )


def _near(word: str, digit: str) -> bool:
    most = 1 if len(digit) < 6 else 2
    return edits(word, digit, most) <= most
