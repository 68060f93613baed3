"""Dates as people say them: "kolmastoista kymmenettä viiskytkaks", "kolmas päivä maaliskuuta vuonna tuhat ...".

At least the day or the month must be an ordinal or a month's name; a date in bare digits needs no reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from redaction.numbers.atoms import Kind, Shape
from redaction.numbers.fi_words import TENS_ORDINALS
from redaction.numbers.grammar import Placed, parse


class Atom(NamedTuple):
    """A shape and the index of its written word."""

    word: int
    shape: Shape


class Said(NamedTuple):
    """A date at atoms [first, end): `text` is DD.MM.YYYY, DD.MM.YY or DD.MM, and where its three parts begin."""

    first: int
    end: int
    day: int
    month: int
    year: str
    year_at: int


def match_date(atoms: Sequence[Atom], first: int) -> Said | None:
    """Return the date that begins at atom `first`, or None."""
    shape = atoms[first].shape
    if not shape.ordinal and shape.kind not in (Kind.DIGITS, Kind.NUMBER):
        return None
    day, at, spoken = _day(atoms, first)
    if not 1 <= day <= 31:
        return None
    month, at, named = _month(atoms, _skip(atoms, at))
    if not month or not (spoken or named):
        return None
    year_at = _skip(atoms, at)
    year, end = _year(atoms, year_at)
    return Said(first, end if year else at, day, month, year, year_at)


def _skip(atoms: Sequence[Atom], at: int) -> int:
    """Return the position past fillers ("päivä", "vuonna") and stray full stops."""
    while at < len(atoms) and (
        atoms[at].shape.kind is Kind.FILLER or (atoms[at].shape.kind is Kind.SIGN and atoms[at].shape.text == ".")
    ):
        at += 1
    return at


def _day(atoms: Sequence[Atom], at: int) -> tuple[int, int, bool]:
    """Return day (0 for none), the position after it, and whether it was an ordinal word."""
    shape = atoms[at].shape
    if shape.ordinal:
        following = atoms[at + 1].shape.ordinal if at + 1 < len(atoms) else 0
        later = atoms[at + 2].shape if at + 2 < len(atoms) else None
        if shape.ordinal in TENS_ORDINALS.values() and 1 <= following <= 9 and later and _is_month(later):
            return shape.ordinal + following, at + 2, True  # "kahdeskymmenes viides" written apart
        return shape.ordinal, at + 1, True
    if shape.kind is Kind.DIGITS and len(shape.text) <= 2:
        return int(shape.text), at + 1, False
    if shape.kind is Kind.NUMBER:
        numbers = parse([Placed(morph, 0) for morph in shape.morphs])
        if len(numbers) == 1:
            return numbers[0].value or 0, at + 1, False
    return 0, at, False


def _is_month(shape: Shape) -> bool:
    return shape.kind is Kind.MONTH or 1 <= shape.ordinal <= 12


def _month(atoms: Sequence[Atom], at: int) -> tuple[int, int, bool]:
    """Return month (0 for none), the position after it, and whether it was a word of its own kind."""
    if at >= len(atoms):
        return 0, at, False
    shape = atoms[at].shape
    if shape.kind is Kind.MONTH:
        return int(shape.text), at + 1, True
    if 1 <= shape.ordinal <= 12:
        return shape.ordinal, at + 1, True
    return 0, at, False


def _year(atoms: Sequence[Atom], at: int) -> tuple[str, int]:
    """Return the year as two or four digits ("" for none) and the position after it."""
    if at >= len(atoms):
        return "", at
    if atoms[at].shape.kind is Kind.DIGITS:
        text = atoms[at].shape.text
        return (text, at + 1) if len(text) in (2, 4) else ("", at)
    spoken: list[Placed] = []
    stop = at
    while stop < len(atoms) and atoms[stop].shape.kind in (Kind.NUMBER, Kind.PART) and stop - at < 6:
        spoken.extend(Placed(morph, stop) for morph in atoms[stop].shape.morphs)
        stop += 1
    numbers = parse(spoken)[:2]
    values = [number.value if number.value is not None else -1 for number in numbers]
    text, used = _year_text([*values, -1, -1][0], [*values, -1, -1][1])
    return (text, spoken[numbers[used - 1].end - 1].word + 1) if text else ("", at)


def _year_text(first: int, second: int) -> tuple[str, int]:
    """Return the year that one or two numbers say (1985, 19 85, 85, 8 5) and how many it took; -1 is no number."""
    if 1800 <= first <= 2199:
        return str(first), 1
    if first in (18, 19, 20) and 10 <= second <= 99:
        return f"{first}{second}", 2
    if 10 <= first <= 99:
        return str(first), 1
    return (f"{first}{second}", 2) if 0 <= first <= 9 and 0 <= second <= 9 else ("", 0)
