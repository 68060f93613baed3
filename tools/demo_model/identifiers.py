"""Sayings of identifiers and amounts. Values are random digits; only the way of saying them matters here."""

from random import Random

from tools.demo_model import numbers, people

_SIGNS = ("viiva", "viiva", "viiva", "miinus", "väliviiva", "plus", "aa", "aa", "iso aa", "bee", "yy", "iso yy", "vee",
          "uu", "äks", "tuplavee", "see", "dee", "ee", "äf", "ja loppuosa on", "ja sitten", "loppu", "")  # fmt: skip
_CHECK = "abcdefhjklmnprstuvwxy0123456789"


def _random_digits(count: int, rng: Random) -> str:
    text = "".join(rng.choice("0123456789") for _ in range(count))
    if count > 5 and rng.random() < 0.35:  # runs of one digit are common in real numbers
        at, run = rng.randrange(count - 3), rng.choice((2, 3, 4, 5))
        text = (text[:at] + rng.choice("0000123456789") * run + text[at + run :])[:count]
    return text.ljust(count, "0")


def identity_code(rng: Random) -> str:
    """DDMMYY, century sign, three digits, check letter."""
    style = rng.random() < 0.6
    day, month, short = rng.randrange(1, 32), rng.randrange(1, 13), rng.randrange(100)
    way = rng.random()
    if way < 0.35:
        head = numbers.digits(f"{day:02d}{month:02d}{short:02d}", rng, style)
    elif way < 0.65:
        head = numbers.grouped(f"{day:02d}{month:02d}{short:02d}", 2, rng, style)
    else:
        head = f"{numbers.date(day, month, rng)} {numbers.year(1900 + short, rng)}"
    if rng.random() < 0.1:
        cue = rng.choice(("ei kun", "eiku", "anteeksi", "ei vaan", "siis"))
        head += f" {cue} {numbers.digits(f'{short:02d}', rng, style)}"
    number = _random_digits(3, rng) if rng.random() < 0.4 else f"9{rng.randrange(100):02d}"
    tail = numbers.digits(number, rng, style) if rng.random() < 0.65 else numbers.cardinal(int(number), rng, style)
    check = rng.choice(_CHECK)
    last = numbers.digit(int(check), rng, style) if check.isdigit() else numbers.letter(check, rng)
    pause = rng.choice((" ", " ", ", "))
    return f"{head}{pause}{rng.choice(_SIGNS)} {tail} {last}"


def phone(rng: Random) -> str:
    """A phone number: mobile, nationwide or international prefix and the rest."""
    style = rng.random() < 0.6
    rest = _random_digits(7, rng)
    prefix = rng.choice((
        "nolla neljäkymmentä", "nolla nelkyt", "nolla neljä nolla", "nolla nelonen nolla", "nolla viiskyt",
        "nolla viisikymmentä", "nolla viis nolla", "nolla neljä viis", "nolla nelkytviis", "nolla nelkytneljä",
        "nolla neljä yks", "nolla nelkytkaks", "nolla nelkytviis seiska", "plus kolme viis kasi neljäkymmentä",
        "plus kolme viisi kahdeksan neljä nolla", "nolla kaksikymmentä", "nolla kaksi yhdeksän", "nolla kaheksansataa",
        "nolla kymmenen", "nolla seittemän yks", "nolla yhdeksän", "nolla kolme",
    ))  # fmt: skip
    way = rng.random()
    cuts: tuple[int, ...] = (3, 4) if way < 0.5 else (3, 2, 2) if way < 0.75 else (4, 3) if way < 0.85 else (7,)
    parts, at = [], 0
    for size in cuts:
        parts.append(numbers.say(rest[at : at + size], rng, style))
        at += size
    return f"{prefix}{rng.choice((' ', ', '))}" + rng.choice((" ", ", ", " ja ")).join(parts)


def iban(rng: Random) -> str:
    """FI, two check digits, fourteen digits."""
    style = rng.random() < 0.6
    head = rng.choice(("äf ii", "äf ii", "äf ii", "faarao iivari", "äffä ii", "äs ee", "ee ee"))
    text = _random_digits(16, rng)
    way = rng.random()
    if way < 0.4:
        groups = [text[:2], *(text[at : at + 4] for at in range(2, 16, 4))]
        said = ", ".join(numbers.say(group, rng, style) for group in groups)
    elif way < 0.7:
        said = numbers.grouped(text, 2, rng, style)
    else:
        said = numbers.digits(text, rng, style)
    return f"{head} {said}"


def old_account(rng: Random) -> str:
    """Six digits, a sign, two to eight digits."""
    style = rng.random() < 0.6
    sign = rng.choice(("viiva", "viiva", "väliviiva", "miinus", "ja sitten"))
    head = numbers.say(_random_digits(6, rng), rng, style)
    return f"{head} {sign} {numbers.say(_random_digits(rng.randrange(2, 9), rng), rng, style)}"


def card(rng: Random) -> str:
    """Sixteen digits by fours, pairs or one by one."""
    style = rng.random() < 0.6
    text = rng.choice("45") + _random_digits(15, rng)
    if rng.random() < 0.3:
        text = text[:1] + rng.choice("01234") * 15
    way = rng.random()
    if way < 0.5:
        return ", ".join(numbers.digits(text[at : at + 4], rng, style) for at in range(0, 16, 4))
    if way < 0.85:
        return numbers.grouped(text, 2, rng, style)
    return " ".join(numbers.digit(int(char), rng, style) for char in text)


def plain_number(rng: Random) -> str:
    """A customer, contract, reference or metering number: four to eighteen digits."""
    return numbers.say(_random_digits(rng.choice((4, 5, 5, 6, 6, 7, 7, 8, 9, 10, 12, 18)), rng), rng)


def amount(rng: Random) -> str:
    """A price, a consumption, a percentage or a time."""
    style = rng.random() < 0.5
    whole = numbers.cardinal(
        rng.choice((rng.randrange(1, 20), rng.randrange(1, 200), rng.randrange(1, 30000))), rng, style
    )
    small = numbers.cardinal(rng.randrange(1, 100), rng, style)
    before, after = rng.randrange(30), rng.randrange(100)
    comma = f"{numbers.cardinal(before, rng, style)} pilkku {numbers.cardinal(after, rng, style)}"
    return rng.choice((
        f"{whole} euroa", f"{whole} euroa {small} senttiä", f"{whole} kilowattituntia", f"{comma} senttiä",
        f"{comma} senttiä kilowattitunnilta", f"{small} prosenttia", f"{small} kuukautta", f"{small} päivää",
        f"{comma} euroa kuukaudessa", f"{whole} neliötä", f"kolme kertaa {small} ampeeria",
        f"{whole} kilowattituntia vuodessa", f"kello {small}", f"{small} minuuttia", f"{small} vuotta",
        f"{comma} prosenttia", f"{whole} eurosta {whole} euroon",
    ))  # fmt: skip


def hours(rng: Random) -> str:
    """Opening hours: from an hour to an hour, in the cases they are said in."""
    start = rng.choice(numbers.CASES[3].split()[6:11])
    end = rng.choice(
        ("neljään", "viiteen", "kuuteen", "kuuteentoista", "kahdeksaantoista", "seitsemääntoista", "kahteenkymmeneen")
    )
    return f"{start} {end}"


def birth(rng: Random) -> str:
    """A date of birth, or a date with a year."""
    day = numbers.date(rng.randrange(1, 32), rng.randrange(1, 13), rng)
    return f"{day} {numbers.year(rng.randrange(1930, 2028), rng)}"


def plate(rng: Random) -> str:
    """A vehicle plate: three letters and up to three digits."""
    text = " ".join(rng.choice(numbers.LETTERS[rng.choice("abcefghijklmnoprstuvxyz")]) for _ in range(3))
    return f"{text} {numbers.say(str(rng.randrange(1, 1000)), rng)}"


def property_id(rng: Random) -> str:
    """Municipality, village, house, unit."""
    parts = (rng.randrange(5, 999), rng.randrange(1, 999), rng.randrange(1, 9999), rng.randrange(1, 9999))
    return " viiva ".join(numbers.say(str(part), rng) for part in parts)


def business_id(rng: Random) -> str:
    """Seven digits, a sign, one digit."""
    style = rng.random() < 0.5
    return f"{numbers.say(_random_digits(7, rng), rng, style)} viiva {numbers.digit(rng.randrange(10), rng, style)}"


def postcode(rng: Random) -> str:
    """Five digits and a town."""
    return f"{numbers.say(rng.choice(('70', '15', '00', '33', '90')) + _random_digits(3, rng), rng)} {people.town(rng)}"
