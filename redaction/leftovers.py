"""What is left of a number that was found: its last letter, its card's month, the digits that put it right.

People finish a number apart from it ("joo ja viimeinen on kirjain ärrä"), say a card's month by its name, and answer
a read-back with the digits that were wrong ("ei vaan kuusi nolla"): none of it has a shape of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from redaction.beside import is_year
from redaction.candidates import POSSIBLE, Candidate
from redaction.cues import Cue
from redaction.model import Word
from redaction.numbers.atoms import read_word
from redaction.numbers.kinds import Kind
from redaction.numbers.runs import LEAST_DAY, Run
from redaction.wordlist import word_set

LETTER_WORDS = 10
# Words from an identity code to its last letter said apart.
CLOSE_WORDS = 2
# Words to one that nothing announces: the digit between was misheard.
CARD_WORDS, YEAR_WORDS, MOST_DIGITS = 14, 3, 7
# Words from a card to the month in which it expires and to its year, and digits of that with what is on the back.
RIGHT_WORDS = 6
# Words from a number to the digits that put it right.
BACK_WORDS, FEW_WORDS = 50, 3
# Words from a card to what stands on its back, and words of a turn besides its number.
_ALONE_DIGITS = (3, 4)
_END = re.compile(r"-?(?:\d ?){3}[B-FHJLMNPR-UX-Y]")
# No letter that is a unit: "300 W".
_ANY_END = re.compile(r"[-+]? ?(?:\d ?){3}[A-FHJ-NPR-Y]")
END_WORDS = 2
# Words of an end in which the digits are said as one.
_LAST = word_set(
    "viimeinen viimenen viimene kirjain loppukirjain tarkistusmerkki tarkiste loppuun lopussa loppu loppuosa sista "
    "bokstav"
)
_DENIED = word_set("ei eiku eikun vaan väärin eikä nej nä utan no wrong not")
_CODES = frozenset(
    "FI_PERSONAL_IDENTITY_CODE DATE_OF_BIRTH IBAN_CODE FI_ACCOUNT_NUMBER CREDIT_CARD PHONE_NUMBER METERING_POINT_ID "
    "CUSTOMER_NUMBER CONTRACT_NUMBER".split()
)
_BIRTHS = frozenset({"FI_PERSONAL_IDENTITY_CODE", "DATE_OF_BIRTH"})
_HARMLESS = frozenset({"unit", "clock", "decimal", "own", "cardinal", "reading"})


def find_leftovers(
    words: Sequence[Word], lowers: Sequence[str], runs: Sequence[Run], cues: Sequence[Cue], found: Sequence[Candidate]
) -> list[Candidate]:
    """Return what belongs to numbers that were found and stands apart from them."""
    codes = [each for each in found if each.type in _CODES]
    new = [] if not codes else [*_letters(words, lowers, codes), *_put_right(words, lowers, runs, codes)]
    new.extend(_dated(words, codes))
    cards = sorted({*(each.last for each in codes if each.type == "CREDIT_CARD"), *_asked_cards(cues)})
    new.extend(_alone(words, runs, cards))
    return [*new, *_months(words, runs, cards)] if cards else new


def _letters(words: Sequence[Word], lowers: Sequence[str], codes: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the letter that ends an identity code: "viimeinen on kirjain ärrä"."""
    for each in codes:
        if each.type != "FI_PERSONAL_IDENTITY_CODE":
            continue
        named = False
        for at in range(each.last + 1, min(each.last + 1 + LETTER_WORDS, len(words))):
            if words[at].channel != each.channel:
                continue
            close = at - each.last <= CLOSE_WORDS and len(lowers[at]) > 1  # "yhdeksän neljä [misheard] ärrä"
            if (named or close) and lowers[at] not in _LAST and _is_letter(words[at]):
                yield _candidate(each.type, words, at, at, "last-letter")
                break
            named = named or lowers[at] in _LAST


def _dated(words: Sequence[Word], codes: Sequence[Candidate]) -> Iterator[Candidate]:
    """Yield the month or day beside a birth of which only the numbers were understood: "98 maaliskuuta 61"."""
    for each in codes:
        if each.type in _BIRTHS:
            for at in (each.first - 1, each.first - 2, each.last + 1):
                if 0 <= at < len(words) and words[at].channel == each.channel and _is_dated(words[at]):
                    yield _candidate(each.type, words, min(at, each.first), max(at, each.first), "dated")


def _is_dated(word: Word) -> bool:
    """Tell whether a word is a month or an ordinal as days are; "eka" and "toinen" count other things oftener."""
    return _is_month(word) or any(shape.ordinal >= LEAST_DAY for shape in read_word(word.text))


def _is_month(word: Word) -> bool:
    return any(shape.kind is Kind.MONTH for shape in read_word(word.text))


def _is_letter(word: Word) -> bool:
    return any(shape.kind in (Kind.LETTER, Kind.SPELL) for shape in read_word(word.text))


def _put_right(
    words: Sequence[Word], lowers: Sequence[str], runs: Sequence[Run], codes: Sequence[Candidate]
) -> Iterator[Candidate]:
    """Yield the digits with which the other speaker denies a number that was just said."""
    ends = sorted((each.last, each.channel, each.type) for each in codes)
    for run in runs:
        if run.digits < 2 or run.harmless in _HARMLESS:
            continue
        near = ends[bisect_left(ends, (run.first - RIGHT_WORDS, -1, "")) : bisect_left(ends, (run.first, -1, ""))]
        for last, channel, kind in near:
            said = {lowers[at] for at in range(last + 1, run.first) if words[at].channel == run.channel}
            if channel != run.channel and said & _DENIED:
                yield _candidate(kind, words, run.first, run.last, "put-right")
                break


def _alone(words: Sequence[Word], runs: Sequence[Run], cards: Sequence[int]) -> Iterator[Candidate]:
    """Yield an identity code's end, and what a short turn after a card is nothing but: what stands on its back."""
    for run in runs:
        if run.digits not in _ALONE_DIGITS or run.harmless:
            continue
        place = bisect_left(cards, run.first)
        if _is_end(run):
            yield _candidate("FI_PERSONAL_IDENTITY_CODE", words, run.first, run.last, "end-alone")
        elif place and run.first - cards[place - 1] <= BACK_WORDS and not is_year(run) and _is_whole_turn(words, run):
            yield _candidate("CREDIT_CARD", words, run.first, run.last, "back-of-card")


def _is_end(run: Run) -> bool:
    """Tell whether a run is three digits and a letter: nothing but an identity code's end is said so.

    A letter that is also a unit ("300 W") or a stairwell ("120 A") counts where the digits are said apart.
    """
    letters = _ANY_END if len(run.words) > END_WORDS else _END
    return any(letters.fullmatch(reading.text) for reading in run.readings)


def _is_whole_turn(words: Sequence[Word], run: Run) -> bool:
    """Tell whether a run's speaker says no more than a few words with it."""
    begin, end = run.first, run.last
    while begin and words[begin - 1].channel == run.channel and run.first - begin <= FEW_WORDS:
        begin -= 1
    while end + 1 < len(words) and words[end + 1].channel == run.channel and end - run.last <= FEW_WORDS:
        end += 1
    return run.first - begin <= FEW_WORDS and end - run.last <= FEW_WORDS


def _asked_cards(cues: Sequence[Cue]) -> Iterator[int]:
    yield from (cue.last for cue in cues if cue.type == "CREDIT_CARD")


def _months(words: Sequence[Word], runs: Sequence[Run], cards: Sequence[int]) -> Iterator[Candidate]:
    """Yield the month and year in which a card expires: "menee umpeen helmikuussa kakskytkaheksan"."""
    years = {run.first: run for run in runs if 2 <= run.digits <= MOST_DIGITS}
    for first, run in years.items():
        for at in (*range(max(0, first - YEAR_WORDS), first), min(run.last + 1, len(words) - 1)):
            month = words[at].channel == run.channel and _is_month(words[at])
            place = bisect_left(cards, at)
            if month and place and at - cards[place - 1] <= CARD_WORDS:
                yield _candidate("CREDIT_CARD", words, min(at, first), max(at, run.last), "expiry-month")


def _candidate(kind: str, words: Sequence[Word], first: int, last: int, why: str) -> Candidate:
    return Candidate(type=kind, channel=words[last].channel, first=first, last=last, score=POSSIBLE, why=(why,))
