"""Names of people: common ones, and as many that no list can hold, with the cases in which they are said.

Whether a name is "listed" is asked of the lists that ship (`redaction/names.py`), so that the two halves stay apart
when those lists grow. Rare surnames are put together from parts of place names; a person of that name would be chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random

from redaction.names import FIRST_NAMES, SURNAMES
from tools.generated_calls.model import TalkSet
from tools.generated_calls.pools import DEVELOPMENT_NAMES, SECOND_NAMES, Names

_COMMON_FIRST = (
    "Matti Maija Juha Anna Timo Liisa Kari Tiina Mikko Sari Antti Päivi Jari Kaisa Ville Johanna Pekka Minna "
    "Heikki Ritva Seppo Pirjo Marko Laura Janne Hanna Petri Elina Lauri Helena Markku Leena Tapio Eeva Jukka "
    "Anneli Sami Susanna Tuomas Katja Risto Marjatta Eero Aino Olli Emilia Ari Satu Veikko Riitta"
).split()
_RARE_FIRST = (
    "Ahmed Fatima Nguyen Svetlana Dmitri Abdirahman Hodan Zeinab Olena Mykola Aleksandr Natalja Pawel Agnieszka "
    "Liam Priya Rajesh Nadezhda Yusuf Ayaan Mehmet Leyla Bogdan Ingeborg Torvald Sigurd Gunhild Valto Lempi-Liisa "
    "Taimi-Tuulia Kaapro Venla-Maria Uljas Sylvester Tellervo-Anni Ukko-Pekka Kielo-Maaria Vesameri Lumia Aavikki "
    "Peppiina Saimi-Lotta Roope-Eemeli Tuisku Myrsky Havu Sointu Utu Runo Usva-Maija Taivo Tähtikki Ilta-Sofia "
    "Rauno-Olavi Hamid Reza Farah Chidi Ngozi Kwame Amina-Noor Thuy Linh Somchai Kanya Jelena Goran Milica Zoltan "
    "Ildiko Csaba Anselma Barnabas Cecil Dorrit Egil Fingal Gottlieb Hjördis Ilmatar-Ida Jolanta Kasimira Leopold "
    "Melker Nanette Osvald Petronella"
).split()
_COMMON_LAST = (
    "Korhonen Virtanen Mäkinen Nieminen Mäkelä Hämäläinen Laine Heikkinen Koskinen Järvinen Lehtonen Lehtinen "
    "Saarinen Salminen Heinonen Niemi Heikkilä Kinnunen Salonen Turunen Salo Laitinen Tuominen Rantanen "
    "Karjalainen Jokinen Mattila Savolainen Lahtinen Ahonen Ojala Leppänen Väisänen Hiltunen Kallio Miettinen "
    "Leinonen Pitkänen Aaltonen Manninen Hakala Koivisto Anttila Laaksonen Hirvonen Räsänen Lehto Toivonen "
    "Rantala Harju"
).split()
_FOREIGN_LAST = (
    "Hassan Abdullahi Tran Ivanov Petrova Kowalski Farah Öztürk Singh Shevchenko Sokolova Bergenstråle Haddad "
    "Osman Kaya Lindholmsson Ahlskog Wrede-Munck Castrén-Voss Nguyen Warsame Popescu Novak Horvat Okafor Mensah "
    "Chaiyasit Petrauskas"
).split()
_HEADS = (
    "Ahven Haara Hakka Halla Hauki Hirsi Honka Huuhka Ilves Juola Jänkä Kaarna Kaisla Kanerva Karpalo Katajis "
    "Kelo Kiuru Kuikka Kuru Kytö Lakka Lehvä Luhta Lumme Muikku Myrä Naava Nuotio Orava Otso Paju Patvin Pihka "
    "Pisto Rahka Raita Riekko Rytö Rämä Sammal Siika Suopursu Surma Sypressi Tattari Tervas Tihku Tuohi Tyrni "
    "Uitto Urpu Vaahtera Varpu Vesku Vihma Visa Vuokko Ylä-Piha Äpäre"
).split()
_TAILS = ("nen", "la", "maa", "mäki", "niemi", "vaara", "ranta", "koski", "suo", "kangas", "lampi", "aho", "salmi")
_STEMS = {  # the stem before -n, -lle, -lta and the partitive
    "mäki": ("mäe", "mäkeä"), "niemi": ("nieme", "niemeä"), "ranta": ("ranna", "rantaa"), "koski": ("kose", "koskea"),
    "kangas": ("kankaa", "kangasta"), "lampi": ("lamme", "lampea"), "salmi": ("salme", "salmea"),
    "suo": ("suo", "suota"), "nen": ("se", "sta"), "järvi": ("järve", "järveä"), "lahti": ("lahde", "lahtea"),
    "lehto": ("lehdo", "lehtoa"), "pelto": ("pello", "peltoa"), "saari": ("saare", "saarta"),
    "korpi": ("korve", "korpea"), "joki": ("joe", "jokea"), "virta": ("virra", "virtaa"), "kivi": ("kive", "kiveä"),
}  # fmt: skip
_NAMES = {
    TalkSet.FIRST: Names(
        firsts=(*_COMMON_FIRST, *_RARE_FIRST),
        lasts=(*_COMMON_LAST, *_FOREIGN_LAST),
        heads=tuple(_HEADS),
        tails=_TAILS,
    ),
    TalkSet.DEVELOPMENT: DEVELOPMENT_NAMES,
    TalkSet.SECOND: SECOND_NAMES,
}
CASES = ("nom", "gen", "par", "all", "abl")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A first name and a surname; `listed` when both are in a list that ships."""

    first: str
    last: str
    listed: bool

    def forms(self, case: str) -> tuple[str, str]:
        """Return first name and surname as they are said in a case: only the surname bends after a first name."""
        return self.first, inflect(self.last, case)


def a_person(rng: Random, which: TalkSet = TalkSet.FIRST) -> Person:
    """Draw a person: one half of whom no list knows by any of the two names."""
    listed, unlisted = _pools(which)
    if rng.random() < 0.5:
        return Person(first=rng.choice(listed[0]), last=rng.choice(listed[1]), listed=True)
    return Person(first=rng.choice(unlisted[0]), last=_rare_surname(rng, unlisted[1], which), listed=False)


def inflect(name: str, case: str) -> str:
    """Return a name in a case; enough of Finnish for names in -nen, vowels, and consonants that take an i."""
    if case == "nom":
        return name
    stem, partitive = _stem(name)
    back = "ä" if not set(name.lower()) & set("aou") else "a"
    return {
        "gen": f"{stem}n",
        "par": partitive,
        "all": f"{stem}lle",
        "abl": f"{stem}lt{back}",
    }[case]


def _stem(name: str) -> tuple[str, str]:
    back = "ä" if not set(name.lower()) & set("aou") else "a"
    lower = name.lower()
    for end, (stem, partitive) in _STEMS.items():
        if lower.endswith(end):
            head = name[: len(name) - len(end)]
            return head + stem, head + partitive.replace("sta", f"st{back}")
    if lower[-1] in "aeiouyäöå":
        return name, name + back
    return f"{name}i", f"{name}i{back}"


def _rare_surname(rng: Random, foreign: tuple[str, ...], which: TalkSet) -> str:
    names = _NAMES[which]
    for _ in range(50):
        made = rng.choice(names.heads) + rng.choice(names.tails) if rng.random() < 0.75 else rng.choice(foreign)
        if made.lower() not in SURNAMES:
            return made
    return "Äpäremaa"


@cache
def _pools(which: TalkSet) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], tuple[tuple[str, ...], tuple[str, ...]]]:
    firsts, lasts = _NAMES[which].firsts, _NAMES[which].lasts
    listed = (_among(firsts, FIRST_NAMES), _among(lasts, SURNAMES))
    return listed, (_outside(firsts, FIRST_NAMES | SURNAMES), _outside(lasts, SURNAMES | FIRST_NAMES))


def _among(names: tuple[str, ...], known: frozenset[str]) -> tuple[str, ...]:
    return tuple(each for each in names if each.lower() in known)


def _outside(names: tuple[str, ...], known: frozenset[str]) -> tuple[str, ...]:
    return tuple(each for each in names if each.lower() not in known)
