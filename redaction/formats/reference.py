"""Viitenumero, the Finnish payment reference: 4 to 20 digits, weights 7, 3, 1 from the right (Finance Finland)."""

from __future__ import annotations

import re

from redaction.formats.errors import BadFormat


def compact(number: str) -> str:
    """Return the number without separators and leading zeros."""
    return re.sub(r"[\s.-]", "", number).lstrip("0")


def validate(number: str) -> str:
    """Return the compact number, or raise BadFormat."""
    code = compact(number)
    if not re.fullmatch(r"\d{4,20}", code):
        raise BadFormat
    weighted = sum(int(digit) * (7, 3, 1)[at % 3] for at, digit in enumerate(reversed(code[:-1])))
    if -weighted % 10 != int(code[-1]):
        raise BadFormat
    return code


def is_valid(number: str) -> bool:
    """Tell whether `validate` accepts the number."""
    try:
        validate(number)
    except BadFormat:
        return False
    return True
