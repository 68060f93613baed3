"""The municipalities of Finland, in Finnish and Swedish, and how their names are inflected.

For a person whose whereabouts must not be known: there a word too many is nothing, and a town too few is a danger.
"""

from __future__ import annotations

from functools import cache

from redaction.wordlist import word_list, word_set

NAMES = word_set(
    """
    akaa alajärvi alavieska alavus asikkala askola aura brändö eckerö enonkoski enontekiö espoo eura eurajoki evijärvi
    finström forssa föglö geta haapajärvi haapavesi hailuoto halsua hamina hammarland hankasalmi hanko harjavalta
    hartola hattula hausjärvi heinola heinävesi helsinki hirvensalmi hollola huittinen humppila hyrynsalmi hyvinkää
    hämeenkyrö hämeenlinna ii iisalmi iitti ikaalinen ilmajoki ilomantsi imatra inari inkoo isojoki isokyrö janakkala
    joensuu jokioinen jomala joroinen joutsa juuka juupajoki juva jyväskylä jämijärvi jämsä järvenpää kaarina kaavi
    kajaani kalajoki kangasala kangasniemi kankaanpää kannonkoski kannus karijoki karkkila karstula karvia kaskinen
    kauhajoki kauhava kauniainen kaustinen keitele kemi kemijärvi keminmaa kemiönsaari kempele kerava keuruu kihniö
    kinnula kirkkonummi kitee kittilä kiuruvesi kivijärvi kokemäki kokkola kolari konnevesi kontiolahti korsnäs
    koski kotka kouvola kristiinankaupunki kruunupyy kuhmo kuhmoinen kumlinge kuopio kuortane kurikka kustavi
    kuusamo kyyjärvi kärkölä kärsämäki kökar lahti laihia laitila lapinjärvi lapinlahti lappajärvi lappeenranta lapua
    laukaa lemi lemland lempäälä leppävirta lestijärvi lieksa lieto liminka liperi lohja loimaa loppi loviisa luhanka
    lumijoki lumparland luoto luumäki maalahti maarianhamina marttila masku merijärvi merikarvia miehikkälä mikkeli
    muhos multia muonio mustasaari muurame mynämäki myrskylä mäntsälä mäntyharju mänttä vilppula naantali nakkila
    nivala nokia nousiainen nurmes nurmijärvi närpiö orimattila oripää orivesi oulainen oulu outokumpu padasjoki
    paimio paltamo parainen parikkala parkano pedersöre pelkosenniemi pello perho pertunmaa petäjävesi pieksämäki
    pielavesi pietarsaari pihtipudas pirkkala polvijärvi pomarkku pori pornainen porvoo posio pudasjärvi pukkila
    punkalaidun puolanka puumala pyhtää pyhäjoki pyhäjärvi pyhäntä pyhäranta pälkäne pöytyä raahe raasepori raisio
    rantasalmi ranua rauma rautalampi rautavaara rautjärvi reisjärvi riihimäki ristijärvi rovaniemi ruokolahti ruovesi
    rusko rääkkylä saarijärvi salla salo saltvik sastamala sauvo savitaipale savonlinna savukoski seinäjoki sievi
    siikainen siikajoki siikalatva siilinjärvi simo sipoo siuntio sodankylä soini somero sonkajärvi sotkamo sottunga
    sulkava sund suomussalmi suonenjoki sysmä säkylä taipalsaari taivalkoski taivassalo tammela tampere tervo tervola
    teuva tohmajärvi toholampi toivakka tornio turku tuusniemi tuusula tyrnävä ulvila urjala utajärvi utsjoki uurainen
    uusikaarlepyy uusikaupunki vaala vaasa valkeakoski vantaa varkaus vehmaa vesanto vesilahti veteli vieremä vihti
    viitasaari vimpeli virolahti virrat virro vårdö vöyri ylitornio ylivieska ylöjärvi ypäjä ähtäri äänekoski nastola
    haukipudas kiiminki oulunsalo anjalankoski tikkurila leppävaara tapiola kallio matinkylä
    uudenkaupungi uudessakaupungi uudestakaupungi uuteenkaupunki
    helsingfors esbo åbo tammerfors vanda uleåborg vasa karleby jakobstad borgå lovisa ekenäs hangö raseborg lojo
    kyrkslätt sibbo ingå sjundeå grankulla kervo träskända hyvinge tavastehus lahtis kotka fredrikshamn villmanstrand
    nyslott kuopio björneborg raumo nystad nådendal reso pargas kimitoön mariehamn närpes kristinestad kaskö malax
    korsholm vörå nykarleby larsmo kronoby torneå kemi rovaniemi kajana brahestad
    """
)
_ENDINGS = tuple(
    sorted(
        word_list(
            "ssa ssä sta stä lla llä lta ltä lle na nä ksi n a ä ta tä an än en in on un yn ön seen hin hun han hön "
            "een iin issa issä ista istä illa illä ilta iltä ille ihin ien lainen läinen laisen läisen laiset läiset s"
        ),
        key=len,
        reverse=True,
    )
)
_GRADES = (
    ("kk", "k"), ("pp", "p"), ("tt", "t"), ("nk", "ng"), ("mp", "mm"), ("nt", "nn"), ("lt", "ll"), ("rt", "rr"),
    ("lk", "l"), ("rk", "r"), ("ht", "hd"), ("k", ""), ("p", "v"), ("t", "d"),
)  # fmt: skip
# Consonant gradation before the last vowel: Helsinki, Helsingissä; Turku, Turussa; Lahti, Lahdessa.
SHORTEST = 2


def is_municipality(word: str) -> bool:
    """Tell whether a lower-case word is a municipality's name in some case."""
    stems = _stems()
    return word in stems or any(
        word.endswith(ending) and len(word) - len(ending) >= SHORTEST and word[: -len(ending)] in stems
        for ending in _ENDINGS
    )


@cache
def _stems() -> frozenset[str]:
    return frozenset(stem for name in NAMES for stem in _stems_of(name))


def _stems_of(name: str) -> set[str]:
    """Return the stems that a name's cases hang on; some that it has not do no harm."""
    stems = {name}
    if name.endswith("nen"):
        stems |= {f"{name[:-3]}s", f"{name[:-3]}si", f"{name[:-3]}se"}
    if name.endswith("i"):
        stems.add(f"{name[:-1]}e")
        if name.endswith(("vesi", "kaupunki")):
            stems.add(f"{name[:-2]}de")
    if name.endswith("e"):
        stems.add(f"{name}e")
    if name.endswith("us"):
        stems |= {f"{name[:-1]}kse", f"{name[:-1]}de"}
    if name.endswith("as"):
        stems.add(f"{name[:-1]}a")
    if name.endswith(("mäki", "joki")):
        stems.add(f"{name[:-2]}e")
    return stems | {weak for stem in stems for weak in _weaken(stem)}


def _weaken(stem: str) -> set[str]:
    body, vowel = stem[:-1], stem[-1]
    for strong, weak in _GRADES:
        if body.endswith(strong):
            return {body.removesuffix(strong) + weak + vowel}
    return set()
