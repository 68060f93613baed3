"""Streets that are named without a house number, in any case: "asun peltokadun varrella", "muutetaan ahonpolulta".

Nobody writes a capital letter in speech, so a street is a compound that ends like one and is no ordinary word
("päätie", "kotikatu", "asiakaspolku"). The stairwell and the flat that are said after an address belong to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from redaction.bare import bare, counts
from redaction.candidates import LIKELY, POSSIBLE, WEAK, Candidate
from redaction.common_words import is_function_word, is_ordinary
from redaction.dictionary import is_verb, is_word, may_be_word
from redaction.model import Word
from redaction.municipalities import is_municipality
from redaction.numbers.atoms import read_word
from redaction.numbers.kinds import Kind
from redaction.numbers.runs import Run
from redaction.ordinary_streets import HEADS, SUFFIXES
from redaction.spoken_words import is_small_talk
from redaction.wordlist import word_set

SHORTEST = 6
# Letters of the shortest street: "isotie".
CUE_WORDS = 3
# Words between "asun" and the street.
NUMBER_CUE_WORDS = 6
# Words between "osoite" and a street that was misheard.
MOST_NAME = 4
# Words of the name of a house or a village.
MOST_REST, MOST_BETWEEN = 10, 2
COPULAS = word_set("on se")
# Words of a number, stairwell and flat, and fillers in a row between them.
_CASE = (
    r"(?P<case>n|a|ä|an|en|in|on|un|än|ön|na|nä|l|lt|la|lä|le|lla|llä|lta|ltä|lle|lles|ssa|ssä|st|sta|stä|tä|ta|hen|ksi|"
    r"ella|ellä|elle|elta|eltä|essa|essä|een)?"
)
_SURE = {
    "katu": "katu", "kadu": "katu", "tie": "tie", "kuja": "kuja", "polku": "polku", "polu": "polku", "väylä": "väylä",
    "raitti": "raitti", "raiti": "raitti", "kaari": "kaari", "kaare": "kaari", "bulevardi": "bulevardi",
    "esplanadi": "esplanadi", "tanhua": "tanhua", "penger": "penger", "penkeree": "penger", "aukio": "aukio",
    "puistikko": "puistikko", "puistiko": "puistikko", "gatan": "gatan", "vägen": "vägen", "gränden": "gränden",
    "stigen": "stigen",
}  # fmt: skip
# What ends a street's name and few other words, each with its basic form.
_HILLS = {
    "mäki": "mäki", "mäe": "mäki", "rinne": "rinne", "rintee": "rinne", "ranta": "ranta", "ranna": "ranta",
    "harju": "harju", "törmä": "törmä", "ahde": "ahde", "ahtee": "ahde", "notko": "notko", "portti": "portti",
    "porti": "portti",
}  # fmt: skip
# What ends the name of a street, of a place and of a person: all three are masked.
_PLACES = {
    "tori": "tori", "piha": "piha", "silta": "silta", "silla": "silta", "puisto": "puisto", "kenttä": "kenttä",
    "kentä": "kenttä", "kulma": "kulma", "laita": "laita", "laida": "laita", "perä": "perä", "reuna": "reuna",
    "linja": "linja", "kierros": "kierros", "kierrokse": "kierros", "rinki": "rinki", "ringi": "rinki",
    "niemi": "niemi", "nieme": "niemi", "saari": "saari", "saare": "saari", "lahti": "lahti", "lahde": "lahti",
    "kaarto": "kaarto", "kaarro": "kaarto", "taival": "taival", "taipalee": "taival", "varsi": "varsi",
    "varre": "varsi", "syrjä": "syrjä", "kylä": "kylä", "laituri": "laituri",
}  # fmt: skip
# What ends ordinary words as well: a street only beside a word that says so.
_SQUARES = frozenset({"tori", "piha"})
_BORROWED = ("attori", "attorin", "ktori", "ktorin", "ottori", "ottorin")
# What ends ordinary words less often than the others do.
_BASIC = _SURE | _HILLS | _PLACES
_STREET = re.compile(rf"(?P<head>[^\W\d_][\w-]+?)(?P<stem>{'|'.join(sorted(_BASIC, key=len, reverse=True))}){_CASE}")
_BOX = re.compile(r"(?:posti|pee)?lokero(?:on|n|ssa|sta)?|postiboks[iy]\w*|pl|pee-?äl")
BOX_WORDS, BOX_DIGITS = 3, 5
# A box of a post office, the words to its number and the digits of that.
_MARK = re.compile("|".join(sorted({stem[:4] for stem in _BASIC})))
_BESIDE = re.compile(
    r"var(?:rella|rel|rell|relta|relle|ressa|teen)|pää(?:ssä|s|stä|hän)|(?:alku|loppu)päässä|alussa|kulma(?:ssa|lla|lta|s)|"
    r"risteykse(?:ssä|stä|s)|mutka(?:ssa|sta|s)|kohdal(?:la|ta|le|l)|suunnal(?:la|ta)|varres|yli|ylitse|poikki"
)
# What is said of a street: "... varrella", "... päässä".
_CUE = re.compile(
    r"as(?:un|uu|utaan|umme|utte|uin|uttiin|uivat|uvat|uit|ut|unut)|muut(?:an|amme|etaan|in|imme|ettiin|taa|ti|tanut|at|to)|"
    r"os[io]+t+e\w*|oso?it+ee\w*|tont\w+|koh(?:de|tee\w+)|bor|bodde|flytta\w*|adress\w*|live|living|moved|moving|address"
)
_FIRST = re.compile(
    r"(?:iso|ison|isolla|isolle|isolta|vähä|pikku|vanha|lilla|stora|norra|södra|västra|östra|"
    r"(?:itä|länti|pohjoi|etelä)\w*(?:nen|sen|sellä|selle|seltä|sella|selta))"
)
# "Vanha Turuntie", "Läntinen Rantakatu".
_PLURALS = ("tuntien", "kuntien", "kotien", "neitien")
# "-tien" that is no road's: hours, municipalities, homes.
_STAIRS = word_set(
    "rappu rapu rappua rapussa rappus rapun porras portaassa porraskäytävä trappa trapp asunto asunnossa asuntoo "
    "huoneisto as huoneistossa lägenhet lgh apartment stairwell numero numerossa numerosta numeroon nro ovi ovessa "
    "kirjain talo taloon viiva väliviiva"
)
_LETTERS = word_set(
    "a b c d e f g h j k aa bee see dee ee äf äffä gee hoo aarne bertta celsius daavid eemeli faarao gideon heikki "
    "be ce cee hå"
)
_TO_NUMBER = word_set("ja siinä se on siis sen")
# Before "numero": "Torpanrinne ja siinä numero yks".
_FILLERS = word_set("öö tota niin siis eikun eiku ei oota mm niinku ni")


def find_streets(
    words: Sequence[Word], lowers: Sequence[str], runs: Sequence[Run], candidates: Sequence[Candidate]
) -> list[Candidate]:
    """Return the streets that stand without a number, and what is left of addresses that were found in part."""
    found = [_address(words[at].channel, at, at, "street-word", score=score) for at, score in _named(words, lowers)]
    found.extend(_misheard(words, lowers, runs))
    found.extend(_boxes(words, lowers, runs))
    streets = [each for each in candidates if each.type == "STREET_ADDRESS"] + found
    for each in streets:
        if _is_begun(words, lowers, each.first):
            found.append(_address(each.channel, each.first - 1, each.first, "street-word"))
        last = _rest(words, lowers, each.channel, each.last)
        if last > each.last:
            found.append(_address(each.channel, each.last, last, "flat"))
    return found


def _is_begun(words: Sequence[Word], lowers: Sequence[str], first: int) -> bool:
    """Tell whether the word before a street is the first of its name: "Iso Roobertinkatu", "Itäisellä Rantakadulla"."""
    before = lowers[first - 1] if first and words[first - 1].channel == words[first].channel else ""
    return _FIRST.fullmatch(before) is not None and not words[first - 1].text.endswith((".", "?", "!"))


def _boxes(words: Sequence[Word], lowers: Sequence[str], runs: Sequence[Run]) -> Iterator[Candidate]:
    """Yield the boxes of a post office: "postilokero 105", "pee äl 62"."""
    for run in runs:
        before = [at for at in range(max(0, run.first - BOX_WORDS), run.first) if words[at].channel == run.channel]
        box = next((at for at in before if _BOX.fullmatch(lowers[at])), None)
        if box is not None and run.digits <= BOX_DIGITS:
            yield _address(run.channel, box, run.last, "box")


def _misheard(words: Sequence[Word], lowers: Sequence[str], runs: Sequence[Run]) -> Iterator[Candidate]:
    """Yield streets that were heard in two ("kaleva ntiellä"), or as no word and before a number ("niittytytie 5")."""
    halves = {text for text in set(lowers) if _is_half(text)}
    for at in range(1, len(words)):
        if lowers[at] in halves and _follows(words, at) and _is_parted(lowers[at - 1], lowers[at]):
            yield _address(words[at].channel, at - 1, at, "parted")
    for at in {run.first for run in runs}:
        if at and _follows(words, at) and _has_cue(words, lowers, at - 1) and _is_strange(lowers[at - 1]):
            yield _address(words[at].channel, at - 1, at, "before-number")


def _follows(words: Sequence[Word], at: int) -> bool:
    """Tell whether a word goes on from the one before it."""
    before = words[at - 1]
    return before.channel == words[at].channel and not before.text.endswith((".", "?", "!"))


def _is_half(text: str) -> bool:
    """Tell whether a word is no word, and ends as a street does."""
    if _MARK.search(text) is None or _STREET.fullmatch(text) is not None:
        return False
    return not is_function_word(text) and _is_unheard_of(text)


def _is_parted(head: str, tail: str) -> bool:
    """Tell whether two words are one street."""
    shape = None if is_function_word(head) else _shape(head + tail)
    return shape is not None and shape[1] in _SURE


def _is_strange(text: str) -> bool:
    """Tell whether a word is in no list and no dictionary."""
    return len(text) >= SHORTEST and text.isalpha() and not is_ordinary(text) and _is_unheard_of(text)


def _is_unheard_of(text: str) -> bool:
    """Tell whether no dictionary has a word."""
    return not (is_word(text) or may_be_word(text))


def _has_cue(words: Sequence[Word], lowers: Sequence[str], at: int) -> bool:
    """Tell whether the same speaker named an address shortly before, or names a flat after it."""
    return _is_after_cue(words, lowers, at, NUMBER_CUE_WORDS) or bool(_STAIRS & set(lowers[at + 2 : at + 5]))


def _is_after_cue(words: Sequence[Word], lowers: Sequence[str], at: int, within: int) -> bool:
    """Tell whether the same speaker named an address or said "asun" so many words before."""
    before = range(max(0, at - within), at)
    return any(words[index].channel == words[at].channel and _CUE.fullmatch(lowers[index]) for index in before)


def _address(channel: int, first: int, last: int, why: str, *, score: float = POSSIBLE) -> Candidate:
    return Candidate(type="STREET_ADDRESS", channel=channel, first=first, last=last, score=score, why=(why,))


def address_words(words: Sequence[Word], answer: Sequence[int], *, asked: bool) -> list[int]:
    """Return the words of an answer that can be an address: from its street or number to the last of them.

    Without either, its first words, which may be the name of a house or a village; nothing when nobody asked.
    """
    ends: list[int] = []
    for place, index in enumerate(answer):
        street = _shape(bare(words[index])) is not None
        if street or (counts(words[index]) and place - (ends[-1] if ends else 0) <= CUE_WORDS):
            ends.append(place)
    if not ends:
        return [index for index in answer[:MOST_NAME] if _may_name(bare(words[index]))] if asked else []
    begin = ends[0]
    for place in range(ends[0] - 1, max(-1, ends[0] - 3), -1):  # "Metsäpolku niin seitsemän"
        if not is_function_word(bare(words[answer[place]])):
            begin = place
    return list(answer[begin : ends[-1] + 1])


def _may_name(text: str) -> bool:
    """Tell whether a word can be a house's or a village's name: no small word, no talk, no verb."""
    return not (is_function_word(text) or is_small_talk(text) or is_verb(text))


def _named(words: Sequence[Word], lowers: Sequence[str]) -> Iterator[tuple[int, float]]:
    """Yield the index of each word that names a street, and the score."""
    shapes = {text: _shape(text) for text in set(lowers)}
    for at, text in enumerate(lowers):
        shape = shapes[text]
        if shape is None or words[at].text.startswith("[") or counts(words[at]):
            continue
        head, stem, case = shape
        if stem in _PLACES:
            if not ((len(case) > 1 and _is_square(head, stem, text)) or _is_told(words, lowers, at, case)):
                continue
        elif _BASIC[stem] == "tie" and case == "n" and not _is_road(text, head) and not _beside(words, lowers, at):
            continue
        yield at, LIKELY if stem in _SURE else WEAK


def _shape(text: str) -> tuple[str, str, str] | None:
    """Return a street's head, its stem and its case ending, or None where a word is no street or an ordinary one."""
    if len(text) < SHORTEST or _MARK.search(text) is None:
        return None
    match = _STREET.fullmatch(text)
    if match is None or text.endswith(SUFFIXES) or is_municipality(text):
        return None
    head, stem = match["head"].rstrip("-"), match["stem"]
    if head in HEADS["any"] or head in HEADS.get(_BASIC[stem], ()) or is_function_word(text):
        return None
    return (head, stem, match["case"] or "") if len(head) > (2 if stem in _SURE else 3) or head == "iso" else None


def _is_square(head: str, stem: str, text: str) -> bool:
    """Tell whether a word in "-tori" or "-piha" is a place by itself: in no dictionary, and no yard of a thing.

    "Kalevantorilla", "satamapihalla"; not "moottorilla", "koulunpihalla".
    """
    if stem not in _SQUARES or is_word(text) or may_be_word(text) or text.endswith(_BORROWED):
        return False
    return stem == "tori" or not head.endswith("n")


def _is_road(text: str, head: str) -> bool:
    """Tell whether "-tien" is a road's and no plural's: "satamatien", not "korttien" or "tuntien"."""
    return not text.endswith(_PLURALS) and (head[-1] in "aeiouyäö" or (head[-1] == "n" and len(head) > 3))


def _is_told(words: Sequence[Word], lowers: Sequence[str], at: int, case: str) -> bool:
    """Tell whether the words around say that a word is a street: "asun ...", "... varrella"."""
    if case in {"n", "en"} and _beside(words, lowers, at):
        return True
    return _is_after_cue(words, lowers, at, CUE_WORDS)


def _beside(words: Sequence[Word], lowers: Sequence[str], at: int) -> bool:
    after = at + 1
    if after >= len(words) or words[after].channel != words[at].channel:
        return False
    return _BESIDE.fullmatch(lowers[after]) is not None


def _rest(words: Sequence[Word], lowers: Sequence[str], channel: int, last: int) -> int:
    """Return the last word of the number, stairwell and flat that follow an address; its own where none do."""
    end, between, counted, numbered = last, 0, False, counts(words[last])
    mine = [at for at in range(last + 1, min(last + 1 + MOST_REST, len(words))) if words[at].channel == channel]
    for place, at in enumerate(mine):
        text = lowers[at]
        if counts(words[at]):
            follower = words[mine[place + 1]] if place + 1 < len(mine) else None
            if follower is not None and _is_unit(follower) and not counted:
                break
            end, between, counted = at, 0, True
        elif text in _LETTERS and (counted or between):
            end, between = at, 0
        elif (
            text in _TO_NUMBER
            and not (counted or numbered)
            and (_numbered(lowers, mine[place + 1 :]) or (between and text in COPULAS))
        ):
            continue
        elif text == "ja" and place + 1 < len(mine) and lowers[mine[place + 1]] in _STAIRS:
            continue  # "Suokatu yksitoista ja rappu cee"
        elif text in _STAIRS or (text in _FILLERS and counted):
            between += 1
            if between > MOST_BETWEEN:
                break
        else:
            break
        if words[at].text.endswith((".", "?", "!")) and not words[at].text.endswith("..."):
            break
    return end


def _numbered(lowers: Sequence[str], following: Sequence[int]) -> bool:
    """Tell whether "numero" is about to be said: "Torpanrinne" - "ja numero on yks"."""
    return any(lowers[at].startswith(("numero", "nro")) for at in following[:3])


def _is_unit(word: Word) -> bool:
    return any(shape.kind is Kind.UNIT for shape in read_word(word.text))
