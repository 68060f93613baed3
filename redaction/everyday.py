"""Tells everyday words in any form they are said in: what a name is not.

Each listed word gives a few stems (consonants weaken, "-nen" and "-us" change), and a word is known when it is a stem
and an ending; nothing is kept of the words that are asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from redaction.everyday_words import FOREIGN, LEMMAS, SPOKEN

_SHORTEST, _SHORT_LEMMA = 4, 3
# Letters of a stem, and of a listed word, that take endings.
_POSSESSIVE = r"(?:ni|si|nsa|nsä|mme|nne|(?<=[stl][aä])[aä]n|(?<=e)en)?"
_CLITIC = r"(?:kin|ki|kaan|kään|kaa|kää|han|hän|ko|kö|ks|pa|pä|pas|päs|s)?"
_CASE = (
    r"(?:[aeiouyäö]?[ij]?(?:n|t|a|ä|ta|tä|tta|ttä|ssa|ssä|sta|stä|lla|llä|lle|lta|ltä|ksi|na|nä|tta|ttä)"
    r"|(?:[aeiouyäö]n|[aeouyäö]|h[aeiouyäö]n|seen|siin|ihin|[ij]en|[ij]a|[ij]ä|ita|itä|iden|itten|[aeioäö]i?))"
)
_CLIPPED = r"[ij]?(?:s|st|l|lt|ks)"
# As they are said: "pihal", "turust", "valmiiks".
_VERB = (
    r"(?:n|t|mme|tte|vat|vät|i|in|it|imme|itte|ivat|ivät|isi|isin|isit|isimme|isitte|s|is|sin|sit|si|a|ä|da|dä|ta|tä"
    r"|taan|tään|aan|ään|daan|dään|tiin|ttiin|ttu|tty|tu|ty|tut|ttuja|nut|nyt|nu|ny|neet|nee|tais|täis|taisiin|kaa|kää"
    r"|koon|ma|mä|massa|mässä|maan|mään|masta|mästä|matta|mättä|malla|mällä|minen|misen|mista|mistä|miseen|misesta"
    r"|va|vä|vaa|vää|van|vän|vasti|ja|jä|jan|jalle|jälle|tu?j?en|essa|essä|ttava|ttävä|ttavaa|ttavissa|[aeiouyäö]o?n?"
    r"|sti|mpi|mpaa|mpää|mmin|mman|mmat|in|immin|us|ys|ukset|uksen|usta|uksesta|ukseen|e|et|ee|een)"
)
_ENDING = re.compile(rf"(?:{_CASE}{_POSSESSIVE}|{_CLIPPED}|{_VERB}|{_POSSESSIVE}){_CLITIC}")
_NUMBER = re.compile(
    r"sata|kymmen|[lnstk]kyt|kakskyt|neljä|viisi|kuusi|seits?e|seitt|kahde|kahek|yhde[ksk]|yhek|tuhat|toista|kolm[ae]"
)
_WEAKER = (("kk", "k"), ("pp", "p"), ("tt", "t"), ("nt", "nn"), ("rt", "rr"), ("lt", "ll"), ("nk", "ng"), ("mp", "mm"))
_LENIS = {"t": "d", "p": "v", "k": ""}
_VOWELS = "aeiouyåäö"


def is_everyday(word: str) -> bool:
    """Tell whether a lower-case word is a form of a listed everyday word."""
    return is_listed(word) or is_inflected(word)


def is_listed(word: str) -> bool:
    """Tell whether a lower-case word is itself in the lists."""
    return word in SPOKEN or word in FOREIGN or word in LEMMAS


def is_inflected(word: str) -> bool:
    """Tell whether a lower-case word is a stem of a listed word and an ending, or says a number."""
    stems = _all_stems()
    return _NUMBER.search(word) is not None or any(
        word[:length] in stems and _ENDING.fullmatch(word, length) is not None
        for length in range(len(word), _SHORT_LEMMA - 1, -1)
    )


def is_compound(word: str) -> bool:
    """Tell whether a lower-case word is put together from two everyday words: "mittarinvaihto", "kylätalon"."""
    stems = _all_stems()
    return any(
        (word[:at] in stems or (word[at - 1] == "n" and word[: at - 1] in stems)) and is_everyday(word[at:])
        for at in range(3, len(word) - 2)
    )


@cache
def _all_stems() -> frozenset[str]:
    derived = {stem for lemma in LEMMAS for stem in _stems(lemma) if len(stem) >= _SHORTEST}
    return frozenset(derived | {lemma for lemma in LEMMAS if len(lemma) >= _SHORT_LEMMA})


def _stems(lemma: str) -> Iterator[str]:
    """Yield what the endings of a word follow."""
    yield lemma
    if lemma.endswith("nen"):
        yield from (f"{lemma[:-3]}{end}" for end in ("se", "s", "st", "si"))
        if lemma[-4:-3] == "i":
            yield from (f"{lemma[:-4]}{end}" for end in ("nen", "se", "st", "si"))  # "punanen" for "punainen"
    elif lemma.endswith(("us", "ys", "os", "ös", "is", "es")):
        yield from (f"{lemma[:-1]}{end}" for end in ("kse", "ks", "ksi", "de", "te", "ude", "t", "nt"))
        yield from (lemma[:-1] + lemma[-2], lemma[:-1])
    elif lemma.endswith(("as", "äs")):
        yield from (_stronger(lemma[:-2]) + lemma[-2] * 2, _stronger(lemma[:-2]) + lemma[-2], lemma[:-1] + lemma[-2])
    elif lemma.endswith("e"):
        yield from (f"{lemma}e", f"{_stronger(lemma[:-1])}ee", f"{_stronger(lemma[:-1])}e", f"{_stronger(lemma[:-1])}i")
    elif lemma[-1] in _VOWELS:
        yield from _of_vowel(lemma)


def _of_vowel(lemma: str) -> Iterator[str]:
    weak = [_weaker(lemma[:-1]), lemma[:-1]]
    if lemma.endswith("i"):
        yield from (f"{stem}e" for stem in weak)
    if lemma.endswith(("lla", "llä", "nna", "nnä", "rra", "rrä", "sta", "stä")):
        yield from (f"{lemma[:-2]}e", f"{lemma[:-2]}i", lemma[:-2], f"{_stronger(lemma[:-3])}{lemma[-3]}")
        yield from (f"{_stronger(lemma[:-4])}{lemma[-4:-2]}{end}" for end in ("e", "", "i"))
    elif lemma.endswith(("ita", "itä")):
        yield from (f"{lemma[:-2]}tse", f"{lemma[:-2]}ts", lemma[:-2], f"{lemma[:-2]}i")
    elif lemma.endswith(("ata", "ätä", "uta", "ytä", "ota", "ötä")):
        yield from (lemma[:-2], f"{lemma[:-2]}s", f"{_stronger(lemma[:-3])}{lemma[-3]}")
        yield f"{_stronger(lemma[:-3])}{lemma[-3]}s"
    elif lemma.endswith(("da", "dä")):
        yield from (lemma[:-2], lemma[:-3], f"{lemma[:-2]}n")
    yield from (stem + lemma[-1] for stem in weak)
    yield from weak
    yield from (f"{stem}{end}" for stem in weak for end in ("oi", "öi", "oj", "öj", "i", "e"))


def _weaker(stem: str) -> str:
    """Return a stem, its last consonant weakened: "katt", "kat"; "led", "tied"."""
    for strong, weak in _WEAKER:
        if stem.endswith(strong):
            return stem[: -len(strong)] + weak
    if len(stem) > 2 and stem[-1] in _LENIS and (stem[-2] in _VOWELS or stem[-2] in "hlr"):
        return stem[:-1] + _LENIS[stem[-1]]
    return stem


def _stronger(stem: str) -> str:
    """Return a stem, its last consonant strengthened: "laitt" of "laite", "asiakk" of "asiakas"."""
    for strong, weak in _WEAKER[3:]:
        if stem.endswith(weak):
            return stem[: -len(weak)] + strong
    if stem[-1:] in "kpt" and len(stem) > 1 and stem[-2] in _VOWELS + "lnrm":
        return stem + stem[-1]
    return stem[:-1] + "t" if stem.endswith("d") else stem
