"""Identity codes, accounts, cards and the company's own numbers, in every way in which people say them."""

from __future__ import annotations

from random import Random

from tools.generated_calls import layouts
from tools.generated_calls.letters import letter
from tools.generated_calls.model import Chunk, Layout, Saying, Token, plain, sign
from tools.generated_calls.spoken_dates import date, year
from tools.generated_calls.spoken_numbers import cut, group

DATE_WAYS = ("digit by digit", "digit by digit", "pairs", "ordinal date", "month name")
NUMBER_WAYS = ("digit by digit", "digit by digit", "digit by digit", "pairs", "triples", "mixed")
_MARKS = {
    "-": ("viiva", "viiva", "miinus", "väliviiva", "yhdysmerkki", "tavuviiva"),
    "+": ("plus", "plussa", "plusmerkki"),
}


def identity_code(code: tuple[str, int, int, int], rng: Random) -> Saying:
    """Say a whole identity code."""
    text, day, month, full_year = code
    casual, way = rng.random() < 0.65, rng.choice(DATE_WAYS)
    chunks: list[Chunk] = [birth_part((day, month, full_year), way, rng, casual=casual)]
    mark = _century_mark(text[6], rng)
    tail = _tail(text[7:], rng, casual=casual)
    chunks.append((*mark, *tail[0]))
    chunks.extend(tail[1:])
    form = way if mark and any(token.written for token in mark) else f"{way}, sign not said"
    return Saying(chunks=tuple(chunks), form=form, layouts=_code_layouts(chunks))


def birth_part(when: tuple[int, int, int], way: str, rng: Random, *, casual: bool) -> Chunk:
    """Say day, month and year without a pause."""
    day, month, full_year = when
    return (*date(day, month, way, rng, casual=casual), *year(full_year, way, rng, casual=casual))


def code_end(text: str, rng: Random) -> Saying:
    """Say the last four characters alone, as callers are asked for."""
    chunks = _tail(text[-4:], rng, casual=rng.random() < 0.65)
    return Saying(chunks=chunks, form="end part alone", layouts=(layouts.joined, layouts.joined, layouts.spaced))


def iban(text: str, rng: Random) -> Saying:
    """Say an IBAN: the letters, then pairs, fours or one by one."""
    casual, way = rng.random() < 0.6, rng.choice(("digit by digit", "digit by digit", "pairs"))
    letters = (*letter("F", rng), *letter("I", rng))
    first = (*letters, *group(text[2:4], way, rng, casual=casual))
    rest = [_in_way(part, way, rng, casual=casual) for part in cut(text[4:], (4,))]
    return Saying(chunks=(first, *rest), form=way, layouts=layouts.ACCOUNT)


def card(text: str, rng: Random) -> Saying:
    """Say a card's number in its groups."""
    sizes = (4, 6, 5) if len(text) == 15 else (4,)
    way, casual = rng.choice(("digit by digit", "pairs")), rng.random() < 0.6
    chunks = tuple(_in_way(part, way, rng, casual=casual) for part in cut(text, sizes))
    return Saying(chunks=chunks, form=way, layouts=layouts.CARD)


def lined(text: str, rng: Random) -> Saying:
    """Say a number with lines in it: an old account, a business identity, a property."""
    casual, way = rng.random() < 0.6, rng.choice(("digit by digit", "digit by digit", "triples"))
    chunks: list[Chunk] = []
    for place, part in enumerate(text.split("-")):
        said = [group(each, way, rng, casual=casual) for each in cut(part, (3,) if len(part) < 5 else (4, 3))]
        if place:
            mark = _MARKS["-"] if rng.random() < 0.85 else ()
            line = (sign(rng.choice(mark), "-"),) if mark else ()
            said[0] = (*line, *said[0])
        chunks.extend(said)
    return Saying(chunks=tuple(chunks), form=way, layouts=layouts.LINED if _has_line(chunks, text) else ())


def digits(text: str, rng: Random, layout: tuple[Layout, ...] = layouts.PLAIN) -> Saying:
    """Say a number without any structure: two, three or four digits to a breath, in one way or in several."""
    casual, way = rng.random() < 0.65, rng.choice(NUMBER_WAYS)
    sizes = {"pairs": (2,), "triples": (3,)}.get(way, rng.choice(((3,), (2,), (4,), (3, 4))))
    chunks: list[Chunk] = []
    for part in cut(text, sizes):
        chosen = rng.choice(("digit by digit", "pairs", "triples")) if way == "mixed" else way
        chunks.append(_in_way(part, chosen, rng, casual=casual))
    return Saying(chunks=_breaths(chunks, rng), form=way, layouts=layout)


def lettered(text: str, rng: Random) -> Saying:
    """Say letters and then digits: plates, passports, RF references, identity cards."""
    head = text.rstrip("0123456789-")
    rest = text[len(head) :].strip("-")
    casual, way = rng.random() < 0.6, rng.choice(("digit by digit", "triples", "pairs"))
    letters: Chunk = tuple(token for char in head for token in letter(char, rng))
    parts = cut(rest, (2,) if way == "pairs" else (3,))
    line: tuple[Token, ...] = (sign("viiva", "-"),) if "-" in text and rng.random() < 0.4 else ()
    chunks = [(*letters, *line), *(_in_way(part, way, rng, casual=casual) for part in parts)]
    if len(rest) <= 3:
        chunks = [tuple(token for chunk in chunks for token in chunk)]
    return Saying(chunks=tuple(chunks), form=way, layouts=(layouts.joined, layouts.joined, layouts.lower))


def _tail(text: str, rng: Random, *, casual: bool) -> tuple[Chunk, ...]:
    way = "digit by digit" if rng.random() < 0.65 else "triples"
    last = text[3]
    check = group(last, "digit by digit", rng, casual=casual) if last.isdigit() else letter(last, rng)
    numbers = group(text[:3], way, rng, casual=casual)
    return ((*numbers, *check),) if rng.random() < 0.7 else (numbers, check)


def _century_mark(mark: str, rng: Random) -> Chunk:
    if rng.random() < 0.15:
        return ()
    if mark not in _MARKS:
        iso = (Token(said="iso", kind=sign("", "").kind, written=""),) if rng.random() < 0.2 else ()
        return (*iso, *letter(mark, rng))
    if rng.random() < 0.2:
        return plain(
            rng.choice(("ja loppuosa on", "loppuosa", "ja loppu", "ja tunnusosa", "ja sitten", "ja viimeiset"))
        )
    return (sign(rng.choice(_MARKS[mark]), mark),)


def _code_layouts(chunks: list[Chunk]) -> tuple[Layout, ...]:
    """Return how the whole may be written; words in the middle ("ja loppuosa on") cannot be written as digits."""
    return () if any(token.written is None for chunk in chunks for token in chunk) else layouts.CODE


def _has_line(chunks: list[Chunk], text: str) -> bool:
    signs = sum(token.said in _MARKS["-"] for chunk in chunks for token in chunk)
    return signs == text.count("-")


def _in_way(text: str, way: str, rng: Random, *, casual: bool) -> Chunk:
    if way == "pairs":
        return tuple(token for pair in cut(text, (2,)) for token in group(pair, way, rng, casual=casual))
    if way == "triples":
        return tuple(token for part in cut(text, (3,)) for token in group(part, way, rng, casual=casual))
    return group(text, way, rng, casual=casual)


def _breaths(chunks: list[Chunk], rng: Random) -> tuple[Chunk, ...]:
    """Join short groups into breaths of one to three groups, as people run on."""
    breaths: list[Chunk] = []
    while chunks:
        count = rng.choice((1, 1, 2, 3))
        taken, chunks = chunks[:count], chunks[count:]
        breaths.append(tuple(token for chunk in taken for token in chunk))
    return tuple(breaths)
