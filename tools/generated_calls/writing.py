"""Tokens as a recognizer writes them: as words, as digits breath by breath, or a whole number at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from tools.generated_calls.model import Kind, Layout, Timed

_SIGN_WORDS = frozenset({"miinus", "plus", "ät", "at", "piste"})
_JOINING = frozenset({",", "."})


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A written word. `must` when it shows a digit, a letter or a name that is somebody's (if it has an item)."""

    text: str
    start: float
    end: float
    must: bool = False
    item: int | None = None


def write_whole(tokens: Sequence[Timed], layout: Layout) -> list[Heard]:
    """Write all tokens as one number in a layout; nothing when a word in it has no written form."""
    if not tokens or any(timed.token.written is None for timed in tokens):
        return []
    texts = layout("".join(timed.token.written or "" for timed in tokens)).split()
    return _spread(texts, tokens[0].start, tokens[-1].end)


def write_breath(breath: Sequence[Timed], rng: Random, *, digits: bool) -> list[Heard]:
    """Write one breath: every token as it was said, or numbers as digits and letters as letters."""
    if not digits:
        return [_as_said(timed) for timed in breath]
    words: list[Heard] = []
    place = 0
    while place < len(breath):
        run = _run(breath, place, rng)
        if run > place:
            words.extend(_write_run(breath[place:run], rng))
            place = run
        else:
            words.append(_single(breath[place], rng))
            place += 1
    return _glue_letters(words, rng)


def _run(breath: Sequence[Timed], place: int, rng: Random) -> int:
    """Return where the numbers end that begin at `place`; a said comma or point may stand between two of them."""
    at = place
    while at < len(breath):
        token = breath[at].token
        joins = (
            token.kind is Kind.SIGN
            and token.written in _JOINING
            and place < at < len(breath) - 1
            and breath[at + 1].token.kind is Kind.NUMBER
            and rng.random() < 0.8
        )
        if token.kind is not Kind.NUMBER and not joins:
            break
        at += 1
    return at


def _write_run(run: Sequence[Timed], rng: Random) -> list[Heard]:
    alone = [timed.token.alone or timed.token.said for timed in run]
    start, end = run[0].start, run[-1].end
    text = "".join(timed.token.written or "" for timed in run)
    points = any(timed.token.kind is Kind.SIGN for timed in run)
    if not all(each.isdigit() for each in alone) and not points:
        dates = all(each.rstrip(".").isdigit() for each in alone)
        return _spread(["".join(alone)] if dates and rng.random() < 0.6 else alone, start, end)
    way = rng.random()
    if not text or (way < 0.35 and not points):
        return _spread(alone, start, end)
    if way < 0.45 and not points:
        return _spread(list(text) if way < 0.42 else ["-".join(text)], start, end)
    return _spread([text], start, end)


def _single(timed: Timed, rng: Random) -> Heard:
    token = timed.token
    if token.kind is Kind.LETTER and token.alone and rng.random() < 0.7:
        return Heard(text=token.alone, start=timed.start, end=timed.end, must=True)
    return _as_said(timed)


def _as_said(timed: Timed) -> Heard:
    return Heard(text=timed.token.said, start=timed.start, end=timed.end, must=timed.token.must)


def _glue_letters(words: list[Heard], rng: Random) -> list[Heard]:
    """Glue single capitals to the digits or letters beside them, as in "930V" and "FI21"."""
    glued: list[Heard] = []
    for word in words:
        last = glued[-1] if glued else None
        single = len(word.text) == 1 and word.text.isupper()
        after_single = last is not None and last.text.isupper() and last.text.isalpha() and len(last.text) <= 2
        fits = last is not None and (
            (single and (last.text[-1].isdigit() or after_single)) or (after_single and word.text[0].isdigit())
        )
        if last is not None and fits and rng.random() < 0.45:
            glued[-1] = Heard(text=last.text + word.text, start=last.start, end=word.end, must=True)
        else:
            glued.append(word)
    return glued


def _spread(texts: list[str], start: float, end: float) -> list[Heard]:
    """Give written words their share of the time in which all of them were said, by their lengths."""
    total = sum(len(text) for text in texts) or 1
    words, at = [], start
    for text in texts:
        until = at + (end - start) * len(text) / total
        words.append(Heard(text=text, start=at, end=until, must=_shows(text)))
        at = until
    return words


def _shows(text: str) -> bool:
    return any(char.isalnum() for char in text) and text.lower() not in _SIGN_WORDS
