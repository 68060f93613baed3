"""Made-up names, addresses, e-mail addresses and invented words for the training texts."""

from random import Random

from tools.demo_model import names, numbers, words

_FIRST = (*words.FIRST, *sorted(names.FIRST))
_LAST = (*words.LAST, *sorted(names.LAST))
_LAST_NEN = tuple(name for name in _LAST if name.endswith("nen"))

_SINGLE_ONSETS = "h j k l m n p r s t v k t s l m".split()
_VOWELS_BACK = "a o u i e a aa oo uu ii ee ai oi ui uo ie au".split()
_VOWELS_FRONT = "ä ö y i e ä ää yy ii ee äi öi yö ie äy".split()
_CODAS = ["", "", "", "", "n", "s", "l", "r", "t", "k", "n", "m", "kk", "tt", "pp", "ll", "ss", "nn", "st", "nt", "lk"]
_ENDINGS_BACK = (*"nen la sta ssa lla lle lta n a t ja ko nsa taan ta vat".split(), "")
_ENDINGS_FRONT = (*"nen lä stä ssä llä lle ltä n ä t jä kö nsä tään tä vät".split(), "")


def invented(rng: Random) -> str:
    """A word that obeys Finnish sound rules and means nothing, so that the model learns sounds, not only words."""
    back = rng.random() < 0.6
    vowels, endings = (_VOWELS_BACK, _ENDINGS_BACK) if back else (_VOWELS_FRONT, _ENDINGS_FRONT)
    count = rng.choice((1, 2, 2, 2, 3))
    out = ""
    for place in range(count):
        onset = rng.choice(_SINGLE_ONSETS) if place or rng.random() < 0.85 else ""
        last = place == count - 1
        coda = "" if last else rng.choice(_CODAS)
        if len(coda) > 1 and len(onset) and coda[-1] == coda[0]:
            coda = coda[0]
        out += onset + rng.choice(vowels) + coda
    return out + rng.choice(endings)


def first(rng: Random) -> str:
    """A first name."""
    return rng.choice(_FIRST)


def last(rng: Random) -> str:
    """A last name; now and then an invented one."""
    return rng.choice(_LAST) if rng.random() < 0.85 else invented(rng)


def full_name(rng: Random) -> str:
    """First and last name."""
    return f"{first(rng)} {last(rng)}"


def inflected_name(rng: Random) -> str:
    """A name in an oblique case, formed by the -nen rule where it fits."""
    name = rng.choice(_LAST_NEN)
    ending = rng.choice(("selle", "sen", "sta", "sella", "selta", "sta", "seen"))
    front = not set(name) & set("aou")
    return f"{first(rng)} {name[:-3]}{ending.replace('a', 'ä') if front else ending}"


def spelled(word: str, rng: Random) -> str:
    """A word letter by letter: all names or all spelling words, a pause now and then."""
    by_word = rng.random() < 0.4
    mixed = rng.random() < 0.2
    out = []
    for char in word:
        if char not in numbers.LETTERS:
            continue
        if mixed:
            out.append(numbers.letter(char, rng))
        else:
            out.append(rng.choice((numbers.SPELLING if by_word else numbers.LETTERS)[char]))
    return (", " if rng.random() < 0.15 else " ").join(out)


def street(rng: Random) -> str:
    """Street, house number, perhaps stair letter and flat."""
    head = rng.choice(words.STREET_HEAD) if rng.random() < 0.85 else invented(rng)
    said = f"{head}{'n' if rng.random() < 0.12 and head[-1] in 'aeiouyäö' else ''}{rng.choice(words.STREET_TAIL)}"
    way = rng.random()
    house = rng.randrange(1, 121)
    number = numbers.cardinal(house, rng, rng.random() < 0.5)
    if house <= 10 and rng.random() < 0.3:
        number = rng.choice(numbers.CASES[rng.choice((2, 4))].split()[1:11])
    if way < 0.4:
        return f"{said} {number}"
    stair = rng.choice(numbers.LETTERS[rng.choice("abcdefgh")])
    flat = numbers.cardinal(rng.randrange(1, 99), rng, rng.random() < 0.5)
    if way < 0.85:
        return f"{said} {number} {stair} {flat}"
    return f"{said} {number}, rappu {stair}, asunto {flat}"


def town(rng: Random) -> str:
    """A town name, at times inflected."""
    return rng.choice(words.TOWNS if rng.random() < 0.7 else words.TOWN_IN)


def email(rng: Random) -> str:
    """An e-mail address as spoken."""
    at = rng.choice(("ät", "ät", "ät", "miukumauku", "ättä", "kissanhäntä", "ät merkki"))
    top = rng.choice(("fi", "fi", "fii", "com", "net", "org"))
    end = f"{rng.choice(words.DOMAINS)} piste {top}"
    way = rng.random()
    given, family = first(rng), last(rng)
    if way < 0.5:
        head = f"{given} {rng.choice(('piste', 'piste', 'alaviiva', 'viiva'))} {family}"
    elif way < 0.7:
        head = f"{rng.choice(numbers.LETTERS[rng.choice('abehjklmnprstv')])} piste {family}"
    elif way < 0.85:
        head = f"{given} {numbers.cardinal(rng.randrange(1, 100), rng, rng.random() < 0.5)}"
    else:
        head = spelled(given[:5], rng)
    return f"{head} {at} {end}"
