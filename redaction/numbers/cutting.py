"""A written word to the number morphs that it is glued from: "satakakskyt" is sata, kaks, kyt; "tjugofem" tjugo, fem.

Each language is cut by itself: a word that begins in one and ends in another is no number.
"""

from __future__ import annotations

from redaction.numbers.kinds import Morph
from redaction.numbers.language import Language

MOST_MORPHS = 24
# Of one written word; more is not speech, and the cut stays linear.
_LARGE = ("TENS", "HUNDRED", "THOUSAND")


class Cutter:
    """Cuts the words of one language; most words are turned away by their first and last letters."""

    def __init__(self, language: Language) -> None:
        self._morphs = language.morphs
        self._loose = language.loose
        self._longest = max(map(len, language.morphs))
        self._heads = {form[:2] for form in language.morphs}
        self._tails = {form[-2:] for form in language.morphs}

    def cut(self, word: str) -> tuple[Morph, ...] | None:
        """Return the fewest morphs that a lower-case word consists of wholly, or None."""
        if word[:2] not in self._heads or word[-2:] not in self._tails:
            return None
        size = len(word)
        best: list[tuple[tuple[Morph, ...], bool] | None] = [None] * (size + 1)
        best[0] = ((), False)
        for start in range(size):
            before = best[start]
            if before is None or len(before[0]) >= MOST_MORPHS:
                continue
            for end in range(start + 2, min(size, start + self._longest) + 1):
                morph = self._morphs.get(word[start:end])
                if morph is None:
                    continue
                known = best[end]
                if known is None or len(known[0]) > len(before[0]) + 1:
                    best[end] = ((*before[0], morph), before[1] or word[start:end] in self._loose)
        found = best[size]
        if found is None or (found[1] and all(morph.kind not in _LARGE for morph in found[0])):
            return None
        return found[0]
