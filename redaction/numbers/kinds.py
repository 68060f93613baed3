"""What an atom of a dictated number can be, and the building blocks of number words, in every language."""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple


class Kind(IntEnum):
    """What an atom is. The first three are the substance of a run; the others may lie within one, or end it."""

    NUMBER = 0
    DIGITS = 1
    LETTER = 2
    PART = 3  # a number word that needs its neighbour: "toista", "kymmentä"
    SIGN = 4
    MULTIPLIER = 5
    TIMES = 6
    FILLER = 7
    LINK = 8
    CORRECTION = 9
    SWALLOWED = 10  # "niin kuin Vihtori" after a letter
    WEAK = 11  # a letter only straight after a digit
    SPELL = 12  # a word of a spelling alphabet that is also a name or a thing: a letter in the company of others
    FAINT = 13  # an article or a particle that is a number in the company of others: "ett", "en", "one", "oh"
    SOUND = 14  # sounds like a digit and is mostly something else: "to", "for"
    MONTH = 15
    UNIT = 16
    OTHER = 17


class Morph(NamedTuple):
    """One building block of number words: its kind, value and the cases it can be in."""

    kind: str
    value: int
    cases: frozenset[str]


class Placed(NamedTuple):
    """A morph and the index of the written word it was found in."""

    morph: Morph
    word: int


class Number(NamedTuple):
    """A number that stands at positions [first, end) of the morphs."""

    first: int
    end: int
    value: int | None


class Shape(NamedTuple):
    """One atom of a word: `text` as it is rendered, `morphs` of number words, `ordinal` 1..31 where it may be one.

    `other`: what a word that needs company is without it, or the second thing that it may mean in a run.
    """

    kind: Kind
    text: str = ""
    morphs: tuple[Morph, ...] = ()
    ordinal: int = 0
    other: Shape | None = None


class Atom(NamedTuple):
    """A shape and the index of its written word."""

    word: int
    shape: Shape


NOTHING = Shape(Kind.OTHER)
