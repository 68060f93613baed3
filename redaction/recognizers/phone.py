"""Telephone numbers: what phonenumbers calls valid, and what begins like one but has a digit too many or too few."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.candidates import POSSIBLE, STRONG
from redaction.formats import phone
from redaction.model import Checksum
from redaction.recognizers.base import DIGIT, GAP, Hit, VaitiRecognizer, near_digits

_SHAPE = re.compile(rf"(?<![0-9])(?<![0-9][-. ])\+?{DIGIT}(?:{GAP}{DIGIT}){{5,15}}(?![-. ]?[0-9])")
_MOBILE = re.compile(r"\+358(?:4\d|50)")
_BEGINS = re.compile(r"0[1-9]|\+[1-9]|00[1-9]|358")
_DATE = re.compile(r"\d\d?\.\d\d?\.\d{4}")
_LEAST, _MOST = 7, 15
# Digits (ITU-T E.164 allows 15).


class SpokenPhoneRecognizer(VaitiRecognizer):
    """Finds Finnish numbers as dialled at home and international ones."""

    ENTITY = "PHONE_NUMBER"

    def find(self, text: str) -> Iterator[Hit]:
        """Yield numbers that are valid or begin like one."""
        known: dict[str, bool] = {}
        for match in near_digits(_SHAPE, text):
            number = re.sub(r"[^0-9+?]", "", match.group())
            if not _BEGINS.match(number) or _DATE.fullmatch(match.group()):
                continue
            if number not in known:  # each reading of a run says most of its digits again
                known[number] = "?" not in number and phone.is_valid(number)
            if known[number]:
                score = STRONG if _MOBILE.match(phone.compact(number)) else 0.75
                yield Hit(match.start(), match.end(), score, Checksum.NONE, "valid-number")
            elif _LEAST <= len(number) <= _MOST:
                yield Hit(match.start(), match.end(), POSSIBLE, Checksum.NONE, "begins-like-number")
