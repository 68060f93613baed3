"""What of a masked transcript goes into the index, and where in it a query's words are: both by the same rules.

Each word stands in one basic form in its place, so that phrases are rows of basic forms; what else it is to be found
by (as written, in other languages, the parts of a compound) is listed once a call.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from storage.records import IndexedTurn
from storage.sql.lemmas import asked, lemma, related
from storage.sql.query import Query, Term, words_at, words_of

Said = tuple[str, int, int]
# A word, and where in its text it begins and ends.
Best = tuple[IndexedTurn, tuple[tuple[int, int], ...]]
# A turn, and where in its text it says what is wanted.
Finder = Callable[[Sequence[Said]], list[tuple[int, int]]]
_STEM: Final = 2
# Letters that a word keeps where it is part of a compound, whatever its ending.
FOUND_AT_MOST: Final = 50
# Places in one turn that are marked.


@dataclass(frozen=True, slots=True)
class Forms:
    """The words of one call: a row of basic forms for each turn, and what else they are found by, in order."""

    turns: tuple[tuple[str, ...], ...]
    also: tuple[str, ...]


def forms_of(texts: Sequence[str]) -> Forms:
    """Return the forms of a call's turns."""
    said = [words_of(text) for text in texts]
    everything = {word for words in said for word in words}
    turns = tuple(tuple(map(lemma, words)) for words in said)
    there = {word for words in turns for word in words}
    also = {form for word in everything for form in related(word)}
    return Forms(turns, tuple(sorted(also - there)))


def best_turn(query: Query) -> Callable[[Sequence[IndexedTurn]], Best | None]:
    """Return what finds the turn of a call that says most of a query, the first of several; and where in its text.

    None where there are no turns. Where none says anything, as in what an older edition indexed, it is the first.
    It remembers which words are meant, so one is made for all hits of a search.
    """
    return partial(_find_best, [[_finder(term) for term in group] for group in query.wanted])


def _find_best(finders: Sequence[Sequence[Finder]], turns: Sequence[IndexedTurn]) -> Best | None:
    best: Best | None = None
    most = -1
    for turn in turns:
        words = list(words_at(turn.text))
        places = [[place for find in group for place in find(words)] for group in finders]
        said = sum(map(bool, places))
        if said > most:
            most = said
            best = turn, tuple(sorted({place for each in places for place in each}))[:FOUND_AT_MOST]
        if most == len(finders):
            break
    return best


def _finder(term: Term) -> Finder:
    """Return what finds a term among the words of a turn."""
    return partial(_find_row, term) if len(term.words) > 1 else partial(_find_word, _Known(term))


def _find_word(known: _Known, words: Sequence[Said]) -> list[tuple[int, int]]:
    return [(start, end) for word, start, end in words if known[word]]


class _Known(dict[str, bool]):
    """Which words are a form of a term; each is asked for once, for calls repeat their words."""

    def __init__(self, term: Term) -> None:
        super().__init__()
        self._term = term
        self._wanted = asked(term.words[0])
        self._stems = tuple({form[:_STEM] for form in self._wanted})

    def __missing__(self, word: str) -> bool:
        self[word] = said = self._is_said(word)
        return said

    def _is_said(self, word: str) -> bool:
        if lemma(word) in self._wanted:
            return True
        if not any(stem in word for stem in self._stems):  # what costs most is asked of few words
            return False
        if not self._wanted.isdisjoint(related(word)):
            return True
        return self._term.begins and any(form.startswith(self._term.words[0]) for form in (lemma(word), *related(word)))


def _find_row(term: Term, words: Sequence[Said]) -> list[tuple[int, int]]:
    row = [lemma(word) for word in term.words]
    forms = [lemma(word) for word, _, _ in words]
    starts = [at for at in range(len(words) - len(row) + 1) if forms[at] == row[0] and forms[at : at + len(row)] == row]
    return [(words[at][1], words[at + len(row) - 1][2]) for at in starts]
