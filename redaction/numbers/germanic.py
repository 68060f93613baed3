"""Morphs to numbers as Swedish and English build them; one grammar, for the shape is the same.

    number    = [thousands [AND]] below1000 | thousands
    thousands = [below1000] THOUSAND
    below1000 = [below100] HUNDRED [[AND] below100] | below100
    below100  = TENS [ONES] | TEEN | ONES | ZERO

"Nittonhundraåttiofem" is nineteen hundreds and so on; "nineteen eighty-five" is two numbers, written side by side.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from redaction.numbers.kinds import Morph, Placed

KINDS = ("ZERO", "ONES", "TEEN", "TENS", "HUNDRED", "THOUSAND", "AND")
OPEN_AFTER = ("TENS", "HUNDRED", "THOUSAND", "AND")
# A number may have ended here although what follows would fit: "tjugo fem" is 25, or 20 and 5.
_STANDING = frozenset({"nom"})
_COUNTED = frozenset({"nom", "npar"})
AND = Morph("AND", 0, _STANDING)


def read_morphs(table: str) -> dict[str, Morph]:
    """Return form -> morph of a table whose lines are `kind value form form`; forms after `*` are plurals to count."""
    morphs: dict[str, Morph] = {}
    for line in table.strip().splitlines():
        kind, value, *forms = line.split()
        for form in forms:
            cases = _COUNTED if form.startswith("*") else _STANDING
            morphs[form.lstrip("*")] = Morph(kind, int(value), cases)
    return morphs


def numbers(morphs: Sequence[Placed], first: int, blocked: Collection[int]) -> Iterator[tuple[int, int]]:
    """Yield (end, value) of every number that begins at `first`; none goes on over a `blocked` position."""
    if _kind(morphs, first) == "ZERO":
        yield first + 1, 0
        return
    starts = [(first + 1, 1000)] if _kind(morphs, first) == "THOUSAND" else []
    for end, value in _below_1000(morphs, first, blocked):
        yield end, value
        if _kind(morphs, end) == "THOUSAND":
            starts.append((end + 1, value * 1000))
    for end, value in starts:
        yield end, value
        for begin in _after(morphs, end, blocked):
            for stop, rest in _below_1000(morphs, begin, blocked):
                yield stop, value + rest


def _below_1000(morphs: Sequence[Placed], first: int, blocked: Collection[int]) -> Iterator[tuple[int, int]]:
    counted = first > 0 and morphs[first - 1].morph.kind in ("ONES", "TEEN")
    hundreds = [(first + 1, 100)] if _kind(morphs, first) == "HUNDRED" and not counted else []
    for end, value in _below_100(morphs, first, blocked):
        yield end, value
        apart = end - first == 2 and morphs[first].word != morphs[first + 1].word
        if _kind(morphs, end) == "HUNDRED" and not apart:  # "ninety one hundred" is 90, 100 far oftener than 9100
            hundreds.append((end + 1, value * 100))
    for end, value in hundreds:
        yield end, value
        for begin in _after(morphs, end, blocked):
            for stop, rest in _below_100(morphs, begin, blocked):
                yield stop, value + rest


def _below_100(morphs: Sequence[Placed], first: int, blocked: Collection[int]) -> Iterator[tuple[int, int]]:
    kind = _kind(morphs, first)
    if kind not in ("ONES", "TEEN", "TENS"):
        return
    value = morphs[first].morph.value
    yield first + 1, value
    if kind == "TENS" and _kind(morphs, first + 1) == "ONES" and first + 1 not in blocked:
        yield first + 2, value + morphs[first + 1].morph.value


def _after(morphs: Sequence[Placed], end: int, blocked: Collection[int]) -> Iterator[int]:
    """Yield where the rest of a number may begin: at `end`, or past an "and"."""
    if end in blocked:
        return
    if _kind(morphs, end) != "AND":
        yield end
    elif end + 1 not in blocked:
        yield end + 1


def _kind(morphs: Sequence[Placed], at: int) -> str:
    return morphs[at].morph.kind if at < len(morphs) else ""
