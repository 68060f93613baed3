"""Henkilötunnus, the Finnish personal identity code: DDMMYY, century sign, NNN, check character.

Government decree 128/2010 with the signs added on 1 January 2023 (Y X W V U and B to F). NNN 002 to 899 are issued,
900 to 999 are temporary and used in systems and tests. The sign is not in the check sum.
"""

from __future__ import annotations

import re
from datetime import date

from redaction.formats.errors import BadFormat

CENTURIES = {"+": 1800, **dict.fromkeys("-YXWVU", 1900), **dict.fromkeys("ABCDEF", 2000)}
ALPHABET = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_SHAPE = re.compile(r"(\d\d)(\d\d)(\d\d)([-+A-FU-Y])(\d{3})([0-9A-FHJ-NPR-Y])")


def compact(number: str) -> str:
    """Return the code in capitals without spaces and with a plain hyphen."""
    return re.sub(r"[‐‑‒–—−]", "-", number.strip().upper().replace(" ", ""))  # noqa: RUF001


def validate(number: str) -> str:
    """Return the compact code, or raise BadFormat. Births in the future pass: the code is still a person's."""
    code = compact(number)
    match = _SHAPE.fullmatch(code)
    if match is None:
        raise BadFormat
    day, month, year, sign, serial, check = match.groups()
    if not _is_day(CENTURIES[sign] + int(year), int(month), int(day)):
        raise BadFormat
    if int(serial) < 2 or check_character(day + month + year + serial) != check:
        raise BadFormat
    return code


def is_valid(number: str) -> bool:
    """Tell whether `validate` accepts the code."""
    try:
        validate(number)
    except BadFormat:
        return False
    return True


def check_character(digits: str) -> str:
    """Return the check character of the nine digits DDMMYYNNN."""
    return ALPHABET[int(digits) % 31]


def may_be_birthday(digits: str) -> bool:
    """Tell whether DDMMYY is a day of the 1800s, 1900s or 2000s."""
    return any(_is_day(century + int(digits[4:6]), int(digits[2:4]), int(digits[:2])) for century in (1900, 2000, 1800))


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
