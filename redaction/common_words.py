"""Ordinary Finnish words: what stands where a name could and is none ("täällä sataa", "oon kotona").

Function words, the commonest verbs and the nouns of a contact centre, and endings that a name in its basic form does
not have. Written down from general knowledge; no corpus was counted. A word it lacks is taken for a name after a
strong cue only, so a gap costs a masked word and not a leak.
"""

from __future__ import annotations

import re

from redaction.everyday import is_compound, is_inflected, is_listed
from redaction.names import NAME_WORDS, first_name, surname
from redaction.surname_shapes import has_surname_shape
from redaction.wordlist import word_list, word_set

GREETINGS = word_set(
    "hei moi moikka moro terve tervehdys heippa huomenta päivää iltaa iltapäivää hyvää hej hejsan hello hi morjens "
    "haloo heips tere god dag morgon"
)
_FUNCTION = word_set(
    """
    arvoisa arvon
    a ai aina ainakin alle alta anteeksi asti ehkä ei eihän eikä eiku eli elikkä en enkä ennen ensin entä entäs
    et että hän häneltä hänelle hänen hänet he heidän heille heti hetki hetkinen hetken hmm hoi huh hyvin hyvä
    hyvät ihan itse itselle ja jaa jaha jaahas jo joka jokin joku jolla jolle jonka jonne jos joskus joo jopa
    jossa josta jota jotain jotka juu jälkeen juuri just kai kaikki kaikkea kanssa kato katos kautta kenellä
    kenelle kenen kenet ketä kiitos kiitti kohta koko koska kuin kuinka kuitenkin kuka kukaan kun kuten kyllä
    kyl liian lisää luona luo lähellä läpi mielestä mihin mikä miksi milloin millä mille minkä minne minua
    minulla minulle minun minut minä missä mistä mitä mitäs miten mitään moni monta mua mukaan mukana mul mulla
    mulle mun mut mutta mutku muu muuta muut muten mä mää mm myös myöskin nimittäin nimenomaan ni niin niinku
    niinkuin niitä niissä niistä niillä niille noi noin noita no noh nuo nyt näin näitä nämä nää ohi oikeestaan
    oikeastaan oikein okei ok ollenkaan oma oman omaa ottaen paitsi paljon paljonko paremmin pari parin pian
    pitkin päin päälle päältä puolesta sama saman samaa samalla se sehän sekin sekä sellainen sellaista semmonen
    semmosen sen siellä sieltä siihen siinä siitä siis sillä sille sit sitten sitä sua sulla sulle sun sut
    suoraan sä sää taas tai takaisin tasan te teidän teijän teillä teille teiltä tietysti tietenkin toi toki ton
    tonne tossa tosta tosi tosiaan tota tuo tuohon tuolla tuolta tuon tuota turhaan tuskin tämmönen täm tämä
    tämän tänne tänään tässä tästä tätä täällä täältä täs vaan vai vaikka vain varmaan varmasti vielä viime
    väärin yhä yli ylös ylhäällä äsken ääh öö ööm eilen huomenna ensi kerran kerta kertaa usein heidät selvä
    selvästi hienoa kiva mukava ikävä valitettavasti totta ahaa aha aivan juttu homma näkemiin kuulemiin jatkoa
    jatkot päivänjatkot hienosti sori pahoittelut pahoittelen ole olkaa ystävällisesti täällähän kuule kuules
    odotas oota ota otas katsotaan katsos vähän enemmän melkein aika paha huono uusi uuden uutta vanha vanhan
    vanhaa iso pieni kallis halpa valmis kylmä kuuma lämmin pimeä rikki poikki poissa kotona töissä lomalla
    jossain muualla toinen toisen toista kolmas eka tokan ensimmäinen viimeinen yksi yks kaksi kaks kolme neljä
    viisi viis kuusi kuus seitsemän kahdeksan yhdeksän kymmenen sata tuhat nolla piste viiva euro euroa senttiä
    prosenttia alkaen lähtien kova auki tää tätäkin eipä eipäs mitenkä miksikä rauhassa teitä meitä heitä kuulu
    kaikkia uus yön öisin päivällä maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai aamu
    aamulla ilta illalla yö päivä viikko kuukausi vuosi vuotta kuussa joulu juhannus oy ab oyj ky ry
    """
)
_VERBS = word_set(
    """
    on oon olen olet oot ollaan oltiin ovat oli olin olit oltu ollut olis olisi ole olla olemme olette ois onko
    onks oliko voi voin voit voinko voitko voisin voisinko voisitko voidaan vois saa saan saat saanko saatko
    sain sai saisin saisinko saisi saako saadaan pitää piti pitäs pitäis pitäisi tarvitsen tarvii tarvitaan
    haluan haluun haluat haluaisin haluisin haluaa haluatko tulen tulee tuli tulin tullut tulossa menen menee
    meni mennyt menin käyn käy kävi kävin tiedän tiedä tietää tiedätkö luulen luulin muistan muista katson katon
    katsoin kato katso kysyn kysyisin kysyä kysyi sanon sanoi sanoin sano sanoo sanot sanotko sanoisitko
    sanotaan kerron kerro kertoo kertoi kerroin annan annatko antaa laitan laita laitoin laittaa laitetaan
    laittakaa otan ottaa otin otetaan teen tee tekee tein teki tehdä tehty maksan maksoin maksaa maksoi maksettu
    soitan soitin soitti soitto soita soitat soittaa soitteli muutan muutin muutti muutamme muuttaa lähetän
    lähetin lähetti lähettää tilaan tilasin kuulen kuuluu kuuli kuulin kuulostaa näen näin näkyy näki näyttää
    tuntuu toimii toimi lukee luki luin luen alkaa alkoi loppuu loppui jää jäi jäin asun asuu asui kirjaan
    kirjaa kirjoitan kirjotan kirjoita kirjoitetaan kirjotetaan tarkistan tarkista varmistan varmistetaan palaan
    palaa palasi katkesi puuttuu kuoli syntyi syntynyt odotan odota odottakaa ymmärrän ymmärsin arvioi unohdin
    hoidan hoitaa auttaa autan avuksi kiinnostaa kuuntelee kuuntelen puhun puhuu puhut puhunko puhuttiin puhelen
    kokeilen yritän yritin käytän käyttää vaihdan vaihtaa vaihtui tarkoitan tarkoittaa sattuu sataa haisee sopii
    sopi käykö löytyy löysin herää ihmettelen ajattelin mietin meinaan päätin sovitaan sovittiin toivotan toivon
    vastaa vastasi elää maksetaan
    """
)
_FOREIGN = word_set(
    """
    och men att inte nej ja det den jag har som med till från vad hur tack här rätt fel igen nytt stavas avtal
    avtalet räkning adress adressen nummer numret and but not the that this with from what how please thanks
    here right wrong again spelled calling about contract invoice address number correct changed is my mitt mig
    vi du ni är var a an i we you he she it to for of in on at ring ringer vill kan ska skulle want would like
    have need så nu now well so yes
    """
)
_NOUNS = (
    *word_list(
        "lasku sopim sähkö energia asiak asia numero osoi puhelin puhelim mittar maksu vikail vika kulutu kilowat sulak"
        " päivyst palvelu viesti tunnu tilau tili kortti korti posti sähkö lämpö vesi muutto asunto talo koti kotona"
        " ongelm tarjou hinta hinna erä liitty käyttöpai verkko virta virran urakoi myynti myynn vastaanot aspa firma"
        " yhtiö yrity neuvonta katko vuok omist halti isänn huolto huoltom naapur vaim mies mieh puolis äiti äidi isä"
        " poika tytär lapsi lapse ihmi eläke opiske rouva herra neiti suku etunim sukunim nimi nime koodi salasa tieto"
        " tietoj kysym vastau puhelu toimit järjest korvau lainau perin pörssi spot kaukol aurinko kiinteis auto lataus"
        " kerros rivital kerrost omakot mökki mökin remont valitus valituk palaut hyvity muistut eräp peru tiedo merkin"
        " ajok henkilö alennu linja asenta arvio vaihte kuitti papere paperi ilmoit vahvistu määrä aika ajan summa"
        " kuukau varau pamaus ääni savu vuoto vuota hälyty katu puhelu puut puun"
    ),
)
_ENDINGS = re.compile(
    r".{2,}(?:mme|tte|isin|isit|isitte|vat|vät|massa|mässä|maan|mään|masta|mästä|nut|nyt|neet|tiin|taan|tään|daan|dään"
    r"|[aeiouyäö]n[uy]|tteko|ttekö|aako|ääkö|sti|mpi|mpaa|mpää|mmin"
    r"|minen|misen|mista|mistä|kaan|kään|kohan|köhän|[^i]lla|llä|ssa|ssä|sta|stä|lta|ltä|lle"
    r"|ksi|ttaa|ttää|aa|ää|ee|oo|uu|yy|ii|iin|een|aan|ään|llinen|ainen|ksen|ukset|sinko|sitko|inko|itko|iko|nko|tko)"
)
# Of verbs, adverbs and cases; "-nen", "-ni", "-ta" and "-ko" end too many names to be among them.
_NAME_ENDINGS = ("maa", "puu", "lampi", "lammen")
# Surnames end so too: Haukimaa, Petäjämaa ("-maa" of a verb is shorter or listed).


def is_function_word(word: str) -> bool:
    """Tell whether a lower-case word is a small or everyday word whose capital letter says nothing."""
    return word in _FUNCTION or word in _VERBS or word in _FOREIGN or word in GREETINGS


def is_ordinary(word: str) -> bool:
    """Tell whether a lower-case word has an ordinary use that is likelier than its being somebody's name."""
    if is_function_word(word) or is_listed(word):
        return True
    if is_listed_name(word):
        return False
    return is_inflected(word) or (not has_surname_shape(word) and _looks_ordinary(word))


def _looks_ordinary(word: str) -> bool:
    if word.startswith(_NOUNS) or is_compound(word):
        return True
    return not (len(word) >= 6 and word.endswith(_NAME_ENDINGS)) and _ENDINGS.fullmatch(word) is not None


def is_listed_name(word: str) -> bool:
    """Tell whether a lower-case word is a form of a listed name, neither of which is an everyday word.

    Virta and Pilvi are words as names are; "arvion" and "jonnekin" are words in a form that Arvi and Jonne have too.
    """
    name = first_name(word) or surname(word)
    return name is not None and not is_listed(name) and name not in NAME_WORDS and not is_listed(word)
