"""The commonest first names and surnames in Finland, and how they are inflected: a seed, not a register.

The lists are in `first_names.py` and `surnames.py`; an operator's list can be given (ADR).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from redaction import first_names, surnames
from redaction.wordlist import word_list, word_set

FIRST_NAMES = first_names.HOME | first_names.FROM_ELSEWHERE
SURNAMES = surnames.HOME | surnames.FROM_ELSEWHERE

AMBIGUOUS_FIRST_NAMES = word_set(
    """
    otto marja aino toivo onni rauha usko armas arvo lahja ilo sini suvi satu taru lilja rauni vieno unto terho
    taisto otso asta mari anna anu ansa hille kati kim kari pyry tapani pia sari auli aulis aune vappu veli
    tuuli tuure lea salla aki kaija helmi minttu milla vesa jan ali leo ella eija ari aija aura elisa helen hella hilja
    ilma ilta inari joanna linna lotta luna mila mirka muisto nova sampo sirkka sointu taina taimi tuisku tuulia tyyne
    urho valto vanessa veini viola virpi visa voitto sade lempi kaino urpo ahti halla lumi oiva sisko toini jalo
    """
)
# Words or word forms of their own ("anna" is "give", "vesa" a sprout): alone only after a cue.

NAME_WORDS = word_set(
    """
    aamu halla havu hellä ilma ilo ilta into ilves jalo joulu kaino kaiku kaisla kanerva karpalo kaste kesä kettu kielo
    kirsikka koivu kontio kuisma kukka kuura lahja laine lampi lehti lehto lempi lemmikki lumi lumikki luna lunta meri
    mesi metsä mimosa muisto myrsky mänty niemi nuppu oiva oja onerva orava orvokki otava paju pelto pihla pihlaja pilvi
    pouta ranta roihu runo ruska ruusu ruut sade saari salmi sampo sisu sointu sulo sulho suo susi säde taika
    taimi taito tamm tammi tarmo toive tuike tuisku tuomi tyyni tähti unelma uljas urho usva utu vaara vaahtera valo
    varma varpu vesi viena viisas virta visa voitto vuokko vuori kivi kallio harju karhu kurki koski linna long young
    """
)
# Words that are names too, and no sign of one alone: they count in a name's place only.

_ENDINGS = word_list(
    "n lla llä lle lta ltä ssa ssä sta stä a ä ta tä an än en in on un yn ön ksi na nä kin ko kö ni si nsa nsä han hän"
)
_ENDING_SET, _LONGEST = frozenset(_ENDINGS), 3
_SURNAME_ENDINGS = (
    "nen", "sen", "selle", "sella", "sellä", "selta", "seltä", "sesta", "sestä", "seen", "mäki", "niemi", "ranta",
    "virta", "lahti", "järvi", "koski", "saari", "vaara", "salo", "sson", "ström", "berg", "qvist", "lund",
    "kangas", "lampi", "harju", "aho", "korpi", "kallio", "mäen", "niemen", "rannan", "järven", "kosken",
    "saaren", "vaaran", "lammen", "kankaan", "suo", "rinne", "laakso", "lehto", "pelto", "perä", "ola", "elä", "ilä",
    "kivi", "oja", "luoma", "vuori", "holm", "blom", "stedt", "gren", "roos", "man", "ski", "vich", "ova", "enko",
)  # fmt: skip
_WEAK = (("kk", "k"), ("pp", "p"), ("tt", "t"), ("nt", "nn"), ("rt", "rr"), ("lt", "ll"), ("ht", "hd"), ("nk", "ng"))
_WEAK_LAST = (*_WEAK, ("mp", "mm"))
_CASES = ("lla", "llä", "lle", "lta", "ltä", "ssa", "ssä", "sta", "stä", "n")
_VOWELS = "aeiouyåäö"
# Consonant gradation between the last two vowels: Pekka, Pekan; Ranta, Rannan.


def first_name(word: str) -> str | None:
    """Return the first name that a lower-case word is a form of, or None."""
    return _listed(word, _first_stems())


def is_surname(word: str) -> bool:
    """Tell whether a lower-case word is a form of a surname on the list."""
    return surname(word) is not None


def surname(word: str) -> str | None:
    """Return the surname that a lower-case word is a form of, or None."""
    return _listed(word, _surname_stems())


def ends_like_surname(word: str) -> bool:
    """Tell whether a lower-case word has the form of a surname that no list need hold: -nen, -lainen, -mäki, -berg."""
    return len(word) >= 5 and word.endswith(_SURNAME_ENDINGS)


def _listed(word: str, stems: Mapping[str, str]) -> str | None:
    """Return the name of which the word is a stem and a case ending; the whole word before any part of it."""
    whole = stems.get(word)
    if whole == word:
        return word
    for length in range(1, min(_LONGEST, len(word) - 2) + 1):
        name = stems.get(word[:-length]) if word[-length:] in _ENDING_SET else None
        if name is not None:
            return name
    return None


@cache
def _first_stems() -> dict[str, str]:
    """Return stem -> name; made once on first use, so that importing costs nothing."""
    stems: dict[str, str] = {}
    for name in sorted(FIRST_NAMES):
        for stem in (*_weak(name), *_added(name)):
            stems.setdefault(stem, name)
    return {**stems, **{name: name for name in FIRST_NAMES}}


@cache
def _surname_stems() -> dict[str, str]:
    """Return stem -> name; `Virtase` and `Virtas` of Virtanen, `Järve` of Järvi."""
    stems: dict[str, str] = {}
    for name in sorted(SURNAMES):
        for stem in _stems(name):
            stems.setdefault(stem, name)
    return {**stems, **{name: name for name in SURNAMES}}


def _stems(name: str) -> list[str]:
    """Return what the case endings of a name follow."""
    if name.endswith("nen"):
        return [f"{name[:-3]}se", f"{name[:-3]}st"]
    stems = [name, *_weak(name), *_added(name)]
    if name.endswith("i"):
        stems.extend(f"{stem[:-1]}e" for stem in tuple(stems))  # Järvi, Järven
    return stems


def _added(name: str) -> tuple[str, ...]:
    """Return the stem of a name that ends in a consonant: Novak, Novakin; Markus, Markuksen."""
    if name[-1] in _VOWELS:
        return ()
    return (f"{name}i", f"{name[:-1]}kse") if name.endswith("s") else (f"{name}i",)


def forms(name: str) -> frozenset[str]:
    """Return the forms in which a lower-case name, listed or not, is said."""
    stems = _stems(name)
    return frozenset({name, *(stem + ending for stem in stems for ending in _ENDINGS)})


def bases(word: str) -> tuple[str, ...]:
    """Return the word and, where it ends like a case form, what it may be a form of: Novakin, Novaki, Novak."""
    ending = next((each for each in _CASES if word.endswith(each) and len(word) - len(each) >= 4), "")
    if not ending:
        return (word,)
    stem = word[: -len(ending)]
    if stem.endswith("se"):
        return word, f"{stem[:-2]}nen"
    stems = [stem, *(f"{stem[:-3]}{strong}{stem[-1]}" for strong, weak in _WEAK_LAST if stem[-3:-1] == weak)]
    stems.extend([f"{each[:-1]}i" for each in stems if each.endswith("e")])
    stems.extend([stem[:-1]] if stem.endswith("i") else [])
    return (word, *stems)


def _weak(name: str) -> tuple[str, ...]:
    """Return the weak-grade stem of a name that ends in a strong consonant and a vowel, if it does."""
    return tuple(f"{name[:-3]}{weak}{name[-1]}" for strong, weak in _WEAK if name[-3:-1] == strong)
