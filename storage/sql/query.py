"""What a person types, as conditions of the index: words, "phrases", -exclusions. Never a syntax error.

A word matches every word that begins with it, since Finnish hangs its endings there: lasku finds laskun. What stands
in quotes is meant as it stands. No character of the index's own query language gets through.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

MOST_TERMS: Final = 32
# Each term is one look into the index.
_TERM: Final = re.compile(r'(?P<not>-?)(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class Term:
    """Words said one after another. The last one may go on (lasku, laskun) unless it was meant as a `whole`."""

    words: tuple[str, ...]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """All of `wanted` must be said in a call and none of `unwanted`. How an index says that is its own matter."""

    wanted: tuple[Term, ...]
    unwanted: tuple[Term, ...]


def parse(text: str) -> Query:
    """Read what was typed. Raises ValueError for a query without words, or with too many."""
    wanted: list[Term] = []
    unwanted: list[Term] = []
    for found in _TERM.finditer(normal(text)):
        term = _term(found["phrase"], whole=True) if found["word"] is None else _term(found["word"], whole=False)
        if term.words:
            (unwanted if found["not"] else wanted).append(term)
    if not wanted:
        msg = "the query has no words"
        raise ValueError(msg)
    if len(wanted) + len(unwanted) > MOST_TERMS:
        msg = f"the query has more than {MOST_TERMS} words"
        raise ValueError(msg)
    return Query(tuple(wanted), tuple(unwanted))


def normal(text: str) -> str:
    """Compose letters (ä is one character), so that what is typed and what is indexed are the same."""
    return unicodedata.normalize("NFC", text)


def words_of(text: str) -> tuple[str, ...]:
    """Cut a text into its words: letters and digits of any script, with the marks above them."""
    parts = "".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in text).split()
    return tuple(part for part in parts if any(c.isalnum() for c in part))


def _term(text: str, *, whole: bool) -> Term:
    return Term(words_of(text), whole)
