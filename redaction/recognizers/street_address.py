"""Street addresses: a word that ends like a street's name, with a house number or after "asun" and its kin."""

from __future__ import annotations

import re
from collections.abc import Iterator

from redaction.candidates import LIKELY, POSSIBLE, STRONG
from redaction.common_words import is_function_word
from redaction.dictionary import is_verb, is_word
from redaction.model import Checksum
from redaction.recognizers.base import REACH, Hit, VaitiRecognizer, near_digits
from redaction.wordlist import word_list, word_set

_STEMS = word_list(
    "katu kadu tie kuja polku polu väylä raitti raiti kaari kaare rinne rintee aukio tori piha ranta ranna penger "
    "penkeree puistikko puistiko portti porti kulma mäki mäe harju laita laida silta silla bulevardi esplanadi puisto "
    "kaarto kaarro taival taipalee linja laituri tanhua rinki ringi kierros kierrokse kenttä kentä törmä varsi varre "
    "perä niemi nieme saari saare lahti lahde notko ahde ahtee syrjä reuna palsta gatan vägen gränden stigen torget "
    "stranden backen allén kajen ringen bågen gata gränd esplanaden parken planen brinken svängen"
)
# domain.md 1.3, with weak-grade stems.
_ENDING = r"(?:a|ä|n|an|en|in|on|un|än|ön|lla|llä|lta|ltä|lle|ssa|ssä|sta|stä|na|nä|ella|ellä|elle|elta|eltä)?"
_STREET = rf"[\w-]+?(?:{'|'.join(sorted(_STEMS, key=len, reverse=True))}){_ENDING}"
_NAME = rf"(?<!\w)(?:[A-ZÅÄÖ][\w-]+ )?[^\W\d_]{_STREET}"
_STAIR = r"(?:[a-hA-H]|aa|bee|see|dee|ee|äf|äffä|gee|hoo)"
_FLAT = (
    rf"(?:,? (?:rappu|porras|rapussa|trappa)[.,]? {_STAIR}(?!\w)[.,]?(?: ?\d{{1,3}}(?!\w))?|"
    r",? (?:rappu|porras|rapussa|trappa)[.,]? [A-H]\d{1,3}(?!\w))?"
    r"(?:,? (?:asunto|huoneisto|as\.?|lägenhet)[.,]? \d{1,3}(?!\w))?"
)
_NUMBER = (
    r"-?\.{0,3}(?: numero)?[,.]* \d{1,4}(?:[-/ ]?\d{1,4})?(?: ?[A-ZÅÄÖa-h])?(?: ?\d{1,3})?(?!\w)"
    r"(?! (?:kilometri|metri|vuot|vuod|euro|kuukau|viikko|päivää|päivän|kertaa|minuut|tunti|tuntia|astet))"
    rf"(?:[\s]{_STAIR}(?= (?:asunto|huoneisto)))?{_FLAT}"
)
_WITH_NUMBER = re.compile(rf"{_NAME}{_NUMBER}")
_AFTER_CUE = re.compile(
    r"(?:asun|asuu|asutaan|muutan|muutamme|muuttaa|osoite|osoitteessa|osoitteeseen|osoitteesta|bor på|adressen är|"
    r"flyttar till|live (?:at|on)|address is|moving to)"
    rf"(?: \w+)?\W+(?P<name>{_NAME})(?!\w)"
)
_NAMED = re.compile(rf"(?<=[a-zåäö,] )(?:[A-ZÅÄÖ][\w-]+ )?[A-ZÀ-ÖØ-ÞŠŽ]{_STREET}(?!\w)")
_HOMES = word_set("asunto osoite talo kohde mökki koti toimitus tulkaa tuutte lähetä lähettäkää tuokaa")
_CASED = re.compile(r"\w{3,}(?:ssa|ssä|sta|stä|lla|llä|lta|ltä|lle|aan|een|seen)")
# What stands before an address with a capital that a sentence's beginning explains.
_CAPITAL = re.compile(r" [A-ZÀ-ÖØ-ÞŠŽ][a-zà-öø-ÿšž]")
# Most talk has no capital within a sentence, and looking for one is cheaper than for a name.
_STOP = re.compile(
    r"(?:sähkölinja|asuntotie|puhelinlinja|moottoritie|kotipiha|naapurikatu|maantie|sivutie|tietie|linjalla|historia|"
    r"kotiportti|verkkoportti|urheilukenttä|leikkipuisto|työtie|voimalinja|jakelulinja|puolelta|lauantai|kauppatori)\w*"
)


class StreetAddressRecognizer(VaitiRecognizer):
    """Finds addresses in the spoken view, where "viidessä bee kaksitoista" stands as 5B12."""

    ENTITY = "STREET_ADDRESS"

    def find(self, text: str) -> Iterator[Hit]:
        """Yield names with a number, names after a cue, and names in capitals inside a sentence."""
        for match in near_digits(_WITH_NUMBER, text, REACH):
            if not _STOP.match(match.group().lower()):
                yield Hit(_begin(match), match.end(), STRONG, Checksum.NONE, "house-number")
        for match in _AFTER_CUE.finditer(text):
            if not _STOP.match(match["name"].lower()):
                yield Hit(match.start("name"), match.end("name"), LIKELY, Checksum.NONE, "after-cue")
        for match in _NAMED.finditer(text) if _CAPITAL.search(text) else ():
            name = match.group().split(" ")[-1]
            if name[0].isupper() and len(name) >= 7 and not _STOP.match(name.lower()):
                yield Hit(match.start(), match.end(), POSSIBLE, Checksum.NONE, "street-name")


def _begin(match: re.Match[str]) -> int:
    """Return where the name begins: "Täällä Kotikadulla 5" has a small word with a capital before it."""
    before, _, rest = match.group().partition(" ")
    return match.start() + len(before) + 1 if rest[:1].isalpha() and _is_talk(before.lower()) else match.start()


def _is_talk(word: str) -> bool:
    """Tell whether a word with a capital begins a sentence and no name: "Tulkaa", "Osoitteessa", "Asunto"."""
    if is_function_word(word) or is_verb(word) or word in _HOMES:
        return True
    return _CASED.fullmatch(word) is not None and is_word(word)
