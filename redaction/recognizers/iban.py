"""IBAN of any country that has them, and a Finnish one whose "FI" was not said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.candidates import CERTAIN, LIKELY, STRONG
from redaction.formats import iban
from redaction.model import Checksum
from redaction.recognizers.base import DIGIT, GAP, Hit, VaitiRecognizer, digits, near_digits

_SHAPE = re.compile(rf"(?<![A-Z])(?P<country>[A-Z]{{2}}){GAP}{DIGIT}{GAP}{DIGIT}(?:{GAP}[0-9A-Z?]){{8,31}}")
_BARE = re.compile(rf"(?<![0-9A-Z]){digits(16)}(?![0-9A-Z])")
LEAST_DIGITS = 9


class SpokenIbanRecognizer(VaitiRecognizer):
    """Finds IBANs with right and wrong check digits and of a wrong length."""

    ENTITY = "IBAN_CODE"

    def find(self, text: str) -> Iterator[Hit]:
        """Yield IBANs with their country's letters, then bare Finnish ones whose check is right."""
        for match in near_digits(_SHAPE, text):
            expected = iban.length(match["country"])
            code = iban.compact(match.group())
            if expected is None or sum(map(str.isdecimal, code)) < LEAST_DIGITS:
                continue
            end = match.start() + _reach(match.group(), expected)
            if iban.is_valid(code[:expected]):
                yield Hit(match.start(), end, CERTAIN, Checksum.VALID, "check-right")
            else:
                score = STRONG if len(code) == expected else LIKELY
                yield Hit(match.start(), match.end(), score, Checksum.INVALID, "check-wrong")
        for match in near_digits(_BARE, text):
            if iban.is_valid(f"FI{iban.compact(match.group())}"):
                yield Hit(match.start(), match.end(), CERTAIN, Checksum.VALID, "country-unsaid")


def _reach(text: str, count: int) -> int:
    """Return how many characters of `text` hold its first `count` letters and digits."""
    for at, character in enumerate(text):
        count -= character.isalnum()
        if count == 0:
            return at + 1
    return len(text)
