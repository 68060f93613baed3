"""Finnish words that stand beside number words in a dictated code: ordinals, months, letters, signs, fillers.

Letter names after Kielitoimisto, the spelling alphabet after Kielikello (domain.md 2.3), the rest from how people
dictate (domain.md 2.2). All keys are lower case.
"""

from __future__ import annotations

from redaction.numbers.fi_table import MORPHS
from redaction.numbers.language import Language
from redaction.wordlist import word_list, word_set

_UNIT_ORDINALS = {
    # nominative, genitive, partitive, essive; then colloquial forms
    1: ("ensimmäinen ensimmäisen ensimmäistä ensimmäisenä", "eka ekaa ekana yhdes yhdettä ensimmäisen"),
    2: ("toinen toisen toista toisena", "kahdes kahdetta kahetta toka tokaa tokana kahes kahdennen"),
    3: ("kolmas kolmannen kolmatta kolmantena", "kolmas"),
    4: ("neljäs neljännen neljättä neljäntenä", "nelijäs"),
    5: ("viides viidennen viidettä viidentenä", "viies viiettä viijettä viientenä"),
    6: ("kuudes kuudennen kuudetta kuudentena", "kuues kuuetta kuuentena"),
    7: ("seitsemäs seitsemännen seitsemättä seitsemäntenä", "seittemäs seittemättä seittemäntenä"),
    8: ("kahdeksas kahdeksannen kahdeksatta kahdeksantena", "kaheksas kaheksatta kaheksantena"),
    9: ("yhdeksäs yhdeksännen yhdeksättä yhdeksäntenä", "yheksäs yheksättä yheksäntenä"),
    10: ("kymmenes kymmenennen kymmenettä kymmenentenä", "kymppi"),
}
_TEEN_STEMS = {
    11: ("yhdes yhdennen yhdettä yhdentenä", "yhes yhettä yhentenä"),
    12: ("kahdes kahdennen kahdetta kahdentena", "kahes kahetta kahentena"),
}
_TENS = {
    20: ("kahdeskymmenes kahdennenkymmenennen kahdettakymmenettä kahdentenakymmenentenä", "kaheskymmenes"),
    30: ("kolmaskymmenes kolmannenkymmenennen kolmattakymmenettä kolmantenakymmenentenä", "kolmaskymmenes"),
}


def _ordinals() -> dict[str, int]:
    """Return every written-together form of 1. to 31. (538 in domain.md 2.4 with the colloquial ones)."""
    forms: dict[str, int] = {}
    units = {n: [*a.split(), *b.split()] for n, (a, b) in _UNIT_ORDINALS.items()}
    for value, group in units.items():
        if value < 10:
            forms.update(dict.fromkeys(group, value))
    forms.update(dict.fromkeys(_UNIT_ORDINALS[10][0].split(), 10))
    for value in range(11, 20):
        standard, colloquial = _TEEN_STEMS.get(value, _UNIT_ORDINALS.get(value - 10, ("", "")))
        for stem in [*standard.split(), *colloquial.split()]:
            forms[f"{stem}toista"] = value
    for tens, (standard, colloquial) in _TENS.items():
        for ten in [*standard.split(), *colloquial.split()]:
            forms[ten] = tens
            for unit in range(1, 10 if tens == 20 else 2):
                forms.update({f"{ten}{form}": tens + unit for form in units[unit]})
    return forms


ORDINALS = _ordinals()

MONTHS = {
    f"{stem}{ending}": number
    for number, stem in enumerate(word_list("tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu"), 1)
    for ending in ("kuu", "kuuta", "kuun", "kuussa", "kuulta")
}

LETTERS = {
    form: letter
    for letter, names in {
        "A": "aa", "B": "bee", "C": "see", "D": "dee", "E": "ee", "F": "äf äffä äffän", "G": "gee", "H": "hoo",
        "I": "ii", "J": "jii", "K": "koo", "L": "äl ällä", "M": "äm ämmä", "N": "än ännä", "O": "oo", "P": "pee",
        "Q": "kuu", "R": "är ärrä", "S": "äs ässä", "T": "tee", "U": "uu", "V": "vee vei", "Y": "yy",
        "W": "kaksoisvee tuplavee kaksoisvvee", "X": "äks äksä", "Z": "tset tseta", "Å": "ruotsalainenoo", "Ä": "ää",
        "Ö": "öö", "FI": "efii effii äfii äffii",
    }.items()
    for form in names.split()
}  # fmt: skip
WEAK_LETTERS = {"el": "L", "em": "M", "en": "N", "er": "R", "es": "S", "ex": "X", "ve": "V", "te": "T", "pe": "P"} | {
    "veetä": "V", "beetä": "B", "deetä": "D", "äffää": "F", "äksää": "X", "ännää": "N", "ämmää": "M", "ärrää": "R",
    "ässää": "S", "hoota": "H", "yytä": "Y", "aata": "A",
    "seetä": "C", "ceetä": "C", "eetä": "E", "geetä": "G", "iitä": "I",
    "jiitä": "J", "koota": "K", "peetä": "P", "teetä": "T", "äätä": "Ä", "öötä": "Ö", "ällää": "L",
}  # fmt: skip
# Dialect and misheard letter names that are words of their own: letters only straight after a digit.
SPELLING = {
    word: word[0].upper()
    for word in word_list(
        "aarne bertta celsius daavid eemeli faarao farao gideon heikki iivari jussi kalle lauri matti niilo otto paavo "
        "risto sakari tyyne urho vihtori wiski viski yrjö åke äiti öljy aatami taavetti gunnar tauno"
    )
} | {"wiski": "W", "viski": "W", "kaksois-v": "W", "äksä": "X", "tseta": "Z", "quintus": "Q", "ef": "F"}

SIGNS = {
    "viiva": "-", "väliviiva": "-", "yhdysmerkki": "-", "yhdysviiva": "-", "tavuviiva": "-", "miinus": "-",
    "plus": "+", "plussa": "+", "plusmerkki": "+", "piste": ".", "pilkku": ",", "kautta": "/", "kauttaviiva": "/",
    "vinoviiva": "/", "alaviiva": "_",
}  # fmt: skip
FILLERS = word_set(
    "öö ööm öm ää ääm äöö mm mmm hmm tota tuota noin niinku niinko sitten sit siis ja vielä joo juu kyllä niin no eli "
    "elikkä elikä sen se on oli ni just aivan okei ok aha ai että tuli iso isolla pieni pienellä kirjain "
    "päivä päivänä vuonna vuosi"
)
# Heard between the digits of one number. They never begin or end a run, so a wrong one costs nothing.
LINKS = word_set("loppuosa loppuosan loppu tunnusosa loppuosassa viimeiset loppuosaksi loppupää")
# "ja loppuosa on": stands where the century sign of an identity code was not said.
CORRECTIONS = word_set("eiku eikun eikö anteeksi anteeks sori korjaan uudestaan väärin oota hetkinen hetki eipäs eikä")
CORRECTION_PAIRS = frozenset(
    {("ei", "kun"), ("ei", "ku"), ("eikun", "ei"), ("eiku", "ei"), ("ei", "vaan"), ("tai", "siis"), ("tai", "no")}
)
MULTIPLIERS = {"tupla": 2, "tuplana": 2, "kaksois": 2, "tuplat": 2, "tripla": 3, "triplana": 3, "triplat": 3}
TIMES = frozenset({"kertaa"})
LIKES = frozenset(
    {("niinkuin",), ("niinku",), ("niinko",), ("kuten",), ("niin", "kuin"), ("niin", "ku"), ("niin", "kun")}
)

FAST = {"nee": "4", "vii": "5", "sei": "7"}
# Fast counting ("yy kaa koo nee vii kuu sei"): the ones that are not letter names; only inside a run.

FINNISH = Language(
    morphs=MORPHS,
    ordinals=ORDINALS,
    months=MONTHS,
    letters=LETTERS,
    weak_letters=WEAK_LETTERS,
    spelling=SPELLING,
    signs=SIGNS,
    fillers=FILLERS,
    links=LINKS,
    corrections=CORRECTIONS,
    correction_pairs=CORRECTION_PAIRS,
    multipliers=MULTIPLIERS,
    times=TIMES,
    likes=LIKES,
    units=frozenset(),  # stems, in atoms.py: Finnish inflects them
    separators=word_set(
        "tai vai numero numeroni numeron kello klo noin yli alle asti saakka viiva jälkeen ennen mutta koska eikä sekä "
        "arkisin lauantaisin sunnuntaisin päivisin iltaisin välillä valitkaa valitse valitset paina painakaa soita "
        "soittakaa soitatte vastaamme palvelemme palvellaan mittari mittarin mittarille mittarissa mökki mökin talo "
        "asunto rappu porras huoneisto lägenhet trappa voimassa voimassaolo mukaan hinta takaisin takasin toistan luen "
        "lue kirjoita kirjaa koittakaa kokeilkaa numerosarja sarja semmonen semmoset semmoinen sellanen sellainen "
        "toinen toisen toiseen lasku laskun sopimus sopimuksen asiakas tunnus liittymä eiks eikö maksoin maksan maksoi "
        "laitettiin tehtiin ostettu rakennettu asennettiin kiitos kiitoksia tuo nuo mies poika äiti isä vaimo muuta "
        "muista en ei eka ekan toka erä erän yhdistyksen yrityksen firman yhtiön tili "
        "tilille saajaks saajaksi kun koska viite päivä vuodesta vuoteen vuodelta lähtien toistan"
    ),
    misheard=tuple(
        word_list(
            "nolla yksi yks kaksi kaks kolme neljä viisi viis kuusi kuus seitsemän seittemän seiska kahdeksan kaheksan "
            "kasi yhdeksän yheksän ysi kymmenen kymmentä kakskyt kolkyt nelkyt viiskyt kuuskyt toista sata tuhat viiva "
            "miinus vee"
        )
    ),
)
