"""What is a secret in what is said after "tunnussana", "salasana", "ovikoodi": its words, and not the talk around them.

A secret may be any word, so nothing but its place tells: it ends where the speaker pauses, says a small word or does
something with it ("vaihtakaa se").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise, takewhile
from typing import NamedTuple

from redaction.bare import bare
from redaction.common_words import is_function_word
from redaction.cues import Cue
from redaction.dictionary import is_form, is_verb
from redaction.model import Word
from redaction.numbers.atoms import read_word
from redaction.numbers.kinds import Kind
from redaction.numbers.lexicon import look_up
from redaction.numbers.runs import Run
from redaction.spoken_words import is_inflected, is_small_talk, is_spoken, is_thing
from redaction.wordlist import word_set

WHOLE_NUMBER = 3
# Digits: a code that short is whole; "seiska kissa" goes on.
FEW = 2
# Words: an answer that short is no talk, and any noun in it is what was asked for.
PHRASE = 3
# Words: an answer that short is all a phrase up to its last word that can be a secret.
_HARMLESS = frozenset({"unit", "clock", "decimal", "date"})
_SIGNED = frozenset({"EMAIL_ADDRESS", "USERNAME"})
_MAIL_SIGNS = word_set(
    "ät at ätmerkki ät-merkki miukumauku miuku mauku piste alaviiva väliviiva punkt dot snabel-a snabela"
)
TURN_GAP = 1.5
# Seconds of silence that end an answer.
BREATH = 0.6
# Seconds of silence after which another word is no more of the secret; digits may come later.
MOST_CONTENT, MOST_WORDS = 3, 8
SECRETS = frozenset({"SECRET", "USERNAME"})
COPULAS = word_set("on oli olis olisi se vastaus että är var det is was it's it")
_ELSEWHERE = re.compile(r"\w{2,}(?:kaa|kää|[nt]ko|[nt]kö|isin|mme|taan|tään|daan|dään|nut|nyt)")
# Verbs in forms that no password is in: requests, questions, "we", the passive.
_REQUEST = re.compile(r"\w{2,}(?:kaa|kää)")
_ASKING = word_set(
    "millä minkä mikä mikäs mitä millä mihin entä entäs sano sanotko kerro kertoisitko anna tarvisin tarvitsen pyydän"
)
ASKING_WORDS = 6
# Words before what is asked for.
STOPS = 4
# Words after what is asked for before its speaker stops: "tunnussana teillä on".
_OF_LIFE = re.compile(
    r"lemp|lapsu|tyttön|häämat|isoäi|äiti|mummo|koira|kissa|hevo|kuka|kuki|synny|synty|eka|ensimm|missä|minkä m"
)
_CASED = re.compile(r"\w{3,}(?:ssa|ssä|sta|stä|lla|llä|lta|ltä|lle|ksi|ks|sti|tta|ttä)")
_RELATIVE = re.compile(r"jo(?:ka|ta|nka|ssa|sta|lla|lta|lle|hon|na|ksi|ita|illa)|som|which|that")
_OF_LENGTH = re.compile(r"\w+(?:numeroi|merkki|kirjaimi|osai|sanai)\w+|\w+-?(?:siffrig|digit)\w*")
# "Nelinumeroinen", "kahdeksanmerkkinen": how long a secret is.
_JOINING = word_set("ja och and")
_MAY_BEGIN = word_set("vaikka vielä sitten sit nyt niin siis no joo tää tämä toi tuo")


def secret_words(words: Sequence[Word], answer: Sequence[int]) -> list[int]:
    """Return the words of an answer that can be the secret. An answer that begins with a small word is all taken."""
    if answer and _ELSEWHERE.fullmatch(bare(words[answer[0]])):
        if _REQUEST.fullmatch(bare(words[answer[0]])):
            return []
        answer = [index for index in answer[1:3] if is_content(bare(words[index]))]  # "laitetaan vaikka sinikello"
    if answer and not is_content(bare(words[answer[0]])) and not _spells(words[answer[0]]):
        return list(answer)
    taken: list[int] = []
    content = 0
    for at, index in enumerate(answer):
        text = bare(words[index])
        if taken and not _spells(words[index]):
            joined = text in _JOINING and _closes(words, answer[at + 1 : at + 3])
            if not joined and (not is_content(text) or _paused(words[answer[at - 1]], words[index])):
                break
            content += not joined
        if content >= MOST_CONTENT or len(taken) >= MOST_WORDS:
            break
        taken.append(index)
    return taken


def told_secret(words: Sequence[Word], cue: Cue, stop: int) -> list[int]:
    """Return what the cue's own channel says after it: "tunnussana on sinikello", "turvasana tuulimylly"."""
    first = next((i for i in range(cue.last + 1, stop) if words[i].channel == cue.channel), None)
    if first is None or first - cue.last > 3:
        return []
    turn = turn_of(words, first, stop, MOST_WORDS)
    if any(words[index].text.startswith("[") for index in turn):
        return []  # masked already: this is another look
    if _RELATIVE.fullmatch(bare(words[first])):
        return []  # "tunnussana jolla hän voi asioida", "koodi joka on nelinumeroinen"
    said = [index for index in turn if bare(words[index]) not in COPULAS]
    while said and bare(words[said[0]]) in _MAY_BEGIN:
        del said[0]
    return secret_words(words, said) if len(said) < len(turn) or (said and is_content(bare(words[said[0]]))) else []


def is_content(text: str) -> bool:
    """Tell whether a lower-case word can be a secret: no small word, no verb that asks for something."""
    return bool(text) and not is_function_word(text) and not _ELSEWHERE.fullmatch(text)


def is_question(words: Sequence[Word], cue: Cue) -> bool:
    """Tell whether the cue asks, or an asking word stands before it: "entä turvakoodi takaa", "muistatko salasanan"."""
    if cue.asks:
        return True
    before = [
        bare(word) for word in words[max(0, cue.first - ASKING_WORDS) : cue.last + 1] if word.channel == cue.channel
    ]
    return any(word in _ASKING or word.endswith(("ko", "kö")) for word in before)


def asks_for(words: Sequence[Word], cue: Cue) -> bool:
    """Tell whether a cue asks: by a mark or a word, or because its speaker stops soon after it."""
    if is_question(words, cue):
        return True
    after = range(cue.last, min(cue.last + STOPS, len(words) - 1))
    return any(words[at + 1].channel != words[at].channel or words[at].text.endswith((".", "?", "!")) for at in after)


def is_of_life(words: Sequence[Word], cue: Cue) -> bool:
    """Tell whether a cue is what a security question asks for and is only told here: "eka auto sit jääkaappi"."""
    text = " ".join(bare(words[index]) for index in range(cue.first, cue.last + 1))
    return cue.type == "SECRET" and _OF_LIFE.match(text) is not None and not asks_for(words, cue)


class Counted(NamedTuple):
    """Indexes of the words that are in a number, a date or a spelled word, and of those of harmless ones."""

    every: AbstractSet[int]
    harmless: AbstractSet[int]


def count(runs: Sequence[Run]) -> Counted:
    """Return which words are in numbers."""
    harmless = {index for run in runs if run.harmless in _HARMLESS for index in run.words}
    return Counted({index for run in runs for index in run.words}, harmless)


def may_be_secret(word: Word) -> bool:
    """Tell whether a word can be a secret by itself: none of the words that talk is made of, no number, no label."""
    text = bare(word)
    if is_spoken(text) or is_thing(text) or "[" in text or not any(map(str.isalpha, text)):
        return False
    return not text.isalpha() or not (says_number(word) or is_verb(text) or _is_said_of(text))


def _is_said_of(text: str) -> bool:
    """Tell whether a word tells where, when or how, or which one of many: "viikolla", "epäselväksi", "neljännen"."""
    shape = look_up(text)
    if (shape is not None and shape.ordinal) or _OF_LENGTH.fullmatch(text):
        return True
    return _CASED.fullmatch(text) is not None and is_form(text)


def datum_words(words: Sequence[Word], answer: Sequence[int], kind: str, counted: Counted) -> list[int]:
    """Return the words of an answer that can be what was asked for; none when it is only talk."""
    numbers = [index for index in answer if index in counted.every and index not in counted.harmless]
    if kind == "SECRET" and _digits(words, numbers) >= WHOLE_NUMBER:
        return numbers
    texts = {index: bare(words[index]) for index in answer if index not in counted.every}
    test = _may_be_name if kind in {"PERSON", "USERNAME"} else may_be_secret
    taken = sorted({*numbers, *(index for index in texts if test(words[index])), *_beside_signs(words, answer, kind)})
    if kind != "SECRET":
        taken = _with_letters(words, answer, taken)
    if kind == "SECRET":
        taken = _phrase(words, answer, taken)
    if taken or len(answer) > FEW:
        return taken
    return [index for index in texts if is_content(texts[index]) and not is_small_talk(texts[index])]


def _beside_signs(words: Sequence[Word], answer: Sequence[int], kind: str) -> Iterator[int]:
    """Yield the signs of a mail address and the words beside them, ordinary ones too: "posti ät example piste fi"."""
    for at, index in enumerate(answer if kind in _SIGNED else ()):
        if bare(words[index]) in _MAIL_SIGNS or "@" in words[index].text:
            yield from answer[max(0, at - 1) : at + 2]


def _phrase(words: Sequence[Word], answer: Sequence[int], taken: Sequence[int]) -> list[int]:
    """Return what is taken of an answer with the small words of a phrase, and the everyday nouns that it begins with.

    "Musti ja Mirri" and "aina iloinen" are one secret; "kesä mutta en muista" is one too.
    """
    if taken and len(answer) <= PHRASE:
        return [index for index in answer if index <= taken[-1]]
    begun = list(takewhile(lambda index: index in taken or is_thing(bare(words[index])), answer))
    return sorted({*taken, *begun})


def _with_letters(words: Sequence[Word], answer: Sequence[int], taken: Sequence[int]) -> list[int]:
    """Return what is taken of an answer with the letters that stand before and after it: "är aa piste"."""
    found = set(taken)
    for order in (answer, answer[::-1]):
        for before, index in pairwise(order):
            if before in found and _spells(words[index]):
                found.add(index)
    return sorted(found)


def _may_be_name(word: Word) -> bool:
    """Tell whether a word can be a name: those end in "-n" more often than passwords do."""
    text = bare(word)
    if is_small_talk(text) or is_thing(text) or is_verb(text):
        return False
    return text.endswith("n") or not is_inflected(text)


def _digits(words: Sequence[Word], numbers: Sequence[int]) -> int:
    return sum(len(shape.morphs) or len(shape.text) for index in numbers for shape in read_word(words[index].text))


def says_number(word: Word) -> bool:
    """Tell whether a word is a number: "avainsäilön koodi 2795" is no question."""
    return any(shape.kind in (Kind.DIGITS, Kind.NUMBER) for shape in read_word(word.text))


def turn_of(words: Sequence[Word], first: int, stop: int, most: int) -> list[int]:
    """Return the words of one speaker from `first` until a pause, a sentence's end or much of the other's talk."""
    turn = [first]
    other = 0
    for index in range(first + 1, stop):
        if len(turn) >= most or other > 3:
            break
        if words[index].channel != words[first].channel:
            other += 1
            continue
        end, start = words[turn[-1]].end, words[index].start
        if end is not None and start is not None and start - end > TURN_GAP:
            break
        turn.append(index)
        other = 0
        if words[index].text.endswith((".", "!", "?")) and is_content(bare(words[index])):
            break
    return turn


def _spells(word: Word) -> bool:
    """Tell whether a word is a number or a letter: those may follow each other for long."""
    kinds = (Kind.DIGITS, Kind.NUMBER, Kind.LETTER, Kind.PART, Kind.SIGN, Kind.MULTIPLIER)
    return any(shape.kind in kinds for shape in read_word(word.text))


def _closes(words: Sequence[Word], following: Sequence[int]) -> bool:
    """Tell whether what follows an "and" is the secret's last word: "Musti ja Mirri", not "ja avain on siellä"."""
    if not following or not is_content(bare(words[following[0]])):
        return False
    return len(following) == 1 or words[following[0]].text.endswith((".", "!", "?"))


def _paused(before: Word, after: Word) -> bool:
    if before.text.endswith((".", "!", "?")):
        return True
    return before.end is not None and after.start is not None and after.start - before.end > BREATH
