"""What the recognizers share: a hit, and the step from hits to presidio's results.

The recognizers read views (redaction/views.py): in the spoken view a dictated code stands as one word of digits,
capital letters and signs, `?` for a word that could not be read. `GAP` is what may lie between two of its digits.
"""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Iterator
from typing import Any, ClassVar, NamedTuple

from presidio_analyzer import EntityRecognizer, RecognizerResult

from redaction.model import Checksum
from redaction.view_text import ViewText, find_near_digits

DIGIT = "[0-9?]"
GAP = "[-./,_:? ]{0,2}"
CHECKSUM, WHY = "vaiti_checksum", "vaiti_why"
# Keys of presidio's recognition_metadata.
REACH, CODE_REACH = 70, 20
# Characters around a digit in which a match that needs digits lies whole, a street's name before its number too; the
# digits of a code lie nearer each other.


class Hit(NamedTuple):
    """Characters [start, end) of the text, with what the rules say of them."""

    start: int
    end: int
    score: float
    checksum: Checksum
    why: str


def digits(count: int) -> str:
    """Return an expression for that many digits with gaps between them."""
    return GAP.join([DIGIT] * count)


def near_digits(shape: re.Pattern[str], text: str, reach: int = CODE_REACH) -> Iterator[re.Match[str]]:
    """Yield the matches of an expression that needs digits, looking only near them: most talk has none."""
    stretches = text.near_digits(reach) if isinstance(text, ViewText) else find_near_digits(text, reach)
    for begin, end in stretches:
        yield from shape.finditer(text, begin, end)


class VaitiRecognizer(EntityRecognizer):
    """A recognizer of one entity type that never gates on a check digit. `VIEWS` are the kinds of text it reads."""

    ENTITY: ClassVar[str]
    VIEWS: ClassVar[frozenset[str]] = frozenset({"spoken", "reading"})
    name: str

    def __init__(self, language: str = "fi") -> None:
        super().__init__(supported_entities=[self.ENTITY], supported_language=language)

    def load(self) -> None:
        """Nothing to load: the rules are code."""

    @abstractmethod
    def find(self, text: str) -> Iterator[Hit]:
        """Yield the hits in one view's text."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[RecognizerResult]:  # noqa: ARG002
        """Return presidio's results; the check's outcome and the rule travel in the metadata."""
        return [
            RecognizerResult(
                entity_type=self.ENTITY,
                start=hit.start,
                end=hit.end,
                score=hit.score,
                recognition_metadata={
                    RecognizerResult.RECOGNIZER_NAME_KEY: self.name,
                    RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
                    CHECKSUM: hit.checksum,
                    WHY: hit.why,
                },
            )
            for hit in self.find(text)
        ]
