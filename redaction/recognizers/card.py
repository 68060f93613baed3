"""Payment cards: 13 to 19 digits of a network's length; the Luhn digit labels."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.candidates import CHECKED, POSSIBLE
from redaction.formats import card
from redaction.model import Checksum
from redaction.recognizers.base import GAP, Hit, VaitiRecognizer, near_digits

_SHAPE = re.compile(rf"(?<![0-9A-Z])[2-6](?:{GAP}[0-9?]){{12,18}}(?![0-9A-Z])")


class CardRecognizer(VaitiRecognizer):
    """Finds card numbers."""

    ENTITY = "CREDIT_CARD"

    def find(self, text: str) -> Iterator[Hit]:
        """Yield numbers with a right Luhn digit, and 15 or 16 digits with a wrong or unheard one."""
        for match in near_digits(_SHAPE, text):
            number = re.sub(r"[^0-9?]", "", match.group())
            if card.is_valid(number):
                yield Hit(match.start(), match.end(), CHECKED, Checksum.VALID, "check-right")
            elif 15 <= len(number) <= 16:
                yield Hit(match.start(), match.end(), POSSIBLE, Checksum.INVALID, "check-wrong")
