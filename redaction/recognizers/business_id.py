"""Y-tunnus: a sole trader's is personal data, and nobody can tell from the number which one it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.candidates import CHECKED, POSSIBLE
from redaction.formats import business_id
from redaction.model import Checksum
from redaction.recognizers.base import Hit, VaitiRecognizer, near_digits

_SHAPE = re.compile(r"(?<![0-9])[0-9](?:[./ ]?[0-9]){5,6} ?- ?[0-9](?![0-9A-Z-])")


class BusinessIdRecognizer(VaitiRecognizer):
    """Finds business ids by their hyphen."""

    ENTITY = "FI_BUSINESS_ID"

    def find(self, text: str) -> Iterator[Hit]:
        """Yield seven digits, or six as older ones are written, and one more after a hyphen."""
        for match in near_digits(_SHAPE, text):
            valid = business_id.is_valid(match.group())
            score, checksum = (CHECKED, Checksum.VALID) if valid else (POSSIBLE, Checksum.INVALID)
            yield Hit(match.start(), match.end(), score, checksum, "shape")
