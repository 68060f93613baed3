"""Birthdays without a cue: a whole date whose year is that of a living adult and not of a bill or a contract."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.candidates import POSSIBLE
from redaction.formats import hetu
from redaction.model import Checksum
from redaction.recognizers.base import Hit, VaitiRecognizer, near_digits

_SHAPE = re.compile(r"(?<![0-9])(\d\d?)\.(\d\d?)\.(19\d\d|200\d|[3-9]\d)(?![0-9-])")
# Two digits only from 30 on: 00 to 29 are as likely this decade's bills. With a cue any date is taken (slots.py).


class DateOfBirthRecognizer(VaitiRecognizer):
    """Finds dates up to 2009 in the spoken view, where "kolmas maaliskuuta ..." stands as 03.03.1968."""

    ENTITY = "DATE_OF_BIRTH"

    def find(self, text: str) -> Iterator[Hit]:
        """Yield dates that exist."""
        for match in near_digits(_SHAPE, text):
            day, month, year = match.groups()
            if hetu.may_be_birthday(f"{int(day):02d}{int(month):02d}{year[-2:]}"):
                yield Hit(match.start(), match.end(), POSSIBLE, Checksum.NONE, "old-date")
