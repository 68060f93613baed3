"""IBAN (ISO 13616), all countries that python-stdnum knows; Finland's national Luhn digit is checked too."""

from __future__ import annotations

import re
from typing import Any

import stdnum.iban
import stdnum.luhn
from stdnum.exceptions import ValidationError

from redaction.formats.errors import BadFormat


def compact(number: str) -> str:
    """Return the number in capitals, letters and digits only."""
    return re.sub(r"[^0-9A-Z]", "", number.upper())


def validate(number: str) -> str:
    """Return the compact IBAN, or raise BadFormat."""
    code = compact(number)
    try:
        stdnum.iban.validate(code)
    except ValidationError:
        raise BadFormat from None
    if code.startswith("FI") and not stdnum.luhn.is_valid(code[4:]):
        raise BadFormat
    return code


def is_valid(number: str) -> bool:
    """Tell whether `validate` accepts the number."""
    try:
        validate(number)
    except BadFormat:
        return False
    return True


def length(country: str) -> int | None:
    """Return how many characters an IBAN of the country has, or None for a country without IBANs."""
    parts: list[Any] = stdnum.iban._ibandb.info(country + "00")  # noqa: SLF001  the only list of lengths it has
    structure = parts[0][1].get("bban") if parts else None
    if not structure or parts[0][0] != country:
        return None
    return 4 + sum(int(size) for size in re.findall(r"(\d+)!?[nac]", structure))
