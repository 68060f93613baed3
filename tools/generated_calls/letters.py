"""Letters as they are said: by name, by a spelling word, or both."""

from __future__ import annotations

from random import Random

from tools.generated_calls.model import Chunk, Kind, Token, plain

_NAMES = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ",
        "aa bee see dee ee äf gee hoo ii jii koo äl äm än oo pee kuu är äs tee uu vee tuplavee äks yy tset "
        "ruotsalainen-oo ää öö".split(),
        strict=True,
    )
)
_OTHER_NAMES = {"F": "äffä", "L": "ällä", "M": "ämmä", "N": "ännä", "R": "ärrä", "S": "ässä", "X": "äksä"}
_SPELLING = dict(
    zip(
        "ABCDEFGHIJKLMNOPRSTUVXYÄÖ",
        "Aarne Bertta Celsius Daavid Eemeli Faarao Gideon Heikki Iivari Jussi Kalle Lauri Matti Niilo Otto Paavo Risto "
        "Sakari Tyyne Urho Vihtori äksä Yrjö äiti öljy".split(),
        strict=True,
    )
)


def letter_name(char: str, rng: Random) -> str:
    """Return a letter's name."""
    upper = char.upper()
    if upper in _OTHER_NAMES and rng.random() < 0.3:
        return _OTHER_NAMES[upper]
    return _NAMES[upper].split("-")[-1]


def letter(char: str, rng: Random) -> Chunk:
    """Say one letter: mostly its name, at times with a spelling word or as one."""
    upper = char.upper()
    named = Token(said=letter_name(upper, rng), kind=Kind.LETTER, written=upper, alone=upper)
    spelling = _SPELLING.get(upper)
    way = rng.random()
    if spelling is None or way < 0.72:
        return (named,)
    if way < 0.84:
        return (Token(said=spelling, kind=Kind.LETTER, written=upper, alone=spelling),)
    extra = Token(said=spelling, kind=Kind.LETTER, written="", alone=spelling)
    return (named, *(Token(said=each.said, kind=Kind.SIGN, written="") for each in plain("niin kuin")), extra)


def spelled(word: str, rng: Random) -> tuple[Chunk, ...]:
    """Spell a word: by letter names or by spelling words throughout, three or four letters to a breath."""
    by_words = rng.random() < 0.4
    tokens: list[Token] = []
    for char in word.upper():
        if char not in _NAMES:
            continue
        said = _SPELLING.get(char) if by_words else None
        tokens.append(Token(said=said or letter_name(char, rng), kind=Kind.LETTER, written=char, alone=said or char))
    size = rng.choice((3, 4))
    return tuple(tuple(tokens[at : at + size]) for at in range(0, len(tokens), size))
