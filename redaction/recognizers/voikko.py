"""Names by Voikko's dictionary of Finnish, where Voikko is installed: words that it knows as names and as nothing else.

It knows some thousand first names and surnames in every case form, listed by us or not. Plugged in by the recognizers
file (docs/recognizers.md); on its own Vaiti needs neither the library (LGPL) nor the dictionary (GPL).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

import libvoikko

from redaction.candidates import POSSIBLE
from redaction.common_words import is_function_word, is_ordinary
from redaction.errors import BadInput
from redaction.model import Checksum
from redaction.recognizers.base import Hit, VaitiRecognizer

WHY = "dictionary-name"
_WORD = re.compile(r"[^\W_]+(?:[-'][^\W_]+)*")
_NAMES = frozenset({"etunimi", "sukunimi"})
_NAMES_AND_PLACES = _NAMES | {"paikannimi"}
_STOP = re.compile(r"[.,!?;:…]")
_FOREIGN = frozenset({"augusti", "bill", "may", "more", "will"})
# Swedish and English words of every day that are names in Finnish.
LEAST = 3
# Letters.


class VoikkoNames(VaitiRecognizer):
    """Finds words that are names and nothing else, and an unknown word beside one: "somchai järvinen"."""

    ENTITY = "PERSON"
    VIEWS = frozenset({"as-written"})

    def __init__(self, supported_language: str = "fi") -> None:
        """Raises BadInput `recognizer-class` where the dictionary is missing (Debian: voikko-fi)."""
        super().__init__(supported_language)
        try:
            voikko = libvoikko.Voikko("fi")
        except libvoikko.VoikkoException:
            raise BadInput("recognizer-class") from None

        self._analyze = voikko.analyze

    def find(self, text: str) -> Iterator[Hit]:
        """Yield names in a row, with the one unknown word that stands right before or after them."""
        runs = list(_runs(text))
        known = {word: self._kind(word) for word in {match[0].lower() for run in runs for match in run}}
        for run in runs:
            kinds = [known[match[0].lower()] for match in run]
            for is_name, group in groupby(range(len(run)), key=lambda at: kinds[at] == "name"):
                if is_name:
                    first, *others = group
                    last = others[-1] if others else first
                    first -= first > 0 and kinds[first - 1] == "unknown"
                    last += last + 1 < len(run) and kinds[last + 1] == "unknown"
                    yield Hit(run[first].start(), run[last].end(), POSSIBLE, Checksum.NONE, WHY)

    def _kind(self, word: str) -> str:
        return _kind(word, {each["CLASS"] for form in (word, word.capitalize()) for each in self._analyze(form)})


def _runs(text: str) -> Iterator[list[re.Match[str]]]:
    """Yield the words that no stop parts."""
    run: list[re.Match[str]] = []
    for match in _WORD.finditer(text):
        if run and _STOP.search(text, run[-1].end(), match.start()):
            yield run
            run = []
        run.append(match)
    if run:
        yield run


def _kind(word: str, classes: set[str]) -> str:
    """Return "name", "unknown" or "word" for a lower-case word and the classes that the dictionary gives it."""
    if len(word) < LEAST or not word.replace("-", "").isalpha() or is_function_word(word) or word in _FOREIGN:
        return "word"
    if classes & _NAMES and classes <= _NAMES_AND_PLACES:
        return "name"
    return "word" if classes or is_ordinary(word) else "unknown"
