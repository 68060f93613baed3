"""RF creditor reference (ISO 11649)."""

from __future__ import annotations

import re

import stdnum.iso11649
from stdnum.exceptions import ValidationError

from redaction.formats.errors import BadFormat


def compact(number: str) -> str:
    """Return the reference in capitals without separators."""
    return re.sub(r"[^0-9A-Z]", "", number.upper())


def validate(number: str) -> str:
    """Return the compact reference, or raise BadFormat."""
    code = compact(number)
    try:
        stdnum.iso11649.validate(code)
    except ValidationError:
        raise BadFormat from None
    return code


def is_valid(number: str) -> bool:
    """Tell whether `validate` accepts the reference."""
    try:
        validate(number)
    except BadFormat:
        return False
    return True
