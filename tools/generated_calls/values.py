"""Numbers that belong to nobody, with check digits that are right (shared conventions: docs/evaluation/README.md).

Identity codes have individual numbers 900-999, which the register never gives; accounts lie in bank groups ending in
99999; metering points in the company part 99999; cards are the card companies' published test numbers; telephone
numbers are made of "123 4567"; mail addresses end in example.fi; business identities begin with 90000.
"""

from __future__ import annotations

from random import Random

IdentityCode = tuple[str, int, int, int]
# A code, and the day, month and year in it.
_HETU_CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"
_CENTURY = {1800: "+", 1900: "-YXWVU", 2000: "ABCDEF"}
CARDS = (
    "4111111111111111", "5555555555554444", "4000056655665556", "6011111111111117", "378282246310005",
    "4242424242424242", "4012888888881881", "5105105105105100", "5200828282828210", "2223003122003222",
    "371449635398431", "6011000990139424",
)  # fmt: skip
_PREFIXES = ("040", "040", "041", "044", "044", "045", "046", "050", "050", "0457")
_LANDLINES = ("09 1234567", "017 123456", "03 1234567", "0295 123456", "010 1234567", "015 123456")


def identity_code(rng: Random) -> IdentityCode:
    """Return a code and the day, month and year in it."""
    year = rng.choices((rng.randrange(1935, 2000), rng.randrange(2000, 2008)), weights=(6, 1))[0]
    month = rng.randrange(1, 13)
    day = rng.randrange(1, 32 if month in {1, 3, 5, 7, 8, 10, 12} else 31 if month != 2 else 29)
    century = 1900 if year < 2000 else 2000
    marks = _CENTURY[century]
    mark = marks[0] if rng.random() < 0.75 else rng.choice(marks)
    head, tail = f"{day:02d}{month:02d}{year % 100:02d}", f"{rng.randrange(900, 1000)}"
    return f"{head}{mark}{tail}{_HETU_CHECK[int(head + tail) % 31]}", day, month, year


def account(rng: Random) -> str:
    """Return 14 national digits of an account in a bank group that does not exist."""
    head = f"{rng.choice('135')}99999{_digits(7, rng)}"
    return head + str(_luhn(head))


def iban(rng: Random) -> str:
    """Return a Finnish IBAN."""
    national = account(rng)
    return f"FI{98 - int(national + '151800') % 97:02d}{national}"


def old_account(rng: Random) -> str:
    """Return an account number as it was before IBAN: six digits, a line, up to eight."""
    national = account(rng)
    first, rest = national[:6], national[6:]
    if first[0] == "5":  # bank groups 4 and 5 pad after the seventh digit
        return f"{first}-{rest[0]}{rest[1:].lstrip('0') or '0'}"
    return f"{first}-{rest.lstrip('0') or '0'}"


def phone(rng: Random) -> str:
    """Return a telephone number nobody has, as prefix, a space and the rest."""
    if rng.random() < 0.12:
        return rng.choice(_LANDLINES)
    return f"{rng.choice(_PREFIXES)} {rng.choices(('1234567', '123456'), weights=(5, 1))[0]}"


def metering_point(rng: Random) -> str:
    """Return 18 digits under the company part 99999."""
    head = f"64399999{_digits(3, rng)}0{_digits(5, rng)}"
    total = sum(int(char) * (3 if place % 2 == 0 else 1) for place, char in enumerate(reversed(head)))
    return head + str(-total % 10)


def short_number(rng: Random, fewest: int, most: int) -> str:
    """Return a company's own number: no rule, often with equal digits or zeros in it."""
    digits = rng.choice("123456789") + _digits(rng.randrange(fewest, most + 1) - 1, rng)
    if rng.random() < 0.3:
        at = rng.randrange(len(digits) - 1)
        run = min(rng.choice((2, 2, 3)), len(digits) - at)
        digits = digits[:at] + rng.choice("00123456789") * run + digits[at + run :]
    return digits


def reference(rng: Random) -> str:
    """Return a reference number with its 7-3-1 check digit."""
    head = rng.choice("123456789") + _digits(rng.randrange(5, 13), rng)
    return head + _check_731(head)


def rf_reference(rng: Random) -> str:
    """Return an RF reference."""
    national = reference(rng)
    return f"RF{98 - int(national + '271500') % 97:02d}{national}"


def business_id(rng: Random) -> str:
    """Return a business identity from the range 90000xx, which no register has given."""
    while True:
        head = f"90000{rng.randrange(100):02d}"
        rest = sum(int(char) * weight for char, weight in zip(head, (7, 9, 10, 5, 8, 4, 2), strict=True)) % 11
        if rest != 1:
            return f"{head}-{0 if rest == 0 else 11 - rest}"


def property_id(rng: Random) -> str:
    """Return a property that is not on the map, with and without leading zeros."""
    return rng.choice(("297-999-9999-9998", "398-999-9999-9999", "297-999-9998-1", "398-998-9999-12", "91-999-11-7"))


def plate(rng: Random) -> str:
    """Return a plate: the example of the authority, or letters that are not given out."""
    letters = rng.choice(("ABC", "XYQ", "QAB", "WQX", "XYZ", "AQ"))
    return f"{letters}-{123 if letters == 'ABC' else rng.randrange(1, 1000)}"


def passport(rng: Random) -> str:
    """Return a passport number under letters that no passport has."""
    return f"{rng.choice(('ZZ', 'XQ', 'QX'))}{_digits(7, rng)}"


def ip_address(rng: Random) -> str:
    """Return an address from the documentation ranges."""
    return f"{rng.choice(('192.0.2', '198.51.100', '203.0.113'))}.{rng.randrange(1, 255)}"


def _digits(count: int, rng: Random) -> str:
    return "".join(rng.choice("0123456789") for _ in range(count))


def _luhn(head: str) -> int:
    total = 0
    for place, char in enumerate(reversed(head)):
        doubled = int(char) * 2 if place % 2 == 0 else int(char)
        total += doubled - 9 if doubled > 9 else doubled
    return -total % 10


def _check_731(head: str) -> str:
    total = sum(int(char) * (7, 3, 1)[place % 3] for place, char in enumerate(reversed(head)))
    return str(-total % 10)
