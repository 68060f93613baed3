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

_BORROWED = re.compile(
    r".{3,}(?:aattori|uuttori|isaatio|aatio|uutio|ologia|ologi|ointi|oinni|ismi|metri|skooppi|grafia|gramma|tteri)"
    r"(?:[nta]|ta|ssa|sta|lla|lta|lle|a|en|in|t|iin|aan|ks|ksi|na|ni|si|nsa|mme|nne)?"
)
# What is made of Latin and Greek as new things get their names: no dictionary has all of them.
_LEAST = 5
_SUPERLATIVE = re.compile(r".{3,}(?:[ei]mpi[aä]?|[ei]mm(?:an|än|at|ät|ill[ae]|ist[aä]|iks?i?))")
# "Rauhallisimpia", "halvempi".
_HEADS = frozenset(
    "yö työ tie maa vesi sää jää puu pää ala ylä esi yli ali etu sisä taka lähi kesä talvi syys kevät joulu pikku "
    "perus lisä väli koko eri ulko yhteis jälki ennakko huippu alku loppu vika".split()
)
# What compounds begin with, shorter than words are taken apart for, or in no dictionary.
SHORTEST = 3
# Letters of a compound's second word.
# Letters of a word that is taken for a spoken form of another.
_CLITICS = (
    "kaan",
    "kään",
    "han",
    "hän",
    "kin",
    "kos",
    "kös",
    "pas",
    "päs",
    "ko",
    "kö",
    "ks",
    "pa",
    "pä",
    "s",
    "mme",
    "nne",
    "nsa",
    "nsä",
    "ni",
)
_SPOKEN = (
    ("ee", "ea"), ("ee", "eä"), ("oo", "oa"), ("öö", "öä"), ("uu", "ua"), ("yy", "yä"), ("ii", "ia"), ("ii", "iä"),
    ("nu", "nut"), ("ny", "nyt"), ("ks", "ksi"), ("ki", "kin"), ("nen", "inen"), ("s", "si"),
)  # fmt: skip
# "hirvee", "syöny", "valmiiks", "punanen", "pyys".
_SMOOTHED = re.compile(r"(?<=[^aeiouyäö]o)(?=tt?[aeiou])|(?<=[^aeiouyäö][aä])(?=s[teuy])")
# "kirjottaa", "rauhottu", "aukasta": an "i" is left out before "t" and "s".
_CLIPPED = (
    ("l", "lla"), ("l", "llä"), ("lt", "lta"), ("lt", "ltä"), ("s", "ssa"), ("s", "ssä"), ("st", "sta"), ("st", "stä"),
    ("ne", "nen"),
)  # fmt: skip
# "pihal", "turust", "tämmöne".
_GLIDES = re.compile(r"(?<=([aeiouyäö])[lhnr])(\1)(?=[hkmpvj])")
# "vanaha", "kolome", "kylymä": a vowel between, the same as before.
_INFINITIVE = re.compile(r".{2,}(?:[aeiouyäö][td][aä]|l[lt][aä]|nn[aä]|rr[aä]|st[aä]|[eioua]a|[eiöyä]ä)")
# The basic form of a verb; some nouns end so too ("sota", "pöytä"), of which few are said in other forms as a password.
_WITHIN = (
    ("ua", "aa"), ("iä", "ää"), ("oo", "uo"), ("ae", "ai"), ("oe", "oi"), ("eä", "ää"),
    ("tt", "ts"), ("h", "hd"), ("j", "d"), ("r", "d"), ("v", "d"), ("", "d"),
)  # fmt: skip
# "tuas", "piä", "lukoo", "kaekki"; then what became of "ts" and "d": "mettä", "kaheksan", "meijän", "yhren", "tieän".


def is_word(word: str) -> bool:
    """Tell whether a lower-case word is a form of a Finnish or Swedish word, as written or as said everywhere."""
    if _BORROWED.fullmatch(word) or _SUPERLATIVE.fullmatch(word):
        return True
    return word in word_forms("sv") or any(each in word_forms("fi") for each in readings(word))


def is_basic(word: str) -> bool:
    """Tell whether a lower-case word is a Finnish word in its basic form, as most first names are said (Tapiiri)."""
    return word_forms("fi").get(word) == word


def may_be_word(word: str) -> bool:
    """Tell whether a lower-case word is a clipped or dialect form of a word; a rare name ends so too (Kaarel)."""
    return len(word) >= _LEAST and any(each in word_forms("fi") for each in _dialect_readings(word))


def is_form(word: str) -> bool:
    """Tell whether a lower-case Finnish word stands in another form than its basic one."""
    forms = word_forms("fi")
    return any(forms.get(each, word) not in (word, each) for each in readings(word))


def is_of_another(word: str, name: str) -> bool:
    """Tell whether a lower-case word is a form of a Finnish word other than the name that it may be a form of too.

    "Aidasta" is said of a fence sooner than of Aida, "päivinä" of days.
    """
    lemma = word_forms("fi").get(word)
    return lemma is not None and name not in {word, lemma}


def is_compound_of(word: str, *, least: int = 4) -> bool:
    """Tell whether a lower-case word is two words of at least so many letters, the first one as compounds begin."""
    forms = word_forms("fi")
    return any(
        any(_may_begin(each, forms) for each in readings(word[:at]))
        and (word[at:] in forms or (len(word) - at > 2 * least and is_compound_of(word[at:])))
        for at in range(2, len(word) - SHORTEST + 1)
        if at >= least or word[:at] in _HEADS
    )


def _may_begin(head: str, forms: Mapping[str, str]) -> bool:
    """Tell whether a compound begins so: with a basic form, a genitive, or what "-nen" becomes."""
    lemma = forms.get(head)
    if head in _HEADS:
        return True
    if lemma is not None and (lemma == head or head.endswith("n")):
        return True
    return head.endswith("s") and f"{head[:-1]}nen" in forms


def is_verb(word: str) -> bool:
    """Tell whether a lower-case word is a verb in a form that is not its basic one: "pomppasi", "lasketaan".

    The dictionary names no part of speech: its basic form tells, which for a verb ends as infinitives do.
    """
    forms = word_forms("fi")
    lemma = next((forms[each] for each in readings(word) if each in forms), word)
    return not word.startswith(lemma) and _INFINITIVE.fullmatch(lemma) is not None


def readings(word: str) -> Iterator[str]:
    """Yield a lower-case Finnish word as it stands, without what hangs on it, and as it is written."""
    yield word
    stems = [word, *(word[: -len(clitic)] for clitic in _CLITICS if word.endswith(clitic) and len(word) > _LEAST)]
    yield from stems[1:]
    for stem in stems:
        if len(stem) >= _LEAST - 1:
            yield from _with_endings(stem, _SPOKEN)
            yield from (f"{stem[: each.start()]}i{stem[each.start() :]}" for each in _SMOOTHED.finditer(stem))


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
