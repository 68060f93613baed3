"""Identifiers whose written shape is enough to suspect them: passport, plate, property id, VAT id, coordinates.

Kept together because each is one expression; what is said for them is found by the question (slots.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import ClassVar

from redaction.candidates import LIKELY, POSSIBLE, STRONG
from redaction.formats import business_id
from redaction.model import Checksum
from redaction.recognizers.base import Hit, VaitiRecognizer, near_digits


class _ShapeRecognizer(VaitiRecognizer):
    """One expression, one score."""

    SHAPE: ClassVar[re.Pattern[str]]
    SCORE: ClassVar[float] = POSSIBLE

    def find(self, text: str) -> Iterator[Hit]:
        """Yield every match."""
        for match in near_digits(self.SHAPE, text):
            yield Hit(match.start(), match.end(), self.SCORE, self.check(match.group()), "shape")

    def check(self, _text: str) -> Checksum:
        """Return what the check digit says, for shapes that have one."""
        return Checksum.NONE


class PassportRecognizer(_ShapeRecognizer):
    """Two letters and seven digits."""

    ENTITY = "PASSPORT"
    SHAPE = re.compile(r"(?<![A-Z0-9])[A-Z]{2} ?\d{7}(?![0-9A-Z])")


class LicensePlateRecognizer(_ShapeRecognizer):
    """Two or three letters, a hyphen, one to three digits without a leading zero; diplomatic and tax-free plates."""

    ENTITY = "LICENSE_PLATE"
    SHAPE = re.compile(r"(?<![A-Z0-9-])(?:[A-Z]{2,3}-[1-9]\d{0,2}|CD-[1-9]\d{3}|C-[1-9]\d{4})(?![0-9A-Z-])")


class PropertyIdRecognizer(_ShapeRecognizer):
    """Municipality-section-group-unit (3-3-4-4, leading zeros dropped), perhaps with an unseparated parcel."""

    ENTITY = "FI_PROPERTY_ID"
    SHAPE = re.compile(r"(?<![0-9-])\d{2,3}-\d{1,3}-\d{1,4}-\d{1,4}(?:-M\d{1,4})?(?![0-9-])")
    SCORE = LIKELY


class VatIdRecognizer(_ShapeRecognizer):
    """FI and eight digits."""

    ENTITY = "VAT_ID"
    SHAPE = re.compile(r"(?<![A-Z0-9])FI ?\d{8}(?![0-9A-Z])")
    SCORE = STRONG

    def check(self, text: str) -> Checksum:
        """Return what the business id's check digit says."""
        return Checksum.VALID if business_id.is_valid(text) else Checksum.INVALID


class CoordinatesRecognizer(_ShapeRecognizer):
    """A latitude and a longitude of Finland in degrees, to three places at least: a house, or a meter in it."""

    ENTITY = "COORDINATES"
    SHAPE = re.compile(
        r"(?<![0-9.,])(?:59|6\d|70)[.,]\d{3,8},? ?(?:[NnEe] )?(?:ja )?(?:19|2\d|3[01])[.,]\d{3,8}(?![0-9.,]\d)"
    )
    SCORE = LIKELY
