"""Käyttöpaikkatunnus: a GS1 service relation number of 18 digits, Finnish prefix 64, check digit modulus 10."""

from __future__ import annotations

import re

from redaction.formats.errors import BadFormat


def compact(number: str) -> str:
    """Return the number without separators."""
    return re.sub(r"[\s.-]", "", number)


def validate(number: str) -> str:
    """Return the compact number, or raise BadFormat."""
    code = compact(number)
    if not re.fullmatch(r"64\d{16}", code):
        raise BadFormat
    weighted = sum(int(digit) * (3, 1)[at % 2] for at, digit in enumerate(reversed(code[:-1])))
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
