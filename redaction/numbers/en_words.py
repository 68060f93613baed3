"""English as it is dictated: "oh four oh", "double seven", "the fifth of March", "V as in Victor".

After domain.md 2.6. The NATO alphabet is made of names and things, so its words are letters only among others.
"""

from __future__ import annotations

from redaction.numbers.germanic import read_morphs
from redaction.numbers.language import Language
from redaction.wordlist import word_list, word_set

_MORPHS = read_morphs("""
ZERO 0 zero nought naught nil oh *zeros *zeroes *noughts *ohs
ONES 1 one *ones
ONES 2 two *twos
ONES 3 three *threes
ONES 4 four *fours
ONES 5 five *fives
ONES 6 six *sixes
ONES 7 seven *sevens
ONES 8 eight *eights
ONES 9 nine niner *nines
TEEN 10 ten *tens
TEEN 11 eleven *elevens
TEEN 12 twelve
TEEN 13 thirteen
TEEN 14 fourteen
TEEN 15 fifteen
TEEN 16 sixteen
TEEN 17 seventeen
TEEN 18 eighteen
TEEN 19 nineteen
TENS 20 twenty
TENS 30 thirty
TENS 40 forty fourty
TENS 50 fifty
TENS 60 sixty
TENS 70 seventy
TENS 80 eighty
TENS 90 ninety ninty
HUNDRED 100 hundred
THOUSAND 1000 thousand
""")

_ORDINAL_UNITS = word_list("first second third fourth fifth sixth seventh eighth ninth")
_ORDINAL_REST = word_list(
    "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)


def _ordinals() -> dict[str, int]:
    """Return first to thirty-first, hyphenated and glued; apart they are put together where dates are read."""
    forms = {form: value for value, form in enumerate([*_ORDINAL_UNITS, *_ORDINAL_REST], 1)}
    forms["thirtieth"] = 30
    for joint in ("", "-"):
        forms.update({f"twenty{joint}{form}": 20 + value for value, form in enumerate(_ORDINAL_UNITS, 1)})
        forms[f"thirty{joint}first"] = 31
    return forms


_MONTHS = word_list("january february march april may june july august september october november december")
_SPELLING = word_list(
    "alpha alfa bravo charlie delta echo foxtrot golf hotel india juliett juliet kilo lima mike november oscar papa "
    "quebec romeo sierra tango uniform victor whiskey whisky x-ray xray yankee zulu"
)

ENGLISH = Language(
    morphs=_MORPHS,
    loose=frozenset({"oh"}),
    ordinals=_ordinals(),
    months={name: number for number, name in enumerate(_MONTHS, 1)},
    letters={"cee": "C", "aitch": "H", "haitch": "H", "zed": "Z", "zee": "Z", "double-u": "W", "double-you": "W"},
    weak_letters={"ay": "A", "jay": "J", "kay": "K", "cue": "Q", "queue": "Q", "ar": "R", "wye": "Y"},
    spelling={word: word[0].upper() for word in _SPELLING},
    signs={
        "dash": "-",
        "hyphen": "-",
        "minus": "-",
        "dot": ".",
        "point": ".",
        "slash": "/",
        "stroke": "/",
        "underscore": "_",
        "comma": ",",
    },
    fillers=word_set(
        "and then um uh er erm ah yeah yes okay ok so is it it's it’s of the in capital letter uppercase well right "  # noqa: RUF001
        "big small that's"
    ),
    links=frozenset(),
    corrections=word_set("sorry correction"),
    correction_pairs=frozenset(
        {("no", "sorry"), ("no", "wait"), ("i", "mean"), ("or", "rather"), ("scratch", "that"), ("wait", "no")}
    ),
    multipliers={"double": 2, "triple": 3, "treble": 3},
    times=word_set("times"),
    likes=frozenset({("as", "in"), ("like",), ("for",), ("as",)}),
    units=word_set(
        "cents percent euros kilowatts kwh amps amp amperes square cubic years months month weeks week days hours hour "
        "minutes minute seconds degrees floors floor people persons person rooms bedrooms children kids metres meters "
        "bills bill invoices o'clock am pm a.m p.m pieces"
    ),
    separators=word_set("or number about around until till from before after but because than at"),
    misheard=tuple(
        word_list(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred double dash"
        )
    ),
    faint={"one": 1, "oh": 0, "o": 0, "nil": 0},
    sounds={"to": 2, "too": 2, "for": 4, "fore": 4, "won": 1, "ate": 8, "tree": 3, "free": 3, "nein": 9, "tan": 10},
    ands=frozenset({"and"}),
)
