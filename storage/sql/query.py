"""What a person types, as conditions of the index: words, "phrases", -exclusions, this/or/that. Never a syntax error.

A word is meant in all its forms: asiakas finds asiakkaalle, and a compound that it is a part of. Words in quotes are
said one after another, each in any form. `lask*` is the beginning of a word. No character of the index's own query
language gets through.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from re import Match
from typing import Final

import regex

from redaction.labels import LABEL
from storage.sql.lemmas import is_known

MOST_TERMS: Final = 32
# Each term is one look into the index.
_TERM: Final = regex.compile(r'(?P<not>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_WORD: Final = regex.compile(r"\p{M}*[\p{L}\p{N}][\p{L}\p{N}\p{M}]*")
_LATIN: Final = re.compile(r"[^\W_]+")
# The same in a text of these alone, and quicker.
_OTHER: Final = re.compile("[\u0300-\U0010ffff]")
_LEAST_BEGINNING: Final = 3
# Letters: shorter ones begin a good part of all words, and each of those is a list to read.
_LONGEST: Final = 200
# Characters of a word; an index has limits of its own.


@dataclass(frozen=True, slots=True)
class Term:
    """One word in any form, or several said one after another; lower-case. `begins`: what begins so is meant as well.

    A word that no dictionary has may have endings that none knows either, so it is taken for a beginning.
    """

    words: tuple[str, ...]
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """One of each group of `wanted` must be said in a call and none of `unwanted`; how is the index's own matter."""

    wanted: tuple[tuple[Term, ...], ...]
    unwanted: tuple[Term, ...]

    @property
    def terms(self) -> tuple[Term, ...]:
        """All that is wanted, one after another."""
        return tuple(term for group in self.wanted for term in group)

    @property
    def has_rows(self) -> bool:
        """Whether words must, or must not, stand one after another."""
        return any(len(term.words) > 1 for term in (*self.terms, *self.unwanted))


def parse(text: str) -> Query:
    """Read what was typed. Raises ValueError for a query without words, or with too many."""
    wanted: list[tuple[Term, ...]] = []
    unwanted: list[Term] = []
    for found in _TERM.finditer(normal(text)):
        said = found["word"]
        group = (_phrase(found["phrase"] or ""),) if said is None else tuple(map(_word, said.split("/")))
        group = tuple(term for term in group if term.words)
        if found["not"]:
            unwanted += group
        elif group:
            wanted.append(group)
    if not wanted:
        msg = "the query has no words"
        raise ValueError(msg)
    if sum(map(len, wanted)) + len(unwanted) > MOST_TERMS:
        msg = f"the query has more than {MOST_TERMS} words"
        raise ValueError(msg)
    return Query(tuple(wanted), tuple(unwanted))


def normal(text: str) -> str:
    """Compose letters (ä is one character), so that what is typed and what is indexed are the same."""
    return unicodedata.normalize("NFC", text)


def words_of(text: str) -> tuple[str, ...]:
    """Cut a text into its words, lower-case: letters and digits of any script, with the marks above them."""
    return tuple(word for word, _, _ in words_at(text))


def words_at(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield the words of a text, lower-case, each with where it begins and ends. What stands for a mask is no word."""
    if "[" in text:
        text = LABEL.sub(_covered, text)
    folded = text.casefold()
    if _OTHER.search(text) or len(folded) != len(text):  # a letter may become two, and places are those of the text
        for found in _WORD.finditer(text):
            yield found[0].casefold()[:_LONGEST], found.start(), found.end()
        return
    for found in _LATIN.finditer(folded):
        start, end = found.span()
        yield folded[start : min(end, start + _LONGEST)], start, end


def _covered(label: Match[str]) -> str:
    """Stand in the same place, and be no word."""
    return "-" * (label.end() - label.start())


def _phrase(text: str) -> Term:
    return Term(words_of(text))


def _word(text: str) -> Term:
    words = words_of(text)
    if len(words) != 1:
        return Term(words)
    long_enough = len(words[0]) >= _LEAST_BEGINNING
    return Term(words, begins=long_enough and (text.endswith("*") or not is_known(words[0])))
