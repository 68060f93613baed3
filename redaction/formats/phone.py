"""Telephone numbers by the metadata of phonenumbers, read as a Finn dials them."""

from __future__ import annotations

import re

import phonenumbers

from redaction.formats.errors import BadFormat


def compact(number: str) -> str:
    """Return the number as +358..., digits only; a Finnish 0 prefix is taken as national."""
    digits = re.sub(r"[^\d+]", "", number)
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    elif digits.startswith("0"):
        digits = f"+358{digits[1:]}"
    elif digits.startswith("358"):
        digits = f"+{digits}"
    return digits


def validate(number: str) -> str:
    """Return the compact number, or raise BadFormat."""
    code = compact(number)
    if code.startswith("+3580"):
        raise BadFormat
    try:
        parsed = phonenumbers.parse(code, "FI")
    except phonenumbers.NumberParseException:
        raise BadFormat from None
    if not phonenumbers.is_valid_number(parsed):
        raise BadFormat
    return code


def is_valid(number: str) -> bool:
    """Tell whether `validate` accepts the number."""
    try:
        validate(number)
    except BadFormat:
        return False
    return True
