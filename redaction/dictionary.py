"""Dictionaries of word forms: what an ordinary Finnish or Swedish word is that our own lists do not hold.

simplemma's (3.5 million Finnish forms, MIT) say which words exist; what people make of them on the phone is undone
before it is asked. A word they have may still be somebody's name: the lists and shapes of names are asked first.
Compounds are not taken apart, for surnames are made as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from simplemma.strategies.dictionaries import TrieDictionaryFactory

_LEAST = 5
# Letters of a word that is taken for a spoken form of another.
_CLITICS = ("kaan", "kään", "han", "hän", "kin", "kos", "kös", "pas", "päs", "ko", "kö", "ks", "pa", "pä", "s")
_SPOKEN = (
    ("ee", "ea"), ("ee", "eä"), ("oo", "oa"), ("öö", "öä"), ("uu", "ua"), ("yy", "yä"), ("ii", "ia"), ("ii", "iä"),
    ("nu", "nut"), ("ny", "nyt"), ("ks", "ksi"), ("ki", "kin"), ("nen", "inen"),
)  # fmt: skip
# "hirvee", "syöny", "valmiiks", "punanen".
_CLIPPED = (
    ("l", "lla"), ("l", "llä"), ("lt", "lta"), ("lt", "ltä"), ("s", "ssa"), ("s", "ssä"), ("st", "sta"), ("st", "stä"),
    ("ne", "nen"),
)  # fmt: skip
# "pihal", "turust", "tämmöne".
_GLIDES = re.compile(r"(?<=([aeiouyäö])[lhnr])(\1)(?=[hkmpvj])")
# "vanaha", "kolome", "kylymä": a vowel between, the same as before.
_WITHIN = (
    ("ua", "aa"), ("iä", "ää"), ("oo", "uo"), ("ae", "ai"), ("oe", "oi"), ("eä", "ää"),
    ("tt", "ts"), ("h", "hd"), ("j", "d"), ("r", "d"), ("v", "d"), ("", "d"),
)  # fmt: skip
# "tuas", "piä", "lukoo", "kaekki"; then what became of "ts" and "d": "mettä", "kaheksan", "meijän", "yhren", "tieän".


def is_word(word: str) -> bool:
    """Tell whether a lower-case word is a form of a Finnish or Swedish word, as written or as said everywhere."""
    return word in word_forms("sv") or any(each in word_forms("fi") for each in readings(word))


def is_basic(word: str) -> bool:
    """Tell whether a lower-case word is a Finnish word in its basic form, as most first names are said (Tapiiri)."""
    return word_forms("fi").get(word) == word


def may_be_word(word: str) -> bool:
    """Tell whether a lower-case word is a clipped or dialect form of a word; a rare name ends so too (Kaarel)."""
    return len(word) >= _LEAST and any(each in word_forms("fi") for each in _dialect_readings(word))


def readings(word: str) -> Iterator[str]:
    """Yield a lower-case Finnish word as it stands, without what hangs on it, and as it is written."""
    yield word
    stems = [word, *(word[: -len(clitic)] for clitic in _CLITICS if word.endswith(clitic) and len(word) > _LEAST)]
    yield from stems[1:]
    for stem in stems:
        if len(stem) >= _LEAST:
            yield from _with_endings(stem, _SPOKEN)


def _dialect_readings(word: str) -> Iterator[str]:
    yield from _with_endings(word, _CLIPPED)
    yield from (f"{word[: each.start(2)]}{word[each.end(2) :]}" for each in _GLIDES.finditer(word))
    for said, written in _WITHIN:
        yield from (
            word[:at] + written + word[at + len(said) :] for at in range(len(word)) if word.startswith(said, at)
        )


def _with_endings(word: str, endings: tuple[tuple[str, str], ...]) -> Iterator[str]:
    return (word[: -len(said)] + written for said, written in endings if word.endswith(said))


@cache
def word_forms(language: str) -> Mapping[str, str]:
    """Return forms and their basic forms; built on a machine's first use (fi: 10 s), then read from the user's cache.

    `language` is fi, sv or en.
    """
    return TrieDictionaryFactory().get_dictionary(language)
