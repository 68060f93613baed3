"""E-mail addresses, written (`maija@example.fi`) and said ("maija piste meikalainen ät example piste fi")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.candidates import CERTAIN, LIKELY, STRONG
from redaction.model import Checksum
from redaction.recognizers.base import Hit, VaitiRecognizer
from redaction.wordlist import word_list

_WRITTEN = re.compile(r"[\w.+-]+ ?@ ?[\w-]+(?:\.[\w-]+)*\.?", re.IGNORECASE)
_AT = r"(?:ät[ -]merkki|ättä|ät|at|miukumauku|miukumau|miuku|kissanhäntä|snabel-?a|@)"
_DOT = r"(?:piste|pisten|punkt|dot|\.)"
_LINK = rf"(?:{_DOT}|viiva|väliviiva|tavuviiva|alaviiva|plus|miinus|streck|dash|underscore|-|_)"
_NAMES = "aa bee see dee ee äff?ä? gee hoo ii jii koo äll?ä? ämm?ä? änn?ä? oo pee kuu ärr?ä? äss?ä? tee uu vee yy"
_LETTER = rf"(?:[a-zåäö]|{'|'.join(word_list(_NAMES))})"
_PART = rf"(?:(?:{_LETTER}\s+)*[\w-]+)"
_LOCAL = rf"(?:{_PART}(?:\s+{_LINK}\s+{_PART})*)"
_TLD = r"(?:fi|fii|äf ii|com|komm?|net|netti|org|eu|info|se|ee|gov|edu|io|me|nu)"
_SAID = re.compile(
    rf"(?<!\w){_LOCAL},?\s+{_AT}\s+{_PART}(?:\s*{_LINK}\s*{_PART})*?\s*(?:{_DOT}\s*)+{_TLD}(?!\w)", re.IGNORECASE
)
_HALF = re.compile(
    rf"(?<!\w){_LOCAL}\s+(?:ät|ättä|miukumauku|miuku|kissanhäntä)\s+[\w.-]+(?:\s+{_DOT}\s+\w+)*", re.IGNORECASE
)
# The domain may be misheard, but the sign is no other word.
_NO_SIGN = re.compile(
    rf"(?<!\w)[\w-]{{2,}}\s+{_DOT}\s+[\w-]+\s+[\w-]+\s+{_DOT}\s+(?:fi|com|net|org)(?!\w)", re.IGNORECASE
)
# "maija piste meikalainen [ät lost] example piste fi".
_NOT_MAIL = re.compile(r"ät[ -]?merkki\s+puuttu|\b(?:www|vee\s+vee\s+vee)\b", re.IGNORECASE)


class SpokenEmailRecognizer(VaitiRecognizer):
    """Finds e-mail addresses without asking anyone which top-level domains exist (presidio's own asks the network)."""

    VIEWS = frozenset({"as-written"})
    ENTITY = "EMAIL_ADDRESS"

    def find(self, text: str) -> Iterator[Hit]:
        """Yield written, said, half-heard addresses."""
        for match in _WRITTEN.finditer(text):
            yield Hit(match.start(), match.end(), CERTAIN if "." in match.group() else LIKELY, Checksum.NONE, "written")
        lower = text.lower()
        if not any(sign in lower for sign in ("piste", "punkt", " dot ", "ät", "miuku", "kissanh", " at ", "@")):
            return
        for expression, score, why in (
            (_SAID, STRONG, "said"),
            (_HALF, LIKELY, "half-heard"),
            (_NO_SIGN, LIKELY, "no-sign"),
        ):
            for match in expression.finditer(text):
                if not _NOT_MAIL.search(match.group()):
                    yield Hit(match.start(), match.end(), score, Checksum.NONE, why)
