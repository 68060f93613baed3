"""The basic form of a word, for search: asiakkaalle, asiakkaan and asiakas are one. Finnish, Swedish and English.

Dictionaries first (simplemma's, MIT), then what people make of words on the phone, then a compound taken apart:
its last part carries the ending (sähkösopimuksen, sähkösopimus) and each part is a word of its own. A word that no
dictionary has is its own basic form. Where Voikko is installed, it is asked as well.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache
from threading import Lock
from typing import Any, Final

from redaction.dictionary import readings, word_forms

LANGUAGES: Final = ("fi", "sv", "en")
# In this order a word's one form is looked for, whatever language its call is in: a phrase is one row of such forms.
_COMPOUNDING: Final = ("fi", "sv")
_LEAST_HEAD: Final = 3
_LEAST_PART: Final = 4
# Letters: shorter ends ("maa", "tie", "lin") are found in words that are no compounds.
_POSSESSIVES: Final = ("ni", "si", "mme", "nne", "nsa", "nsä")
# "laskuni", "sopimukseni", "laskujanne": no dictionary lists them.
_LONGEST: Final = 60
# Letters of a word that is taken apart; noise of a recogniser may be longer, and costs time.
_KEPT: Final = 200_000
# Words whose forms are remembered, some 60 MB: a year's calls repeat theirs.
_RULES: Final = 1
# Counted up when another form is found for the same word: then what is indexed is indexed again.


def edition() -> str:
    """Name what makes the forms here: what was indexed by another edition is indexed again."""
    return f"{_RULES}v" if _voikko() else str(_RULES)


@lru_cache(maxsize=_KEPT)
def lemma(word: str) -> str:
    """Return the one basic form of a lower-case word, the same in every call; itself where nobody knows it."""
    return next(_basics(word), word)


@lru_cache(maxsize=_KEPT)
def related(word: str) -> frozenset[str]:
    """Return what else a lower-case word is to be found by: as written, in each language, the parts of a compound."""
    found = {word, *_basics(word), *_voikko_forms(word)}
    for language in _COMPOUNDING:
        found.update(_parts(lemma(word), language)[1:])
    return frozenset(found - {lemma(word)})


@lru_cache(maxsize=_KEPT)
def asked(word: str) -> frozenset[str]:
    """Return the forms by which a lower-case word is looked for: those of the whole word, no part of it."""
    return frozenset({word, *_basics(word), *_voikko_basics(word)})


@lru_cache(maxsize=_KEPT)
def is_known(word: str) -> bool:
    """Tell whether a lower-case word is in any dictionary, or made of words that are."""
    return any(_basics(word))


def _basics(word: str) -> Iterator[str]:
    """Yield the basic forms of a word in each language; where none has it, of the compound or the owned thing it is."""
    known = [found for language in LANGUAGES if (found := _known(word, language))]
    if known:
        yield from known
        return
    stems = [word.removesuffix(ending) for ending in _POSSESSIVES if word.endswith(ending)]
    owned = [each for stem in stems if len(stem) >= _LEAST_PART for each in (stem, f"{stem}n")]
    known = [found for each in owned if (found := _known(each, "fi"))]
    if known:
        yield from known
        return
    yield from (compound[0] for language in _COMPOUNDING if (compound := _parts(word, language)))
    yield from (compound[0] for each in owned if (compound := _parts(each, "fi")))


def _known(word: str, language: str) -> str:
    """Return the basic form that a dictionary has, lower-case; nothing where it has none."""
    forms = word_forms(language)
    for each in readings(word) if language == "fi" else (word,):
        found = _plain(forms.get(each) or forms.get(each.capitalize()))
        if found:
            return found
    return ""


def _plain(form: str | None) -> str:
    """Return a basic form, lower-case, if it is one word: one with a hyphen would be two."""
    return form.casefold() if form and form.isalnum() else ""


@lru_cache(maxsize=_KEPT)
def _parts(word: str, language: str) -> tuple[str, ...]:
    """Take a compound apart: its basic form, then its parts'. Empty where it is none."""
    if len(word) > _LONGEST:
        return ()
    forms = word_forms(language)
    for at in range(len(word) - _LEAST_PART, _LEAST_HEAD - 1, -1):  # the longest first part first
        head = _head(word[:at], language)
        if not head:
            continue
        tail = _plain(forms.get(word[at:]))
        if len(tail) >= _LEAST_PART:
            return (word[:at] + tail, head, tail)
        deeper = _parts(word[at:], language) if len(word) - at >= 2 * _LEAST_PART else ()
        if deeper:
            return (word[:at] + deeper[0], head, *deeper[1:], deeper[0])
    return ()


def _head(part: str, language: str) -> str:
    """Return the basic form of a first part: as it stands or with the ending of a genitive; nothing for no word."""
    forms = word_forms(language)
    if language == "sv":
        return next((each for each in (part, part.removesuffix("s")) if forms.get(each) == each and each.isalnum()), "")
    found = _plain(forms.get(part))
    return found if found == part or part.endswith("n") else ""


def _voikko_forms(word: str) -> Iterator[str]:
    """Yield Voikko's basic forms of a word that the dictionaries lack, and the words that any compound is made of."""
    yield from _voikko_basics(word)
    analyze = _voikko()
    for each in analyze(word) if analyze else ():
        parts = [part.partition("(")[2].rstrip(")") for part in each.get("WORDBASES", "").split("+") if "(" in part]
        if len(parts) > 1:
            yield from (part.casefold() for part in parts if len(part) >= _LEAST_HEAD and part.isalpha())


def _voikko_basics(word: str) -> Iterator[str]:
    analyze = None if _known(word, "fi") else _voikko()
    yield from (form for each in (analyze(word) if analyze else ()) if (form := _plain(each.get("BASEFORM"))))


@cache
def _voikko() -> Callable[[str], list[Mapping[str, Any]]] | None:
    """Return Voikko's analyser where its library, its binding and its Finnish dictionary are installed."""
    try:
        library: Any = importlib.import_module("libvoikko")
    except ImportError:
        return None
    try:
        analyser = library.Voikko("fi")
    except (library.VoikkoException, OSError):
        return None
    one_at_a_time = Lock()  # the C library keeps what it works on in the analyser

    def analyze(word: str) -> list[Mapping[str, Any]]:
        with one_at_a_time:
            found: list[Mapping[str, Any]] = analyser.analyze(word)
        return found

    return analyze
