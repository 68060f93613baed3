"""Addresses: streets that are put together from parts, with the cases in which people live, move and send things."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from tools.generated_calls.model import TalkSet
from tools.generated_calls.pools import DEVELOPMENT_STREETS, SECOND_STREETS, Streets

_HEADS = (
    "Esimerkki Sinikello Harju Pihlaja Koivu Kuusi Kivikon Sataman Tori Niitty Rantakallion Vanhan-Myllyn Käpylehmän "
    "Pikku-Otavan Kiuru Haukkavuoren Männistön Kissankello Peipposen Louhi Ruusu Karhun Ketun Metsätähden Suvannon "
    "Veturi Kirkko Koulu Myllärin Seppälän Aurinko Tähti Lumikin Hopea Kultasepän Puutarhurin Myllypuron Rautatien"
).split()
_ENDS = {  # nominative -> (stem of -lla/-lle/-lta, genitive)
    "katu": ("kadu", "kadun"), "tie": ("tie", "tien"), "kuja": ("kuja", "kujan"), "polku": ("polu", "polun"),
    "väylä": ("väylä", "väylän"), "raitti": ("raiti", "raitin"), "kaari": ("kaare", "kaaren"),
    "rinne": ("rintee", "rinteen"), "ranta": ("ranna", "rannan"), "mäki": ("mäe", "mäen"),
    "penger": ("penkeree", "penkereen"), "aukio": ("aukio", "aukion"), "tori": ("tori", "torin"),
    "puisto": ("puisto", "puiston"), "silta": ("silla", "sillan"), "portti": ("porti", "portin"),
    "taival": ("taipalee", "taipaleen"),
    "piha": ("piha", "pihan"), "kierto": ("kierro", "kierron"), "perä": ("perä", "perän"), "varsi": ("varre", "varren"),
    "laita": ("laida", "laidan"), "kulma": ("kulma", "kulman"), "notko": ("notko", "notkon"), "rivi": ("rivi", "rivin"),
    "tanhua": ("tanhua", "tanhuan"), "niitty": ("niity", "niityn"), "bulevardi": ("bulevardi", "bulevardin"),
}  # fmt: skip
_WEIGHTS = (30, 30, 9, 6, 3, 3, 4, 3, 3, 2, 1, 1, 1, 1, 1, 1, 1, 1)
_FRONT = {"tie", "väylä", "rinne", "mäki", "penger", "perä", "rivi", "niitty"}
TOWNS = (  # town, where it is, a postcode of it or of its neighbourhood
    ("Kuopio", "Kuopiossa", "70100"), ("Lahti", "Lahdessa", "15140"), ("Helsinki", "Helsingissä", "00100"),
    ("Siilinjärvi", "Siilinjärvellä", "71800"), ("Hollola", "Hollolassa", "15870"), ("Tampere", "Tampereella", "33100"),
    ("Oulu", "Oulussa", "90100"), ("Varkaus", "Varkaudessa", "78200"), ("Iisalmi", "Iisalmella", "74100"),
    ("Heinola", "Heinolassa", "18100"), ("Orimattila", "Orimattilassa", "16300"), ("Espoo", "Espoossa", "02100"),
    ("Leppävirta", "Leppävirralla", "79100"), ("Turku", "Turussa", "20100"), ("Joensuu", "Joensuussa", "80100"),
    ("Suonenjoki", "Suonenjoella", "77600"), ("Nastola", "Nastolassa", "15560"), ("Vaasa", "Vaasassa", "65100"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A street, a house, perhaps a stair and a flat, and the town."""

    head: str
    end: str
    house: int
    stair: str
    flat: int
    town: tuple[str, str, str]

    def street(self, case: str) -> str:
        """Return the street's name in a case: nom, gen, ade (where), all (to), abl (from)."""
        if case == "nom":
            return self.head + self.end
        stem, genitive = _ENDS[self.end]
        if case == "gen":
            return self.head + genitive
        vowel = "ä" if self.end in _FRONT else "a"
        return self.head + stem + {"ade": f"ll{vowel}", "all": "lle", "abl": f"lt{vowel}"}[case]


_STREETS = {
    TalkSet.FIRST: Streets(heads=tuple(_HEADS), ends=dict(zip(_ENDS, _WEIGHTS, strict=False)), towns=TOWNS),
    TalkSet.DEVELOPMENT: DEVELOPMENT_STREETS,
    TalkSet.SECOND: SECOND_STREETS,
}


def an_address(rng: Random, which: TalkSet = TalkSet.FIRST) -> Address:
    """Draw an address; along long roads houses have numbers of three and four digits."""
    streets = _STREETS[which]
    stairs = rng.random() < 0.45
    return Address(
        head=rng.choice(streets.heads),
        end=rng.choices(tuple(streets.ends), weights=tuple(streets.ends.values()))[0],
        house=_house(rng, streets.far_share),
        stair=rng.choice("AABBCCDE") if stairs else "",
        flat=rng.randrange(1, 80) if stairs and rng.random() < 0.85 else 0,
        town=rng.choice(streets.towns),
    )


def _house(rng: Random, far_share: float) -> int:
    if far_share and rng.random() < far_share:
        return rng.randrange(100, 2400)
    return rng.choice((rng.randrange(1, 30), rng.randrange(1, 100)))
