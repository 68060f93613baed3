"""Postal codes: five digits with a town after them; five digits alone say nothing (the question may: slots.py)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.candidates import LIKELY
from redaction.model import Checksum
from redaction.recognizers.base import Hit, VaitiRecognizer, near_digits
from redaction.towns import TOWNS

_SHAPE = re.compile(
    rf"(?<![0-9-])(?:FI-?)?(?!00000)\d{{5}},?(?: [A-ZÅÄÖ][a-zåäö-]+|\s(?i:{'|'.join(sorted(TOWNS))}))(?!\w)"
)


class PostalCodeRecognizer(VaitiRecognizer):
    """Finds codes before a capitalised word or a larger town's name."""

    ENTITY = "POSTAL_CODE"

    def find(self, text: str) -> Iterator[Hit]:
        """Yield the code with its town."""
        for match in near_digits(_SHAPE, text):
            yield Hit(match.start(), match.end(), LIKELY, Checksum.NONE, "town")
