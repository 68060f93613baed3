"""The old account number: six digits, a hyphen, two to eight digits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.candidates import CHECKED, POSSIBLE
from redaction.formats import bban
from redaction.model import Checksum
from redaction.recognizers.base import Hit, VaitiRecognizer, near_digits

_LOOSE = "[./,: ]?"
_SHAPE = re.compile(rf"(?<![0-9])[0-9](?:{_LOOSE}[0-9]){{5}} ?- ?[0-9](?:{_LOOSE}[0-9]){{1,7}}(?![0-9A-Z-])")


class FiAccountRecognizer(VaitiRecognizer):
    """Finds old account numbers; without the hyphen only the question tells (redaction/slots.py)."""

    ENTITY = "FI_ACCOUNT_NUMBER"

    def find(self, text: str) -> Iterator[Hit]:
        """Yield every number of the shape."""
        for match in near_digits(_SHAPE, text):
            valid = bban.is_valid(re.sub(r"[^0-9-]", "", match.group()))
            score, checksum = (CHECKED, Checksum.VALID) if valid else (POSSIBLE, Checksum.INVALID)
            yield Hit(match.start(), match.end(), score, checksum, "shape")
