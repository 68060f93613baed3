"""The old Finnish account number: 6 digits, hyphen, 2 to 8 digits, the last a Luhn digit.

Expanded to 14 by zeros: after the 7th digit for banks whose code begins with 4 or 5, else after the 6th (Finance
Finland, "Finnish bank account numbers"; reproduces the ECBS examples).
"""

from __future__ import annotations

import re

import stdnum.luhn

from redaction.formats.errors import BadFormat

_SHAPE = re.compile(r"(\d{6})-(\d{2,8})")


def compact(number: str) -> str:
    """Return the number without spaces, with a plain hyphen."""
    return re.sub(r"[‐‑‒–—−]", "-", re.sub(r"\s", "", number))  # noqa: RUF001


def expand(number: str) -> str:
    """Return the 14 digits that an IBAN carries, or raise BadFormat."""
    match = _SHAPE.fullmatch(compact(number))
    if match is None:
        raise BadFormat
    head, tail = match.groups()
    if head[0] in "45":
        head, tail = head + tail[0], tail[1:]
    return head + tail.zfill(14 - len(head))


def validate(number: str) -> str:
    """Return the compact number, or raise BadFormat."""
    if not stdnum.luhn.is_valid(expand(number)):
        raise BadFormat
    return compact(number)


def is_valid(number: str) -> bool:
    """Tell whether `validate` accepts the number. Without a hyphen it is taken to stand after the sixth digit."""
    code = compact(number)
    if code.isdecimal():
        code = f"{code[:6]}-{code[6:]}"
    try:
        validate(code)
    except BadFormat:
        return False
    return True
