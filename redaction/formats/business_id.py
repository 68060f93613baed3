"""Y-tunnus, the Finnish business id: seven digits, hyphen, check digit (weights 7 9 10 5 8 4 2, modulus 11)."""

from __future__ import annotations

import re

import stdnum.fi.ytunnus
from stdnum.exceptions import ValidationError

from redaction.formats.errors import BadFormat


def compact(number: str) -> str:
    """Return seven digits, a hyphen and the check digit where there are eight digits; else the digits."""
    digits = re.sub(r"^FI", "", re.sub(r"[^0-9A-Z]", "", number.upper()))
    return f"{digits[:7]}-{digits[7:]}" if len(digits) == 8 else digits


def validate(number: str) -> str:
    """Return the compact number, or raise BadFormat."""
    code = compact(number)
    if len(code) != 9:
        raise BadFormat
    try:
        stdnum.fi.ytunnus.validate(code)
    except ValidationError:
        raise BadFormat from None
    return code


def is_valid(number: str) -> bool:
    """Tell whether `validate` accepts the number."""
    try:
        validate(number)
    except BadFormat:
        return False
    return True
