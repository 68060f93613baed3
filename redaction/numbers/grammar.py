"""Morphs to numbers: Finnish cardinals, all ways to cut a sequence kept apart (domain.md 2.5).

    number    = [thousands] below1000 | thousands
    thousands = TUHAT | below1000 TUHATTA
    below1000 = [SATA | UNIT SATAA | 11..19 SATAA] [below100]
    below100  = UNIT TOISTA | UNIT KYMMENTÄ [UNIT] | KYMMENEN | UNIT

A unit multiplies only when the cases agree: without that rule "kaksi kymmenen" would be 20 and not 2, 10. The one
real ambiguity is a tens or hundreds word at the end of a written word with a smaller number in the next: "neljäkymmentä
yks" is 41 or 40, 1. Such joints can be blocked, which gives the other readings.

Swedish and English numbers (germanic.py) are parsed in the same pass, so that one run may mix the languages.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from redaction.numbers import germanic
from redaction.numbers.kinds import Morph, Number, Placed

_BARE = frozenset({"nom", "col"})
_MULTIPLIED = frozenset({"par", "colpar"})
_ENDING = ("KYM", "SATA", "TUHAT", "TOISTA")
_BEGINNING = ("U", "NAME", "SATA", "KYM")
_SINGLE = frozenset({"U", "NAME", "Z", "ONES", "ZERO"})
# Digits; two of them in a row are no parts of one number.
_NO_AGREEMENT = frozenset({"nom", "col", "name", "npar", "colpar"})


def stands_alone(morphs: Sequence[Morph]) -> bool:
    """Tell whether the morphs of one word are numbers without help from the words beside it."""
    placed = [Placed(morph, 0) for morph in morphs]
    return all(number.value is not None for number in parse(placed))


def parse(morphs: Sequence[Placed], blocked: Collection[int] = ()) -> list[Number]:
    """Return the numbers that cover all morphs, as few as possible. A morph that fits nowhere has value None.

    `blocked` are positions where no number may go on across a written word's end if it could as well stop.
    """
    size = len(morphs)
    cost = [0] * (size + 1)
    choice: list[Number] = [Number(0, 0, None)] * size
    for first in range(size - 1, -1, -1):
        kind, value, _ = morphs[first].morph
        if kind in _SINGLE and (first + 1 == size or morphs[first + 1].morph.kind in _SINGLE):
            cost[first], choice[first] = 1 + cost[first + 1], Number(first, first + 1, value)
            continue  # digit by digit, as most numbers are said
        cost[first], choice[first] = 100 + cost[first + 1], Number(first, first + 1, None)
        for end, value in _numbers(morphs, first, blocked):
            if 1 + cost[end] <= cost[first]:
                cost[first], choice[first] = 1 + cost[end], Number(first, end, value)
    numbers: list[Number] = []
    at = 0
    while at < size:
        numbers.append(choice[at])
        at = choice[at].end
    return numbers


def open_joints(morphs: Sequence[Placed], numbers: Sequence[Number]) -> list[int]:
    """Return the positions inside numbers where a written word ends and the number could have ended too."""
    joints = []
    for number in numbers:
        for position in range(number.first + 1, number.end):
            crosses = morphs[position - 1].word != morphs[position].word
            if crosses and _may_stop(morphs[position - 1].morph.kind, morphs[position].morph.kind):
                joints.append(position)
    return joints


def _may_stop(before: str, after: str) -> bool:
    """Tell whether a morph is a multiplier that can end a number, and not a count before one."""
    if before in germanic.OPEN_AFTER:
        return after in germanic.KINDS
    return before in _ENDING and after in _BEGINNING


def _numbers(morphs: Sequence[Placed], first: int, blocked: Collection[int]) -> Iterator[tuple[int, int]]:
    """Yield (end, value) of every number that begins at `first`."""
    morph = morphs[first].morph
    if morph.kind == "Z":
        yield first + 1, 0
        return
    if morph.kind in germanic.KINDS:
        yield from germanic.numbers(morphs, first, blocked)
        return
    starts = [(first + 1, 1000)] if morph.kind == "TUHAT" and "par" not in morph.cases else []
    for end, value in _below_1000(morphs, first, blocked):
        yield end, value
        if end < len(morphs) and _thousand_fits(morphs, end):
            starts.append((end + 1, value * 1000))
    for end, value in starts:
        yield end, value
        if end < len(morphs) and end not in blocked:
            for stop, rest in _below_1000(morphs, end, blocked):
                yield stop, value + rest


def _thousand_fits(morphs: Sequence[Placed], at: int) -> bool:
    morph, before = morphs[at].morph, morphs[at - 1].morph
    if morph.kind != "TUHAT":
        return False
    return "par" in morph.cases or bool(
        (morph.cases & before.cases) - _NO_AGREEMENT and morphs[at].word == morphs[at - 1].word
    )


def _below_1000(morphs: Sequence[Placed], first: int, blocked: Collection[int]) -> Iterator[tuple[int, int]]:
    hundreds: list[tuple[int, int]] = []
    morph = morphs[first].morph
    if morph.kind == "SATA" and ("par" not in morph.cases or _goes_on(morphs, first)):
        hundreds.append((first + 1, 100))
    elif morph.kind == "U":
        if _agrees(morphs, first, "SATA"):
            hundreds.append((first + 2, morph.value * 100))
        elif _kind(morphs, first + 1) == "TOISTA" and _kind(morphs, first + 2) == "SATA":
            hundreds.append((first + 3, (10 + morph.value) * 100))
    for end, value in hundreds:
        yield end, value
        if end < len(morphs) and end not in blocked:
            for stop, rest in _below_100(morphs, end, blocked):
                yield stop, value + rest
    yield from _below_100(morphs, first, blocked)


def _below_100(morphs: Sequence[Placed], first: int, blocked: Collection[int]) -> Iterator[tuple[int, int]]:
    morph = morphs[first].morph
    if morph.kind in {"U", "NAME"}:
        yield first + 1, morph.value
        if morph.kind == "U" and _kind(morphs, first + 1) == "TOISTA":
            yield first + 2, 10 + morph.value
        if morph.kind == "U" and _agrees(morphs, first, "KYM"):
            tens = morph.value * 10
            yield first + 2, tens
            if _kind(morphs, first + 2) in {"U", "NAME"} and first + 2 not in blocked:
                yield first + 3, tens + morphs[first + 2].morph.value
    elif morph.kind == "KYM" and not morph.cases <= {"par", "colpar"}:
        yield first + 1, 10


def _goes_on(morphs: Sequence[Placed], at: int) -> bool:
    """Tell whether the written word goes on after the morph: "sataakakskytkolme" is 123, "sataa" alone is rain."""
    return at + 1 < len(morphs) and morphs[at + 1].word == morphs[at].word


def _kind(morphs: Sequence[Placed], at: int) -> str:
    return morphs[at].morph.kind if at < len(morphs) else ""


def _agrees(morphs: Sequence[Placed], at: int, kind: str) -> bool:
    """Tell whether the unit at `at` multiplies the morph after it, which must be of `kind`."""
    if _kind(morphs, at + 1) != kind:
        return False
    unit, multiplier = morphs[at].morph.cases, morphs[at + 1].morph.cases
    if unit & _BARE and multiplier & _MULTIPLIED:
        return True
    return bool((unit & multiplier) - _NO_AGREEMENT) and morphs[at].word == morphs[at + 1].word
