"""Postal codes: five digits with a town after them; five digits alone say nothing (the question may: slots.py)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.candidates import LIKELY
from redaction.model import Checksum
from redaction.recognizers.base import Hit, VaitiRecognizer
from redaction.wordlist import word_list

_TOWNS = word_list(
    "helsinki espoo tampere vantaa oulu turku jyväskylä kuopio lahti pori kouvola joensuu lappeenranta hämeenlinna "
    "vaasa seinäjoki rovaniemi mikkeli kotka salo porvoo kokkola hyvinkää lohja järvenpää rauma kajaani kerava "
    "savonlinna nokia ylöjärvi kangasala vihti riihimäki raisio imatra raahe sastamala hollola lempäälä iisalmi "
    "siilinjärvi varkaus heinola asikkala orimattila nastola leppävirta suonenjoki maaninka kirkkonummi tuusula sipoo"
)
_SHAPE = re.compile(rf"(?<![0-9-])(?:FI-?)?(?!00000)\d{{5}},? (?:[A-ZÅÄÖ][a-zåäö-]+|(?:{'|'.join(_TOWNS)}))(?!\w)")


class PostalCodeRecognizer(VaitiRecognizer):
    """Finds codes before a capitalised word or a larger town's name."""

    VIEWS = frozenset({"spoken"})
    ENTITY = "POSTAL_CODE"

    def find(self, text: str) -> Iterator[Hit]:
        """Yield the code with its town."""
        for match in _SHAPE.finditer(text):
            yield Hit(match.start(), match.end(), LIKELY, Checksum.NONE, "town")
