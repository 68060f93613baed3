"""Numbers as Finns say them, from the numbers: its own words, for the reader under test has its own."""

from __future__ import annotations

from random import Random

from tools.generated_calls.model import Chunk, Token, number

STANDARD = ("nolla", "yksi", "kaksi", "kolme", "neljä", "viisi", "kuusi", "seitsemän", "kahdeksan", "yhdeksän")
SPOKEN = (
    ("nolla",),
    ("yks", "yks", "yksi"),
    ("kaks", "kaks", "kaksi"),
    ("kolme", "kolme", "kol"),
    ("neljä", "neljä", "nel"),
    ("viis", "viis", "viisi"),
    ("kuus", "kuus", "kuusi"),
    ("seittemän", "seittemän", "seitsemän", "seiska"),
    ("kaheksan", "kaheksan", "kahdeksan", "kasi"),
    ("yheksän", "yheksän", "yhdeksän", "ysi"),
)
NAMES = ("nolla", "ykkönen", "kakkonen", "kolmonen", "nelonen", "vitonen", "kutonen", "seiska", "kasi", "ysi")
PARTITIVES = ("nollaa", "ykköstä", "kakkosta", "kolmosta", "nelosta", "vitosta", "kutosta", "seiskaa", "kasia", "ysiä")
_TENS = {
    False: ("", "", *(f"{unit}kymmentä" for unit in STANDARD[2:])),
    True: ("", "", "kakskyt", "kolkyt", "nelkyt", "viiskyt", "kuuskyt", "seitkyt", "kaheksankyt", "yheksänkyt"),
}
_SHORT = ("", "yks", "kaks", "kolme", "neljä", "viis", "kuus", "seittemän", "kaheksan", "yheksän")
_CASES = {
    "ine": "yhdessä kahdessa kolmessa neljässä viidessä kuudessa seitsemässä kahdeksassa yhdeksässä kymmenessä",
    "ill": "yhteen kahteen kolmeen neljään viiteen kuuteen seitsemään kahdeksaan yhdeksään kymmeneen",
    "ela": "yhdestä kahdesta kolmesta neljästä viidestä kuudesta seitsemästä kahdeksasta yhdeksästä kymmenestä",
    "abl": "yhdeltä kahdelta kolmelta neljältä viideltä kuudelta seitsemältä kahdeksalta yhdeksältä kymmeneltä",
    "ade": "yhdellä kahdella kolmella neljällä viidellä kuudella seitsemällä kahdeksalla yhdeksällä kymmenellä",
    "gen": "yhden kahden kolmen neljän viiden kuuden seitsemän kahdeksan yhdeksän kymmenen",
}
_INFLECTED = {case: line.split() for case, line in _CASES.items()}


def digit(value: int, rng: Random, *, casual: bool) -> str:
    """Say one digit."""
    if not casual:
        return STANDARD[value]
    return NAMES[value] if rng.random() < 0.08 else rng.choice(SPOKEN[value])


def cardinal(value: int, *, casual: bool) -> str:
    """Say 0 to 999,999 as one word."""
    if value == 0:
        return "nolla"
    thousands, rest = divmod(value, 1000)
    head = ""
    if thousands:
        head = "tuhat" if thousands == 1 else f"{_below_1000(thousands, casual=casual)}tuhatta"
    return head + _below_1000(rest, casual=casual)


def inflected(value: int, case: str) -> str:
    """Say 1 to 99 in a case, as house numbers, hours and dates are."""
    units = _INFLECTED[case]
    if value <= 10:
        return units[value - 1]
    if value < 20:
        return f"{units[value - 11]}toista"
    tens, unit = divmod(value, 10)
    return units[tens - 1] + units[9] + (units[unit - 1] if unit else "")


def _below_1000(value: int, *, casual: bool) -> str:
    units = _SHORT if casual else ("", *STANDARD[1:])
    hundreds, rest = divmod(value, 100)
    head = ("sata" if hundreds == 1 else f"{units[hundreds]}sataa") if hundreds else ""
    if rest < 10:
        return head + units[rest]
    if rest == 10:
        return f"{head}kymmenen"
    if rest < 20:
        return f"{head}{units[rest - 10]}toista"
    tens, unit = divmod(rest, 10)
    return head + _TENS[casual][tens] + units[unit]


def amount(value: int, rng: Random, *, casual: bool) -> Chunk:
    """Say an amount: one word, or thousands and hundreds apart."""
    thousands, rest = divmod(value, 1000)
    if thousands and rest and rng.random() < 0.7:
        first = cardinal(thousands * 1000, casual=casual)
        return number(first, str(thousands)), number(cardinal(rest, casual=casual), f"{rest:03d}")
    return (number(cardinal(value, casual=casual), str(value)),)


def group(digits: str, way: str, rng: Random, *, casual: bool) -> Chunk:
    """Say a few digits in one of the ways: "digit by digit", "pairs", "triples" (as numbers of two or three digits)."""
    if way == "digit by digit" or len(digits) == 1:
        return _one_by_one(digits, rng, casual=casual)
    zeros = len(digits) - len(digits.lstrip("0"))
    if zeros == len(digits):
        return _one_by_one(digits, rng, casual=casual)
    head = _one_by_one(digits[:zeros], rng, casual=casual)
    rest = digits[zeros:]
    if casual and head and rng.random() < 0.2:  # "nollanelkyt"
        joined = head[-1].said + cardinal(int(rest), casual=True)
        return (*head[:-1], number(joined, "0" + rest))
    return (*head, number(cardinal(int(rest), casual=casual), rest))


def cut(digits: str, sizes: tuple[int, ...]) -> list[str]:
    """Cut digits into groups of these sizes, the last size again and again."""
    groups, at = [], 0
    for turn in range(len(digits)):
        size = sizes[min(turn, len(sizes) - 1)]
        groups.append(digits[at : at + size])
        at += size
        if at >= len(digits):
            break
    return groups


def _one_by_one(digits: str, rng: Random, *, casual: bool) -> Chunk:
    tokens: list[Token] = []
    at = 0
    while at < len(digits):
        run = len(digits[at:]) - len(digits[at:].lstrip(digits[at]))
        if run >= 2 and rng.random() < 0.3:
            tokens.extend(_repeated(int(digits[at]), run, rng))
        else:
            tokens.extend(number(digit(int(digits[at]), rng, casual=casual), digits[at]) for _ in range(run))
        at += run
    if casual and len(tokens) in {2, 3} and rng.random() < 0.08:  # "ykskakskolme" in one go
        joined = "".join(token.said for token in tokens)
        return (number(joined, "".join(token.written or "" for token in tokens)),)
    return tuple(tokens)


def _repeated(value: int, times: int, rng: Random) -> list[Token]:
    text = str(value)
    if times == 2 and rng.random() < 0.7:
        return [number("tupla", "", "tupla"), number(rng.choice((NAMES[value], STANDARD[value])), text * 2, text)]
    if times == 3 and rng.random() < 0.4:
        return [number("tripla", "", "tripla"), number(NAMES[value], text * 3, text)]
    counted = SPOKEN[times][0] if times < 10 else cardinal(times, casual=True)
    return [number(counted, "", str(times)), number(PARTITIVES[value], text * times, PARTITIVES[value])]
