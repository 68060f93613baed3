"""What a recognizer gets wrong in number words, letters and names: the error rate is the share of them it touches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from tools.generated_calls.model import Kind, Timed, Token
from tools.generated_calls.spoken_numbers import SPOKEN, cardinal

_WAYS = ("changed", "dropped", "glued", "split", "repeated", "ordinary")
_WEIGHTS = (45, 15, 12, 10, 10, 8)
_SEAMS = ("kymmentä", "sataa", "tuhatta", "kyt", "toista")
_ORDINARY = {  # what a number word is taken for; none of these shows a digit any more
    "yks": "yksin", "yksi": "yksin", "kaks": "kaksin", "kaksi": "kaksin", "neljä": "nelja", "viis": "viisas",
    "viisi": "visi", "kuus": "kuusta", "nolla": "nolle", "ysi": "yssi", "kasi": "kassi", "kolme": "kolmio",
    "seittemän": "seiväs", "kaheksan": "kahvilassa", "yheksän": "yhessä",
}  # fmt: skip
_LETTERS = ("aa", "bee", "see", "dee", "ee", "gee", "hoo", "koo", "pee", "tee", "vee", "jii")


def mishear(breath: Sequence[Timed], rate: float, rng: Random) -> tuple[Timed, ...]:
    """Return what the recognizer takes a breath for. Words that carry no number, letter or name are heard right."""
    heard: list[Timed] = []
    waiting = list(breath)
    while waiting:
        timed = waiting.pop(0)
        if not timed.token.must or rng.random() >= rate:
            heard.append(timed)
            continue
        way = rng.choices(_WAYS, weights=_WEIGHTS)[0]
        if way == "glued" and waiting and waiting[0].token.kind is timed.token.kind:
            heard.append(_glued(timed, waiting.pop(0)))
        else:
            heard.extend(_wrong(timed, way, rng))
    return tuple(heard)


def _wrong(timed: Timed, way: str, rng: Random) -> tuple[Timed, ...]:
    token = timed.token
    if way == "dropped":
        return ()
    if way == "repeated":
        middle = (timed.start + timed.end) / 2
        return replace(timed, end=middle), replace(timed, start=middle)
    if way == "split":
        return _split(timed)
    if way == "ordinary" and token.said in _ORDINARY:
        return (replace(timed, token=Token(said=_ORDINARY[token.said])),)
    return (replace(timed, token=_changed(token, rng)),)


def _changed(token: Token, rng: Random) -> Token:
    if token.kind is Kind.LETTER:
        said = rng.choice(_LETTERS)
        letter = {"see": "C", "hoo": "H", "koo": "K", "jii": "J"}.get(said, said[0].upper())
        return replace(token, said=said, written=letter if token.written else token.written, alone=letter)
    if token.kind is Kind.NAME:
        said = _misspelled(token.said, rng)
        return replace(token, said=said, written=None if token.written is None else said)
    digits = token.written or ""
    if not digits.isdigit():
        value = rng.randrange(2, 10)
        return replace(token, said=SPOKEN[value][0], alone=str(value))
    at = rng.randrange(len(digits))
    changed = digits[:at] + rng.choice("0123456789".replace(digits[at], "")) + digits[at + 1 :]
    said = rng.choice(SPOKEN[int(changed)]) if len(changed) == 1 else cardinal(int(changed), casual=True)
    return replace(token, said=said, written=changed, alone=changed)


def _misspelled(word: str, rng: Random) -> str:
    if len(word) < 3:
        return word
    at = rng.randrange(1, len(word))
    way = rng.random()
    if way < 0.4:
        return word[:at] + rng.choice("aeiouyäötnslrkm") + word[at + 1 :]
    if way < 0.7:
        return word[:at] + word[at + 1 :]
    return word[:at] + word[at] + word[at:]


def _split(timed: Timed) -> tuple[Timed, ...]:
    """Split at a seam of a number word or in the middle of a name; a word without one stays whole."""
    said = timed.token.said
    at = next((place for seam in _SEAMS if (place := said.find(seam)) > 0), 0)
    if not at and timed.token.kind is Kind.NAME and len(said) > 6:
        at = len(said) // 2
    if not at:
        return (timed,)
    middle = timed.start + (timed.end - timed.start) * at / len(said)
    head = replace(timed.token, said=said[:at], alone=None if timed.token.alone is None else said[:at])
    empty = "" if timed.token.written is not None else None
    rest = replace(timed.token, said=said[at:], written=empty, alone=said[at:])
    return Timed(token=head, start=timed.start, end=middle), Timed(token=rest, start=middle, end=timed.end)


def _glued(first: Timed, second: Timed) -> Timed:
    def joined(one: str | None, other: str | None) -> str | None:
        return None if one is None or other is None else one + other

    token = replace(
        first.token,
        said=first.token.said + second.token.said,
        written=joined(first.token.written, second.token.written),
        alone=joined(first.token.alone, second.token.alone),
    )
    return Timed(token=token, start=first.start, end=second.end)
