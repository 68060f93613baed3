"""Käyttöpaikkatunnus: 18 digits beginning with 64; the older short numbers only by the question."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.candidates import CERTAIN, LIKELY
from redaction.formats import gsrn
from redaction.model import Checksum
from redaction.recognizers.base import GAP, Hit, VaitiRecognizer, near_digits

_SHAPE = re.compile(rf"(?<![0-9])6{GAP}4(?:{GAP}[0-9?]){{15,17}}(?![0-9])")


class MeteringPointRecognizer(VaitiRecognizer):
    """Finds metering points, also with one digit too few or too many."""

    ENTITY = "METERING_POINT_ID"

    def find(self, text: str) -> Iterator[Hit]:
        """Yield every number of the shape."""
        for match in near_digits(_SHAPE, text):
            valid = gsrn.is_valid(re.sub(r"[^0-9?]", "", match.group()))
            score, checksum = (CERTAIN, Checksum.VALID) if valid else (LIKELY, Checksum.INVALID)
            yield Hit(match.start(), match.end(), score, checksum, "shape")
