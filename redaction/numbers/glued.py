"""Words that a recognizer glued together or that need digits after them: "tuplakolmonen", "maaliskuutakolkyt", "fi 26".

`lexicon.look_up` knows what is one word in some language; these are two or three, seen only beside numbers.
"""

from __future__ import annotations

import re

from redaction.numbers.kinds import Kind, Shape
from redaction.numbers.lexicon import look_up
from redaction.wordlist import word_set

_MULTIPLIED = re.compile(r"(.*)(tupla|tripla)(.*)")
_SIGNS = {"viiva": "-", "miinus": "-", "piste": "."}
# "viivaysinollaseiska".
_DAY_ENDS = re.compile(r"kuuta|kuun|toista|ttä|tta|ntä|nta|stä|kahta|mäs|nes|des|ies|mas|jäs|nen")
# What the day or the month of a date ends in; the rest has to be a number or a month.
_PARTS = (Kind.NUMBER, Kind.PART, Kind.MONTH)
_NO_LETTERS = word_set("pl klo nro puh pvm kpl krs hmm tv ps mm st nr br kv sms pdf")
# Short words and abbreviations without a vowel that stand before numbers.
_BARE = re.compile(r"[bcdfghjklmnpqrstvwxz]{2,3}")


def read_glued(word: str) -> tuple[Shape, ...]:
    """Return the shapes of a lower-case word that is several glued together, or nothing."""
    if "upla" in word or "ripla" in word:
        match = _MULTIPLIED.fullmatch(word)
        return _known(*match.groups()) if match else ()
    sign = next((each for each in _SIGNS if word.startswith(each)), "")
    if sign:
        rest = look_up(word[len(sign) :])
        return (Shape(Kind.SIGN, _SIGNS[sign]), rest) if rest is not None and rest.kind is Kind.NUMBER else ()
    return _dated(word) if len(word) >= 12 else ()


def read_letters(word: str) -> Shape | None:
    """Return the letters that a short lower-case word may be before digits: "fi 21", "zz 466"; or None."""
    if word == "fi" or (_BARE.fullmatch(word) and word not in _NO_LETTERS):
        return Shape(Kind.SPELL, word.upper())
    return None


def _dated(word: str) -> tuple[Shape, ...]:
    """Return a day and a month, or one of them and a year, written as one word."""
    for match in _DAY_ENDS.finditer(word):
        shapes = _known(word[: match.end()], word[match.end() :])
        if shapes and (shapes[0].ordinal or shapes[0].kind is Kind.MONTH):
            return shapes
    return ()


def _known(*parts: str) -> tuple[Shape, ...]:
    """Return the shapes of the parts when each that is there is a number word, a month or a multiplier."""
    shapes = [look_up(part) for part in parts if part]
    if len(shapes) < 2 or any(
        shape is None or not (shape.kind in (*_PARTS, Kind.MULTIPLIER) or shape.ordinal) for shape in shapes
    ):
        return ()
    return tuple(shape for shape in shapes if shape is not None)
