"""The commonest Finnish first names and surnames: a seed, not a register; an operator's list can be given (ADR).

Written down from general knowledge of the commonest names; no data set was copied.
"""

from __future__ import annotations

from functools import cache

from redaction.wordlist import word_list, word_set

FIRST_NAMES = word_set(
    """
    aapo aaro aatu ada adam aino akseli aki aleksi alina alisa alma alvar amanda anders anja anna anne anneli
    anni anniina annika annikki ansa anssi antero anton antti anu ari armas arto arttu arvo asko asta atte auli
    aulis aune daniel eero eetu eeva eevi eija eila eino elias elina elisa elli ella elmo elsa elviira emil
    emilia emma emmi ensio erik erkki essi esko eveliina fanni frans hanna hannele hannes hannu harri heidi
    heikki heini helena helga helge helmi helvi henri henrik henna hilda hilkka hille iida iiris ilkka ilmari
    ilona ilpo inka inkeri irene iris irja irma ismo jaakko jaana jalmari jan jani janina janne jari jarkko
    jarmo jarno jasmin jenna jenni jere jesse joel johan johanna johannes joni jonna joona joonas jori jorma
    jouko jouni juha juhana juhani juho jukka julia juri jussi juuso jyrki jyri kaarina kaarlo kaija kaisa
    kalervo kalevi kalle kari karoliina katariina kati katja katri kauko keijo kerttu kim kimmo kirsi kirsti
    klaus konsta kristian kristiina kyllikki kyösti laila lari lasse laura lauri lea leena leevi leila lenni leo
    liisa lilja linda linnea lotta luukas maarit maija maiju mari maria marianne mariia marika marita marja
    marjatta marjo marjut markku marko markus martta martti matias matilda matleena matti mauri mervi mia miika
    mika mikael mikko milla minna minttu mira mirja mirjami mirka mirva miro misa nea nelli nico niilo niina
    nina niko nikolai noora oili olavi olga oliver olli onni oona oskari ossi osmo otso otto outi paavo paula
    pauli pauliina pekka pentti pertti petra petri petteri pia piia pirjo pirkko päivi pyry raija raili raimo
    ralf rasmus rauha rauni rauno reijo reetta reino riikka riitta risto ritva roni roope saana saara saija
    saila saimi saku salla sami sampo samu samuel samuli sanna santeri santtu sara sari satu saul saulus seija
    senja seppo silja silvia simo sini sinikka sirkka sirpa sofia sohvi soila sonja stina susanna suvi sylvi
    taina taisto taneli tanja tapani tapio tarja taru tatu teemu teija tellervo teppo terho terhi terttu tero
    teuvo tiia tiina tiinu timo toini tomi tommi toni topi toivo topias tuija tuire tuomas tuomo tuula tuuli
    tuulikki tuure tytti tyyne ulla unto urho urpo usko vappu veera veeti veijo veikko veli venla vesa vieno
    vilho ville vilma viljami viljo virpi väinö yrjö ahmed mohamed ali olga natalia irina tatjana elena svetlana
    igor sergei nguyen abdi fatima
    """
)

AMBIGUOUS_FIRST_NAMES = word_set(
    """
    otto marja aino toivo onni rauha usko armas arvo lahja ilo sini suvi satu taru lilja rauni vieno unto terho
    taisto otso asta mari anna anu ansa hille kati kim kari pyry tapani pia sari auli aulis aune vappu veli
    tuuli tuure lea salla aki kaija helmi minttu milla vesa jan ali leo ella eija ari
    """
)
# Words or word forms of their own ("anna" is "give", "vesa" a sprout): alone only after a cue.

SURNAMES = word_set(
    """
    aalto aaltonen aho ahola ahonen alanen alatalo anttila anttonen backman berg eerola ekholm ekman eklund elo
    eloranta eriksson eronen erkkilä fagerström forsström friman granlund grönroos gustafsson haapala haapaniemi
    haapanen haavisto haikonen hakala hakkarainen halonen hannula harju harjula heikkilä heikkinen heino
    heinonen helenius helin hiltunen hirvonen holopainen honkanen huotari huttunen huuskonen hyvärinen häkkinen
    hämäläinen hänninen härkönen ikonen immonen jaakkola jansson jokela jokinen johansson juntunen jussila
    jääskeläinen kaikkonen kallio karhu karjalainen karlsson karppinen karvonen kauppila kauppinen keränen
    ketola kettunen kinnunen kivelä kivinen koistinen kokko kokkonen kolehmainen komulainen korhonen korpela
    korpi koski koskela koskinen kosonen kujala kulmala kuosmanen kurki laakso laaksonen lahti lahtinen laine
    laitinen lampinen lappalainen latvala lehmus lehtinen lehto lehtola lehtonen leino leinonen lepistö leppänen
    leskinen liimatainen lindberg lindfors lindholm lindqvist lindroos lindström linna loponen luoma luukkonen
    majuri makkonen malinen manninen markkanen martikainen mattila mattsson meikäläinen miettinen moilanen
    mustonen myllymäki mäkelä mäki mäkinen määttä nenonen niemelä niemi nieminen niskanen nissinen nikula
    nousiainen nuutinen nurmi nurminen nykänen nyman nyberg ojala oinonen oksanen ollila paananen pajunen
    palander partanen parviainen pasanen patrikainen peltola peltonen pelkonen penttinen pesonen pietilä pirinen
    pitkänen pohjola poikonen puranen pulkkinen pursiainen rajala rantala rantanen rautiainen rautio riihimäki
    rinne rissanen romppainen ruotsalainen rossi räisänen räsänen rönkkö saari saarela saarinen salmela salmi
    salminen salo salonen savolainen seppälä seppänen sillanpää silvennoinen simola sipilä sirola soininen
    suhonen suomalainen suominen sundström sutinen takala takkinen tamminen tanskanen tenhunen tiainen tikkanen
    timonen toivanen toivonen tolonen tuominen tuomi turunen ukkonen vainio valkonen vanhanen vartiainen vasara
    vehviläinen vesterinen viitala virta virtanen vuori vuorinen väisänen välimäki väänänen wikström ylinen
    ylönen
    """
)

_ENDINGS = word_list(
    "n lla llä lle lta ltä ssa ssä sta stä a ä ta tä an än en in on un yn ön ksi na nä kin ko kö ni si nsa nsä han hän"
)
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
    return _first_forms().get(word)


def is_surname(word: str) -> bool:
    """Tell whether a lower-case word is a form of a surname on the list."""
    return word in _surname_forms()


def ends_like_surname(word: str) -> bool:
    """Tell whether a lower-case word has the form of a surname that no list need hold: -nen, -lainen, -mäki, -berg."""
    return len(word) >= 5 and word.endswith(_SURNAME_ENDINGS)


@cache
def _first_forms() -> dict[str, str]:
    """Return form -> name; made once on first use, so that importing costs nothing."""
    forms: dict[str, str] = {}
    for name in FIRST_NAMES:
        for stem in (name, *_weak(name)):
            for ending in _ENDINGS:
                forms.setdefault(stem + ending, name)
    forms.update((name, name) for name in FIRST_NAMES)
    return forms


@cache
def _surname_forms() -> frozenset[str]:
    forms: set[str] = set(SURNAMES)
    for name in SURNAMES:
        stems = [f"{name[:-3]}se", f"{name[:-3]}s"] if name.endswith("nen") else [name, *_weak(name)]
        if name.endswith("i"):
            stems.extend(f"{stem[:-1]}e" for stem in tuple(stems))  # Järvi, Järven
        forms.update(stem + ending for stem in stems for ending in _ENDINGS)
    return frozenset(forms)


def forms(name: str) -> frozenset[str]:
    """Return the forms in which a lower-case name, listed or not, is said."""
    stems = [name, *_weak(name)]
    if name.endswith("nen"):
        stems = [f"{name[:-3]}se", f"{name[:-3]}s"]
    elif name.endswith("i"):
        stems.extend(f"{stem[:-1]}e" for stem in tuple(stems))
    elif name[-1] not in _VOWELS:
        stems.append(f"{name}i")  # Novak, Novakin
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
