"""What people type about a call: does it name somebody? A rough look, for texts that are refused and not masked.

Names cannot be told from other words here: who types is asked to leave them out. Numbers and addresses can.
"""

from __future__ import annotations

import re
from typing import Final

_DIGITS: Final = re.compile(r"\d(?:[\s.,:/+\u2013-]*\d){4}")
# Five digits in a row, however they are parted: the shortest that name somebody (a postal code, an end of a code with
# its year); a price, a year and a time have four.
_MAIL: Final = re.compile(r"\S@\S|\(at\)|\bmiukumauku\b|\bsnabel-?a\b", re.IGNORECASE)
_IBAN: Final = re.compile(r"\b[a-z]{2}\d{2}\b", re.IGNORECASE)


def names_somebody(text: str) -> bool:
    """Tell whether a text holds a number of five digits or more, a date, an e-mail address or an account."""
    return any(each.search(text) for each in (_DIGITS, _MAIL, _IBAN))
