"""Ages: "minkä ikäinen?" - "viiskytkaks", "oon jo 81 vuotta", "viiskytkaksvuotias", "täytän kuuskyt"."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from redaction.candidates import LIKELY, STRONG, Candidate
from redaction.model import Word
from redaction.numbers.runs import Run
from redaction.wordlist import word_set

OLDEST = 119
ANSWER_WORDS, ANSWER_SECONDS = 12, 15.0
# How far from the question an age is still its answer.
_GLUED = re.compile(r"\w{2,}-?(?:vuotia\w*|vuotiaa\w*|årig\w*)")
_AGED = re.compile(r"-?(?:vuotia\w+|årig\w*|years?-old)")
_ASKS = re.compile(r"(?:ikä(?:ni|nne|si|nsä|ä)?|iältä\w*|iäksi|ikä(?:ine|ne|se)\w+|ikäsi|vanha|åldern?|gammal|age|old)")
_ASK_HEADS = word_set("ikä iäl iäk van åld gam age old")
# The first letters of the words that `_ASKS` knows: most words are seen to be none by these.
_OF_A_PERSON = word_set("kuinka miten minkä ikäinen oot olet olette hur how är are you du")
# "Vanha", "gammal" and "old" ask for an age only in such company: "miten vanha olet", not "vanha mittari".
_BECOMES = word_set(
    "täytän täytin täyttää täytti täyttänyt täyttäny täyttäs täyteen täynnä fyller fyllde turned turning"
)
_BETWEEN = word_set(
    "jo nyt noin vasta melkein kohta just juuri ihan vaan vain eilen about redan bara just only already"
)
_AM, LEAST_AGE = word_set("olen oon"), 14
_AND_SO = word_set("ja mutta mut eli joten niin enkä eikä vaikka")
# "Oon 62 ja", not "oon kakkosrapussa" nor "oon 2 kilometrin päässä".
_SELF = word_set("olen oon minä mä hän jag i'm am")
_YEARS = word_set("vuotta vuotinen år years")
_OF_AGE_HEADS = frozenset({"yli", "alle", "täys", "over", "över"})
_OF_AGE = re.compile(r"(?:yli|alle) (?:18|kahdeksantoista|kaheksantoista|kaheksantoist)|täysi-?ikäi\w+|over 18|över 18")
_IS = word_set("on oli ois olis är var is was")
_PERSON = word_set(
    "nuorempi vanhempi vanhin nuorin "
    "mies vaimo poika tytär tyttö äiti äitini isä isäni mummo mummi mummu pappa vaari ukki ukko akka mamma anoppi appi "
    "sisko veli lapsi lapsenlapsi rouva herra naapuri emäntä isäntä puoliso avopuoliso vanhus täti setä eno serkku "
    "muija hän minä mä mää mie sinä sä molemmat muori faija mutsi kummi asukas vuokralainen leski omainen asiakas "
    "mannen frun sonen dottern mamma pappa grannen hon husband wife son daughter mother father neighbour he she"
)
# Of whom an age is told: "mies on 63 ja minä 49".
_OWNED = ("ni", "nsa", "nne", "mme")
# "Mieheni", "äitinsä".
_KIN = word_set("mie vai poi tyt äit isä mum pap anö app sis vel lap puo vaa")
BESIDE_WORDS = 8
# Words from one age to the next that needs no verb.


def find_ages(words: Sequence[Word], lowers: Sequence[str], runs: Sequence[Run]) -> list[Candidate]:
    """Return the ages that are asked for or said; a length of time ("asiakas 20 vuotta") is none."""
    told = [*_glued(words, lowers), *_said(words, lowers, runs)]
    told.extend(_in_english(words, lowers, runs))
    told.extend(_of_age(words, lowers, runs))
    return [*told, *_beside(words, lowers, runs, told), *_asked(words, lowers, runs)]


def _in_english(words: Sequence[Word], lowers: Sequence[str], runs: Sequence[Run]) -> Iterator[Candidate]:
    """Yield the ages of "I am 40 and this is my first home"."""
    for run in runs:
        if lowers[max(0, run.first - 2) : run.first] == ["i", "am"] or lowers[run.first - 1 : run.first] == ["i'm"]:
            after = lowers[run.last + 1] if run.last + 1 < len(words) else ""
            if _is_age(run) and (after in {"", "and", "now", "but"} or words[run.last].text.endswith((".", "!"))):
                yield _age(run.channel, run.first, run.last, LIKELY)


def _of_age(words: Sequence[Word], lowers: Sequence[str], runs: Sequence[Run]) -> Iterator[Candidate]:
    """Yield the age with which somebody answers whether they are of age."""
    for index in range(len(words)):
        if lowers[index][:4] in _OF_AGE_HEADS and _OF_AGE.match(" ".join(lowers[index : index + 2])):
            answer = _answer(words, runs, index, index + 2)
            if answer is not None and answer.channel != words[index].channel:
                yield _age(answer.channel, answer.first, answer.last, LIKELY)


def _glued(words: Sequence[Word], lowers: Sequence[str]) -> Iterator[Candidate]:
    for index, word in enumerate(lowers):
        if ("vuotia" in word or "årig" in word) and _GLUED.fullmatch(word):
            yield _age(words[index].channel, index, index, STRONG)


def _said(words: Sequence[Word], lowers: Sequence[str], runs: Sequence[Run]) -> Iterator[Candidate]:
    """Yield the ages that say of themselves what they are."""
    for run in runs:
        if _is_age(run) and (_aged(words, lowers, run) or _of_self(words, lowers, run)):
            yield _age(run.channel, run.first, run.last, STRONG)


def _aged(words: Sequence[Word], lowers: Sequence[str], run: Run) -> bool:
    """Tell whether "vuotias" follows."""
    after = run.last + 1
    if after < len(words) and words[after].channel == run.channel and _AGED.fullmatch(lowers[after]):
        return True
    return lowers[after : after + 2] == ["years", "old"] or lowers[after : after + 2] == ["år", "gammal"]


def _of_self(words: Sequence[Word], lowers: Sequence[str], run: Run) -> bool:
    """Tell whether the words before make it the speaker's age: "täytän", "oon jo" with "vuotta" after it."""
    before = run.first - 1
    while before > 0 and lowers[before] in _BETWEEN:
        before -= 1
    if before < 0 or words[before].channel != run.channel:
        return False
    after = lowers[run.last + 1] if run.last + 1 < len(words) else ""
    years = after in _YEARS or lowers[run.last] in _YEARS
    if lowers[before] in _BECOMES or (lowers[before] in _SELF and years):
        return True
    if lowers[before] in _AM and int(run.readings[0].text) >= LEAST_AGE and _ends_there(words, lowers, run):
        return True  # "mä oon 62 ja eläkkeellä"
    counts = not run.harmless or years
    return counts and before > 0 and lowers[before] in _IS and _is_person(lowers[before - 1])


def _ends_there(words: Sequence[Word], lowers: Sequence[str], run: Run) -> bool:
    """Tell whether nothing that a number could count follows it."""
    if run.last + 1 >= len(words) or words[run.last].text.endswith((".", "!", ",")):
        return True
    return words[run.last + 1].channel != run.channel or lowers[run.last + 1] in _AND_SO


def _is_person(word: str) -> bool:
    """Tell whether a word is a person: "mies", "mieheni", "naapurin rouva"."""
    return word in _PERSON or (word.endswith(_OWNED) and word[:3] in _KIN)


def _beside(
    words: Sequence[Word], lowers: Sequence[str], runs: Sequence[Run], told: Sequence[Candidate]
) -> Iterator[Candidate]:
    """Yield the ages that follow another one without a verb: "mies on 63 ja minä 49"."""
    ends = [(each.channel, each.last) for each in told]
    for run in runs if ends else ():
        named = run.first > 0 and words[run.first - 1].channel == run.channel and _is_person(lowers[run.first - 1])
        near = any(channel == run.channel and 0 < run.first - last <= BESIDE_WORDS for channel, last in ends)
        if named and near and _is_age(run) and not run.harmless:
            yield _age(run.channel, run.first, run.last, LIKELY)


def _asked(words: Sequence[Word], lowers: Sequence[str], runs: Sequence[Run]) -> Iterator[Candidate]:
    """Yield the first number after a question for somebody's age."""
    for index, word in enumerate(lowers):
        if word[:3] not in _ASK_HEADS or not _ASKS.fullmatch(word):
            continue
        if word in {"vanha", "gammal", "old"} and not _OF_A_PERSON & set(lowers[max(0, index - 2) : index + 3]):
            continue
        answer = _answer(words, runs, index, index + 1)
        if answer is not None:
            yield _age(answer.channel, answer.first, answer.last, LIKELY)


def _answer(words: Sequence[Word], runs: Sequence[Run], asked: int, start: int) -> Run | None:
    """Return the first number from a word on, where it is an age and said soon enough after the question."""
    at = bisect_left(runs, start, key=lambda run: run.first)
    return runs[at] if at < len(runs) and _is_age(runs[at]) and _soon(words, asked, runs[at].first) else None


def _is_age(run: Run) -> bool:
    text = run.readings[0].text
    return run.digits <= 3 and text.isdigit() and 0 < int(text) <= OLDEST


def _soon(words: Sequence[Word], asked: int, first: int) -> bool:
    end, start = words[asked].end, words[first].start
    if end is not None and start is not None and start - end > ANSWER_SECONDS:
        return False
    return first - asked <= ANSWER_WORDS


def _age(channel: int, first: int, last: int, score: float) -> Candidate:
    return Candidate(type="AGE", channel=channel, first=first, last=last, score=score, why=("age",))
