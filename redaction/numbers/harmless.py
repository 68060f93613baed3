"""Why a run is no identifier: an amount with its unit, hours, a date, a decimal, a size, a cardinal."""

from __future__ import annotations

import re
from collections.abc import Sequence

from redaction.numbers.dates import match_date
from redaction.numbers.kinds import Atom, Kind, Morph
from redaction.numbers.render import readings

_RANGE = frozenset({"ela", "ill"})
CLOCK = re.compile(r"(?:[01]?\d|2[0-4])[.:][0-5]\d(?:-(?:[01]?\d|2[0-4])(?:[.:][0-5]\d)?)?")
_HOURS = re.compile(r"(?:[01]?\d|2[0-4])?-(?:[01]?\d|2[0-4])")
# The first hour is missing where it was taken for the date's year.
MOST_HOURS = 6
DECIMAL = re.compile(r"[+-]?\d{1,6}[.,]\d{1,2}")
DATE = re.compile(r"(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.?(?:20[12]\d)?")
# A due date or a contract's day; years before 2010 may be a birth and stay in.
HARMLESS_DIGITS = 7
# A number followed by a unit is an amount up to here; longer ones are codes whatever follows.


def harmless(inside: Sequence[Atom], text: str, digits: int, *, counted: bool) -> str:
    """Return why the run is no identifier, or nothing."""
    if counted and digits <= HARMLESS_DIGITS:
        return "unit"
    if _is_size(inside):
        return "unit"
    date = match_date(inside, 0)
    if date and (date.end == len(inside) or _are_hours(inside[date.end :])):
        return "date"
    return _harmless_text(text, inside)


def _is_size(inside: Sequence[Atom]) -> bool:
    """Tell whether a run is one number times a larger one: "kolme kertaa 63" is a fuse, "neljä kertaa ykkönen" not."""
    if len(inside) != 3 or inside[1].shape.kind is not Kind.TIMES:
        return False
    return len(inside[2].shape.text) == 2 or any(morph.kind in ("KYM", "TOISTA") for morph in inside[2].shape.morphs)


def _are_hours(rest: Sequence[Atom]) -> bool:
    """Tell whether what follows a date is from one hour to another: "8:sta 16:een", "yhdeksän viiva viisitoista"."""
    kinds = {atom.shape.kind for atom in rest}
    if len(rest) > MOST_HOURS or not kinds <= {Kind.NUMBER, Kind.PART, Kind.DIGITS, Kind.SIGN, Kind.FILLER}:
        return False
    if any(morph.cases & _RANGE for atom in rest for morph in atom.shape.morphs):
        return True
    return bool(_HOURS.fullmatch(readings(rest)[0].text))


def _harmless_text(text: str, inside: Sequence[Atom]) -> str:
    compact = text.replace(" ", "")
    if CLOCK.fullmatch(compact):
        return "clock"
    if DECIMAL.fullmatch(compact):
        return "decimal"
    if DATE.fullmatch(compact):
        return "date"
    numbers = [atom for atom in inside if atom.shape.kind in (Kind.NUMBER, Kind.PART)]
    kinds = [morph.kind for atom in numbers for morph in atom.shape.morphs]
    if (
        numbers
        and len(numbers) == len(inside) <= 2
        and all(morphs[-1].cases & _RANGE for morphs in _inflected(numbers))
    ):
        return "clock"
    if len(numbers) == len(inside) and ("TUHAT" in kinds or "THOUSAND" in kinds) and len(compact) <= 7:
        return "cardinal"
    return ""


def _inflected(numbers: Sequence[Atom]) -> list[tuple[Morph, ...]]:
    """Return the morphs that carry the case: "kahdeksasta kuuteentoista" counts on its "kuuteen"."""
    return [
        tuple(morph for morph in atom.shape.morphs if morph.kind != "TOISTA") or atom.shape.morphs for atom in numbers
    ]
