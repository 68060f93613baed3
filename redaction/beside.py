"""Numbers that a word straight before them names: "mittari 315 459", "asiakkaana numerolla 552", "loppu on 938E".

Such a word ("mittari", "asiakas", "sopimus") is said so often without a number that it opens no slot (slots.py): it
counts only where the number follows it at once.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from redaction.bare import bare
from redaction.candidates import LIKELY, POSSIBLE, Candidate
from redaction.model import Word
from redaction.numbers.runs import Run
from redaction.wordlist import word_list, word_set

LEAST, LEAST_BARE = 3, 5
# Digits after a word that names a number, and after one that names an amount as often ("lasku 150").
MOST_LEADS = 3
# Words like "on" and "se" between the word and its number.
_NOUNS: Mapping[str, str] = {
    word: kind
    for kind, forms in (
        (
            "METERING_POINT_ID",
            "mittari mittarille mittarin kohde kohteen käyttöpaikka käyttöpaikan käyttöpaikalle meter",
        ),
        ("CONNECTION_NUMBER", "liittymä liittymän liittymälle liittymästä anslutning anslutningen"),
        ("CUSTOMER_NUMBER", "asiakas asiakkaana asiakkaan asiakkaalle asiakkaaksi kund kunden customer"),
        ("CONTRACT_NUMBER", "sopimus sopimuksen sopimukselle sopimuksella soppari sopparin avtal avtalet contract"),
        ("REFERENCE_NUMBER", "viite viitteenä viitteeksi viitteellä viitteen viitteeseen"),
        ("CUSTOMER_NUMBER", "numerolla numerolta numerosta numerosarja numerosarjan numerosarjalla tunnus tunnuksen"),
    )
    for word in word_list(forms)
}
_AMOUNTS = word_set("lasku laskun laskulla laskussa laskulle faktura fakturan invoice")
# What may be followed by a sum as well as by its number.
_LEADS = word_set("on oli ois olis se kun ku että eli niin tota öö no joo siis numero numerolla vaan vain är is")
_METERS = word_set("mittari mittarille mittarin")
# "Mittari on 12345" tells a reading, "mittari 12345" which meter.
_MEANT = frozenset({"", "cardinal", "reading"})
_ENDS = word_set("loppu loput lopussa loppuun perään perrää perässä perä takana takapuolella kääntöpuolella")
_LAST = word_set("viimeset viimeiset viimeisimmät viimosetten viimoset")
# "Ne viimeset on 970T": what is asked for as the last four characters.
_END_VERBS = word_set("on oli tulee tuli lukee siinä sit sitten se ne niin vielä vaan vain")
_END = re.compile(r"\d{3}[A-Z0-9?]?")
_LETTERED = re.compile(r"[-+]? ?(?:\d ?){3}[A-Z?]")
_RUNS_OUT = word_set("umpeutuu umpeutumassa vanhenee vanhentuu")
# Contracts do so too: only a month with a year is a card's.
_VALID = word_set("voimassa voimassaolo voimassaoloaika expires expiry giltigt giltig valid")
_MONTH_YEAR = re.compile(r"(?:0[1-9]|1[0-2])[/.-]?[23]\d")
_EXPIRY = re.compile(r"\d\d?[/.-]\d\d|\d{3,4}")
# A month and a year, misheard too; a plain year is none.
_YEAR = re.compile(r"(?:19|20)\d\d")
_LOCK = re.compile(
    r"\w*ov(?:i|en|essa|es|esta|elta|ella)|\w*por(?:tti|tin|tilla|tissa)|\w*luk(?:ko|on|ossa)\w*|lukkopes\w+|"
    r"näppäi\w*|naput\w*|syöt\w*|avain\w+|door|gate|keypad|dörr\w*|port(?:en)?"
)
# What is opened with digits.
_LOCK_WORDS, _LOCK_DIGITS = 4, range(LEAST, 7)
# Words from it to its code, and digits of one: "alaovessa on 2243".


def catch_beside(words: Sequence[Word], runs: Sequence[Run]) -> list[Candidate]:
    """Return the runs that the word straight before them names, as candidates of the kind that it names."""
    found = []
    for run in runs:
        if run.digits < LEAST or run.harmless not in _MEANT:
            continue
        kind = _named(words, run) or _end(words, run) or _lock(words, run)
        if kind and not is_year(run):
            score = LIKELY if kind == "FI_PERSONAL_IDENTITY_CODE" else POSSIBLE
            found.append(
                Candidate(type=kind, channel=run.channel, first=run.first, last=run.last, score=score, why=("beside",))
            )
    return found


def is_year(run: Run) -> bool:
    """Tell whether a run says a year: "2021", "kakstuhattakakskytyks"."""
    return run.digits == 4 and _YEAR.fullmatch(run.readings[0].text) is not None


def _named(words: Sequence[Word], run: Run) -> str:
    """Return the kind that the noun before a run names, or nothing."""
    for leads, text in enumerate(_before(words, run, MOST_LEADS + 1)):
        kind = _NOUNS.get(text)
        if kind is not None:
            told = leads and text in _METERS
            return "" if told or (run.harmless in {"reading", "cardinal"} and text not in _METERS) else kind
        if text in _AMOUNTS:
            return "LONG_NUMBER" if run.digits >= LEAST_BARE and not run.harmless else ""
        if text not in _LEADS:
            return ""
    return ""


def _end(words: Sequence[Word], run: Run) -> str:
    """Return what an end is of that its speaker names: "loppu on 938E", "perään tulee 9340", "voimassa 06/28"."""
    for text in _before(words, run, MOST_LEADS + 1):
        if text in _ENDS:
            whole = any(_END.fullmatch(reading.text.replace(" ", "").lstrip("-")) for reading in run.readings)
            return "FI_PERSONAL_IDENTITY_CODE" if whole else "" if run.harmless else "METERING_POINT_ID"
        if text in _LAST:
            return "FI_PERSONAL_IDENTITY_CODE" if any(_LETTERED.fullmatch(each.text) for each in run.readings) else ""
        if text in _VALID or text in _RUNS_OUT:
            shape = _EXPIRY if text in _VALID else _MONTH_YEAR
            return "CREDIT_CARD" if shape.fullmatch(run.readings[0].text.replace(" ", "")) else ""
        if text not in _END_VERBS:
            return ""
    return ""


def _lock(words: Sequence[Word], run: Run) -> str:
    """Tell a code by the door or lock that its speaker named shortly before."""
    code = not run.harmless and run.digits in _LOCK_DIGITS
    return "SECRET" if code and any(map(_LOCK.fullmatch, _before(words, run, _LOCK_WORDS))) else ""


def _before(words: Sequence[Word], run: Run, most: int) -> list[str]:
    """Return the words of the same channel straight before a run's number, the nearest first, to the other's talk."""
    texts = []
    inside = bare(words[run.first]) in _ENDS  # "loppu 938E": the word is read as the sign before the end
    for index in range(run.first - (not inside), max(-1, run.first - 1 - most), -1):
        if words[index].channel != run.channel:
            break
        texts.append(bare(words[index]))
    return texts
