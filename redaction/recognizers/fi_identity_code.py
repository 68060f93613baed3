"""Henkilötunnus, said or written: six digits of a date, a sign or none, three digits, a check character or none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.candidates import CERTAIN, LIKELY, POSSIBLE, STRONG, WEAK
from redaction.formats import hetu
from redaction.model import Checksum
from redaction.recognizers.base import DIGIT, GAP, Hit, VaitiRecognizer, digits, near_digits

_DATE = rf"(?:(?P<dotted>\d\d?\.\d\d?\.(?:\d{{4}}|\d\d))|(?P<long>{digits(8)})(?={GAP}[-+A-Z])|(?P<short>{digits(6)}))"
_SHAPE = re.compile(
    rf"(?<![0-9]){_DATE}(?:{GAP}(?P<sign>[-+A-Z]))?{GAP}(?P<serial>{digits(3)}){GAP}(?P<check>[0-9A-Z?])(?![0-9])"
)
_NEAR = re.compile(
    rf"(?<![0-9]){DIGIT}(?:{GAP}{DIGIT}){{4,7}}{GAP}[-+A-Z]{GAP}{DIGIT}(?:{GAP}{DIGIT}){{1,3}}{GAP}[A-Z]"
)
_NO_CHECK = re.compile(
    rf"(?<![0-9]){digits(6)}(?:{GAP}(?P<sign>[-+A-FU-Y])){GAP}{digits(3)}(?![0-9A-Z])(?: [a-zäö]{{1,4}}\b)?"
)
# The last letter unheard or misheard as a short word: it is masked with the code.
_END = re.compile(rf"(?<![0-9A-Z.,?])[-+]{GAP}{digits(3)}{GAP}[A-FHJ-NPR-Y](?![0-9A-Z])")
# "Viiva yheksän kolme nolla vee", when the date came much earlier.


class FiIdentityCodeRecognizer(VaitiRecognizer):
    """Finds identity codes with right, wrong, unheard and missing parts."""

    ENTITY = "FI_PERSONAL_IDENTITY_CODE"

    def find(self, text: str) -> Iterator[Hit]:
        """Yield codes of the whole shape, then those with a digit too many or too few, then those without a check."""
        for match in near_digits(_SHAPE, text):
            yield from self._judge(match)
        for match in near_digits(_NEAR, text):
            yield Hit(match.start(), match.end(), LIKELY, Checksum.INVALID, "near-shape")
        for match in near_digits(_END, text):
            yield Hit(match.start(), match.end(), POSSIBLE, Checksum.NONE, "end-part")
        for match in near_digits(_NO_CHECK, text):
            day = re.sub(r"[^0-9]", "", match.group())[:6]
            if len(day) == 6 and hetu.may_be_birthday(day):
                yield Hit(match.start(), match.end(), POSSIBLE, Checksum.NONE, "check-unheard")

    def _judge(self, match: re.Match[str]) -> Iterator[Hit]:
        birth = match["dotted"] or match["long"] or match["short"]
        day = _six_digits(birth)
        serial, sign, check = re.sub(r"[^0-9?]", "", match["serial"]), match["sign"], match["check"]
        start, end = match.span()
        if "?" in day + serial + check:
            if sign or check.isalpha() or match["dotted"]:
                yield Hit(start, end, LIKELY, Checksum.NONE, "shape-with-unheard")
            return
        plausible = hetu.may_be_birthday(day)
        if any(hetu.is_valid(f"{day}{each}{serial}{check}") for each in _signs(match)):
            bare = not sign and check.isdecimal() and not match["dotted"]
            yield Hit(start, end, STRONG if bare else CERTAIN, Checksum.VALID, "check-right")
        elif check.isalpha():
            yield Hit(start, end, STRONG if plausible else LIKELY, Checksum.INVALID, "check-wrong")
        elif sign or match["dotted"]:
            likely = plausible and "-" not in birth
            yield Hit(start, end, 0.8 if likely else WEAK, Checksum.INVALID, "check-wrong")


def _signs(match: re.Match[str]) -> str:
    """Return the century signs that the code may have: the one that was said, or any when none was."""
    if match["sign"]:
        return match["sign"]
    return "" if "/" in match.group() else "-A+"


def _six_digits(birth: str) -> str:
    """Return DDMMYY of 13.10.1952, 3.1.52, 13101952 or 131052, `?` kept."""
    if re.fullmatch(r"\d\d?\.\d\d?\.\d+", birth):
        day, month, year = birth.split(".")
        return f"{int(day):02d}{int(month):02d}{year[-2:]}"
    plain = re.sub(r"[^0-9?]", "", birth)
    return plain[:4] + plain[-2:]
