"""Compounds that end like a street's name and are ordinary words: "päätie", "kotikatu", "umpikuja", "hiekkaranta".

Written down from general knowledge. A word that is missing costs a masked word and lets nothing through; one too many
lets a street through, so that what is a street's name as often ("koulutie", "kylätie", "peltotie") is not here.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from redaction.wordlist import word_set

HEADS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "any": word_set(
            "koti oma omalla naapuri naapurin meidän teidän heidän kaverin naapurien kävely pyörä pää sivu piha etu "
            "taka sisä ulko ajo kulku talon mökki mökin oikea vasen lähi huolto pelastus poistumis asiakas kaupan "
            "koulun työ työmaa kunnan kaupungin liikenne rinnakkais umpi viereinen isännän asunto tämä toinen sama"
        ),
        "tie": word_set(
            "maan moottori moottoriliikenne yksityis metsä mettä mehtä metsäauto rauta hiekka sora valta talvi kesä "
            "oiko kierto ohitus asfaltti kanta seutu yhdys kehä läpikulku lento vesi laiva hengitys virtsa henki "
            "synnytys valitus paluu meno tulo valtion pika tilus tukki linja voimalinja pako vara kauko runko maksu "
            "elämän ura opin hoito kaapeli välitys sisääntulo ulosmeno kapulan kärry traktori mopo jää poro maa "
            "kelirikko vastaan yleis polku hirvi hautuumaan jalka ratsu latu varsi tieto"
        ),
        "katu": word_set("ostos vilkas kauppa joukko yksisuuntainen yksityis"),
        "kuja": word_set("kauhun"),
        "polku": word_set(
            "oppimis oppi koulutus palvelu osto ostos käyttäjä hoito ura luonto metsä retkeily vaellus askel elämän "
            "päätös digi ohjaus valikko kärry hiihto eläke pyöräily kunto lenkki"
        ),
        "väylä": word_set("asiointi vesi laiva valta ilmoitus tieto viesti maksu palvelu vene syvä virtsa rata meri"),
        "kaari": word_set(
            "oikeudenkäymis perintö ulosotto rikos sateen elin valo jänne elämän kehitys kasvu rakenne draaman ympyrän "
            "vesi rakennus kauppa"
        ),
        "raitti": word_set("kylä kylän ulkoilu virkistys"),
        "aukio": word_set("tori metsä"),
        "penger": word_set("rata tie joki ranta maa"),
        "gatan": word_set("gå huvud sido hem"),
        "vägen": word_set("järn motor lands huvud sido privat skogs stug cykel luft hem gå"),
        "mäki": word_set("ylä ala lasku pulkka hyppyri kelkka laskettelu hyppy suur liuku jyrkkä yli hiihto rinne"),
        "rinne": word_set("laskettelu hiihto mäki alppi etelä pohjois itä länsi vuoren lumi"),
        "ranta": word_set(
            "uima hiekka vene järven joen meren meri järvi joki lahden saaren sauna hiekan kallio etelä pohjois itä "
            "länsi mäkki savu purku rakenta vasta vastakkainen lampi lammen satama"
        ),
        "harju": word_set("katto katon hiekka sora"),
        "törmä": word_set("joen rannan tien hiekka"),
        "portti": word_set(
            "verkko lataus autotalli kaupungin autopihan nosto liuku maksu tulli rauta metalli lumen lähtö kala "
            "ranta paloportti usb verkon puutarha navetan aita aidan sähkö raportin trans import pass sup rap re"
        ),
        "tori": word_set("kauppa netti trak konvek reak radiaat moot moni genera adap dok kont direk sek audi his vek"),
        "piha": word_set(
            "navetan koulun kirkon tallin maatilan rivitalo maalais varasto auto parkki leikki kivi nurmi"
        ),
        "linja": word_set("sähkö puhelin voima jakelu palvelu neuvonta tuki avo runko suur ilma bussi raja toiminta"),
        "kenttä": word_set(
            "urheilu leikki lento jalkapallo golf magneetti sähkö tekonurmi pallo hiekka kohde tyhjä hakukenttä"
        ),
        "puisto": word_set(
            "leikki kansallis puutarha tuuli tuulivoima aurinko huvi tiede kallio eläin koira auto asunto"
        ),
        "silta": word_set("lämpö kylmä maa kivi rauta kävely riippu yli vesi tie silmu"),
        "kylä": word_set("kirkon asuin lapsi mökki pikku naapuri vieras kotiseutu"),
    }
)
# Heads by the basic form of the end, and those that are ordinary before any.
SUFFIXES = tuple(
    word_set(
        "laskuja lukuja alkuja taskuja kakkuja puskuja joukkuja vuokraaja raporttia raportin raporttien traktorilla "
        "kortti kortin luvuja lauantai"
    )
)
# Plurals and cases of other words that end so: "laskuja", "lukuja".
