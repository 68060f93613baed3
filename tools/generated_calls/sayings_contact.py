"""Telephones, mail addresses, names, streets, births, ages and secrets."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from tools.generated_calls import layouts
from tools.generated_calls.letters import letter, letter_name, spelled
from tools.generated_calls.model import Chunk, Kind, Saying, Token, name, number, plain, sign
from tools.generated_calls.people import Person, inflect
from tools.generated_calls.places import Address
from tools.generated_calls.sayings_codes import birth_part
from tools.generated_calls.spoken_numbers import cardinal, cut, group, inflected

_ASCII = str.maketrans("äöåüşÖÄÅ", "aoausoaa")
SECRET_WORDS = (
    "sinikello tuulimylly puolukkapiirakka kesäyö aurinkolasit Musti Kaarnalaiva vesiputous joulupukki hiihtoloma "
    "mustikkasoppa lumiukko pilvilinna Retkiluistin kahvikuppi metsäpolku Halli villasukka saunavihta riippumatto"
).split()


def phone(text: str, rng: Random) -> Saying:
    """Say a telephone number: the prefix in its own way, then groups; at times from the country code on."""
    prefix, rest = text.split(" ")
    casual = rng.random() < 0.65
    way = rng.choice(("digit by digit", "digit by digit", "pairs", "triples", "mixed"))
    country = rng.random() < 0.08
    first = _country(prefix, rng, casual=casual) if country else _prefix(prefix, rng, casual=casual)
    sizes = {"pairs": (3, 2, 2), "triples": (3,)}.get(way, rng.choice(((3, 4), (3, 2), (2,), (3,))))
    chunks: list[Chunk] = [first]
    for part in cut(rest, sizes):
        chosen = rng.choice(("digit by digit", "pairs", "triples")) if way == "mixed" else way
        chunks.append(group(part, chosen, rng, casual=casual))
    form = f"{way}, country code" if country else way
    written = layouts.PHONE if not country else (layouts.joined, layouts.grouped(4, 2, 3))
    return Saying(chunks=tuple(chunks), form=form, layouts=written)


def email(person: Person, rng: Random) -> Saying:
    """Say a mail address: names, initials, nicknames and digits before the sign, example.fi and the like after it."""
    form, tokens = _local_part(person, rng)
    at = rng.choice(("ät", "ät", "ät", "at", "miukumauku", "ät-merkki", "kissanhäntä"))
    domain = rng.choice((("example", "fi"), ("example", "com"), ("example", "org"), ("esimerkki", "example", "fi")))
    tail: list[Token] = [sign(at, "@")]
    for place, part in enumerate(domain):
        if place:
            tail.append(sign("piste", "."))
        tail.append(Token(said=part, kind=Kind.NAME, written=part, alone=part))
    written = (layouts.joined, layouts.joined, layouts.at_word("ät"), layouts.at_word("at"), layouts.at_word("@"))
    return Saying(chunks=(tuple(tokens), tuple(tail)), form=form, layouts=written)


def person_name(person: Person, which: str, case: str) -> Saying:
    """Say a first name, a surname or both, in a case."""
    first, last = person.forms(case)
    if which == "first":
        said: tuple[str, ...] = (inflect(first, case),)
    elif which == "last":
        said = (last,)
    else:
        said = (last, first) if which == "reversed" else (first, last)
    tag = "listed" if person.listed else "unlisted"
    return Saying(chunks=(tuple(name(each) for each in said),), form=which, tags=(tag,))


def spelled_name(person: Person, rng: Random) -> Saying:
    """Say a surname and spell it."""
    tag = "listed" if person.listed else "unlisted"
    return Saying(chunks=((name(person.last),), *spelled(person.last, rng)), form="spelled", tags=(tag,))


def spelled_alone(person: Person, which: str, rng: Random) -> Saying:
    """Spell a surname or a first name without saying it."""
    tag = "listed" if person.listed else "unlisted"
    return Saying(chunks=spelled(person.first if which == "first" else person.last, rng), form="letters", tags=(tag,))


def street(address: Address, case: str, rng: Random) -> Saying:
    """Say a street with its number; where people live and where they move to, both may bend."""
    casual = rng.random() < 0.6
    chunk: list[Token] = [name(address.street(case))]
    if rng.random() < 0.08:
        chunk.extend(plain("numero"))
    house = str(address.house)
    if case == "nom" or address.house > 99 or rng.random() < 0.25:
        bent = case == "nom" and address.house <= 99 and not address.stair and rng.random() < 0.1
        said = inflected(address.house, "ine") if bent else cardinal(address.house, casual=casual)
    else:
        said = inflected(address.house, {"ade": "ine", "all": "ill", "abl": "ela", "gen": "ine"}[case])
    chunk.append(number(said, house))
    if address.stair:
        if rng.random() < 0.2:
            chunk.extend(plain("rappu"))
        chunk.extend(letter(address.stair, rng)[:1])
    if address.flat:
        if rng.random() < 0.25:
            chunk.extend(plain("asunto"))
        chunk.append(number(cardinal(address.flat, casual=casual), str(address.flat)))
    return Saying(chunks=(tuple(chunk),), form={"nom": "as written"}.get(case, "inflected"))


def bare_street(address: Address, case: str) -> Saying:
    """Say a street without a number."""
    return Saying(chunks=((name(address.street(case)),),), form="street alone")


def postal(address: Address, rng: Random) -> Saying:
    """Say a postal code and mostly its town."""
    town, _, code = address.town
    casual = rng.random() < 0.6
    way = rng.choice(("digit by digit", "digit by digit", "pairs", "triples"))
    sizes = {"pairs": (2, 3), "triples": (2, 3)}.get(way, (2, 3) if rng.random() < 0.5 else (5,))
    tokens = [token for part in cut(code, sizes) for token in group(part, way, rng, casual=casual)]
    if rng.random() < 0.8:
        tokens.append(name(town, f" {town}"))
    return Saying(chunks=(tuple(tokens),), form=way, layouts=(layouts.joined,))


def birth(when: tuple[int, int, int], rng: Random) -> Saying:
    """Say a date of birth."""
    way = rng.choice(("ordinal date", "ordinal date", "month name", "digit by digit", "pairs"))
    chunk = birth_part(when, way, rng, casual=rng.random() < 0.6)
    day, month, full_year = when
    written = () if way == "month name" else (_birth_layout(day, month, full_year),)
    return Saying(chunks=(chunk,), form=way, layouts=written)


def age(years: int, rng: Random) -> Saying:
    """Say an age without its unit."""
    return Saying(chunks=((number(cardinal(years, casual=rng.random() < 0.6), str(years)),),), form="cardinal")


def secret(words: Sequence[str], rng: Random) -> Saying:
    """Say a password: a word, two words, or a word with digits."""
    word = rng.choice(words)
    if rng.random() < 0.6:
        return Saying(chunks=((name(word),),), form="one word")
    if rng.random() < 0.5:
        return Saying(chunks=((name(word), name(rng.choice(words))),), form="two words")
    value = f"{rng.randrange(10, 100)}"
    return Saying(chunks=((name(word), *group(value, "pairs", rng, casual=True)),), form="word and digits")


def username(person: Person, rng: Random) -> Saying:
    """Say a user name."""
    form, tokens = _local_part(person, rng)
    return Saying(chunks=(tuple(tokens),), form=form, layouts=(layouts.joined,))


def coordinates(rng: Random) -> Saying:
    """Say a place on the map in degrees."""

    def degrees(whole: int) -> Chunk:
        rest = f"{rng.randrange(1000, 9999)}"
        return (number(cardinal(whole, casual=False), str(whole)), sign("pilkku", "."),
                *group(rest, "digit by digit", rng, casual=False))  # fmt: skip

    return Saying(chunks=(degrees(62), degrees(27)), form="degrees")


def ip_address(text: str, rng: Random) -> Saying:
    """Say an address of a device on the net."""
    tokens: list[Token] = []
    for place, part in enumerate(text.split(".")):
        if place:
            tokens.append(sign("piste", "."))
        tokens.extend(group(part, rng.choice(("digit by digit", "triples")), rng, casual=True))
    return Saying(chunks=(tuple(tokens),), form="parts", layouts=(layouts.joined,))


def _birth_layout(day: int, month: int, full_year: int) -> layouts.Layout:
    """Return a layout that writes the date with points; a misheard digit must show, so it works on the digits said."""

    def write(text: str) -> str:
        if len(text) != 6:
            return text
        century = str(full_year)[:2] if (day + month) % 2 else ""
        return f"{int(text[:2])}.{int(text[2:4])}.{century}{text[4:]}"

    return write


def _prefix(prefix: str, rng: Random, *, casual: bool) -> Chunk:
    if prefix in {"040", "050"} and rng.random() < 0.55:
        tens = int(prefix[1:])
        said = cardinal(tens, casual=casual)
        if casual and rng.random() < 0.25:
            return (number(f"nolla{said}", prefix),)
        return number("nolla", "0"), number(said, str(tens))
    if prefix == "0457" and rng.random() < 0.5:
        return number("nolla", "0"), number(cardinal(45, casual=casual), "45"), number("seiska", "7")
    way = "pairs" if rng.random() < 0.4 and len(prefix) == 3 else "digit by digit"
    return group(prefix, way, rng, casual=casual)


def _country(prefix: str, rng: Random, *, casual: bool) -> Chunk:
    head = (sign("plus", "+"), *group("358", rng.choice(("digit by digit", "triples")), rng, casual=casual))
    return (*head, *group(prefix.lstrip("0"), rng.choice(("digit by digit", "pairs")), rng, casual=casual))


def _local_part(person: Person, rng: Random) -> tuple[str, list[Token]]:
    first, last = (_plain_letters(each) for each in (person.first, person.last))
    way = rng.random()
    if way < 0.4:
        joint = rng.choice((("piste", "."), ("piste", "."), ("piste", "."), ("alaviiva", "_"), ("viiva", "-")))
        return "first and last name", [_mail(first), sign(*joint), _mail(last)]
    if way < 0.55:
        said = letter_name(first[0], rng)
        initial = Token(said=said, kind=Kind.LETTER, written=first[0], alone=first[0])
        return "initial and last name", [initial, sign("piste", "."), _mail(last)]
    if way < 0.75:
        value = str(rng.randrange(10, 100))
        return "name and digits", [_mail(first), *group(value, "pairs", rng, casual=True)]
    if way < 0.9:
        letters = [Token(said=letter_name(char, rng), kind=Kind.LETTER, written=char, alone=char) for char in last[:9]]
        return "spelled", letters
    return "nickname", [_mail(rng.choice(("tuulenpesa", "mokkilainen", "info", "sininen", "perhe", "kotipuu")))]


def _mail(text: str) -> Token:
    return Token(said=text, kind=Kind.NAME, written=text)


def _plain_letters(text: str) -> str:
    return "".join(char for char in text.lower().translate(_ASCII) if char.isascii() and char.isalpha()) or "nimi"
