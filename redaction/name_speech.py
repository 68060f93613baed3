"""What one channel says, as the rules of names see it: each word with what it can be, and where a sentence ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum
from itertools import pairwise

from redaction.bare import STRIPPED
from redaction.common_words import GREETINGS, is_function_word, is_listed_name, is_ordinary
from redaction.dictionary import is_basic, is_compound_of, is_of_another, is_word, may_be_word, word_forms
from redaction.model import Word
from redaction.municipalities import is_municipality
from redaction.names import AMBIGUOUS_FIRST_NAMES, NAME_WORDS, first_name, is_surname, surname
from redaction.numbers.atoms import read_word
from redaction.numbers.kinds import Kind as AtomKind
from redaction.surname_shapes import has_surname_shape
from redaction.wordlist import word_set

LONGEST = 3
# Names in a row, without particles.
COMPOUND = 9
# Letters of a word that is taken apart: surnames made of two words are known by their second one before that.
TURN_GAP = 1.5
_STOPS = (".", "!", "?", ";", "…")
_PARTICLES = word_set("von af de van der da al el bin")


class Kind(IntEnum):
    """What a word can be, by the word alone."""

    NONE = 0
    # Ordinary, or no word.
    WORD = 1
    # In the dictionary and in no list of names: part of one only where something else tells it.
    DOUBLE = 2
    # A name that is an ordinary word too: Lumi, Laine, Anna.
    UNKNOWN = 3
    # No everyday word and in no list.
    FIRST = 4
    SURNAME = 5
    # In a list, or of a surname's shape.


def kind_of(word: str) -> Kind:
    """Return what a lower-case word can be."""
    if len(word) < 2 or not word.replace("-", "").replace("'", "").isalpha():
        return Kind.NONE
    name = first_name(word)
    if word in NAME_WORDS or name in NAME_WORDS or name in AMBIGUOUS_FIRST_NAMES:
        return Kind.DOUBLE
    if is_function_word(word):
        return Kind.NONE
    return _of_content(word, name)


def _of_content(word: str, name: str | None) -> Kind:
    if is_listed_name(word):
        return Kind.DOUBLE if _means_more(word, name) else Kind.FIRST if name is not None else Kind.SURNAME
    if is_ordinary(word):
        return Kind.DOUBLE if name is not None or is_surname(word) else Kind.NONE
    if any(shape.kind <= AtomKind.PART for shape in read_word(word)):
        return Kind.NONE  # "tvåtusen", "äffä": it says a number or a letter
    if has_surname_shape(word):
        return Kind.WORD if word in word_forms("fi") else Kind.SURNAME
    if any(first_name(part) for part in word.split("-")):
        return Kind.FIRST
    return _of_unlisted(word)


def _means_more(word: str, name: str | None) -> bool:
    """Tell whether a form of a listed name is a form of another word, or a surname is a noun as it stands (Kokko)."""
    known = name or surname(word) or word
    return is_of_another(word, known) or (name is None and is_basic(known) and not known.endswith("nen"))


def _of_unlisted(word: str) -> Kind:
    if is_municipality(word):
        return Kind.NONE
    if is_word(word):
        return Kind.WORD if is_basic(word) else Kind.NONE
    if may_be_word(word) or (len(word) >= COMPOUND and is_compound_of(word)):
        return Kind.WORD
    return Kind.UNKNOWN


Kinds = Mapping[str, Kind]


class Speech:
    """What one channel says, word by word; `ends` where a sentence or a turn ends after a word."""

    def __init__(self, words: Sequence[Word], lowers: Sequence[str], mine: Sequence[int], known: Kinds) -> None:
        """Take the words of a channel: `mine` are their indexes, `lowers` all words bare, `known` what each can be."""
        self.at = mine
        self.texts = [words[index].text for index in mine]
        self.lowers = [lowers[index] for index in mine]
        self.kinds = [known[word] for word in self.lowers]
        self.turns = [right > left + 1 or self._paused(words[left], words[right]) for left, right in pairwise(mine)]
        self.turns.append(True)
        last = [text[-1:] for text in self.texts]
        self.ends = [turn or letter in _STOPS for turn, letter in zip(self.turns, last, strict=True)]
        self.parts = [end or letter == "," for end, letter in zip(self.ends, last, strict=True)]

    def __len__(self) -> int:
        return len(self.at)

    @staticmethod
    def _paused(this: Word, following: Word) -> bool:
        end, start = this.end, following.start
        return end is not None and start is not None and start - end > TURN_GAP

    def begins(self, at: int) -> bool:
        """Tell whether a sentence or a turn begins with this word."""
        return at == 0 or self.ends[at - 1] or self.texts[at - 1].startswith("[")  # a mask has lost its full stop

    def capital(self, at: int) -> bool:
        """Tell whether the recognizer gave the word a capital that no sentence's beginning explains."""
        text = self.texts[at].strip(STRIPPED)
        return text[:1].isupper() and text[1:2].islower() and not self.begins(at)

    def is_named(self, at: int) -> bool:
        """Tell whether the word can be a name where one is expected."""
        word = self.lowers[at]
        if len(word) < 2 or not word.replace("-", "").replace("'", "").isalpha():
            return False
        if is_function_word(word):
            return self.kinds[at] is Kind.DOUBLE and word not in GREETINGS
        return self.kinds[at] > Kind.NONE or self.capital(at)

    def span(self, begin: int) -> int:
        """Return where the names that begin here end; `begin` itself when there are none."""
        at, names = begin, 0
        while at < len(self) and names < LONGEST:
            particle = names and self.lowers[at] in _PARTICLES and at + 1 < len(self) and not self.ends[at]
            if not particle and not self.is_named(at):
                break
            names += not particle
            at += 1
            if self.parts[at - 1]:
                break
        return at

    def sure(self, begin: int, end: int) -> bool:
        """Tell whether what the words look like says that they are names: capitals, a list, a surname's shape."""
        return any(self.capital(at) or self.kinds[at] >= Kind.FIRST for at in range(begin, end)) or (
            end - begin >= 2 and all(self.kinds[at] > Kind.NONE for at in range(begin, end))
        )

    def greets(self, at: int) -> bool:
        """Tell whether the word is there and a greeting."""
        return at < len(self) and self.lowers[at] in GREETINGS

    def closed(self, end: int) -> bool:
        """Tell whether the talk goes on to something else after a name: the turn ends, a greeting, a small word."""
        return end == len(self) or self.ends[end - 1] or is_function_word(self.lowers[end])
