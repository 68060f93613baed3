"""Synthetic masked transcripts in bulk: words of real talk and of a dictionary, as often as words are used (Zipf)."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np

from redaction.dictionary import word_forms
from storage.sql.lemmas import lemma, related
from storage.sql.numbers import first_of

WORDS: Final = 300
# In a call: two minutes of talk.
TURNS: Final = 25
_WORDS_A_TURN: Final = WORDS // TURNS
VOCABULARY: Final = 60_000
END: Final = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
YEAR: Final = timedelta(days=365)
CALLS_A_CUSTOMER: Final = 5
CONTROLLER: Final = "kuopio"
_TALK: Final = Path(__file__).parent.parent / "tools" / "generated_calls" / "talk"
_SAID: Final = re.compile(r"[AC]: ([^|{\n]*)")


@dataclass(frozen=True, slots=True)
class Call:
    """One call as the archive keeps it; `turns` are as `transcript_turns` holds them."""

    number: int
    id: str
    customer: int
    started_at: datetime
    turns: str
    lemmas: tuple[tuple[str, ...], ...]
    also: tuple[str, ...]


@cache
def vocabulary() -> tuple[str, ...]:
    """Return the words, the most used first: those of the generated talk, then forms of the Finnish dictionary."""
    said = Counter[str]()
    for path in sorted(_TALK.rglob("*.txt")):
        for line in _SAID.findall(path.read_text(encoding="utf-8")):
            said.update(re.findall(r"[a-zåäö]+", line.lower()))
    words = [word for word, _ in said.most_common()]
    forms = sorted(form for form in word_forms("fi") if form.isalpha() and form.islower())  # type: ignore[attr-defined]
    dice = np.random.default_rng(7)
    more = (forms[at] for at in dice.permutation(len(forms)))
    known = set(words)
    while len(words) < VOCABULARY:
        word = next(more)
        if word not in known:
            words.append(word)
    return tuple(words)


@cache
def chances() -> np.ndarray:
    """Return how often each word is said, summed up."""
    often = 1 / np.arange(1, VOCABULARY + 1)
    return np.cumsum(often / often.sum())


def words_said_in(share: float) -> range:
    """Return the ranks of words that about this share of the calls says, give or take a fifth."""
    often = np.diff(chances(), prepend=0.0)
    shares = 1 - (1 - often) ** WORDS
    near = np.flatnonzero((shares > share * 0.8) & (shares < share * 1.2))
    return range(int(near[0]), int(near[-1]) + 1)


def calls(count: int, *, seed: int = 1) -> Iterator[Call]:
    """Yield calls of one year, evenly spread, the oldest first."""
    dice = np.random.default_rng(seed)
    words, cut = vocabulary(), chances()
    lemmas = [lemma(word) for word in words]
    others = [related(word) for word in words]
    step = YEAR / count
    last = 0
    for n in range(count):
        started_at = END - YEAR + step * n
        ranks = np.searchsorted(cut, dice.random(WORDS)).tolist()
        turns = [ranks[at : at + _WORDS_A_TURN] for at in range(0, WORDS, _WORDS_A_TURN)]
        lines = [[k % 2, k * 5.0, k * 5.0 + 4.5, " ".join([words[r] for r in turn])] for k, turn in enumerate(turns)]
        said = tuple(tuple([lemmas[r] for r in turn]) for turn in turns)
        there = {form for turn in said for form in turn}
        also = set().union(*(others[r] for r in set(ranks))) - there
        last = max(last + 1, first_of(started_at))
        yield Call(
            number=last,
            id=f"{n:08x}{int(dice.integers(2**62)):024x}",
            customer=int(dice.integers(max(1, count // CALLS_A_CUSTOMER))),
            started_at=started_at,
            turns=json.dumps(lines, ensure_ascii=False, separators=(",", ":")),
            lemmas=said,
            also=tuple(sorted(also)),
        )
