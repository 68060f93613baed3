"""One language's words as the reading of numbers needs them; fi_words, sv_words and en_words each fill one in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from redaction.numbers.kinds import Morph


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """All keys are lower case. What each table holds is told where `Kind` names it.

    `morphs` may be glued to each other in one word, those in `loose` only after tens or hundreds ("tjugoen").
    `faint` are digits in company only, `sounds` what is heard for a digit. `likes`: "as in", between a letter and the
    word that spells it. `misheard`: number words that a word beside a long number may be a mishearing of.
    """

    morphs: Mapping[str, Morph]
    ordinals: Mapping[str, int]
    months: Mapping[str, int]
    letters: Mapping[str, str]
    weak_letters: Mapping[str, str]
    spelling: Mapping[str, str]
    signs: Mapping[str, str]
    fillers: frozenset[str]
    links: frozenset[str]
    corrections: frozenset[str]
    correction_pairs: frozenset[tuple[str, str]]
    multipliers: Mapping[str, int]
    times: frozenset[str]
    likes: frozenset[tuple[str, ...]]
    units: frozenset[str]
    separators: frozenset[str]
    misheard: tuple[str, ...]
    loose: frozenset[str] = frozenset()
    faint: Mapping[str, int] | None = None
    sounds: Mapping[str, int] | None = None
    ands: frozenset[str] = frozenset()
