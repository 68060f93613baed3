"""Numbers that are nobody's: prices, energy, times, fuses, percentages, meter readings, the company's own telephone."""

from __future__ import annotations

from random import Random

from tools.generated_calls.model import Chunk, Saying, number, plain
from tools.generated_calls.spoken_dates import MONTHS, clock_time, date, decimal, ordinal
from tools.generated_calls.spoken_numbers import amount, cardinal, group, inflected

COMPANY_NUMBERS = ("020 520 01", "029 000 8000")
# printed by the companies themselves for everyone to call


def harmless(slot: str, rng: Random) -> Saying:
    """Say the harmless number that a slot asks for."""
    return Saying(chunks=(_SAYINGS[slot](rng, rng.random() < 0.6),))


def _euros(rng: Random, casual: bool) -> Chunk:
    value = rng.choice((rng.randrange(20, 400), rng.randrange(4, 60), rng.randrange(400, 2400)))
    if rng.random() < 0.3:
        return (*amount(value, rng, casual=casual), *plain("euroa"), *_int(rng.randrange(5, 99), casual),
                *plain("senttiä"))  # fmt: skip
    return (*amount(value, rng, casual=casual), *plain(rng.choice(("euroa", "euroa", "euroo", "euron"))))


def _cents(rng: Random, casual: bool) -> Chunk:
    part = rng.choice((rng.randrange(1, 10), rng.randrange(10, 99)))
    return (*decimal(rng.randrange(3, 20), part, rng, casual=casual), *plain(rng.choice(("senttiä", "sentin", "snt"))))


def _kwh(rng: Random, casual: bool) -> Chunk:
    unit = rng.choice(("kilowattituntia", "kilowattituntia", "kilowattia", "kilovattituntia"))
    value = rng.choice((rng.randrange(100, 1000), rng.randrange(1000, 24000)))
    return (*amount(value, rng, casual=casual), *plain(unit))


def _percent(rng: Random, casual: bool) -> Chunk:
    if rng.random() < 0.3:
        return (*decimal(rng.randrange(1, 26), 5, rng, casual=casual), *plain("prosenttia"))
    return (*_int(rng.choice((5, 10, 14, 24, 25, 50, 80, 100)), casual), *plain("prosenttia"))


def _amps(rng: Random, casual: bool) -> Chunk:
    value = rng.choice((16, 25, 35, 50, 63))
    if rng.random() < 0.5:
        return (*_int(3, casual), *plain("kertaa"), *_int(value, casual), *plain("ampeeria"))
    return (*_int(value, casual), *plain(rng.choice(("ampeerin", "ampeeria"))))


def _due(rng: Random, casual: bool) -> Chunk:
    return date(
        rng.randrange(1, 29), rng.randrange(1, 13), rng.choice(("ordinal date", "month name")), rng, casual=casual
    )


def _day(rng: Random, casual: bool) -> Chunk:
    day = rng.randrange(1, 29)
    return (number(ordinal(day, casual=casual), f"{day}."), *plain(f"{rng.choice(MONTHS)}kuuta"))


def _hours(rng: Random, casual: bool) -> Chunk:
    opens, closes = rng.choice(((8, 16), (9, 15), (8, 18), (9, 17)))
    if rng.random() < 0.6:
        return (number(inflected(opens, "ela"), f"{opens}:sta"), number(inflected(closes, "ill"), f"{closes}:een"))
    return (*_int(opens, casual), *plain("viiva"), *_int(closes, casual))


def _duration(rng: Random, casual: bool) -> Chunk:
    unit = rng.choice(("vuotta", "kuukautta", "päivää", "viikkoa", "tuntia", "minuuttia"))
    return (*_int(rng.choice((2, 3, 5, 10, 12, 14, 15, 20, 24, 30, 45)), casual), *plain(unit))


def _area(rng: Random, casual: bool) -> Chunk:
    return (*_int(rng.randrange(30, 260), casual), *plain(rng.choice(("neliötä", "neliön", "neliöö"))))


def _reading(rng: Random, casual: bool) -> Chunk:
    value = f"{rng.randrange(1200, 99000)}"
    if rng.random() < 0.5:
        return amount(int(value), rng, casual=casual)
    return group(value, "digit by digit", rng, casual=casual)


def _degrees(rng: Random, casual: bool) -> Chunk:
    return (*_int(rng.randrange(2, 31), casual), *plain(rng.choice(("astetta", "asteen", "pakkasastetta"))))


def _count(rng: Random, casual: bool) -> Chunk:
    return _int(rng.randrange(2, 8), casual)


def _year(rng: Random, casual: bool) -> Chunk:
    value = rng.randrange(2019, 2027)
    return (number(cardinal(2000, casual=casual) + cardinal(value - 2000, casual=casual), str(value)),)


def _built(rng: Random, casual: bool) -> Chunk:
    value = rng.randrange(50, 100)
    return (number(f"{cardinal(value - value % 10, casual=casual)}", f"{value - value % 10}"), *plain("luvulla"))


def _month(rng: Random, casual: bool) -> Chunk:
    return plain(f"{rng.choice(MONTHS)}kuus{'' if casual else 'sa'}")


def _queue(rng: Random, casual: bool) -> Chunk:
    return _int(rng.randrange(2, 15), casual)


def _kilowatts(rng: Random, casual: bool) -> Chunk:
    unit = rng.choice(("kilowattia", "kilowatin", "kilovatin"))
    return (*_int(rng.choice((2, 3, 5, 6, 9, 11, 14, 18, 22)), casual), *plain(unit))


def _metres(rng: Random, casual: bool) -> Chunk:
    unit = rng.choice(("metriä", "metrin", "metrii"))
    return (*_int(rng.choice((10, 20, 30, 50, 80, 100, 150, 200, 300, 500)), casual), *plain(unit))


def _model(rng: Random, casual: bool) -> Chunk:
    value = str(rng.choice((rng.randrange(20, 100), rng.randrange(100, 1000), 10 * rng.randrange(100, 500))))
    return group(value, rng.choice(("triples", "digit by digit")), rng, casual=casual)


def _week(rng: Random, casual: bool) -> Chunk:
    return _int(rng.randrange(1, 53), casual)


def _int(value: int, casual: bool) -> Chunk:
    return (number(cardinal(value, casual=casual), str(value)),)


def company_phone(text: str, rng: Random) -> Saying:
    """Say the company's own number."""
    casual = rng.random() < 0.5
    chunks = tuple(group(part, rng.choice(("digit by digit", "triples")), rng, casual=casual) for part in text.split())
    return Saying(chunks=(tuple(token for chunk in chunks for token in chunk),))


_SAYINGS = {
    "euros": _euros, "cents": _cents, "kwh": _kwh, "percent": _percent, "amps": _amps, "due": _due, "day": _day,
    "hours": _hours, "duration": _duration, "area": _area, "reading": _reading, "degrees": _degrees, "count": _count,
    "year": _year, "built": _built, "month": _month, "queue": _queue,
    "kw": _kilowatts, "metres": _metres, "model": _model, "week": _week,
    "time": lambda rng, casual: clock_time(rng, casual=casual),
}  # fmt: skip
HARMLESS = frozenset(_SAYINGS)
