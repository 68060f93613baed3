"""Dates as people say them: "kolmastoista kymmenettä viiskytkaks", "femte i tredje åttio", "March fifth".

At least the day or the month must be an ordinal or a month's name; a date in bare digits needs no reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from redaction.numbers.grammar import parse
from redaction.numbers.kinds import Atom, Kind, Placed, Shape

_DIGITS = (Kind.DIGITS, Kind.NUMBER)
DATED = (*_DIGITS, Kind.MONTH)
# What a date begins with, besides ordinals.
MOST_FILLERS = 2
# Between two parts of a date: "third of the fifth"; "kolme joo no niin toinen asia" is no date.
NEXT = 2
# How far the index of a part may be from the one before: one word of the other speaker lies between.


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
    if shape.kind is Kind.MONTH:
        return _month_first(atoms, first)
    if not shape.ordinal and (shape.kind not in _DIGITS or not _before_month(atoms, first + 1)):
        return None
    day, at, spoken = _day(atoms, first)
    if not 1 <= day <= 31:
        return None
    begin = _skip(atoms, at)
    month, after, named = _month(atoms, begin)
    if not month or not (spoken or named):
        return None
    filled = any(atom.shape.kind is Kind.FILLER for atom in atoms[at:begin])
    if filled and not spoken and atoms[begin].shape.kind is not Kind.MONTH:
        return None  # "... neljä kolme ja toinen on nollassa": another thing
    at = after
    year_at = _skip(atoms, at)
    year, end = _year(atoms, year_at)
    return Said(first, end if year else at, day, month, year, year_at)


def _before_month(atoms: Sequence[Atom], at: int) -> bool:
    """Tell whether a month may begin at `at` or just after: asked first, since most numbers are no days."""
    if at < len(atoms) and atoms[at].shape.kind in _DIGITS and not atoms[at].shape.ordinal:
        return False
    at = _skip(atoms, at)
    return at < len(atoms) and (atoms[at].shape.ordinal > 0 or atoms[at].shape.kind is Kind.MONTH)


def _month_first(atoms: Sequence[Atom], first: int) -> Said | None:
    """Return "March fifth", or "March 5 1980": a day in a bare number needs a year after it, or it is an amount."""
    begin = _skip(atoms, first + 1)
    if begin >= len(atoms):
        return None
    day, at, spoken = _day(atoms, begin)
    if not 1 <= day <= 31:
        return None
    year_at = _skip(atoms, at)
    year, end = _year(atoms, year_at)
    if not spoken and len(year) != 4:
        return None
    return Said(first, end if year else at, day, int(atoms[first].shape.text), year, year_at)


def _skip(atoms: Sequence[Atom], at: int) -> int:
    """Return the position past fillers ("päivä", "vuonna", "of") and stray full stops; no turn is crossed."""
    fillers = 0
    while 0 < at < len(atoms) and fillers <= MOST_FILLERS:
        shape = atoms[at].shape
        if atoms[at].word - atoms[at - 1].word > NEXT:
            return len(atoms)
        if shape.kind is not Kind.FILLER and not (shape.kind is Kind.SIGN and shape.text == "."):
            return at
        fillers += shape.kind is Kind.FILLER
        at += 1
    return len(atoms)


def _day(atoms: Sequence[Atom], at: int) -> tuple[int, int, bool]:
    """Return day (0 for none), the position after it, and whether it was an ordinal word."""
    shape = atoms[at].shape
    if shape.ordinal:
        return _ordinal_day(atoms, at, shape.ordinal)
    if shape.kind is Kind.DIGITS and len(shape.text) <= 2:
        return int(shape.text), at + 1, False
    if shape.kind is Kind.NUMBER:
        numbers = parse([Placed(morph, 0) for morph in shape.morphs])
        if len(numbers) == 1 and numbers[0].value in (20, 30):
            return _ordinal_day(atoms, at, numbers[0].value)
        if len(numbers) == 1:
            return numbers[0].value or 0, at + 1, False
    return 0, at, False


def _ordinal_day(atoms: Sequence[Atom], at: int, value: int) -> tuple[int, int, bool]:
    """Return a day that may be written apart: "kahdeskymmenes viides", "tjugo femte", "the twenty fifth"."""
    spoken = atoms[at].shape.ordinal > 0
    following = atoms[at + 1].shape.ordinal if at + 1 < len(atoms) else 0
    if value in (20, 30) and 1 <= following <= 9:
        month = _skip(atoms, at + 2)
        before = atoms[at - 1].shape.kind if at else Kind.OTHER
        if before is Kind.MONTH or (month < len(atoms) and _is_month(atoms[month].shape)):
            return value + following, at + 2, True
    return value, at + 1, spoken


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
    numbers = parse(spoken)[:3]
    values = [number.value if number.value is not None else -1 for number in numbers]
    text, used = _year_text(*[*values, -1, -1, -1][:3])
    return (text, spoken[numbers[used - 1].end - 1].word + 1) if text else ("", at)


def _year_text(first: int, second: int, third: int) -> tuple[str, int]:
    """Return the year that numbers say (1985, 19 85, 19 0 5, 85, 8 5) and how many it took; -1 is no number."""
    if 1800 <= first <= 2199:
        return str(first), 1
    if first in (18, 19, 20) and 10 <= second <= 99:
        return f"{first}{second}", 2
    if first in (19, 20) and second == 0 and 1 <= third <= 9:
        return f"{first}0{third}", 3
    if 10 <= first <= 99:
        return str(first), 1
    return (f"{first}{second}", 2) if 0 <= first <= 9 and 0 <= second <= 9 else ("", 0)
