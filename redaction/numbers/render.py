"""A run's atoms to text: digits, capital letters and signs, in every reading, each character tied to its words.

Signs in the text: `-+./,_:` as said or written, `?` for one word that could not be read ("unknown").
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from redaction.numbers.dates import Said, match_date
from redaction.numbers.grammar import open_joints, parse
from redaction.numbers.kinds import Atom, Kind, Number, Placed

MOST_READINGS = 8
FIRST_READINGS = 3
# Of the likeliest meaning of each word, before the readings with "en" as N and "o" as O.
MOST_REPEATS = 20
# "Viisitoista ykköstä": nobody counts further in one word.
_CORRECTION, _JOINT, _TIMES = "\x00", "\x01", "\x02"


class Character(NamedTuple):
    """One character and the first and last written word it was made of."""

    text: str
    first: int
    last: int


class Reading(NamedTuple):
    """One way to read a run; `first[i]` and `last[i]` are the words of `text[i]`."""

    text: str
    first: tuple[int, ...]
    last: tuple[int, ...]


class Stretch(NamedTuple):
    """Number words that follow each other without anything between, and the joints that may be cut."""

    at: int
    end: int
    morphs: list[Placed]
    numbers: list[Number]
    joints: list[int]


def readings(atoms: Sequence[Atom], pauses: frozenset[int] = frozenset()) -> tuple[Reading, ...]:
    """Return the readings, the likeliest first: fewest numbers, corrections applied, nothing between the digits.

    `pauses` are words that silence or the other speaker followed: one reading has a space there and at fillers.
    """
    texts = _texts(atoms, pauses)
    if any(atom.shape.other is not None for atom in atoms):
        swapped = [Atom(word, shape.other or shape) for word, shape in atoms]
        first = dict(list(texts.items())[:FIRST_READINGS])
        texts = first | _texts(swapped, pauses) | texts
    return tuple(texts.values())[:MOST_READINGS]


def _texts(atoms: Sequence[Atom], pauses: frozenset[int]) -> dict[str, Reading]:
    """Return text -> reading, the likeliest first."""
    dates = _dates(atoms)
    stretches = _stretches(atoms, dates)
    joints = [(stretch.at, joint) for stretch in stretches.values() for joint in stretch.joints]
    texts: dict[str, Reading] = {}
    for blocked in _choices(joints):
        characters = _characters(atoms, dates, stretches, frozenset(blocked))
        marks = {character.text for character in characters}
        ways = [(True, False), *([(False, False)] if _CORRECTION in marks else []), (True, True)]
        for corrected, spaced in ways if pauses or _JOINT in marks else ways[:-1]:
            reading = _finish(characters, pauses if spaced else None, corrected=corrected)
            texts.setdefault(reading.text, reading)
    return texts


def _choices(joints: Sequence[tuple[int, int]]) -> list[tuple[tuple[int, int], ...]]:
    """Return which joints to cut, none first; with many, only none, all and one at a time (the span is the same)."""
    if len(joints) <= 2:
        return [chosen for size in range(len(joints) + 1) for chosen in combinations(joints, size)]
    return [(), tuple(joints), *((joint,) for joint in joints[:6])]


def _dates(atoms: Sequence[Atom]) -> dict[int, Said]:
    found: dict[int, Said] = {}
    at = 0
    while at < len(atoms):
        date = match_date(atoms, at)
        if date:
            found[at] = date
            at = date.end
        else:
            at += 1
    return found


def _stretches(atoms: Sequence[Atom], dates: dict[int, Said]) -> dict[int, Stretch]:
    """Return the unbroken stretches of number words outside dates, by the position where they begin."""
    found: dict[int, Stretch] = {}
    at = 0
    while at < len(atoms):
        if at in dates:
            at = dates[at].end
            continue
        end = at
        while end < len(atoms) and end not in dates and atoms[end].shape.kind in (Kind.NUMBER, Kind.PART):
            end += 1
        if end > at:
            morphs = [Placed(morph, atoms[i].word) for i in range(at, end) for morph in atoms[i].shape.morphs]
            numbers = parse(morphs)
            found[at] = Stretch(at, end, morphs, numbers, open_joints(morphs, numbers))
        at = max(end, at + 1)
    return found


def _characters(
    atoms: Sequence[Atom], dates: dict[int, Said], stretches: dict[int, Stretch], blocked: frozenset[tuple[int, int]]
) -> list[Character]:
    """Return the run as characters; `blocked` are (stretch, joint) pairs that must not be read as one number."""
    out: list[Character] = []
    repeat = 1
    at = 0
    while at < len(atoms):
        begin = len(out)
        if at in dates:
            out.extend(_date_characters(atoms, dates[at]))
            at = dates[at].end
        elif at in stretches:
            stretch = stretches[at]
            out.extend(_number_characters(stretch, {joint for start, joint in blocked if start == at}))
            at = stretch.end
        else:
            word, shape = atoms[at]
            if shape.kind is Kind.SWALLOWED and out:
                out[-1] = out[-1]._replace(last=word)
            if shape.kind is Kind.MULTIPLIER:
                repeat = int(shape.text)
                at += 1
                continue
            out.extend(Character(text, word, word) for text in _plain(shape.kind, shape.text, out))
            at += 1
        if repeat > 1 and len(out) > begin:
            out[begin:begin] = [out[begin]] * (repeat - 1)
            repeat = 1
    return _times(out)


def _plain(kind: Kind, text: str, before: Sequence[Character]) -> str:
    """Return the characters of an atom that is no number word."""
    if kind in (Kind.DIGITS, Kind.LETTER, Kind.WEAK, Kind.SIGN):
        return text
    if kind is Kind.LINK:
        return "" if before and before[-1].text in "-+" else "-"
    if kind is Kind.CORRECTION:
        return _CORRECTION
    if kind is Kind.FILLER:
        return _JOINT
    if kind is Kind.TIMES:
        return _TIMES
    return "?" if kind in (Kind.OTHER, Kind.MONTH) else ""


def _date_characters(atoms: Sequence[Atom], date: Said) -> list[Character]:
    """Return DD.MM. and the year; the day's and month's characters belong to the words before the year's."""
    first, head_last = atoms[date.first].word, atoms[max(date.first, min(date.year_at, date.end) - 1)].word
    head = [Character(text, first, head_last) for text in f"{date.day:02d}.{date.month:02d}"]
    if not date.year:
        return head
    year_first, year_last = atoms[date.year_at].word, atoms[date.end - 1].word
    return [*head, *(Character(text, year_first, year_last) for text in f".{date.year}")]


def _number_characters(stretch: Stretch, blocked: set[int]) -> list[Character]:
    """Return the decimal digits of the numbers; "viis nollaa" and "neljä ysiä" are repeats."""
    out: list[Character] = []
    numbers = parse(stretch.morphs, blocked) if blocked else stretch.numbers
    count: Number | None = None
    for number in numbers:
        first, last = stretch.morphs[number.first].word, stretch.morphs[number.end - 1].word
        countable = number.end == number.first + 1 and "npar" in stretch.morphs[number.first].morph.cases
        if countable and count is not None and count.value is not None and 2 <= count.value <= MOST_REPEATS:
            kept = len(out) - len(str(count.value))
            first = out[kept].first
            del out[kept:]
            out.extend([Character(str(number.value), first, last)] * count.value)
            count = None
            continue
        if number.value is not None:
            out.extend(Character(digit, first, last) for digit in str(number.value))
        count = number
    return out


def _times(characters: list[Character]) -> list[Character]:
    """Return the characters with "neljä kertaa ykkönen" as four ones; a stray "kertaa" is dropped."""
    out: list[Character] = []
    count = 0
    for character in characters:
        if character.text == _TIMES:
            if out and out[-1].text.isdecimal():
                count = int(out[-1].text)
            continue
        if count and character.text.isdecimal():
            first = out.pop().first
            out.extend([Character(character.text, first, character.last)] * count)
        else:
            out.append(character)
        count = count if character.text == _JOINT else 0
    return out


def _finish(characters: Sequence[Character], pauses: frozenset[int] | None, *, corrected: bool) -> Reading:
    """Return a reading: `corrected` lets what follows a correction replace as many digits before it.

    With `pauses` not None, spaces stand where the number was paused or filled.
    """
    out: list[Character] = []
    for at, character in enumerate(characters):
        before = out[-1] if out else None
        paused = before is not None and before.last in (pauses or ()) and character.first > before.last
        if character.text == _CORRECTION and corrected:
            _take_back(out, characters[at + 1 :])
        parts = character.text == _JOINT or (paused and character.text not in (_CORRECTION, _JOINT))
        if parts and pauses is not None and before is not None and before.text != " ":
            out.append(Character(" ", before.first, before.last))
        if character.text not in (_CORRECTION, _JOINT):
            out.append(character)
    return Reading(
        "".join(each.text for each in out), tuple(each.first for each in out), tuple(each.last for each in out)
    )


def _take_back(out: list[Character], following: Sequence[Character]) -> None:
    """Drop from `out` as many digits as the correction says anew; the words stay inside the run all the same."""
    renewed = 0
    for character in following:
        if character.text.isdecimal():
            renewed += 1
        elif renewed or character.text == _CORRECTION:
            break
    while renewed and out:
        if out[-1].text.isdecimal():
            renewed -= 1
        elif out[-1].text.isalpha():
            break
        out.pop()
