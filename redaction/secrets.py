"""What is a secret in what is said after "tunnussana", "salasana", "ovikoodi": its words, and not the talk around them.

A secret may be any word, so nothing but its place tells: it ends where the speaker pauses, says a small word or does
something with it ("vaihtakaa se").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from redaction.common_words import is_function_word
from redaction.cues import Cue
from redaction.model import Word
from redaction.numbers.atoms import read_word
from redaction.numbers.kinds import Kind
from redaction.wordlist import word_set

TURN_GAP = 1.5
# Seconds of silence that end an answer.
BREATH = 0.6
# Seconds of silence after which another word is no more of the secret; digits may come later.
MOST_CONTENT, MOST_WORDS = 3, 8
COPULAS = word_set("on oli olis olisi se vastaus että är var det is was it's it")
_ELSEWHERE = re.compile(r"\w{2,}(?:kaa|kää|[nt]ko|[nt]kö|isin|mme|taan|tään|daan|dään|nut|nyt)")
# Verbs in forms that no password is in: requests, questions, "we", the passive.
_REQUEST = re.compile(r"\w{2,}(?:kaa|kää)")
_JOINING = word_set("ja och and")
_MAY_BEGIN = word_set("vielä sitten sit nyt niin siis no joo tää tämä toi tuo")


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
    said = [index for index in turn if bare(words[index]) not in COPULAS]
    while said and bare(words[said[0]]) in _MAY_BEGIN:
        del said[0]
    if len(said) < len(turn) or (said and is_content(bare(words[said[0]]))):
        return secret_words(words, said)
    return []  # "tunnussana jolla hän voi asioida"


def is_content(text: str) -> bool:
    """Tell whether a lower-case word can be a secret: no small word, no verb that asks for something."""
    return bool(text) and not is_function_word(text) and not _ELSEWHERE.fullmatch(text)


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


def bare(word: Word) -> str:
    """Return a word in lower case without its punctuation."""
    return word.text.strip(".,!?:;-").lower()


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
