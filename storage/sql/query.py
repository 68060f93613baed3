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
class Query:
    """Conditions in the index's language: all of `wanted` must be said in a call and none of `unwanted`."""

    wanted: tuple[str, ...]
    unwanted: tuple[str, ...]


def parse(text: str) -> Query:
    """Read what was typed. Raises ValueError for a query without words, or with too many."""
    wanted: list[str] = []
    unwanted: list[str] = []
    for found in _TERM.finditer(normal(text)):
        term = _term(found["phrase"], whole=True) if found["word"] is None else _term(found["word"], whole=False)
        if term:
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


def _term(text: str, *, whole: bool) -> str:
    words = "".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else " " for c in text).split()
    if not any(c.isalnum() for c in text):
        return ""
    return f'"{" ".join(words)}"' + ("" if whole else "*")
