"""Dates, years and clock times as they are said."""

from __future__ import annotations

from random import Random

from tools.generated_calls.model import Chunk, Kind, Token, number, plain
from tools.generated_calls.spoken_numbers import NAMES, amount, cardinal, digit, group

MONTHS = ("tammi", "helmi", "maalis", "huhti", "touko", "kesä", "heinä", "elo", "syys", "loka", "marras", "joulu")
_NOMINATIVE = {
    1: "ensimmäinen", 2: "toinen", 3: "kolmas", 4: "neljäs", 5: "viides", 6: "kuudes", 7: "seitsemäs",
    8: "kahdeksas", 9: "yhdeksäs", 10: "kymmenes",
}  # fmt: skip
_PARTITIVE = {
    1: "ensimmäistä", 2: "toista", 3: "kolmatta", 4: "neljättä", 5: "viidettä", 6: "kuudetta", 7: "seitsemättä",
    8: "kahdeksatta", 9: "yhdeksättä", 10: "kymmenettä", 11: "yhdettätoista", 12: "kahdettatoista",
}  # fmt: skip
_ESSIVE = {
    1: "ensimmäisenä", 2: "toisena", 3: "kolmantena", 4: "neljäntenä", 5: "viidentenä", 6: "kuudentena",
    7: "seitsemäntenä", 8: "kahdeksantena", 9: "yhdeksäntenä", 10: "kymmenentenä",
}  # fmt: skip
_TEENS = {1: "yhdes", 2: "kahdes"}
_CASUAL = (("hdeks", "heks"), ("yhdes", "yhes"), ("kahdes", "kahes"), ("seitsem", "seittem"), ("kahdet", "kahet"),
           ("yhdet", "yhet"), ("kuudet", "kuuet"), ("viidet", "viiet"), ("kuudes", "kuues"),
           ("viides", "viies"))  # fmt: skip


def ordinal(day: int, *, casual: bool) -> str:
    """Say 1 to 31 as an ordinal in the nominative."""
    if day <= 10:
        said = _NOMINATIVE[day]
    elif day < 20:
        said = f"{_TEENS.get(day - 10, _NOMINATIVE[day - 10])}toista"
    else:
        tens, unit = divmod(day, 10)
        said = ("kahdes" if tens == 2 else "kolmas") + "kymmenes" + (_NOMINATIVE[unit] if unit else "")
    return _casual(said) if casual else said


def month_ordinal(month: int, *, casual: bool) -> str:
    """Say a month as the ordinal that follows a day: "viidettä"."""
    return _casual(_PARTITIVE[month]) if casual else _PARTITIVE[month]


def date(day: int, month: int, way: str, rng: Random, *, casual: bool) -> Chunk:
    """Say day and month: "ordinal date", "month name", or by digits; written DDMM together."""
    dd, mm = f"{day:02d}", f"{month:02d}"
    if way == "ordinal date":
        return number(ordinal(day, casual=casual), dd, f"{day}."), number(
            month_ordinal(month, casual=casual), mm, f"{month}."
        )
    if way == "month name":
        said = f"{MONTHS[month - 1]}kuuta"
        month_token = Token(said=said, kind=Kind.NUMBER, written=mm, alone=said)
        if day in _ESSIVE and rng.random() < 0.2:
            return (number(_ESSIVE[day], dd, f"{day}."), Token(said="päivä", kind=Kind.SIGN, written=""), month_token)
        return number(ordinal(day, casual=casual), dd, f"{day}."), month_token
    return (*group(dd, way, rng, casual=casual), *group(mm, way, rng, casual=casual))


def year(value: int, way: str, rng: Random, *, casual: bool) -> Chunk:
    """Say a year; written as two digits, for that is what codes and dates hold."""
    short = f"{value % 100:02d}"
    tens, unit = divmod(value % 100, 10)
    if way == "digit by digit":
        return group(short, way, rng, casual=casual)
    if value >= 2000:
        if value % 100 and rng.random() < 0.4:
            return group(short, "pairs", rng, casual=casual)
        said = cardinal(2000, casual=casual) + (cardinal(value % 100, casual=casual) if value % 100 else "")
        return (number(said, short, str(value)),)
    if value % 100 == 0 or rng.random() < 0.3:
        rest = cardinal(value % 100, casual=casual) if value % 100 else ""
        century = "yheksäntoistasataa" if casual and rng.random() < 0.4 else "tuhatyhdeksänsataa"
        return (number(century + rest, short, str(value)),)
    if casual and tens > 1 and unit and rng.random() < 0.2:  # "kasivitonen"
        return (number(NAMES[tens].replace("nelonen", "nelos") + NAMES[unit], short),)
    return group(short, "pairs", rng, casual=casual)


def clock_time(rng: Random, *, casual: bool) -> Chunk:
    """Say a time of day."""
    hour = rng.randrange(7, 21)
    if rng.random() < 0.5:
        return (*plain("kello"), number(cardinal(hour, casual=casual), str(hour)))
    if rng.random() < 0.5:
        return (*plain("puoli"), number(cardinal(hour % 12 or 12, casual=casual), str(hour % 12 or 12)))
    minute = rng.choice((15, 30, 45))
    spoken = (number(cardinal(each, casual=casual), str(each)) for each in (hour, minute))
    return (*plain("kello"), *spoken)


def decimal(whole: int, part: int, rng: Random, *, casual: bool) -> Chunk:
    """Say a decimal number; a recognizer writes it with a comma."""
    tail = digit(part, rng, casual=casual) if part < 10 else cardinal(part, casual=casual)
    comma = Token(said="pilkku", kind=Kind.SIGN, written=",")
    return (*amount(whole, rng, casual=casual), comma, number(tail, str(part)))


def _casual(said: str) -> str:
    for old, new in _CASUAL:
        said = said.replace(old, new)
    return said
