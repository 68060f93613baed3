"""Payment card numbers (ISO/IEC 7812): 13 to 19 digits with a Luhn digit."""

from __future__ import annotations

import re

import stdnum.luhn

from redaction.formats.errors import BadFormat

_LENGTHS = {"3": (15, 16), "4": (13, 16, 19), "5": (16,), "6": (16, 17, 18, 19), "2": (16,)}
# By first digit (the networks' ranges); other first digits are not payment cards.


def compact(number: str) -> str:
    """Return the digits only."""
    return re.sub(r"\D", "", number)


def validate(number: str) -> str:
    """Return the compact number, or raise BadFormat."""
    code = compact(number)
    if len(code) not in _LENGTHS.get(code[:1], ()) or not stdnum.luhn.is_valid(code):
        raise BadFormat
    return code


def is_valid(number: str) -> bool:
    """Tell whether `validate` accepts the number."""
    try:
        validate(number)
    except BadFormat:
        return False
    return True
