"""A secret word that comes later than its question: "miks mun pitää" - "ilman sitä en voi" - "no sinikello".

After a question for a word (and before it, for some say the word first) every word that talk is not made of may be
it; what was one is masked wherever it is said again. Codes are numbers and are found as such (slots.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from redaction.bare import bare
from redaction.candidates import LIKELY, STRONG, Candidate
from redaction.cues import NUMERIC, Cue
from redaction.model import Word
from redaction.secrets import COPULAS, SECRETS, Counted, asks_for, is_of_life, may_be_secret, says_number
from redaction.spoken_words import is_small_talk, is_thing
from redaction.wordlist import word_set

OPEN, OPEN_WORDS = 28.0, 70
# Seconds, and words where times are missing, that a question for a secret word stays open.
HINT_WORDS = 16
# Words after a mere hint, which is no question, in which the secret can stand.
BEFORE = 12
# Words before a question or a "right" in which it can: "sinikello se oli" - "mikä oli?" - "no se salasana".
SHORT = 4
# Words: the everyday noun that ends a turn so short is its answer: "no koira".
NEAR, NEAR_TOLD = 12, 9
# Words after the question in which any such word is masked; later one must stand where answers do.
TURNS, SAID_AGAIN = 2, 10
# Turns and words after the answer in which it may be repeated or put right.
STEM = 7
# Letters of a word whose inflected forms are masked too: all but its last two stay.
_CODE = re.compile(
    r"kood|\bkod\b|koden|code|\bpin|luku|luvu|lista|cvc|numero|boks|säilö|kaapi|kaappi|luko|lukko|näppäi|port|hälyt|lukua|merkkiä"
)
_HINTS = {
    "viimeksi": "kun ku kuin", "viimeks": "kun ku kuin", "paikassa": "joka", "paikas": "joka", "nauraa": "saa",
    "naura": "älä älkää", "vihossa": "", "lapussa": "", "lapulla": "", "kalenterissa": "", "vihkossa": "",
    "muistiossa": "", "muistikirjassa": "", "lompakossa": "", "vihjeenä": "", "vihje": "", "eläin": "joku",
    "kukka": "joku", "ääneen": "", "kuiskata": "", "kuiskaa": "", "jossa": "lappu",
    "äsken": "sanoitteko sanoitko sanoit", "muistisäännön": "", "muistisääntö": "", "kuiskaan": "",
    "nimi": "koiran kissan hevosen lemmikin kukan lehmän", "silleen": "alko alkoi",
}  # fmt: skip
# The last word of a hint, and the words of which one must stand before it.
_RIGHT = {
    "sana": "se oikea", "tuli": "se", "täsmää": "", "täsmäsi": "", "lukeekin": "täällä", "oikein": "ihan aivan sen",
}  # fmt: skip
# What the other one says when the word was right.
_WHERE = ("ssa", "ssä", "lla", "llä")
# "Missä tapasitte" is answered with a place in these cases.
_OPENS = word_set("aukee aukeaa avautuu aukes aukesi öppnas öppnar opens")
_ENTERS = word_set("pääsee pääset pääsis menee")
_WITH = word_set("sillä niillä tolla tuolla tällä jolla")
# What is said of a door's code.
_LEADING = word_set(
    "lukee no se on oli eli et että oota odota nyt mutta mut just niin jossa nimi nii tota sana vaikka kokeile "
    "laita oliks ois tulee tulis tulisi vaan oliki olikin sama joo jo in it's was vad va sanoin kun ku sit sitten "
    "eiku eikun siis äsken tarkoittaa perään naapuri aa ai öö mm hmm niin entä oliks oliko"
)


def find_passwords(
    words: Sequence[Word], lowers: Sequence[str], counted: Counted, cues: Sequence[Cue]
) -> list[Candidate]:
    """Return the words that can be a secret around what asks for one, and their repetitions."""
    talk = _Talk(words, lowers, counted, {})
    asking = [cue for cue in cues if cue.type == "SECRET" and not (_is_code(words, cue) or is_of_life(words, cue))]
    others = [cue.first for cue in cues if cue.type in NUMERIC and cue.type not in SECRETS]
    places: set[int] = set()
    for cue in asking:
        stop = next((first for first in others if first > cue.last), len(words))
        places.update(_open(talk, cue, stop))
        places.update(_ended_ones(talk, cue.first))
    places.update(_hinted(talk))
    places.update(_opening(talk))
    places -= {index for cue in cues for index in range(cue.first, cue.last + 1)}
    return list(_candidates(talk, places))


class _Talk(NamedTuple):
    """The words, as they are and bare, the indexes of those in a number or a date, and what was found out of some."""

    words: Sequence[Word]
    texts: Sequence[str]
    counted: Counted
    known: dict[str, bool]

    def may_be(self, index: int) -> bool:
        """Tell whether a word can be a secret."""
        if index in self.counted.every:
            return False
        text = self.words[index].text
        if text not in self.known:
            self.known[text] = may_be_secret(self.words[index])
        return self.known[text]

    def masked(self, index: int) -> bool:
        """Tell whether a word is a label: this is another look then."""
        return self.words[index].text.startswith("[")

    def begins(self, index: int) -> bool:
        """Tell whether a word is a turn's or a sentence's first."""
        return (
            index == 0
            or self.words[index - 1].channel != self.words[index].channel
            or self.words[index - 1].text.endswith((".", "?", "!"))
        )

    def ends(self, index: int) -> bool:
        """Tell whether a word is a turn's or a sentence's last."""
        return index + 1 == len(self.words) or self.begins(index + 1)

    def led(self, index: int) -> bool:
        """Tell whether a word stands where an answer does: after "se on", or in a turn of a word or two."""
        if self.begins(index):
            return any(self.ends(at) for at in range(index, min(index + SHORT - 1, len(self.words))))
        return self.texts[index - 1] in _LEADING

    def owned(self, index: int) -> bool:
        """Tell whether a genitive stands before a word, the first half of a compound written apart: "metsän reuna"."""
        if self.begins(index):
            return False
        before = self.texts[index - 1]
        return len(before) > SHORT and before.endswith("n") and not is_small_talk(before)


def _is_code(words: Sequence[Word], cue: Cue) -> bool:
    """Tell whether a cue names what is said in digits: "ovikoodi", "tunnusluku"."""
    text = " ".join(bare(words[index]) for index in range(cue.first, cue.last + 1))
    return _CODE.search(text) is not None and "san" not in text


def _open(talk: _Talk, cue: Cue, stop: int) -> Iterator[int]:
    """Yield the words after a question that can be its answer, until it was answered or another number is asked for."""
    words, turns, last = talk.words, 0, -1
    where = bare(words[cue.first]) == "missä"
    near = NEAR if asks_for(talk.words, cue) else NEAR_TOLD
    for index in range(cue.last + 1, min(stop, cue.last + 1 + OPEN_WORDS)):
        if talk.masked(index) or not _in_time(words, cue.last, index):
            return
        turns += last >= 0 and talk.begins(index)
        if turns > TURNS or (last >= 0 and index - last > SAID_AGAIN):
            return
        led = talk.led(index) or index - 1 == last
        if talk.may_be(index) and (led or index - cue.last <= near):
            yield index
            last = index if led and last < 0 else last
        elif _is_place(words[index], where=where) or (is_thing(bare(words[index])) and _is_whole_turn(talk, index)):
            yield index


def _is_place(word: Word, *, where: bool) -> bool:
    """Tell whether a word can be the answer to "missä"."""
    return where and bare(word).endswith(_WHERE) and not is_small_talk(bare(word))


def _in_time(words: Sequence[Word], left: int, right: int) -> bool:
    end, start = words[left].end, words[right].start
    return end is None or start is None or start - end <= OPEN


def _hinted(talk: _Talk) -> Iterator[int]:
    """Yield what can be a secret after a hint ("ei saa nauraa mut se on") or before a "right"."""
    for index, text in enumerate(talk.texts):
        if text in _HINTS and _stands(talk, index, _HINTS[text]):
            yield from _led_ones(talk, range(index + 1, min(len(talk.words), index + 1 + HINT_WORDS)))
            following = range(index + 1, min(len(talk.words), index + SHORT))
            yield from (at for at in following if talk.begins(at) and talk.may_be(at))  # "ääneen vaan" - "sinikello"
        if text in _RIGHT and _stands(talk, index, _RIGHT[text]):
            yield from _ended_ones(talk, index)


def _opening(talk: _Talk) -> Iterator[int]:
    """Yield the numbers that a door opens with: "paina kaksi kaksi neljä ja ovi aukee", "1234 sillä pääsee"."""
    for index, text in enumerate(talk.texts):
        if text in _OPENS or (text in _ENTERS and index > 0 and talk.texts[index - 1] in _WITH):
            for at in range(max(0, index - BEFORE), min(len(talk.words), index + SHORT + 1)):
                said = at in talk.counted.every and at not in talk.counted.harmless
                if said and talk.words[at].channel == talk.words[index].channel:
                    yield at


def _stands(talk: _Talk, index: int, before: str) -> bool:
    """Tell whether one of the words that a hint needs stands before its last word."""
    return not before or (index > 0 and talk.texts[index - 1] in before.split())


def _led_ones(talk: _Talk, window: Iterable[int]) -> Iterator[int]:
    """Yield the words that can be a secret and stand where one does, and such words straight after them."""
    last = -2
    for index in window:
        if talk.masked(index):
            return
        if talk.may_be(index) and (last == index - 1 or talk.led(index)):
            last = index
            yield index


def _ended_ones(talk: _Talk, stop: int) -> Iterator[int]:
    """Yield what can be a secret shortly before a word and ends its turn or goes on as "sinikello se oli"."""
    for index in _led_ones(talk, range(max(0, stop - BEFORE), stop)):
        if talk.ends(index) or talk.texts[index + 1] in COPULAS:
            yield index


def _is_whole_turn(talk: _Talk, index: int) -> bool:
    """Tell whether a short turn ends with a word: "no koira"."""
    first = index
    while not talk.begins(first) and index - first < SHORT:
        first -= 1
    return talk.ends(index) and index - first < SHORT and (first == index or talk.led(index))


def _candidates(talk: _Talk, places: AbstractSet[int]) -> Iterator[Candidate]:
    """Yield the places as candidates, with the numbers beside them, and where their words are said again."""
    words = talk.words
    texts = {talk.texts[index] for index in places if talk.may_be(index)}
    stems = tuple(text[:-2] for text in texts if len(text) >= STEM)
    for index in sorted(places):
        yield _candidate(words, index - talk.owned(index), index, STRONG)
        yield from _numbers(words, index, talk.counted.harmless)
    for index, text in enumerate(talk.texts if texts else ()):
        if index not in places and (text in texts or (text.startswith(stems) and not is_small_talk(text))):
            yield _candidate(words, index, index, LIKELY)


def _numbers(words: Sequence[Word], index: int, harmless: AbstractSet[int]) -> Iterator[Candidate]:
    """Yield the numbers that follow a secret's word at once: "sinikello kolkytyks"."""
    at = index + 1
    while at < len(words) and words[at].channel == words[index].channel and at not in harmless:
        if not says_number(words[at]):
            return
        yield _candidate(words, at, at, STRONG)
        at += 1


def _candidate(words: Sequence[Word], first: int, last: int, score: float) -> Candidate:
    return Candidate(type="SECRET", channel=words[first].channel, first=first, last=last, score=score, why=("answer",))
