"""Read-backs of an e-mail address: "maija 81" - "maija 81" - "ät example piste fi", said in pieces by both speakers.

The address itself is found over the other's turns (views.py); what the other repeats between them has no sign in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from redaction.bare import bare, counts
from redaction.candidates import POSSIBLE, Candidate
from redaction.common_words import is_function_word
from redaction.model import Word

AFTER = 12
# Words after the address in which it is still read back.
SHORTEST = 4
# Letters of a name that is known again.
_JOINS = frozenset({"piste", "viiva", "väliviiva", "tavuviiva", "alaviiva", "punkt", "dot"})
_DOMAIN = frozenset({"example", "gmail", "hotmail", "outlook", "merkki", "kissanhäntä", "miukumauku", "ät-merkki"})


def catch_mail_echoes(words: Sequence[Word], candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return what the other speaker repeats of each address while it is said and soon after."""
    found: list[Candidate] = []
    for each in candidates:
        if each.type != "EMAIL_ADDRESS":
            continue
        own = {bare(words[index]) for index in range(each.first, each.last + 1) if words[index].channel == each.channel}
        own = {text for text in own if len(text) >= SHORTEST and not is_function_word(text)} - _JOINS - _DOMAIN
        found.extend(
            Candidate(
                type="EMAIL_ADDRESS", channel=words[first].channel, first=first, last=last, score=POSSIBLE,
                why=("echo",), group=each.group,
            )
            for first, last in _repeated(words, each, own)
        )  # fmt: skip
    return found


def _repeated(words: Sequence[Word], source: Candidate, own: set[str]) -> Iterator[tuple[int, int]]:
    """Yield the first and last word of what the other channel repeats, with the numbers and dots that go on from it."""
    stop = min(source.last + 1 + AFTER, len(words))
    until = -1
    for index in range(source.first, stop):
        if index <= until or words[index].channel == source.channel or bare(words[index]) not in own:
            continue
        until = index
        while until + 1 < stop and words[until + 1].channel == words[index].channel:
            text = bare(words[until + 1])
            if text not in own and text not in _JOINS and not counts(words[until + 1]):
                break
            until += 1
        yield index, until
