"""All words of all three languages in one table: one look-up tells what a word may be inside a dictated number.

Finnish comes first, then Swedish, then English: what a word of two languages is then decides its company (company.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from redaction.numbers.cutting import Cutter
from redaction.numbers.en_words import ENGLISH
from redaction.numbers.fi_words import FAST, FINNISH
from redaction.numbers.grammar import stands_alone
from redaction.numbers.kinds import Kind, Morph, Shape
from redaction.numbers.language import Language
from redaction.numbers.sv_words import SWEDISH

LANGUAGES = (FINNISH, SWEDISH, ENGLISH)
_CUTTERS = tuple(Cutter(language) for language in LANGUAGES)
LIKES = frozenset().union(*(language.likes for language in LANGUAGES))
OWN_LIKES = FINNISH.likes
PAIRS = frozenset().union(*(language.correction_pairs for language in LANGUAGES))
ANDS = frozenset().union(*(language.ands for language in LANGUAGES))
ALL_LINKS = frozenset().union(*(language.links for language in LANGUAGES))
SEPARATORS = frozenset().union(*(language.separators for language in LANGUAGES))
_LEAST_TO_CUT = 4
# Letters: shorter words are in the table or no numbers.


def look_up(word: str) -> Shape | None:
    """Return what a lower-case word is inside a number, or None."""
    known = KNOWN.get(word)
    if known is not None or len(word) < _LEAST_TO_CUT:
        return known
    for cutter in _CUTTERS:
        morphs = cutter.cut(word)
        if morphs is not None:
            return _number(morphs, 0)
    return None


def _number(morphs: tuple[Morph, ...], ordinal: int) -> Shape:
    return Shape(Kind.NUMBER if stands_alone(morphs) else Kind.PART, "", morphs, ordinal)


def _shapes(language: Language, cutter: Cutter) -> Iterator[tuple[str, Shape]]:
    """Yield a language's words; of two shapes of one word the first counts."""
    ordinals = language.ordinals
    for word, letter in language.letters.items():
        yield word, Shape(Kind.LETTER, letter)
    for word, morph in language.morphs.items():
        yield word, _number((morph,), ordinals.get(word, 0))
    tables = (
        (Kind.SIGN, language.signs),
        (Kind.FILLER, dict.fromkeys(language.fillers, "")),
        (Kind.LETTER if language is FINNISH else Kind.SPELL, language.spelling),
        (Kind.DIGITS, FAST if language is FINNISH else {}),
        (Kind.LINK, dict.fromkeys(language.links, "-")),
        (Kind.CORRECTION, dict.fromkeys(language.corrections, "")),
        (Kind.MULTIPLIER, {word: str(count) for word, count in language.multipliers.items()}),
        (Kind.TIMES, dict.fromkeys(language.times, "")),
        (Kind.MONTH, {word: str(month) for word, month in language.months.items()}),
        (Kind.WEAK, language.weak_letters),
        (Kind.UNIT, dict.fromkeys(language.units, "")),
    )
    for kind, table in tables:
        for word, text in table.items():
            yield word, Shape(kind, text, (), ordinals.get(word, 0))
    for word, ordinal in ordinals.items():
        morphs = cutter.cut(word)  # "yhestoista" is 19 or the 11th
        yield word, _number(morphs, ordinal) if morphs else Shape(Kind.OTHER, "", (), ordinal)


def _read() -> dict[str, Shape]:
    """Return word -> shape; words that need company keep what they are without it in `other`."""
    known: dict[str, Shape] = {}
    for language, cutter in zip(LANGUAGES, _CUTTERS, strict=True):
        for word, shape in _shapes(language, cutter):
            known.setdefault(word, shape)
    for language in LANGUAGES[1:]:
        for kind, table in ((Kind.FAINT, language.faint or {}), (Kind.SOUND, language.sounds or {})):
            for word, value in table.items():
                morphs = (language.morphs.get(word) or Morph("ONES" if value else "ZERO", value, frozenset({"nom"})),)
                known[word] = Shape(kind, "", morphs, other=_without_company(known.get(word), word))
        for word, letter in language.spelling.items():
            if known[word].kind is not Kind.LETTER:
                other = Shape(Kind.MONTH, "11") if word == "november" else None
                known[word] = Shape(Kind.SPELL, letter, other=Shape(Kind.UNIT) if word == "kilo" else other)
    for word in ANDS | {first for first, _ in PAIRS if len(first) > 1}:
        # company.py looks whether something longer begins here
        known[word] = known.get(word, Shape(Kind.OTHER))._replace(text=word)
    return known


def _without_company(shape: Shape | None, word: str) -> Shape | None:
    """Return what a faint digit is otherwise: its Finnish sense, or the letter that it is written with."""
    if shape is not None and shape.kind is not Kind.NUMBER:
        return shape
    return Shape(Kind.LETTER, word.upper()) if len(word) == 1 else None


KNOWN = _read()
