"""Ordinary Finnish by how often it is written and said: the words of wordfreq's list (CC BY-SA 4.0, not copied here).

A model that has only met the words of its templates answers with one of them whatever is said, and runs words together
that it never met apart. Frequent words are drawn more often, but less steeply than in life, so that rare ones are
heard too.
"""

from functools import cache
from itertools import accumulate
from random import Random

_TOP = 60_000
_STEEPNESS = 0.55  # exponent on the frequency
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzåäö")
_LONGEST = 18


@cache
def _table() -> tuple[tuple[str, ...], tuple[float, ...]]:
    from wordfreq import get_frequency_dict

    known = [
        (word, share)
        for word, share in get_frequency_dict("fi", wordlist="large").items()
        if 2 <= len(word) <= _LONGEST and _LETTERS.issuperset(word) and set(word) & set("aeiouyäö")
    ]
    known = sorted(known, key=lambda pair: (-pair[1], pair[0]))[:_TOP]
    return tuple(word for word, _ in known), tuple(accumulate(share**_STEEPNESS for _, share in known))


def word(rng: Random) -> str:
    """One word."""
    words, weights = _table()
    return rng.choices(words, cum_weights=weights)[0]


def run(rng: Random, count: int) -> str:
    """Several words in no order, a pause now and then."""
    return " ".join(word(rng) + ("," if rng.random() < 0.06 else "") for _ in range(count))
