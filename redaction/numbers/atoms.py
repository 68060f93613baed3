"""Written words to atoms: what each may mean inside a dictated number, however the recognizer spelled it.

Whisper models write `131052-930V`, `131052 miinus 930 V`, `1-3-1-0-5-2`, `yks 310 52` and number words, mixed within
one code (domain.md 2.1), so a word is judged by itself here and by its neighbours in runs.py.
"""

from __future__ import annotations

import re
import unicodedata

from redaction.numbers.glued import read_glued, read_letters
from redaction.numbers.kinds import NOTHING, Kind, Morph, Shape
from redaction.numbers.lexicon import look_up
from redaction.wordlist import word_set

OTHER = (NOTHING,)
LEAST_GLUED = 8
# Letters: "tuplakasi".

_EDGES = "\"'“”„‟’‘()[]{}<>«»;!?…,.:"  # noqa: RUF001  the quotation marks that recognizers write
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))  # noqa: RUF001  the dashes that recognizers write
_PIECES = re.compile(r"\d+|[a-zåäöéü]+|[-+/.,:_]")
_CASE_ENDING = re.compile(r":[a-zåäö]+$")
_HOUR = re.compile(r"(\d\d?):(?:sta|stä|een|aan|ään|iin|oon)")
_FROM_TO = (Morph("HOUR", 0, frozenset({"ela", "ill"})),)
# "8:sta 16:een": a number in such a case counts hours or days and is no part of a code.
_ENGLISH_ORDINAL = re.compile(r"([1-9]|[12][0-9]|3[01])(?:st|nd|rd|th)")
_ADDRESS = re.compile(r"@|://|www\.|\.[a-z]{2,4}$")
_UNITS = re.compile(
    r"(?:euro|eur$|€|sent|snt|senttiä|kilowatti|kwh|kw$|kw[:.]|megawatti|mwh|mw$|watti|prosent|%|ampeeri|neliö|m2|m²|kuutio|vuo[td](?!esta|een|el[tl])|"
    r"vuotia|kuukau|kk$|viik|päivä|pv|tunti|tunnin|tuntia|minuut|min$|sekun|aste|kerro[sk]|kerta|kilo|km$|metri|litra|kpl|"
    r"kappal|henke|henkilö(?!kor|tun|tie)|volt|hertsi|hz$|kilometri|ihmis|laskua|merkkiä|kirjainta|juttu|jutun|juttua|asiakas$|asiakasta|pakkas|erä[än]|luku|laps|huone|tähte|kilova|luvu[ln]|"
    r"tunnusta$|sisäänkäyn|samannim|osoitetta$|mittaria$|numeroa$|sopimusta$|asuntoa$|taloa$|liittymää$|paneeli|eri$|veloituks|maksutta)"
)
# What a harmless number counts (domain.md 2.5): stems, since ASR text is inflected.
_UNIT_SUFFIXES = word_set("kwh kw mwh mw eur kr e snt c km m kg g kpl pv kk min h a v w hz gb mb l m2 %")


def read_word(raw: str) -> tuple[Shape, ...]:
    """Return the word's atoms. `raw` as the recognizer wrote it, with its punctuation."""
    if raw.startswith("[") or not raw:
        return OTHER  # a label that masking left
    word = raw if raw.isascii() else unicodedata.normalize("NFC", raw).translate(_DASHES)
    bare = word.strip(_EDGES)
    lower = bare.lower()
    if not lower:
        return OTHER
    if not lower.isalpha() and any(character.isdecimal() for character in lower):
        return _read_digits(lower)
    if len(lower) > 1 and lower[-1] == "-":
        bare, lower = bare.rstrip("-"), lower.rstrip("-")  # "viisi-": the speaker broke off
    return _read_plain(bare, lower)


def _read_plain(bare: str, lower: str) -> tuple[Shape, ...]:
    """Return the atoms of a word without digits."""
    shape = look_up(lower)
    if shape is not None:
        return (shape,)
    if len(lower) == 1:
        return _read_character(lower)
    if _UNITS.match(lower):
        return (Shape(Kind.UNIT),)
    if len(bare) <= 3:
        return _read_letters(bare, lower)
    if "-" in lower:
        parts = [_read_part(part) for part in lower.strip("-").split("-")]
        if len(parts) > 1 and all(parts):
            return tuple(shape for part in parts for shape in part)
    return (len(lower) >= LEAST_GLUED and read_glued(lower)) or OTHER


def _read_letters(bare: str, lower: str) -> tuple[Shape, ...]:
    """Return the atoms of a word of two or three characters that may be letters of a code."""
    if bare.isupper() and bare.isalpha():
        return (Shape(Kind.LETTER, bare),)
    letters = read_letters(lower)
    return (letters,) if letters is not None else OTHER


def _read_part(part: str) -> tuple[Shape, ...]:
    """Return the atoms of one part of a hyphenated word, or nothing when it is not of numbers and letters."""
    if len(part) == 1:
        return _read_character(part)
    shape = look_up(part)
    if shape is not None and shape.kind is Kind.FAINT and len(shape.morphs) == 1:
        shape = shape._replace(kind=Kind.NUMBER, other=None)  # "twenty-one", "ett-två": the hyphen is company
    return (shape,) if shape is not None and shape.kind in (Kind.NUMBER, Kind.LETTER, Kind.SPELL) else ()


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
    ordinal = _ENGLISH_ORDINAL.fullmatch(lower)
    if ordinal:
        return (Shape(Kind.DIGITS, ordinal[1], (), int(ordinal[1])),)
    hour = _HOUR.fullmatch(lower)
    if hour:
        return (Shape(Kind.DIGITS, hour[1], _FROM_TO),)
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
