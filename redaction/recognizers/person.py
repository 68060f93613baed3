"""Names after a cue ("nimeni on", "täällä", "rouva") and a known first name with what looks like a surname.

Recognizers of speech write names small or with a capital as it happens, so neither is relied on after a strong cue.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from redaction.candidates import LIKELY, POSSIBLE, STRONG
from redaction.common_words import is_listed_name, is_ordinary
from redaction.dictionary import is_of_another, is_word
from redaction.everyday import is_listed
from redaction.model import Checksum
from redaction.names import AMBIGUOUS_FIRST_NAMES, ends_like_surname, first_name, is_surname
from redaction.recognizers.base import Hit, VaitiRecognizer
from redaction.wordlist import word_set

SELF = "self-introduction"
_TOKEN = re.compile(r"([^\W\d_][\w'-]*)([.,!?;:]?)")
_STRONG_CUES = word_set(
    """
    nimeni nimi nimesi nimenne nimellä sukunimi sukunimeni sukunimellä etunimi etunimeni namn name heter herra
    rouva neiti herran rouvan herralle rouvalle isännöitsijä efternamn efternamnet förnamn förnamnet surname
    name's herr fru fröken mister mr mrs ms
    """
)
_WEAK_CUES = word_set(
    """
    täällä olen oon puhuu puhun soittaa puhelimessa tässä terve hei moi päivää asiakas asiakkaan asiakkaalle
    vaimo vaimoni mies mieheni puoliso puolisoni äiti äitini isä isäni poika poikani tytär tyttäreni naapuri
    jag här hej hejsan kund kunden frun mannen sambo mamma pappa granne this i'm am here hello hi customer
    wife husband mother father neighbour
    """
)
_TITLES = word_set("herra rouva neiti herran rouvan herralle rouvalle herr fru fröken mister mr mrs ms")
_AFTER_CUES = word_set("puhelimessa täällä tässä här here speaking")
_SELF_CUES = word_set("nimeni täällä olen oon puhelimessa tässä heter jag här name name's i'm am this")
_NOUNS = ("nim", "suku", "etu", "namn", "name", "efternamn", "förnamn", "surname")
# "Nimi ja osoite" names nobody; "nimi on" does.
_COPULAS = word_set("on oli olisi är is ja se siis kuin vaan")
_NOT_NAMES = word_set(
    """
    on oli olisi se ja ei en joo kyllä mikä mitä miten kuinka hyvä huomenta päivää iltaa hei moi terve kiitos
    siis niin no asiakas sopimus lasku sähkö numero osoite nyt vielä sitten kun kuin että jos minä mä sinä te me
    he tämä tuo ihan taas aina ongelma vika asiasta asiaa laskun soitan soitin voinko voitko voisitko saisinko
    saanko kuopion lahden energia energian energiasta puhelimessa täällä tässä toinen sama oikein väärin
    muuttunut tunnus lasku laskulla mukaan asia asian hänen hänellä mulle mitäs haluan haluaisin kysyisin meillä
    meiltä teillä och men att inte nej ja det den jag har som med till från vad hur tack här rätt fel igen nytt stavas
    avtal avtalet räkning adress adressen nummer numret and but not the that this with from what how please thanks
    here right wrong again spelled calling about contract invoice address number correct changed
    """
)


_STOPS = (".", "!", "?", ";")
_GLUED_CUES = ("olen", "oon", "nimeni", "täällä")
# What recognizers write as one word with the name after it: "olenanna esimerkki".
_ASKS_FOR = ("puhunko", "tavoitinko")
_CUES, _BEGINNINGS = _STRONG_CUES | _WEAK_CUES | _AFTER_CUES, _GLUED_CUES + _ASKS_FOR
_ASKED_WITHIN = 6
# Words. "Puhunko nyt Anna Esimerkin kanssa" names somebody whatever was heard between the two.


class _Token(NamedTuple):
    text: str
    lower: str
    start: int
    end: int
    stops: bool


class PersonRecognizer(VaitiRecognizer):
    """Finds people's names. Who the speaker is decides later whether a self-introduction is the agent's."""

    VIEWS = frozenset({"as-written"})
    ENTITY = "PERSON"

    def find(self, text: str) -> Iterator[Hit]:
        """Yield names; those of a self-introduction carry the slug `self-introduction`."""
        tokens = _Tokens(text)
        said = set(tokens.lowers)
        names = {word: name for word in said if (name := first_name(word)) is not None}
        telling = {word for word in said if word in _CUES or word in names or word.startswith(_BEGINNINGS)}
        for at in [at for at, word in enumerate(tokens.lowers) if word in telling]:
            word = tokens.lowers[at]
            if word in _STRONG_CUES:
                yield from _after(tokens, at, strong=True)
            elif word in _WEAK_CUES:
                yield from _after(tokens, at, strong=False)
            if word in _AFTER_CUES:
                yield from _before(tokens, at)
            if word in names:
                yield from _full_name(tokens, at, names[word])
            elif word.startswith(_GLUED_CUES):
                yield from _glued(tokens, at)
            elif word.startswith(_ASKS_FOR):
                yield from _asked_for(tokens, at)


class _Tokens:
    """The words of a text; most are only looked up, so what else is known of a word is worked out when asked."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found = list(_TOKEN.finditer(text))
        self.lowers = [match[1].lower() for match in self._found]

    def __len__(self) -> int:
        return len(self._found)

    def __getitem__(self, at: int) -> _Token:
        """Return the word; `stops` where a sentence or a turn ends after it."""
        match = self._found[at]
        stops = match[2] in _STOPS or self._text[match.end() : match.end() + 1] == "\n"
        return _Token(match[1], self.lowers[at], match.start(), match.end(1), stops)


def _after(tokens: _Tokens, cue: int, *, strong: bool) -> Iterator[Hit]:
    """Yield the name that follows a cue in the same sentence."""
    at = cue + 1
    if tokens[cue].stops:
        return
    copula = False
    while at < len(tokens) and tokens[at].lower in _COPULAS and at <= cue + 2 and not tokens[at].stops:
        copula = True
        at += 1
    if tokens[cue].lower.startswith(_NOUNS) and not copula and not tokens[cue].lower.endswith(("llä", "'s")):
        return
    end = at
    if tokens[cue].lower in _TITLES and at < len(tokens) and _is_titled(tokens[at]):
        end += 1
    while end < len(tokens) and end - at < 3 and _may_be_name(tokens[end], strong=strong or end == at + 1):
        end += 1
        if tokens[end - 1].stops or is_surname(tokens[end - 1].lower):
            break
    if end > at:
        why = SELF if tokens[cue].lower in _SELF_CUES else "name-cue"
        yield _hit(tokens, at, end, STRONG if strong else LIKELY, why)


def _is_titled(token: _Token) -> bool:
    """Tell whether a word after a title is in no dictionary: a name, whatever it ends in ("rouva tihkulaista")."""
    return (
        len(token.lower) > 3 and token.lower not in _NOT_NAMES and not (is_listed(token.lower) or is_word(token.lower))
    )


def _glued(tokens: _Tokens, at: int) -> Iterator[Hit]:
    """Yield a cue that was written as one word with a first name, and the surname after it."""
    word = tokens[at].lower
    if not any(word.startswith(cue) and first_name(word[len(cue) :]) for cue in _GLUED_CUES):
        return
    end = at + 1
    if end < len(tokens) and not tokens[at].stops and _may_be_name(tokens[end], strong=True):
        end += 1
    yield _hit(tokens, at, end, LIKELY, SELF)


def _asked_for(tokens: _Tokens, at: int) -> Iterator[Hit]:
    """Yield whom a caller asks for: what stands between "puhunko" and "kanssa", however it was heard."""
    begin = at + 1
    while begin < len(tokens) and tokens[begin].lower in _NOT_NAMES:
        begin += 1
    for end in range(begin, min(begin + _ASKED_WITHIN, len(tokens))):
        named = any(_may_be_name(tokens[word], strong=True) for word in range(begin, end))
        if tokens[end].lower == "kanssa" and named:
            yield _hit(tokens, begin, end, LIKELY, "name-cue")
        if tokens[end].stops or tokens[end].lower == "kanssa":
            return


def _before(tokens: _Tokens, cue: int) -> Iterator[Hit]:
    """Yield the name before "puhelimessa" or "täällä"."""
    begin = cue
    while (
        begin > 0 and cue - begin < 3 and not tokens[begin - 1].stops and _may_be_name(tokens[begin - 1], strong=False)
    ):
        begin -= 1
    if begin < cue:
        yield _hit(tokens, begin, cue, LIKELY, SELF)


def _full_name(tokens: _Tokens, at: int, name: str) -> Iterator[Hit]:
    """Yield a first name with a surname after it, or a capitalised unmistakable first name alone."""
    token = tokens[at]
    end = at + 1
    while end < len(tokens) and end - at < 3 and not tokens[end - 1].stops and first_name(tokens[end].lower):
        end += 1
    if end < len(tokens) and not tokens[end - 1].stops:
        last = tokens[end]
        opens = (at == 0 or tokens[at - 1].stops) and len(last.lower) >= 4 and name not in AMBIGUOUS_FIRST_NAMES
        ordinary = last.lower in _NOT_NAMES or (is_ordinary(last.lower) and not last.text[0].isupper())
        named = not ordinary and (opens or (last.text[0].isupper() and token.text[0].isupper()))
        if is_surname(last.lower) or named or (ends_like_surname(last.lower) and not ordinary):
            yield _hit(tokens, at, end + 1, STRONG, "full-name")
            return
    told = token.text[0].isupper() and at > 0 and not tokens[at - 1].stops
    if name not in AMBIGUOUS_FIRST_NAMES and is_listed_name(token.lower):
        if is_of_another(token.lower, name) and not told:
            return
        yield _hit(tokens, at, end, POSSIBLE, "first-name")


def _may_be_name(token: _Token, *, strong: bool) -> bool:
    """Tell whether a token can be part of a name; after a strong cue any word that is not a common one."""
    if token.lower in _NOT_NAMES or token.lower in _STRONG_CUES or len(token.lower) < 2:
        return False
    known = first_name(token.lower) is not None or is_surname(token.lower)
    if known or not strong:
        return known
    return token.text[0].isupper() or (len(token.lower) >= 4 and not is_ordinary(token.lower))


def _hit(tokens: _Tokens, begin: int, end: int, score: float, why: str) -> Hit:
    return Hit(tokens[begin].start, tokens[end - 1].end, score, Checksum.NONE, why)
