"""Written words to atoms: what each may mean inside a dictated number, however the recognizer spelled it.

Whisper models write `131052-930V`, `131052 miinus 930 V`, `1-3-1-0-5-2`, `yks 310 52` and number words, mixed within
one code (domain.md 2.1), so a word is judged by itself here and by its neighbours in runs.py.
"""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum
from typing import NamedTuple

from redaction.numbers import fi_words as fi
from redaction.numbers.fi_table import Morph
from redaction.numbers.grammar import cut_word, stands_alone
from redaction.wordlist import word_set


class Kind(IntEnum):
    """What an atom is. The first four are the substance of a run; the others may lie within one, or end it."""

    NUMBER = 0
    DIGITS = 1
    LETTER = 2
    PART = 3  # a number word that needs its neighbour: "toista", "kymmentä"
    SIGN = 4
    WEAK = 5  # a letter only straight after a digit
    MULTIPLIER = 6
    TIMES = 7
    FILLER = 8
    LINK = 9
    CORRECTION = 10
    MONTH = 11
    UNIT = 12
    OTHER = 13
    SWALLOWED = 14  # "niin kuin Vihtori" after a letter


class Shape(NamedTuple):
    """One atom of a word: `text` as it is rendered, `morphs` of number words, `ordinal` 1..31 where it may be one."""

    kind: Kind
    text: str = ""
    morphs: tuple[Morph, ...] = ()
    ordinal: int = 0


OTHER = (Shape(Kind.OTHER),)

_EDGES = "\"'“”„‟’‘()[]{}<>«»;!?…,.:"  # noqa: RUF001  the quotation marks that recognizers write
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))  # noqa: RUF001  the dashes that recognizers write
_PIECES = re.compile(r"\d+|[a-zåäöéü]+|[-+/.,:_]")
_CASE_ENDING = re.compile(r":[a-zåäö]+$")
_ADDRESS = re.compile(r"@|://|www\.|\.[a-z]{2,4}$")
_UNITS = re.compile(
    r"(?:euro|eur$|€|sent|snt|senttiä|kilowatti|kwh|kw$|kw[:.]|megawatti|mwh|mw$|watti|prosent|%|ampeeri|neliö|m2|m²|kuutio|vuo[td]|"
    r"vuotia|kuukau|kk$|viik|päivä|pv|tunti|tunnin|tuntia|minuut|min$|sekun|aste|kerro|kerta|kilo|km$|metri|litra|kpl|"
    r"kappal|henke|henkilö|volt|hertsi|hz$|kilometri|ihmis|lasku[an]?$|laskua|erä[än]|luku|laps|huone|tähte)"
)
# What a harmless number counts (domain.md 2.5): stems, since ASR text is inflected.
_UNIT_SUFFIXES = word_set("kwh kw mwh mw eur e snt c km m kg g kpl pv kk min h a v w hz gb mb l m2 %")


def read_word(raw: str) -> tuple[Shape, ...]:
    """Return the word's atoms. `raw` as the recognizer wrote it, with its punctuation."""
    if raw.startswith("[") or not raw:
        return OTHER  # a label that masking left
    word = unicodedata.normalize("NFC", raw).translate(_DASHES)
    bare = word.strip(_EDGES)
    lower = bare.lower()
    if not lower:
        return OTHER
    if any(character.isdecimal() for character in lower):
        return _read_digits(lower)
    return _read_plain(bare, lower)


def _read_plain(bare: str, lower: str) -> tuple[Shape, ...]:
    """Return the atoms of a word without digits."""
    simple = _look_up(lower)
    if simple is not None:
        return simple
    if len(lower) == 1:
        return _read_character(lower)
    if bare.isupper() and len(bare) <= 3 and bare.isalpha():
        return (Shape(Kind.LETTER, bare),)
    if "-" in lower.strip("-"):
        parts = [_read_part(part) for part in lower.strip("-").split("-")]
        if all(parts):
            return tuple(shape for part in parts for shape in part)
    return OTHER


def _look_up(lower: str) -> tuple[Shape, ...] | None:
    """Return the atoms of a word that one of the tables holds, or None."""
    ordinal = fi.ORDINALS.get(lower, 0)
    if lower in fi.LETTERS:
        return (Shape(Kind.LETTER, fi.LETTERS[lower]),)
    morphs = cut_word(lower)
    if morphs is not None:
        return (Shape(Kind.NUMBER if stands_alone(morphs) else Kind.PART, "", morphs, ordinal),)
    for kind, table in _TABLES:
        if lower in table:
            return (Shape(kind, str(table[lower]), (), ordinal),)
    if ordinal:
        return (Shape(Kind.OTHER, "", (), ordinal),)
    if _UNITS.match(lower):
        return (Shape(Kind.UNIT),)
    return None


def _read_part(part: str) -> tuple[Shape, ...]:
    """Return the atoms of one part of a hyphenated word, or nothing when it is not of numbers and letters."""
    if len(part) == 1:
        return _read_character(part)
    shapes = _look_up(part) or ()
    return shapes if shapes and shapes[0].kind in {Kind.NUMBER, Kind.LETTER} else ()


def _read_character(character: str) -> tuple[Shape, ...]:
    if character.isalpha():
        return (Shape(Kind.LETTER, character.upper()),)
    if character in "+-/":
        return (Shape(Kind.SIGN, character),)
    return (Shape(Kind.UNIT),) if character in "%€" else OTHER


def _read_digits(lower: str) -> tuple[Shape, ...]:
    """Return the atoms of a word with digits in it: `131052-930v`, `5kwh`, `13.10.52`, `fi21`, `2020:ssa`."""
    if _ADDRESS.search(lower):
        return OTHER
    shapes: list[Shape] = []
    lower = _CASE_ENDING.sub("", lower)
    for piece in _PIECES.findall(lower):
        if piece.isdecimal():
            shapes.append(Shape(Kind.DIGITS, "".join(str(int(digit)) for digit in piece)))
        elif not piece.isalpha():
            shapes.append(Shape(Kind.SIGN, piece))
        elif piece in _UNIT_SUFFIXES and lower.endswith(piece) and len(shapes) == 1 and len(piece) > 1:
            shapes.append(Shape(Kind.UNIT))
        elif len(piece) <= 4:
            shapes.append(Shape(Kind.LETTER, piece.upper()))
        else:
            shapes.append(Shape(Kind.OTHER))
    if lower.endswith(("%", "€")):
        shapes.append(Shape(Kind.UNIT))
    return tuple(shapes)


_TABLES: tuple[tuple[Kind, dict[str, object]], ...] = (
    (Kind.SIGN, dict(fi.SIGNS)),
    (Kind.FILLER, dict.fromkeys(fi.FILLERS, "")),
    (Kind.LETTER, dict(fi.SPELLING)),
    (Kind.DIGITS, dict(fi.FAST)),
    (Kind.LINK, dict.fromkeys(fi.LINKS, "-")),
    (Kind.CORRECTION, dict.fromkeys(fi.CORRECTIONS, "")),
    (Kind.MULTIPLIER, dict(fi.MULTIPLIERS)),
    (Kind.TIMES, dict.fromkeys(fi.TIMES, "")),
    (Kind.MONTH, dict(fi.MONTHS)),
    (Kind.WEAK, dict(fi.WEAK_LETTERS)),
)
