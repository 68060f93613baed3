"""What a word means beside its neighbours: "vee niin kuin Vihtori", "two hundred and five", "ett" between digits.

Three languages share one table, so a word that is an everyday one in any of them ("en", "one", "to", "är", "hotel") is
a digit or a letter only where its neighbours are: Finnish talk has no runs because it sounds like Swedish.
"""

from __future__ import annotations

from collections.abc import Sequence

from redaction.model import Word
from redaction.numbers import germanic
from redaction.numbers.kinds import NOTHING, Atom, Kind, Shape
from redaction.numbers.lexicon import ANDS, LIKES, OWN_LIKES, PAIRS
from redaction.wordlist import word_set

LEAST_FAINT = 4
# Faint digits in a row that are a number by themselves: "one one one one". Three are a Finn who looks for words.
LEAST_SOUNDS = 4
# Digits in a row with a word that only sounds like one: "two to four" is a time of day.

_UNSETTLED = (
    Kind.LETTER, Kind.PART, Kind.MULTIPLIER, Kind.WEAK, Kind.SPELL, Kind.FAINT, Kind.SOUND,
)  # fmt: skip
_DIGITS = (Kind.NUMBER, Kind.DIGITS)
_IN_ROW = (Kind.NUMBER, Kind.PART, Kind.DIGITS, Kind.FAINT, Kind.SOUND, Kind.MULTIPLIER, Kind.TIMES, Kind.SIGN)
_COMMON = frozenset({"see", "är", "i", "a"})
# Names of letters that are everyday words: "I see a" spells nothing.
_SMALL = frozenset({"o", "å"})
# "On" and "och" as they are said in Turku and everywhere in Swedish.
_NEGATIONS = frozenset({"ei", "en", "et", "eikä", "ettei", "eiks", "eikö", "enkä", "se", "ne", "emmä"})
_KNOWS = word_set("muista tiedä osaa saa oo ole löydä nää näe voi kyllä tunne mä minä enää")
# What follows the "en" of "I don't", straight after a digit too.
_STOPS = (".", "?", "!")
_NAMED = ("numret", "nummer", "beteckning", "beteckningen", "kontot", "iban", "koden", "kod", "adressen", "det", "den")
# A Swede who says one of these says "is" next, and not the letter R.
_AFTER_TWO = frozenset({"de", "be", "ge"})
# The same, straight after a digit: "fem de" is five and they; "fem fyra de" may end in D.


def settle(atoms: list[Atom], words: Sequence[Word]) -> list[Atom]:
    """Return the atoms, changed in place, with every word that needs company made what its company says."""
    row = _Row(atoms, words)
    places = [
        at for at, (_, shape) in enumerate(atoms) if shape is not NOTHING and (shape.text or shape.kind in _UNSETTLED)
    ]
    for at in places:
        if atoms[at].shape.text in ANDS:
            row.join_hundreds(at)
    for at in places:
        row.settle_faint(at)
    for at in places:
        row.settle_rest(at)
    return atoms


class _Row:
    """One channel's atoms while they are settled from left to right."""

    def __init__(self, atoms: list[Atom], words: Sequence[Word]) -> None:
        self._atoms = atoms
        self._words = words

    def join_hundreds(self, at: int) -> None:
        """Make the "and" of "two hundred and five" a part of the number, and a faint word after it a digit."""
        if self._kind(at - 1) is not Kind.NUMBER or self._kind(at + 1) not in (Kind.NUMBER, Kind.FAINT):
            return
        before, after = self._atoms[at - 1].shape.morphs, self._atoms[at + 1].shape
        if before[-1].kind in ("HUNDRED", "THOUSAND") and after.morphs[0].kind in ("ONES", "TEEN", "TENS"):
            self._set(at, Shape(Kind.PART, "", (germanic.AND,)))
            if after.kind is Kind.FAINT:
                self._set(at + 1, _as_number(after))

    def settle_faint(self, at: int) -> None:
        """Make the faint and sounding words of the row around `at` digits, or what they are elsewhere."""
        if self._kind(at) not in (Kind.FAINT, Kind.SOUND):
            return  # settled with a word before it
        begin, end = at, at + 1
        while begin and self._in_row(begin - 1):
            begin -= 1
        while self._in_row(end):
            end += 1
        row = [atom.shape for atom in self._atoms[begin:end]]
        foreign = any(shape.kind is Kind.NUMBER and _is_germanic(shape) for shape in row)
        digits = sum(shape.kind in (Kind.NUMBER, Kind.DIGITS, Kind.FAINT) for shape in row)
        faint = sum(shape.kind is Kind.FAINT and shape.other is None for shape in row)  # "en en en" is "I don't"
        for place, shape in enumerate(row, begin):
            if shape.kind is Kind.FAINT:
                counts = foreign or faint >= LEAST_FAINT or self._between_digits(place, shape)
            elif shape.kind is Kind.SOUND:
                counts = foreign and digits >= LEAST_SOUNDS and begin < place < end - 1
            else:
                continue
            self._set(place, _as_number(shape) if counts else shape.other or NOTHING)

    def _in_row(self, at: int) -> bool:
        return self._kind(at) in _IN_ROW or self._is_letter(at)

    def _between_digits(self, at: int, shape: Shape) -> bool:
        """Tell whether digits stand on both sides; "kaks en kolme" is a Finn's "I don't" or an N."""
        sides = (self._kind(at - 1) if at else Kind.OTHER, self._kind(at + 1))
        return all(side is Kind.DIGITS or (side is Kind.NUMBER and shape.other is None) for side in sides)

    def settle_rest(self, at: int) -> None:
        """Settle letters, parts of numbers and the words that begin a correction."""
        shape = self._atoms[at].shape
        kind = shape.kind
        if kind in (Kind.OTHER, Kind.FILLER, Kind.CORRECTION) or (kind is Kind.LETTER and shape.text == "I"):
            self._join(at, shape)
        if kind is Kind.MULTIPLIER and self._kind(at + 1) is Kind.LETTER and self._text(at + 1) in ("u", "you"):
            self._set(at, Shape(Kind.LETTER, "W"))
            self._set(at + 1, Shape(Kind.SWALLOWED))
        elif kind is Kind.PART:
            if self._kind(at - 1) not in (Kind.NUMBER, Kind.PART):
                self._set(at, shape._replace(kind=Kind.OTHER))  # still an ordinal: "toista" is February, too
        elif kind is Kind.WEAK:
            before = 2 if self._text(at) in _AFTER_TWO else 1
            heard = at >= before and all(self._kind(at - each) in _DIGITS for each in range(1, before + 1))
            heard = heard and not (self._text(at) == "en" and self._text_after(at) in _KNOWS)
            self._set(at, Shape(Kind.LETTER, shape.text) if heard else NOTHING)
        elif kind is Kind.SPELL:
            self._set(at, Shape(Kind.LETTER, shape.text) if self._spells(at, shape) else shape.other or NOTHING)
        elif kind is Kind.LETTER and self._text(at) in _COMMON:
            self._settle_common(at)
        elif kind is Kind.LETTER and self._is_verb(at):
            self._set(at, NOTHING)
        if self._kind(at) is Kind.LETTER:
            self._swallow(at)

    def _join(self, at: int, shape: Shape) -> None:
        """Settle the first word of "ei kun" and of "nej förlåt"."""
        if at + 1 < len(self._atoms) and (shape.text.lower(), self._text(at + 1)) in PAIRS:
            self._set(at, Shape(Kind.CORRECTION))
            self._set(at + 1, Shape(Kind.FILLER))

    def _spells(self, at: int, shape: Shape) -> bool:
        """Tell whether a word of a spelling alphabet stands among letters or straight after a digit.

        Several letters in one word ("fi", "zz") stand before digits, or before the word that explains them.
        """
        if len(shape.text) > 1:
            dotted = at > 0 and self._kind(at - 1) is Kind.SIGN
            return not dotted and (self._kind(at + 1) in _DIGITS or self._explained(at) > 0)
        if at and self._kind(at - 1) in _DIGITS and shape.other is None:
            return True
        return (at > 0 and self._is_letter(at - 1)) or self._is_letter(at + 1) or self._kind(at + 1) is Kind.SPELL

    def _settle_common(self, at: int) -> None:
        """Make a letter's name that is an everyday word what it is without letters or digits beside it."""
        text = self._text(at)
        if text == "i":
            following = self._atoms[at + 1].shape if at + 1 < len(self._atoms) else NOTHING
            if at and self._atoms[at - 1].shape.ordinal and (following.ordinal or following.kind is Kind.MONTH):
                self._set(at, Shape(Kind.FILLER))  # "den femte i tredje"
            elif at and self._kind(at - 1) in _DIGITS and self._kind(at + 1) in (Kind.OTHER, Kind.FILLER):
                self._set(at, NOTHING)  # "nine five i just moved"
        elif text == "är" and at and self._text(at - 1).endswith(_NAMED):
            self._set(at, Shape(Kind.FILLER))  # "kontonumret är eff i ..."
        elif text != "a":
            beside = (at > 0 and self._is_letter(at - 1)) or self._is_letter(at + 1) or self._explained(at) > 0
            if not beside and (at == 0 or self._kind(at - 1) not in _DIGITS):
                self._set(at, Shape(Kind.FILLER) if text == "är" else NOTHING)

    def _is_verb(self, at: int) -> bool:
        """Tell whether a letter is "on" or "och" before talk ("57 o sähköt poikki"), or "ole" after "ei"."""
        text = self._text(at)
        if text == "oo":
            return at > 0 and self._text(at - 1) in _NEGATIONS
        return text in _SMALL and self._talks(at + 1) and at > 0 and not self._is_letter(at - 1)

    def _talks(self, at: int) -> bool:
        """Tell whether a word goes on in talk where `at` would follow it in a code: "57 o sähköt poikki"."""
        if at >= len(self._atoms) or self._atoms[at].word != self._atoms[at - 1].word + 1:
            return False
        return self._atoms[at].shape is NOTHING and not self._words[self._atoms[at - 1].word].text.endswith(_STOPS)

    def _is_letter(self, at: int) -> bool:
        """Tell whether the atom is a letter that is no everyday word."""
        return self._kind(at) is Kind.LETTER and self._text(at) not in _COMMON

    def _swallow(self, at: int) -> None:
        """Swallow the words that explain a letter: "niin kuin Vihtori", "as in Victor"."""
        for place in range(at + 1, min(at + 1 + self._explained(at), len(self._atoms))):
            self._set(place, self._atoms[place].shape._replace(kind=Kind.SWALLOWED))

    def _explained(self, at: int) -> int:
        """Return how many words explain a letter; in Swedish and English the last must begin with the letter."""
        if at + 1 >= len(self._atoms) or self._kind(at + 1) in _DIGITS:
            return 0
        texts = [self._text(place) for place in range(at + 1, min(at + 4, len(self._atoms)))]
        for length in (2, 1):
            like = tuple(texts[:length])
            word = texts[length] if length < len(texts) else ""
            if like in OWN_LIKES or (like in LIKES and word.startswith(self._atoms[at].shape.text.lower())):
                return length + 1
        return 0

    def _kind(self, at: int) -> Kind:
        return self._atoms[at].shape.kind if 0 <= at < len(self._atoms) else Kind.OTHER

    def _text(self, at: int) -> str:
        return self._words[self._atoms[at].word].text.strip(".,!?-").lower()

    def _text_after(self, at: int) -> str:
        return self._text(at + 1) if at + 1 < len(self._atoms) else ""

    def _set(self, at: int, shape: Shape) -> None:
        self._atoms[at] = Atom(self._atoms[at].word, shape)


def is_foreign(atoms: Sequence[Atom]) -> bool:
    """Tell whether a Swedish or English number word is among the atoms."""
    return any(atom.shape.kind is Kind.NUMBER and _is_germanic(atom.shape) for atom in atoms)


def _is_germanic(shape: Shape) -> bool:
    return shape.morphs[0].kind in germanic.KINDS


def _as_number(shape: Shape) -> Shape:
    """Return a faint word as a number; the letter that it may be instead ("en", "o") is its second reading."""
    letter = shape.other if shape.other is not None and shape.other.kind in (Kind.LETTER, Kind.WEAK) else None
    return Shape(Kind.NUMBER, "", shape.morphs, 0, letter and Shape(Kind.LETTER, letter.text))
