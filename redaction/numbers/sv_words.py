"""Swedish as Finland Swedes count and spell: "tjufem", "åttifem", "streck", "två nollor", "Adam Bertil".

After domain.md 2.6; the colloquial tens without -o, "tretti" to "nitti", are the common ones in Finland.
"""

from __future__ import annotations

from redaction.numbers.germanic import read_morphs
from redaction.numbers.language import Language
from redaction.wordlist import word_list, word_set

_MORPHS = read_morphs("""
ZERO 0 noll nolla nollan *nollor *nollorna
ONES 1 ett en etta ettan *ettor
ONES 2 två tvåa tvåan tvo *tvåor
ONES 3 tre trea trean *treor
ONES 4 fyra fyran *fyror
ONES 5 fem femma femman *femmor
ONES 6 sex sexa sexan *sexor
ONES 7 sju sjua sjuan *sjuor
ONES 8 åtta åttan *åttor
ONES 9 nio nie nia nian *nior
TEEN 10 tio tia tian *tior
TEEN 11 elva
TEEN 12 tolv
TEEN 13 tretton
TEEN 14 fjorton
TEEN 15 femton
TEEN 16 sexton
TEEN 17 sjutton
TEEN 18 arton aderton
TEEN 19 nitton
TENS 20 tjugo tjugu tjuge tjugi tju
TENS 30 trettio tretti tretio
TENS 40 fyrtio fyrti förtio förti fyratio
TENS 50 femtio femti
TENS 60 sextio sexti
TENS 70 sjuttio sjutti
TENS 80 åttio åtti
TENS 90 nittio nitti
HUNDRED 100 hundra
THOUSAND 1000 tusen
""")

_ORDINAL_UNITS = word_list("första andra tredje fjärde femte sjätte sjunde åttonde nionde")
_ORDINAL_REST = (
    "tionde elfte tolfte trettonde fjortonde femtonde sextonde sjuttonde artonde:18 adertonde:18 nittonde:19 "
    "tjugonde:20 trettionde:30 trettiförsta:31 trettioförsta:31 förste:1 andre:2"
)


def _ordinals() -> dict[str, int]:
    """Return första to trettioförsta, glued; "tjugo femte" apart is put together where dates are read."""
    forms = {form: value for value, form in enumerate(_ORDINAL_UNITS, 1)}
    for value, entry in enumerate(_ORDINAL_REST.split(), 10):
        form, _, given = entry.partition(":")
        forms[form] = int(given) if given else value
    tens = ("tjugo", "tjugu", "tju", "tjuge")
    forms.update({f"{ten}{form}": 20 + value for ten in tens for value, form in enumerate(_ORDINAL_UNITS, 1)})
    return forms


_MONTHS = word_list("januari februari mars april maj juni juli augusti september oktober november december")
_SPELLING = word_list(
    "adam bertil cesar caesar david erik filip gustav gustaf helge ivar johan kalle ludvig martin niklas olof petter "
    "qvintus rudolf sigurd tore urban viktor wilhelm xerxes yngve zäta åke ärlig östen"
)

SWEDISH = Language(
    morphs=_MORPHS,
    loose=frozenset({"en"}),
    ordinals=_ordinals(),
    months={name: number for number, name in enumerate(_MONTHS, 1)},
    letters={
        "eff": "F", "hå": "H", "kå": "K", "ess": "S", "äss": "S", "ärr": "R", "dubbelve": "W", "dubbel-ve": "W",
        "zäta": "Z", "säta": "Z",
    },
    weak_letters={"be": "B", "ce": "C", "de": "D", "ge": "G", "ji": "J", "ell": "L"},
    spelling={word: word[0].upper() for word in _SPELLING},
    signs={
        "streck": "-", "bindestreck": "-", "minus": "-", "minustecken": "-", "plustecken": "+", "punkt": ".",
        "komma": ",", "snedstreck": "/", "understreck": "_", "mellanstreck": "-", "tankstreck": "-",
    },
    fillers=word_set(
        "och så sen sedan ja jaa joho ju alltså va eh öh hm den det är av för stor stort stora liten lilla litet "
        "bokstav bokstaven okej precis just år året var blir då"
    ),
    links=word_set("slutdelen slutdel slutet slutsiffrorna ändelsen"),
    corrections=word_set("förlåt ursäkta vänta fel"),
    correction_pairs=frozenset({("nej", "förlåt"), ("nej", "vänta"), ("jag", "menar"), ("nej", "fel")}),
    multipliers={"dubbel": 2, "dubbelt": 2, "dubbla": 2, "trippel": 3, "tripple": 3},
    times=word_set("gånger gånget"),
    likes=frozenset({("som",), ("som", "i"), ("såsom",), ("såsom", "i")}),
    units=word_set(
        "kronor krona kr cent procent ampere kilowattimmar kilowattimme kvadrat kvadratmeter kubik månad månader vecka "
        "veckor dag dagar timme timmar minut minuter sekund sekunder grad grader våning våningen våningar personer "
        "person rum barn hushåll meter år årig åring stycken st räkning räkningar fakturor"
    ),
    separators=word_set("eller nummer numret klockan kl före efter över under ungefär cirka från till men"),
    misheard=tuple(
        word_list(
            "noll ett två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton nitton "
            "tjugo trettio fyrtio femtio sextio sjuttio åttio nittio hundra streck"
        )
    ),
    faint={"en": 1, "ett": 1, "etta": 1, "ettan": 1, "nia": 9, "tia": 10, "tvo": 2},
    ands=frozenset({"och"}),
)  # fmt: skip
