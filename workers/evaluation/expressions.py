"""A good set of regular expressions: formats, Finnish cue words before digits, and long runs of number words.

Written as a careful engineer would who has an afternoon and recordings to look at, and kept apart from Vaiti's rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_WORD = (
    r"(?:nolla[an]?|yksi|yks|kaksi|kaks|kolme|neljä|viisi|viis|kuusi|kuus|seitsemän|seittemän|kahdeksan|kaheksan|"
    r"yhdeksän|yheksän|seiska|kasi|ysi|ykkönen|kakkonen|kolmonen|nelonen|vitonen|kutonen|tupla|tripla|"
    r"(?:yksi|yks|kaksi|kaks|kolme|kol|neljä|nel|viisi|viis|kuusi|kuus|seitsemän|seit|kahdeksan|kaheksan|yhdeksän|"
    r"yheksän|sata|sataa|kymmentä|kyt|toista)+|kymmenen)"
)
_RUN = rf"{_WORD}(?:[\s,.-]+(?:{_WORD}|\d+)){{3,}}"
_DIGITS = r"\d(?:[\s.,-]{0,2}\d){3,}"
_NUMBER = rf"(?:{_DIGITS}|{_RUN})"
_CUED = {
    "CUSTOMER_NUMBER": r"asiakas(?:numero|tunnus)\w*",
    "CONTRACT_NUMBER": r"sopimus(?:numero|tunnus)\w*",
    "METERING_POINT_ID": r"käyttöpai(?:kka|kan)\w*(?:\s+tunnus)?",
    "REFERENCE_NUMBER": r"viite(?:numero)?\w*",
    "PHONE_NUMBER": r"(?:puhelin(?:numero)?|numero)\w*",
    "FI_ACCOUNT_NUMBER": r"tili(?:numero)?\w*",
    "FI_PERSONAL_IDENTITY_CODE": r"(?:henkilötunnu\w*|hetu\w*|loppuosa\w*)",
}
_NAME = r"[A-ZÅÄÖ][a-zåäö]+(?:-[A-ZÅÄÖ][a-zåäö]+)?"
PATTERNS = tuple(
    (name, re.compile(pattern, flags))
    for name, pattern, flags in (
        (
            "FI_PERSONAL_IDENTITY_CODE",
            r"\b\d{2}[ .]?\d{2}[ .]?\d{2}\s?[-\u2013+A-FU-Y]?\s?\d{3}\s?[0-9A-Y]\b",
            re.IGNORECASE,
        ),
        ("IBAN_CODE", r"\bFI\s?\d{2}(?:\s?\d){14}\b", re.IGNORECASE),
        ("CREDIT_CARD", r"\b\d(?:[ ,-]{0,2}\d){12,18}\b", 0),
        ("PHONE_NUMBER", r"(?:\+358|\b0)(?:[\s,-]?\d){6,11}\b", 0),
        ("EMAIL_ADDRESS", r"\S+\s?(?:@|\bät\b|\bat\b)\s?\S+(?:\s?(?:\.|piste)\s?(?:fi|com|org|net))", re.IGNORECASE),
        ("EMAIL_ADDRESS", r"\w+ piste \w+ (?:ät|at|miukumauku) \w+ piste (?:fi|com|org|net)", re.IGNORECASE),
        ("FI_BUSINESS_ID", r"\b\d{7}\s?[-\u2013]\s?\d\b", 0),
        ("METERING_POINT_ID", r"\b64(?:\s?\d){16}\b", 0),
        ("FI_ACCOUNT_NUMBER", r"\b\d{6}\s?[-\u2013]\s?\d{2,8}\b", 0),
        ("LICENSE_PLATE", r"\b[A-Z]{2,3}-\d{1,3}\b", 0),
        ("POSTAL_CODE", rf"\b\d{{5}} {_NAME}\b", 0),
        ("IP_ADDRESS", r"\b\d{1,3}(?:\.\d{1,3}){3}\b", 0),
        (
            "STREET_ADDRESS",
            r"\b\w+(?:katu|kadu|tie|kuja|polku|polu|väylä|raitti|kaari|rinne)\w*\s+\d+(?:\s[A-Z]\b)?(?:\s\d+)?",
            re.IGNORECASE,
        ),
        ("PERSON", rf"(?:nimeni on|nimi on|tässä puhuu|täällä)\s+({_NAME}(?:\s{_NAME})?)", 0),
        ("LONG_NUMBER", rf"\b{_RUN}", re.IGNORECASE),
        ("LONG_NUMBER", r"\b\d(?:[ -]?\d){5,}\b", 0),
    )
)
CUED = tuple(
    (name, re.compile(rf"\b{cue}\s+(?:on\s+|oli\s+)?(?:se\s+on\s+)?({_NUMBER})", re.IGNORECASE))
    for name, cue in _CUED.items()
)


def find_all(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield (type, start, end) of every hit; where a pattern has a group, only that: a cue word is no hit."""
    for name, pattern in (*PATTERNS, *CUED):
        for hit in pattern.finditer(text):
            yield name, *hit.span(pattern.groups)
