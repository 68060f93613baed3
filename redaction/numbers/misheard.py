"""Words that a recognizer may have written for a digit: near a number word by an edit or two.

Asked only of the word beside or inside a long number, where most of what is heard is digits.
"""

from __future__ import annotations

from redaction.edits import edits
from redaction.wordlist import word_list

_DIGITS = word_list(
    "nolla yksi yks kaksi kaks kolme neljä viisi viis kuusi kuus seitsemän seittemän seiska kahdeksan kaheksan kasi "
    "yhdeksän yheksän ysi kymmenen kymmentä kakskyt kolkyt nelkyt viiskyt kuuskyt toista sata tuhat viiva miinus vee"
)


def may_be_digit(word: str) -> bool:
    """Tell whether a lower-case word is within one edit (two from six letters on) of a number word."""
    return any(edits(word, digit, 1 if len(digit) < 6 else 2) <= (1 if len(digit) < 6 else 2) for digit in _DIGITS)
