"""Every place that a call names: for a person whose address and town must not be known (turvakielto).

Wide on purpose, and used for the profile `non-disclosure` only: what sounds like a place is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from redaction.candidates import WEAK, Candidate
from redaction.model import Word
from redaction.municipalities import is_municipality
from redaction.stretches import answer, asks, rest, sentence
from redaction.wordlist import word_list

AFTER = 4
# Words after "asun" and its kin: "asun siellä Karttulan puolella".
LONG_ENOUGH = 5
# Letters of a capitalised word in a case that places have.
_CASE = (
    r"(?:a|ä|n|an|en|in|on|un|än|ön|lla|llä|lta|ltä|lle|ssa|ssä|sta|stä|seen|na|nä|ella|ellä|elle|elta|eltä|essa|essä)?"
)
_STREET = re.compile(
    r"\w{2,}(?:"
    + "|".join(
        word_list(
            "katu kadu tie kuja polku polu väylä raitti raiti kaari kaare rinne rintee aukio tori piha ranta ranna "
            "penger penkeree puistikko puistiko portti porti kulma mäki mäe harju laita laida silta silla bulevardi "
            "esplanadi puisto kaarto kaarro taival taipalee linja laituri tanhua rinki ringi kierros kierrokse kenttä "
            "kentä törmä varsi varre perä niemi nieme saari saare lahti lahde notko ahde ahtee syrjä reuna palsta kylä "
            "gatan vägen gränden stigen torget stranden backen allén kajen ringen bågen gata gränd parken planen "
            "brinken svängen byn street road avenue lane"
        )
    )
    + rf"){_CASE}"
)
_LOCAL = re.compile(r"\w+(?:ssa|ssä|sta|stä|lla|llä|lta|ltä|lle|seen|hin|aan|ään|iin|oon|uun|een|öön|yyn)")
_CUE = re.compile(
    r"asu(?:n|mme|taan|tte|u|vat|in|imme|nut|neet)?|asuu|muut(?:an|amme|in|imme|ti|taa|taneet|tanut|amassa)|"
    r"osoit(?:e|t)\w*|kotikun\w+|paikkakun\w+|kotipaik\w+|kaupungi\w+|kunna\w+|kylä\w*|kotoisin|postinumero\w*|"
    r"bor|bodde|flytt\w+|adress\w*|hemort\w*|hemkommun\w*|postnum\w+|live|living|moved|moving|address|town|village"
)


def find_whereabouts(words: Sequence[Word]) -> list[Candidate]:
    """Return what names a place: towns in any case, streets without a number, and what follows "asun" and its kin."""
    return [
        Candidate(type=kind, channel=words[first].channel, first=first, last=last, score=WEAK, why=("whereabouts",))
        for kind, first, last in _places(words)
    ]


def _places(words: Sequence[Word]) -> Iterator[tuple[str, int, int]]:
    begins = _begins(words)
    for index, word in enumerate(words):
        bare = word.text.strip(".,!?:;\"'…")
        small = bare.lower()
        if word.text.startswith("[") or not small:
            continue
        if any(is_municipality(part) for part in small.split("-")):
            yield "LOCATION", index, index
        elif _STREET.fullmatch(small):
            yield "STREET_ADDRESS", index, index
        elif index not in begins and bare[0].isupper() and len(bare) >= LONG_ENOUGH and _LOCAL.fullmatch(small):
            yield "LOCATION", index, index
        if _CUE.fullmatch(small):
            last = rest(words, index, AFTER)
            if last > index:
                yield "LOCATION", index + 1, last
            end = sentence(words, index)[1]
            answered = answer(words, end) if asks(words, end) else None
            if answered:
                yield "LOCATION", *answered


def _begins(words: Sequence[Word]) -> frozenset[int]:
    """Return the words that begin a sentence or a turn: their capital says nothing."""
    before: dict[int, int] = {}
    found = set()
    for index, word in enumerate(words):
        last = before.get(word.channel)
        if last is None or words[last].text.endswith((".", "?", "!")) or last != index - 1:
            found.add(index)
        before[word.channel] = index
    return frozenset(found)
