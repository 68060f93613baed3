"""RF creditor reference."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.candidates import CERTAIN, LIKELY
from redaction.formats import rf
from redaction.model import Checksum
from redaction.recognizers.base import GAP, Hit, VaitiRecognizer

_SHAPE = re.compile(rf"(?<![A-Z0-9])RF(?:{GAP}[0-9A-Z?]){{6,23}}(?![0-9])")


class RfReferenceRecognizer(VaitiRecognizer):
    """Finds RF references."""

    ENTITY = "RF_REFERENCE"

    def find(self, text: str) -> Iterator[Hit]:
        """Yield every reference of the shape."""
        for match in _SHAPE.finditer(text) if "RF" in text else ():
            valid = rf.is_valid(match.group())
            score, checksum = (CERTAIN, Checksum.VALID) if valid else (LIKELY, Checksum.INVALID)
            yield Hit(match.start(), match.end(), score, checksum, "shape")
