"""Runs: the stretches of one speaker's words that say one number or code, over fillers, pauses and the other's "joo".

Built generously (design.md 2 and 3): a run bridges one word that could not be read between two parts of a long
number, because a recognizer that errs in every fifth word puts one there. What a run is called comes later.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from redaction.common_words import is_function_word
from redaction.dictionary import is_compound_of, is_word
from redaction.model import Word
from redaction.numbers.atoms import read_word
from redaction.numbers.company import is_foreign, settle
from redaction.numbers.dates import DATED, match_date
from redaction.numbers.harmless import CLOCK, DATE, DECIMAL, harmless
from redaction.numbers.kinds import NOTHING, Atom, Kind, Morph, Shape
from redaction.numbers.lexicon import SEPARATORS
from redaction.numbers.misheard import may_be_digit
from redaction.numbers.render import Reading, readings

LONGEST_PAUSE = 20.0
# Seconds between two parts of one number; a slot stays open about this long (domain.md 2.2, 11).
MOST_BETWEEN = 12
# Words of the other speaker between two parts.
MOST_FILLERS = 5
LEAST_DIGITS_TO_BRIDGE = 5
GROUP_PAUSE = 0.3
# Seconds between the groups of a number, and sometimes between two numbers.
TURN_PAUSE = 1.0
# Seconds after which a word does not say what the number before it counts.
MOST_IN_GAP = 4
# Atoms between two parts of one number, the fillers with them.
LONGEST_BREATH = 3.0
# Seconds from the digit before an unreadable word to the one after it.
LEAST_TALK = 7
# Letters of a dictionary's word that a misheard digit is not: "käyttöpaikka", "vero".
LEAST_DAY = 3
# "Eka" and "toinen" count things before a number oftener than they are days.

_SUBSTANCE = (Kind.NUMBER, Kind.DIGITS, Kind.LETTER)
_WITHIN = (Kind.FILLER, Kind.SIGN, Kind.MULTIPLIER, Kind.TIMES, Kind.LINK, Kind.CORRECTION, Kind.SWALLOWED)

_BEFORE_ME = frozenset({"and", "but", "so", "because", "that", "if", "when", "then"})
_UMS = frozenset({"tota", "tuota", "niin", "no", "ja", "sit", "sitten", "öö"})
# "Tota noin": before "noin" they say that it is a filler.
_DICTATED = frozenset({"nom", "col", "name", "col10", "colpar", "npar"})
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Words `first` to `last` (those of `channel`) say one number in one of `readings`.

    `words`: the written words that carry it, in order. `digits`: how many the likeliest reading has. `harmless`: why
    it is no identifier ("unit", "clock", "date", "cardinal", "decimal"), or "".
    """

    channel: int
    first: int
    last: int
    words: tuple[int, ...]
    digits: int
    harmless: str
    readings: tuple[Reading, ...]


def find_runs(words: Sequence[Word], *, breaks: Collection[int] = ()) -> tuple[Run, ...]:
    """Return all runs with at least one digit or three letters, in order of their first word.

    `breaks` are indexes of words that name a kind of data: a new question ends the number before it.
    """
    shapes: dict[str, tuple[Shape, ...]] = {}
    by_channel: dict[int, list[int]] = {}
    for index, word in enumerate(words):
        by_channel.setdefault(word.channel, []).append(index)
    found: list[Run] = []
    ends = sorted(breaks)
    for channel, mine in by_channel.items():
        atoms = settle(_atoms(words, mine, shapes), words)
        stops = _Stops(words, ends)
        parts = list(_parts(atoms, stops))
        for begin, end in _bridge(parts, atoms, stops):
            run = _run(channel, atoms[begin:end], stops, counted=_counts(atoms, end, stops))
            if run is not None:
                found.append(_with_edges(run, atoms, begin, end, stops))
    return tuple(sorted(found, key=lambda run: run.first))


def _atoms(words: Sequence[Word], mine: Sequence[int], shapes: dict[str, tuple[Shape, ...]]) -> list[Atom]:
    """Return the atoms of one channel; each word as written is read once and kept in `shapes`."""
    for text in {words[index].text for index in mine} - shapes.keys():
        shapes[text] = read_word(text)
    return [Atom(index, shape) for index in mine for shape in shapes[words[index].text]]


class _Stops:
    """Where a run cannot go on: long pauses, much of the other's talk, a question for something else."""

    def __init__(self, words: Sequence[Word], breaks: Sequence[int]) -> None:
        self._words = words
        self._breaks = breaks

    def between(self, left: int, right: int) -> bool:
        """Tell whether words `left` and `right` of one channel cannot be parts of one number."""
        if right - left - 1 > MOST_BETWEEN + MOST_FILLERS:
            return True
        end, start = self._words[left].end, self._words[right].start
        if end is not None and start is not None and start - end > LONGEST_PAUSE:
            return True
        at = bisect_right(self._breaks, left)
        return (at < len(self._breaks) and self._breaks[at] < right) or self._about(left, right)

    def _about(self, left: int, right: int) -> bool:
        """Tell whether "noin" stands between two words and means "about": "kaksi noin tuhatta", not "tota noin"."""
        said = [self._words[index].text.strip(".,…-").lower() for index in range(left, right)]
        return any(word == "noin" and before not in _UMS for before, word in pairwise(said))

    def pauses(self, mine: Sequence[int]) -> frozenset[int]:
        """Return those of a run's words after which its speaker paused or the other spoke."""
        found = set()
        for left, right in pairwise(mine):
            end, start = self._words[left].end, self._words[right].start
            silent = end is not None and start is not None and start - end > GROUP_PAUSE
            if silent or self.other_spoke(left, right):
                found.add(left)
        return frozenset(found)

    def other_spoke(self, left: int, right: int) -> bool:
        """Tell whether a word of another channel lies between two words."""
        channel = self._words[left].channel
        return any(self._words[index].channel != channel for index in range(left + 1, right))

    def is_pronoun(self, index: int) -> bool:
        """Tell whether a letter is the English word: "the fifth of March and I cannot"."""
        before = self._words[index - 1].text.strip(".,").lower() if index else ""
        return self._words[index].text.lower() == "i" and before in _BEFORE_ME

    def parts(self, left: int, right: int) -> bool:
        """Tell whether a sentence, a turn or a long breath ends between two words that follow each other."""
        if left == right:
            return False
        if right > left + 1 or self._words[left].text.endswith((".", "?", "!")):
            return True
        end, start = self._words[left].end, self._words[right].start
        return end is not None and start is not None and start - end > TURN_PAUSE

    def may_be_digit(self, index: int, beside: int, *, foreign: bool) -> bool:
        """Tell whether a word beside a run, said in one go with it, may be a digit of it."""
        low, high = min(index, beside), max(index, beside)
        if self.other_spoke(low, high) or self.between(low, high):
            return False
        text = self._words[index].text.strip(".,!?").lower()
        return not is_function_word(text) and may_be_digit(text, foreign=foreign)

    def one_breath(self, left: int, middle: int, right: int, *, foreign: bool) -> bool:
        """Tell whether a word between two others of its channel is said in one go with them and may be misheard."""
        text = self._words[middle].text
        if self.between(left, right) or not _readable(text) or _talks(text, foreign=foreign):
            return False
        if self.other_spoke(left, right):
            return may_be_digit(text.strip(".,!?").lower(), foreign=foreign)
        end, start = self._words[left].end, self._words[right].start
        return end is None or start is None or start - end <= LONGEST_BREATH


def _parts(atoms: Sequence[Atom], stops: _Stops) -> Iterator[tuple[int, int]]:
    """Yield [begin, end) positions of stretches of substance joined by what may lie within a number."""
    begin = end = -1
    fillers = 0
    joint: tuple[int, int] | None = None  # where the run paused last: the end before it and the begin after it
    at = 0
    while at < len(atoms):
        shape = atoms[at].shape
        if shape is NOTHING and begin < 0:  # most words of a call are nothing
            at += 1
            continue
        date = match_date(atoms, at) if shape.ordinal or shape.kind in DATED else None
        stop = date.end if date else at + 1
        kind = shape.kind
        if kind is Kind.LETTER and stops.is_pronoun(atoms[at].word):
            yield from _whole(begin, end, None)
            begin, fillers, joint = -1, 0, None
        elif date or kind in _SUBSTANCE or (kind is Kind.PART and end == at):
            if begin >= 0 and (fillers > MOST_FILLERS or _ends(atoms, (begin, end, at), stops, dated=date is not None)):
                yield begin, end
                begin, joint = -1, None
            if begin < 0:
                begin = _lead(atoms, at)
            elif fillers or stops.parts(atoms[_before(atoms, at, end)].word, atoms[at].word):
                joint = end, at
            end, fillers = stop, 0
        elif kind is Kind.SWALLOWED and end == at:
            end = stop
        elif kind not in _WITHIN:
            yield from _whole(begin, end, joint if end == at and _counts(atoms, at, stops) else None)
            begin, fillers, joint = -1, 0, None
        else:
            fillers += kind in (Kind.FILLER, Kind.CORRECTION)
        at = stop
    yield from _whole(begin, end, None)


def _before(atoms: Sequence[Atom], at: int, end: int) -> int:
    """Return the atom that the one at `at` goes on from: the sign of "22 pilkku 5", or the end of the substance."""
    return at - 1 if at > end and atoms[at - 1].shape.kind is Kind.SIGN else end - 1


def _whole(begin: int, end: int, joint: tuple[int, int] | None) -> Iterator[tuple[int, int]]:
    """Yield a stretch, in two where what follows its last pause counts something: "040 123 4567. No yks juttu"."""
    if joint:
        yield begin, joint[0]
        begin = joint[1]
    if begin >= 0:
        yield begin, end


def _ends(atoms: Sequence[Atom], places: tuple[int, int, int], stops: _Stops, *, dated: bool) -> bool:
    """Tell whether the run of atoms [begin, end) ends before the one at `at`: too far, or another turn or a date."""
    begin, end, at = places
    before, after = atoms[end - 1].word, atoms[at].word
    if stops.between(before, after):
        return True
    if stops.other_spoke(before, after):
        shape = atoms[at].shape
        return dated or _is_inflected(shape) or (_is_year(shape) and not _is_long(atoms[begin:end]))
    filled = any(atom.shape.kind is Kind.FILLER for atom in atoms[end:at])
    # "yhdestä ja se on nolla neljä", "767 25 ja 22. toukokuuta"
    return filled and (_is_counted(atoms, begin, end) or (dated and _is_long(atoms[begin:end])))


def _is_long(atoms: Sequence[Atom]) -> bool:
    return _digits(atoms) >= LEAST_DIGITS_TO_BRIDGE


def _is_year(shape: Shape) -> bool:
    """Tell whether a number is a year or thousands, said as one."""
    return _YEAR.fullmatch(shape.text) is not None or any(morph.kind == "TUHAT" for morph in shape.morphs)


def _lead(atoms: Sequence[Atom], at: int) -> int:
    """Return where a run that begins with substance at `at` begins: a sign or "tupla" straight before belongs to it."""
    before = atoms[at - 1].shape if at else None
    if before is None:
        return at
    if before.kind is Kind.MULTIPLIER or (before.kind is Kind.SIGN and before.text in "+-"):
        return at - 1
    if before.ordinal >= LEAST_DAY and before.kind is Kind.OTHER and atoms[at].word == atoms[at - 1].word + 1:
        return at - 1  # "viidestoista [month misheard] kuuskytkaks": a day
    return at - 1 if before.kind is Kind.LINK else at


def _digits(atoms: Sequence[Atom]) -> int:
    """Return a quick count of the digits, near enough to decide about bridging."""
    return sum(len(atom.shape.text) if atom.shape.kind is Kind.DIGITS else _said(atom.shape.morphs) for atom in atoms)


def _said(morphs: Sequence[Morph]) -> int:
    """Return about how many digits a number word says: two in "seitsemänkymmentäkahdeksan" as in "kaksitoista"."""
    tens = sum(left.kind == "KYM" and right.kind == "U" for left, right in pairwise(morphs))
    return len(morphs) - tens


def _bridge(parts: Sequence[tuple[int, int]], atoms: Sequence[Atom], stops: _Stops) -> list[tuple[int, int]]:
    """Return the parts, two joined where one unreadable word lies between parts of a long number."""
    joined: list[tuple[int, int]] = []
    for begin, end in parts:
        if joined and _is_gap(atoms, joined[-1], (begin, end), stops):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((begin, end))
    return joined


def _is_gap(atoms: Sequence[Atom], left: tuple[int, int], right: tuple[int, int], stops: _Stops) -> bool:
    """Tell whether a word or two that may be misheard digits or letters are all that parts two stretches."""
    if right[0] - left[1] > MOST_IN_GAP:
        return False
    between = atoms[left[1] : right[0]]
    unread = [atom for atom in between if atom.shape.kind not in (Kind.FILLER, Kind.SIGN, Kind.LINK)]
    if not 1 <= len(unread) <= 2 or any(atom.shape.kind is not Kind.OTHER for atom in unread):
        return False
    if _is_amount(atoms, *left) or _is_amount(atoms, *right):
        return False
    before, after = _digits(atoms[slice(*left)]), _digits(atoms[slice(*right)])
    lettered = atoms[right[0]].shape.kind is Kind.LETTER  # the check letter after a misheard last digit
    if before + after < LEAST_DIGITS_TO_BRIDGE or not before or not (after or lettered):
        return False
    if (
        _is_counted(atoms, *left)
        or _is_inflected(atoms[right[0]].shape)
        or (len(unread) == 2 and min(before, after) < 2)
    ):
        return False
    beside = atoms[left[1] - 1].word, atoms[right[0]].word
    foreign = is_foreign(atoms[left[0] : right[1]])
    return all(stops.one_breath(beside[0], atom.word, beside[1], foreign=foreign) for atom in unread)


def _is_amount(atoms: Sequence[Atom], begin: int, end: int) -> bool:
    """Tell whether a stretch is by itself a written date, a time of day or an amount with its unit."""
    text = "".join(atom.shape.text for atom in atoms[begin:end] if atom.shape.kind not in (Kind.FILLER, Kind.OTHER))
    counted = end < len(atoms) and atoms[end].shape.kind is Kind.UNIT
    return counted or any(shape.fullmatch(text) for shape in (CLOCK, DECIMAL, DATE))


def _is_counted(atoms: Sequence[Atom], begin: int, end: int) -> bool:
    """Tell whether a stretch is one number that counts, and no part of what follows: "kahdella numerolla se on"."""
    return end - begin == 1 and _is_inflected(atoms[begin].shape)


def _is_inflected(shape: Shape) -> bool:
    """Tell whether a number word stands in a case that counts ("kahdessa erässä") and does not dictate."""
    return bool(shape.morphs) and not shape.morphs[-1].cases & _DICTATED


def _readable(text: str) -> bool:
    """Tell whether an unknown word may be a misheard digit or letter: short, and no word that separates numbers."""
    bare = text.strip(".,!?").lower()
    return len(bare) <= 12 and bare not in SEPARATORS and not text.startswith("[")


def _talks(text: str, *, foreign: bool) -> bool:
    """Tell whether a word is an everyday one or a request, and like no digit: "soita", "kirjoittakaa"."""
    bare = text.strip(".,!?…-").lower()
    everyday = is_function_word(bare) or bare.endswith(("kaa", "kää")) or _is_everyday(bare)
    return everyday and not may_be_digit(bare, foreign=foreign)


def _is_everyday(text: str) -> bool:
    """Tell whether a word of some length is a dictionary's, or made of two of them."""
    return len(text) >= LEAST_TALK and (is_word(text) or is_compound_of(text))


def _counts(atoms: Sequence[Atom], end: int, stops: _Stops) -> bool:
    """Tell whether a unit follows in the same breath: "5 euroa", not "6 8 4." - "henkilökortti ..."."""
    if end >= len(atoms) or atoms[end].shape.kind is not Kind.UNIT:
        return False
    return not stops.parts(atoms[end - 1].word, atoms[end].word)


def _run(channel: int, atoms: Sequence[Atom], stops: _Stops, *, counted: bool) -> Run | None:
    """Return the run of these atoms, or None when it has neither a digit nor three letters in a row."""
    inside = atoms[_trim_letters(atoms, 0, len(atoms)) :]
    words = tuple(sorted({atom.word for atom in inside}))
    read = readings(inside, stops.pauses(words))
    text = read[0].text if read else ""
    digits = sum(character.isdecimal() for character in text)
    letters = sum(atom.shape.kind is Kind.LETTER for atom in inside)
    if not digits and letters < 3:
        return None
    return Run(
        channel=channel,
        first=words[0],
        last=words[-1],
        words=words,
        digits=digits,
        harmless=harmless(inside, text, digits, counted=counted),
        readings=read,
    )


def _with_edges(run: Run, atoms: Sequence[Atom], begin: int, end: int, stops: _Stops) -> Run:
    """Return a long run with the words beside it that may be its first or last digit misheard; its text stays."""
    if run.digits < LEAST_DIGITS_TO_BRIDGE or run.harmless:
        return run
    foreign = is_foreign(atoms[begin:end])
    edges = []
    for at, inside in ((begin - 1, run.first), (end, run.last)):
        unread = 0 <= at < len(atoms) and atoms[at].shape.kind is Kind.OTHER
        taken = unread and stops.may_be_digit(atoms[at].word, inside, foreign=foreign)
        edges.append(atoms[at].word if taken else inside)
    return run if edges == [run.first, run.last] else replace(run, first=edges[0], last=edges[1])


def _trim_letters(atoms: Sequence[Atom], begin: int, end: int) -> int:
    """Return `begin` moved past letters that a filler parts from the first digit: "ii ja kolme", and past a lone "ä".

    That is the Swedish "is" ("numret ä fyra fem"); nothing that is dictated begins with it and goes on in digits.
    """
    if end - begin > 1 and atoms[begin].shape.text == "Ä" and atoms[begin + 1].shape.kind in (Kind.NUMBER, Kind.DIGITS):
        return begin + 1
    at = begin
    while at < end and atoms[at].shape.kind in (Kind.LETTER, Kind.SWALLOWED):  # "äffä niin kuin Faarao ii"
        at += 1
    if at < end and at > begin and atoms[at].shape.kind not in (Kind.NUMBER, Kind.DIGITS, Kind.SIGN, Kind.MULTIPLIER):
        return (
            at
            if any(each.shape.kind in (Kind.NUMBER, Kind.DIGITS) for each in atoms[at:end]) and at - begin < 2
            else begin
        )
    return begin
