"""Numbers in Swedish and English words: a generator of its own, so that the grammar is not tested by itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby


@dataclass(frozen=True)
class Tongue:
    """How one language counts. `tens` 2 to 9; `joint` between tens and units; `rest` before what follows a hundred."""

    digits: tuple[str, ...]
    teens: tuple[str, ...]
    tens: tuple[str, ...]
    hundred: str
    thousand: str
    joint: str
    rest: str
    space: str
    double: str
    plurals: tuple[str, ...]
    sign: str


SWEDISH = Tongue(
    digits=("noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio"),
    teens=("tio", "elva", "tolv", "tretton", "fjorton", "femton", "sexton", "sjutton", "arton", "nitton"),
    tens=("tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio"),
    hundred="hundra", thousand="tusen", joint="", rest="", space="", double="dubbel",
    plurals=("nollor", "ettor", "tvåor", "treor", "fyror", "femmor", "sexor", "sjuor", "åttor", "nior"), sign="streck",
)  # fmt: skip
COLLOQUIAL = Tongue(
    digits=SWEDISH.digits,
    teens=SWEDISH.teens,
    tens=("tju", "tretti", "fyrti", "femti", "sexti", "sjutti", "åtti", "nitti"),
    hundred="hundra", thousand="tusen", joint=" ", rest=" ", space=" ", double="dubbel", plurals=SWEDISH.plurals,
    sign="bindestreck",
)  # fmt: skip
ENGLISH = Tongue(
    digits=("oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    teens=(
        "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ),
    tens=("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
    hundred="hundred", thousand="thousand", joint="-", rest=" and ", space=" ", double="double",
    plurals=("zeros", "ones", "twos", "threes", "fours", "fives", "sixes", "sevens", "eights", "nines"), sign="dash",
)  # fmt: skip


def cardinal(tongue: Tongue, number: int) -> str:
    """Write 0 to 999,999."""
    thousands, rest = divmod(number, 1000)
    if not thousands:
        return _below_1000(tongue, rest)
    head = f"{_below_1000(tongue, thousands)}{tongue.space}{tongue.thousand}"
    return f"{head}{tongue.space}{_below_1000(tongue, rest)}" if rest else head


def _below_1000(tongue: Tongue, number: int) -> str:
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return _below_100(tongue, rest)
    head = f"{tongue.digits[hundreds]}{tongue.space}{tongue.hundred}"
    return f"{head}{tongue.rest}{_below_100(tongue, rest)}" if rest else head


def _below_100(tongue: Tongue, number: int) -> str:
    tens, unit = divmod(number, 10)
    if tens == 0:
        return tongue.digits[unit]
    if tens == 1:
        return tongue.teens[unit]
    return tongue.tens[tens - 2] + (f"{tongue.joint}{tongue.digits[unit]}" if unit else "")


def one_by_one(tongue: Tongue, digits: str) -> str:
    return " ".join(tongue.digits[int(digit)] for digit in digits)


def in_groups(size: int) -> Callable[[Tongue, str], str]:
    """Return a style: groups of `size` as numbers, those that begin with a zero digit by digit."""

    def said(tongue: Tongue, digits: str) -> str:
        groups = [digits[at : at + size] for at in range(0, len(digits), size)]
        return " ".join(
            one_by_one(tongue, group) if group.startswith("0") else cardinal(tongue, int(group)) for group in groups
        )

    return said


def with_repeats(tongue: Tongue, digits: str) -> str:
    """Say "double four" for two of a kind and "five zeros" for more."""
    parts = []
    for digit, group in groupby(digits):
        count = len(list(group))
        word = tongue.digits[int(digit)]
        parts.append(
            word
            if count == 1
            else f"{tongue.double} {word}"
            if count == 2
            else f"{cardinal(tongue, count)} {tongue.plurals[int(digit)]}"
        )
    return " ".join(parts)


STYLES: dict[str, Callable[[Tongue, str], str]] = {
    "one by one": one_by_one,
    "pairs": in_groups(2),
    "triples": in_groups(3),
    "repeats": with_repeats,
}


def code(tongue: Tongue, style: str, text: str) -> str:
    """Say a code: its digits in a style, its signs by name, its letters as a recognizer writes letters, in capitals."""
    said = []
    for piece in re.findall(r"\d+|[A-Z]|[-+]", text):
        if piece.isdecimal():
            said.append(STYLES[style](tongue, piece))
        else:
            said.append({"-": tongue.sign, "+": "plus"}.get(piece, piece))
    return " ".join(said)
