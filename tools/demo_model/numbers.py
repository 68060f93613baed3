"""How Finnish numbers are said: words for digits, cardinals, ordinals, letters.

Every function takes a `random.Random` so that a data set can be made again from its seed. A saying is a string of
words separated by single spaces; numbers below a thousand are one glued word ("kaksikymmentäyksi", "satakakskyt"),
thousands are a word of their own ("kaksituhatta kolmesataaneljä"). A comma marks a short pause for the synthesiser.
"""

from random import Random

STANDARD = ("nolla", "yksi", "kaksi", "kolme", "neljä", "viisi", "kuusi", "seitsemän", "kahdeksan", "yhdeksän")
COLLOQUIAL: tuple[tuple[str, ...], ...] = (
    ("nolla", "nolla", "nolla", "noll"),
    ("yks", "yks", "yks", "ykkönen"),
    ("kaks", "kaks", "kaks", "kakkonen"),
    ("kolme", "kolme", "kolme", "kol", "kolmonen"),
    ("neljä", "neljä", "nel", "nelonen"),
    ("viis", "viis", "viis", "vitonen"),
    ("kuus", "kuus", "kuus", "kutonen"),
    ("seittemän", "seittemän", "seiska", "seittemä"),
    ("kaheksan", "kasi", "kasi", "kaheksa"),
    ("yheksän", "ysi", "ysi", "yheksä"),
)
BEFORE = (  # a colloquial unit in front of -toista, -kyt, -sataa
    "", "yks", "kaks", "kol", "nel", "viis", "kuus", "seit", "kaheks", "yheks",
)  # fmt: skip
BEFORE_LONG = ("", "yks", "kaks", "kolme", "neljä", "viis", "kuus", "seittemän", "kaheksan", "yheksän")
PARTITIVE_NAMES = (
    "nollaa", "ykköstä", "kakkosta", "kolmosta", "nelosta", "vitosta", "kutosta", "seiskaa", "kasia", "ysiä",
)  # fmt: skip
NAMES = ("nolla", "ykkönen", "kakkonen", "kolmonen", "nelonen", "vitonen", "kutonen", "seiska", "kasi", "ysi")
CASES = (  # 0..10, 100, 1000 in the oblique cases; forms as in the domain table
    "nollan yhden kahden kolmen neljän viiden kuuden seitsemän kahdeksan yhdeksän kymmenen sadan tuhannen",
    "nollaa yhtä kahta kolmea neljää viittä kuutta seitsemää kahdeksaa yhdeksää kymmentä sataa tuhatta",
    "nollassa yhdessä kahdessa kolmessa neljässä viidessä kuudessa seitsemässä kahdeksassa yhdeksässä kymmenessä "
    "sadassa tuhannessa",
    "nollasta yhdestä kahdesta kolmesta neljästä viidestä kuudesta seitsemästä kahdeksasta yhdeksästä kymmenestä "
    "sadasta tuhannesta",
    "nollaan yhteen kahteen kolmeen neljään viiteen kuuteen seitsemään kahdeksaan yhdeksään kymmeneen sataan tuhanteen",
    "nollalla yhdellä kahdella kolmella neljällä viidellä kuudella seitsemällä kahdeksalla yhdeksällä kymmenellä "
    "sadalla tuhannella",
    "nollalta yhdeltä kahdelta kolmelta neljältä viideltä kuudelta seitsemältä kahdeksalta yhdeksältä kymmeneltä "
    "sadalta tuhannelta",
    "nollalle yhdelle kahdelle kolmelle neljälle viidelle kuudelle seitsemälle kahdeksalle yhdeksälle kymmenelle "
    "sadalle tuhannelle",
    "nollana yhtenä kahtena kolmena neljänä viitenä kuutena seitsemänä kahdeksana yhdeksänä kymmenenä satana tuhantena",
    "nollaksi yhdeksi kahdeksi kolmeksi neljäksi viideksi kuudeksi seitsemäksi kahdeksaksi yhdeksäksi kymmeneksi "
    "sadaksi tuhanneksi",
    "viitosessa viitonen vitoseen kutosella ykkösen kakkosen kolmoseen nelosen seiskaan kasiin ysiin vitosen kutosen "
    "kymppi kymppiä satanen tonni tonnia yhen kahen viien kuuen yhellä kahella",
)
CASE_WORDS = tuple(word for line in CASES for word in line.split())

LETTERS: dict[str, tuple[str, ...]] = {
    "a": ("aa",), "b": ("bee",), "c": ("see",), "d": ("dee",), "e": ("ee",), "f": ("äf", "äffä"), "g": ("gee",),
    "h": ("hoo",), "i": ("ii",), "j": ("jii",), "k": ("koo",), "l": ("äl", "ällä"), "m": ("äm", "ämmä"),
    "n": ("än", "ännä"), "o": ("oo",), "p": ("pee",), "q": ("kuu",), "r": ("är", "ärrä"), "s": ("äs", "ässä"),
    "t": ("tee",), "u": ("uu",), "v": ("vee",), "w": ("tuplavee", "kaksoisvee"), "x": ("äks", "äksä"), "y": ("yy",),
    "z": ("tset", "tseta"), "å": ("ruotsalainen oo",), "ä": ("ää",), "ö": ("öö",),
}  # fmt: skip
SPELLING: dict[str, tuple[str, ...]] = {
    "a": ("aarne", "aatami"), "b": ("bertta",), "c": ("celsius",), "d": ("daavid", "taavetti"), "e": ("eemeli",),
    "f": ("faarao",), "g": ("gideon", "gunnar"), "h": ("heikki",), "i": ("iivari",), "j": ("jussi",), "k": ("kalle",),
    "l": ("lauri",), "m": ("matti",), "n": ("niilo",), "o": ("otto",), "p": ("paavo",), "q": ("kuu",), "r": ("risto",),
    "s": ("sakari",), "t": ("tyyne",), "u": ("urho",), "v": ("vihtori",), "w": ("wiski",), "x": ("äksä",),
    "y": ("yrjö",), "z": ("tseta",), "å": ("åke",), "ä": ("äiti",), "ö": ("öljy",),
}  # fmt: skip

_ORDINAL_NOM = "ensimmäinen toinen kolmas neljäs viides kuudes seitsemäs kahdeksas yhdeksäs kymmenes".split()
_ORDINAL_PAR = (
    "ensimmäistä toista kolmatta neljättä viidettä kuudetta seitsemättä kahdeksatta yhdeksättä kymmenettä"
).split()
_ORDINAL_ESS = (
    "ensimmäisenä toisena kolmantena neljäntenä viidentenä kuudentena seitsemäntenä kahdeksantena yhdeksäntenä "
    "kymmenentenä"
).split()
_TEEN = {
    "nom": "yhdes kahdes kolmas neljäs viides kuudes seitsemäs kahdeksas yhdeksäs".split(),
    "par": "yhdettä kahdetta kolmatta neljättä viidettä kuudetta seitsemättä kahdeksatta yhdeksättä".split(),
    "ess": (
        "yhdentenä kahdentena kolmantena neljäntenä viidentenä kuudentena seitsemäntenä kahdeksantena yhdeksäntenä"
    ).split(),
}
_TENTH = {"nom": "kymmenes", "par": "kymmenettä", "ess": "kymmenentenä"}
_SPOKEN = (  # standard ordinal parts -> the way they are said
    ("yhdes", "yhes"), ("kahdes", "kahes"), ("viides", "viies"), ("kuudes", "kuues"), ("seitsemäs", "seittemäs"),
    ("seitsemät", "seittemät"), ("kahdeksa", "kaheksa"), ("yhdeksä", "yheksä"), ("viidettä", "viiettä"),
    ("kuudetta", "kuuetta"), ("kahdetta", "kahetta"), ("yhdettä", "yhettä"), ("ensimmäinen", "eka"),
)  # fmt: skip
MONTHS = "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu".split()


def digit(value: int, rng: Random, colloquial: bool) -> str:
    """One digit as said when reading a number aloud."""
    return rng.choice(COLLOQUIAL[value]) if colloquial else STANDARD[value]


def cardinal(value: int, rng: Random, colloquial: bool = False) -> str:
    """A whole number 0..999 999 as said."""
    if value >= 1000:
        thousands, rest = divmod(value, 1000)
        head = "tuhat" if thousands == 1 else _below_thousand(thousands, rng, colloquial) + "tuhatta"
        return head if rest == 0 else f"{head} {_below_thousand(rest, rng, colloquial)}"
    return _below_thousand(value, rng, colloquial)


def _below_thousand(value: int, rng: Random, colloquial: bool) -> str:
    if value < 10:
        return digit(value, rng, False) if not colloquial else COLLOQUIAL[value][0]
    hundreds, rest = divmod(value, 100)
    unit = (BEFORE if rng.random() < 0.6 else BEFORE_LONG) if colloquial else STANDARD
    head = "" if hundreds == 0 else "sata" if hundreds == 1 else unit[hundreds] + "sataa"
    if rest == 0:
        return head
    return head + _below_hundred(rest, rng, colloquial)


def _below_hundred(value: int, rng: Random, colloquial: bool) -> str:
    if value < 10:
        return COLLOQUIAL[value][0] if colloquial else STANDARD[value]
    if value == 10:
        return "kymppi" if colloquial and rng.random() < 0.15 else "kymmenen"
    unit: tuple[str, ...] = STANDARD
    if colloquial:
        unit = BEFORE if rng.random() < 0.6 else BEFORE_LONG
    tens, ones = divmod(value, 10)
    if tens == 1:
        return unit[ones] + ("toist" if colloquial and rng.random() < 0.7 else "toista")
    tail = "" if ones == 0 else (rng.choice(COLLOQUIAL[ones][:3]) if colloquial else STANDARD[ones])
    if colloquial and tail in NAMES[1:7]:
        tail = COLLOQUIAL[ones][0]
    return unit[tens] + (rng.choice(("kyt", "kyt", "kyt", "kytä", "kymment")) if colloquial else "kymmentä") + tail


def digits(text: str, rng: Random, colloquial: bool) -> str:
    """A run of digits one by one, sometimes with "tupla kasi", "kaks nollaa" for repeats."""
    out: list[str] = []
    place = 0
    while place < len(text):
        value = int(text[place])
        run = 1
        while place + run < len(text) and text[place + run] == text[place]:
            run += 1
        if run >= 2 and rng.random() < (0.35 if run == 2 else 0.6):
            count = COLLOQUIAL[run][0] if colloquial and run < 10 else STANDARD[run] if run < 10 else "kymmenen"
            if run == 2 and rng.random() < 0.4:
                out.append("tupla " + NAMES[value])
            elif run == 3 and rng.random() < 0.3:
                out.append("tripla " + NAMES[value])
            else:
                out.append(f"{count} {PARTITIVE_NAMES[value]}")
            place += run
            continue
        out.append(digit(value, rng, colloquial))
        place += 1
    return " ".join(out)


def grouped(text: str, size: int, rng: Random, colloquial: bool) -> str:
    """Digits in groups of two or three: each group as one cardinal, with a leading zero said on its own."""
    groups = [text[at : at + size] for at in range(0, len(text), size)]
    said = []
    for group in groups:
        stripped = group.lstrip("0")
        zeros = ["nolla"] * (len(group) - len(stripped))
        said.append(" ".join(zeros + ([cardinal(int(stripped), rng, colloquial)] if stripped else [])))
    return (", " if rng.random() < 0.3 else " ").join(said)


def say(text: str, rng: Random, colloquial: bool | None = None) -> str:
    """A string of digits in any usual way: one by one, in pairs, in triples, in chunks with pauses."""
    style = rng.random() < 0.6 if colloquial is None else colloquial
    way = rng.random()
    if way < 0.5 or len(text) < 3:
        if len(text) > 4 and rng.random() < 0.5:
            size = rng.choice((2, 3, 4))
            return ", ".join(digits(text[at : at + size], rng, style) for at in range(0, len(text), size))
        return digits(text, rng, style)
    if way < 0.75:
        return grouped(text, 2, rng, style)
    if way < 0.9:
        return grouped(text, 3, rng, style)
    cut = rng.randrange(1, len(text))
    return say(text[:cut], rng, style) + " " + say(text[cut:], rng, style)


def ordinal(value: int, form: str = "nom") -> str:
    """1..31 as an ordinal: form nom (day), par (month slot), ess (on the day)."""
    table = {"nom": _ORDINAL_NOM, "par": _ORDINAL_PAR, "ess": _ORDINAL_ESS}[form]
    if value <= 10:
        return table[value - 1]
    if value < 20:
        return _TEEN[form][value - 11] + "toista"
    tens, ones = divmod(value, 10)
    head = _TEEN[form][tens - 1] + _TENTH[form]
    return head if ones == 0 else head + (table[ones - 1] if ones <= 2 else _TEEN[form][ones - 1])


def date(day: int, month: int, rng: Random) -> str:
    """Day and month, in any of the usual ways."""
    way = rng.random()
    if way < 0.35:
        said = f"{ordinal(day)} {ordinal(month, 'par')}"
    elif way < 0.55:
        said = f"{ordinal(day)} {'päivä ' if rng.random() < 0.3 else ''}{MONTHS[month - 1]}kuuta"
    elif way < 0.7:
        said = f"{ordinal(day, 'ess')} {'päivänä ' if rng.random() < 0.4 else ''}{MONTHS[month - 1]}kuuta"
    elif way < 0.85:
        return f"{cardinal(day, rng, rng.random() < 0.5)} {cardinal(month, rng, rng.random() < 0.5)}"
    else:
        return digits(f"{day:02d}{month:02d}", rng, rng.random() < 0.5)
    if rng.random() < 0.3:
        for standard, spoken in _SPOKEN:
            said = said.replace(standard, spoken)
    return said


def year(value: int, rng: Random) -> str:
    """A year: in full, as "yheksäntoistasataa", or its last two digits."""
    colloquial = rng.random() < 0.5
    way = rng.random()
    if way < 0.35:
        return cardinal(value, rng, colloquial)
    if way < 0.5 and value < 2000:
        head = "yheksäntoistasataa" if colloquial else "yhdeksäntoistasataa"
        return head if value % 100 == 0 else f"{head} {cardinal(value % 100, rng, colloquial)}"
    short = value % 100
    return f"nolla {digit(short, rng, colloquial)}" if short < 10 else cardinal(short, rng, colloquial)


def letter(char: str, rng: Random) -> str:
    """A letter by its name, its spelling word, or both."""
    way = rng.random()
    name = rng.choice(LETTERS[char])
    if way < 0.6:
        return name
    word = rng.choice(SPELLING[char])
    if way < 0.75:
        return word
    return f"{name} {rng.choice(('niin kuin', 'niinku', 'kuten'))} {word}"
