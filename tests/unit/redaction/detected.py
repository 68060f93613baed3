"""What a detector finds in a written-down call, as words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from redaction.mask_words import covered_words
from tests.builders import a_transcript

if TYPE_CHECKING:
    from redaction.recognizers.registry import PresidioDetector


def masked(detector: PresidioDetector, talk: str) -> list[str]:
    """Return the words that some finding covers, without their punctuation."""
    call = a_transcript(talk)
    found = sorted(index for each in detector.detect(call) for index in covered_words(call.words, each))
    return [call.words[index].text.strip(".,?!") for index in found]
