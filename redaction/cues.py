"""Words that say what comes next: "asiakasnumero", "nimeni on", "tunnussana". Stems, since speech is inflected.

Each word is looked at once, by its first two letters, so the cost is that of reading. The stems are those of
domain/context_vectors.json (no miss, no false hit there) and of domain.md 2.6 for Swedish and English.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

import regex

from redaction.model import Word
from redaction.numbers.lexicon import ALL_LINKS
from redaction.wordlist import word_set

_STEMS = r"""
DRIVING_LICENCE             ajokort(?:t?i)\w*
FI_IDENTITY_CARD            henkilökort(?:t?i)\w*
FI_PERSONAL_IDENTITY_CODE   hen?k[ie]l[öo]n?[ -]?(?:tun?n?u\w*|numero\w*)|hetu\w*|sosiaaliturvatunnu\w*|sotu\w*
FI_PERSONAL_IDENTITY_CODE   tunnuksen (?:loppu|lopu|viimei|perä)\w*
FI_PERSONAL_IDENTITY_CODE   (?:ja|se|sen|vielä|entä|siitä) (?:loppu|loput|lopun)\b|loput siitä|tunnuksesta\b
FI_PERSONAL_IDENTITY_CODE   lopun\b(?! (?:vuo|aja|viik|kesä|elämä|summa|ikä|kuu|talve|syksy))|(?:pelkkä|vaan) loppu\b
FI_PERSONAL_IDENTITY_CODE   (?:loppu|tunnus|alku)(?:osa|pää)\w*|neljä viimei\w+|viimeiset neljä|personbeteckning\w*
FI_PERSONAL_IDENTITY_CODE   (?:på|av) beteckning\w*|slutet på\b|slut(?:siffr|numr|numm|teck)\w*|sista siffr\w+
FI_PERSONAL_IDENTITY_CODE   (?:loppu|lopun )(?:numero|merk|luku|luvu|kirja)\w*|viivan (?:jälk|perä|taka)\w*
FI_PERSONAL_IDENTITY_CODE   (?:väli|tavu)viivan (?:jälk|perä|taka)\w*|(?:yksilö|henkilö)numero\w*|loppuna\b
FI_PERSONAL_IDENTITY_CODE   tarkis(?:te|tus)(?:merk|kirja|osa)\w*
FI_PERSONAL_IDENTITY_CODE   personnum\w+|socialskyddssignum\w*|slutdel\w*|sista fyra|individnum\w+
FI_PERSONAL_IDENTITY_CODE   (?:personal )?(?:identity|id) (?:code|number)|social security|last four|end part
IBAN_CODE                   tilin?[ -]?numero\w*|iban\w*|pankkitili\w*|tilille\b|tilisi\b|tilinne\b|kontonum\w+
IBAN_CODE                   (?:bank )?account number|bank account|bankkonto\w*|kontot?\b
CREDIT_CARD                 korti?n?[ -]?numero\w*|kortti[ -]?numero\w*|luottokort\w*|pankkikort\w*|maksukort\w*
CREDIT_CARD                 visa\b|mastercard\w*|kort(?:et)?s?[ -]?num\w+|(?:betal|bank|kredit)kort\w*
CREDIT_CARD                 card number|(?:credit|debit|bank|payment) card
CREDIT_CARD                 voimassaolo\w*|kolminumeroi\w+|(?:milloin|koska|ja|entä) (?:se )?umpeutu\w+
CREDIT_CARD                 kort(?:in|tin) (?:taka|kääntö|voimassa)\w*|kortti (?:\w+ )?voimassa\w*
CREDIT_CARD                 (?:taka|kääntö)puole\w+ (?:\w+ ){0,2}(?:luvu|luku|num|kood)\w*
CREDIT_CARD                 kolme (?:numeroa|lukua) (?:taka|kään)\w+
CREDIT_CARD                 kort(?:ti|in|tini|tisi|tinne) (?:\w+ ){0,2}(?:vanhen|erään|umpeu|ump)\w+
CREDIT_CARD                 expir(?:y|es|ation)\b|valid until|giltig(?:hetstid|t till)\w*
CUSTOMER_NUMBER             kundens num\w+|(?:customer|client) (?:number|id|code)
CUSTOMER_NUMBER             asiakas[ -]?(?:numero|tunnu|nro)\w*|asiakkaan numero\w*|kundnum\w+|pää[ -]?numero\w*
CONTRACT_NUMBER             sopimus(?:numero|tunnu|nro|viit)\w*|sopimuksen (?:numero|viite|tunnus)\w*|avtalsnum\w+
CONTRACT_NUMBER             soppar(?:i|in)?[ -]?(?:num\w+|tunnu\w*|on)
CONTRACT_NUMBER             avtalets num\w+|(?:contract|agreement) (?:number|id)
CONNECTION_NUMBER           liittym(?:ä|än )[ -]?(?:tunnu|numero)\w*|anslutningsnum\w+|connection (?:number|id)
METERING_POINT_ID           käyttöpai(?:kka|kan)[ -]?(?:tunnu|numero)\w*|mittarin?[ -]?(?:numero|tunnu)\w*
METERING_POINT_ID           (?:mikä|mille|millä|minkä|mihin) käyttöpai\w+
METERING_POINT_ID           förbrukningsplats\w*|driftsställe\w*|användningsplats\w*
METERING_POINT_ID           mätar(?:ens )?num\w+|meter(?:ing)? (?:point|number|id)
REFERENCE_NUMBER            viite[ -]?(?:numero|nro)\w*|viitteen numero\w*|viite\b|viitteeksi\b|viitteellä\b
REFERENCE_NUMBER            referens(?:num\w+|en)?\b|reference number
FI_BUSINESS_ID              (?:y|yy|yritys)[ -]?tunnu\w*|fo-nummer\w*|business id
VAT_ID                      (?:alv|arvonlisävero|vat)[ -]?(?:tun?nu|nume|num|id)\w*
VAT_ID                      moms(?:registrerings)?num\w+|vat (?:number|id)
FI_PROPERTY_ID              kiinteistö(?:n )?[ -]?tunnu\w*|fastighetsbeteckning\w*
LICENSE_PLATE               rekkari\w*|rekkar\w+|rekisteri[ -]?(?:numero|tunnu|kilp|kilv)\w*
LICENSE_PLATE               regist(?:er|rerings)num\w+|licen[cs]e plate|plate number|registration number
COORDINATES                 (?:paikannus)?koordina(?:at|t)\w+|koordinat\w+|coordinates
ARCHIVE_ID                  arkisto(?:nume|tunnu|nro)\w*|arkiv(?:num|bet)\w+|archive (?:number|id)
ARCHIVE_ID                  (?:dokumentin|asiakirjan|asian|diaari)[ -]?(?:nume|tunnu|nro)\w*|diarienum\w+
PASSPORT                    pass(?:ets )?num\w+|passport
PASSPORT                    passi(?:n ?|\s)?(?:numero|nro|\b)\w*
SECRET                      (?:tunnus|sala|turva|koodi|asiointi|avain|varmistus|vahvistus|kirjautumis)[ -]?san[ao]\w*
SECRET                      (?:asiakas|palvelu|suoja|perhe|tunnistus|tunnistautumis|henkilö)[ -]?sana\w*
SECRET                      (?:turva|varmistus|vahvistus|tunnistus)kysymy\w+(?: \w+ nimi)?|kysymykse(?:en|ks|ksi)\b
SECRET                      (?:vastaus|merkki|hälytys|peruutus|kutsu|tunniste|huolto|salaus)[ -]?san[ao]\w*
SECRET                      (?:sala|turva|tunnus)fraasi\w*
SECRET                      (?:puhelin|puhe|ääni|asiointi|puhelu)tunniste\w*
SECRET                      (?:wifi|wlan|wi-fi|neti|verko|reitittime)n?[ -]?avai\w+|(?:puhelin|palvelu)tunnu\w*
SECRET                      (?:sitä|tätä|sen|sovittiin (?:\w+ )?) ?sana(?:a|n)?\b|(?:sisään|läpi|auki) sanalla\b
SECRET                      väärä\w* (?:yritt|yrit|kokeil)\w+|(?:ensimmäinen|eka) kirjain (?:on|oli)\b
SECRET                      tunnus (?:mikä|minkä|jonka) (?:\w+ )?(?:annet|sain|saatiin|tuli|lähet)\w*
SECRET                      vanh\w* sana(?:n|a)?\b
SECRET                      (?:sala|sovi|oike|väär|uu[ds]|sam|yhtei)\w* sana(?:n|a|ks\w*|nne|si|ni)?\b
SECRET                      (?:millä|mitä|mihin|minkä) sana(?:lla|a|an|n)\b|sovit(?:tu|ulla) (?:sana|salasana|koodi)\w*
SECRET                      (?:yks|mun\b|mikä|minkä|muista|se\b)\w* sana(?:n|a|ks\w*|nne|si|ni)?\b
SECRET                      (?:sovi\w+ )?tunniste(?:en|tta)?\b|sana (?:on|oli|ois|olis)\b|(?:sala|tunnus|turva)lause\w*
SECRET                      (?:lemmik|koira|kissa|hevose|(?:iso)?äidi|äiti|mummo|kuka|kuki)\w* (?:\w+ )?(?:tyttö)?nim\w+
SECRET                      lapsuude\w+ (?:\w+ )?(?:ystäv|kot|kat|koul|lemmi|lempi|kaver|osoit|paras)\w*
SECRET                      tyttönim\w+|häämatka\w*|isoäidi\w*|(?:synnyin|syntymä)(?:kaupun|paik)\w*
SECRET                      lempi(?:opettaj|nim|vär|ruo|eläi|kirj|elokuv|leffa|yhty|bänd|urheil|jouk|paik|kaup)\w*
SECRET                      (?:ensimmäi|eka)\w* (?:auto|koulu|työp|kotik|katu|lemmi|opettaj|koira|kissa|puhelim|mopo)\w*
SECRET                      (?:ensimmäi|eka)\w* (?:vene|trakt|pyörä|moottoripyör|tietoko|levy|konsert|elokuv)\w*
SECRET                      minkä (?:merkki|nimi)\w* (?:\w+ ){0,3}(?:oli|eka|ensi)\w*
SECRET                      missä (?:\w+ ){0,2}(?:tapasi|synny|synty)\w*
SECRET                      (?:viesti|tekstari)(?:llä|lla|ssä|ssa|nä|na) (?:tul[il]\w*|sait\w*|lukee)
SECRET                      (?:kertakäyttö|vahvistus|varmistus)[ -]?(?:kood|lu[kv]u)\w*
SECRET                      (?:varmennus|tunnistus|tarkistus|tarkiste)(?:kood|lu[kv]u)\w*
SECRET                      (?:avaus|lähetys|siirto|nouto)[ -]?kood\w*|code is\b
SECRET                      (?:yleis|hälyty|hälytin|murto|kulku|avain)[ -]?s?kood\w*
SECRET                      (?:lukko|ovi|alaovi|oven |rappu|portti|portin )[ -]?s?kood\w*
SECRET                      (?:pin|puk|turva|sms|pääsy|aktivointi)[ -]?kood\w*
SECRET                      (?:palautus|huolto|hissi|talli|näppäin|sovellus)[ -]?kood\w*|pin\b|pinni\w*
SECRET                      (?:tekstiviesti|tekstari|summeri|varasto|kellari|työmaa|wifi|kassakaappi)[ -]?kood\w*
SECRET                      (?:vaati|pyytä|pyyti|kysy|kyselee|halua)\w* (?:\w+ )?(?:sanan|sanaa|lukua|numeroa)\b
SECRET                      (?:sille|niille|vartijalle|laitteelle) sanotaan\b|hälytysjärjestelmä\w*|hälyttime\w+
SECRET                      (?:neljä|viisi|viis|kuusi|kuus) (?:numeroa|lukua|merkkiä) (?:jo[tns]|minkä|mitkä|ku|tul)\w*
SECRET                      koodi(?:a|t|n|ni|nsa|nne|lla|llako|ks|ksi|na|sta|ssa|lle|kin|han)?\b
SECRET                      (?:turva|tunnus)lu[vk]u\w*|boksi\w*|koodiluk\w*|lukon (?:numero|yhdistelmä)\w*
SECRET                      avain(?:säilö|boks|kaap|kotelo|lipas)\w*|(?:numero|muna|yhdistelmä)luk[ok]\w*|näppäimist\w*
SECRET                      cv[cv]\w*|piippas\w*|piippaa\w*|mitkä numerot|numerosarja kun
SECRET                      lösenord\w*|lösen\b|pass ?(?:word|phrase|code)\w*|(?:secret|magic|code) ?word
SECRET                      (?:hemlig\w*|säkerhets) ?ord\w*
SECRET                      (?:pin|port|dörr|säkerhets|verifierings)[ -]?kod\w*|kod(?:en|er)?\b|kodord\w*
SECRET                      säkerhetsfråg\w*
SECRET                      (?:pin|door|gate|security|access|verification|one-?time) code|security (?:word|question)
SECRET                      maiden name|first (?:pet|car|school|teacher)|pet's name|first pet's name
USERNAME                    (?:millä|tällä|tolla|sillä|omalla|samalla) tunnuksella|tunnuksella(?:ni|nne)\b
USERNAME                    (?:kirjautumis|asiointi|netti|verkko)tunnu\w*|(?<!toisella )tunnuksella\b
USERNAME                    (?:mun|minun|miun|meidän|meijän) tunnus on\b
USERNAME                    kirjautumi\w+ tunnu\w*|tunnus(?= \S+ salasana)|käyttäjä on\b
USERNAME                    käyttäjä(?:tunnu|nime|nimi)\w*|användar(?:namn|id)\w*|user ?(?:name|id)
EMAIL_ADDRESS               sähkö[ -]?posti\w*|s-posti\w*|meiliosoi\w*|meili\w{0,3}\b|e-?mail\w*|e-?post\w*
EMAIL_ADDRESS               mejl\w*|mail ?(?:adress|address)\w*
POSTAL_CODE                 postitoimipai\w+|(?:mikä|missä|mille|minkä) (?:paikkakun|kun|kaupun)\w+
POSTAL_CODE                 postinumero\w*|postnum\w+|(?:postal|post|zip) ?code
DATE_OF_BIRTH               syntymäa[ij]\w*|syntyny\w*|synnyin|syntymäpäiv\w*|synt ?aika
DATE_OF_BIRTH               födelse(?:tid|dag|datum|år)\w*|född\w*
DATE_OF_BIRTH               date of birth|birth ?(?:day|date)|born
STREET_ADDRESS              (?:koti|laskutus|toimitus|katu|posti|lähi|käynti|käyttöpaikan )?osoi(?:te|tt)\w*
STREET_ADDRESS              kadun? (?:nim\w+|numero\w*)|mikä katu\b|katu ja numero\w*
STREET_ADDRESS              (?:hem|gatu|faktura|leverans)?adress\w*|address\w*|i live (?:at|on)|bor på
PHONE_NUMBER                puhelin?n?[ -]?numero\w*|puhelimen numero\w*|(?:matka|kännykkä)[ -]?numero\w*|kännyk\w+
PHONE_NUMBER                gsm\w*|(?:telefon|mobil)num\w+|mobilen\b|(?:phone|mobile|cell|telephone) number
METER_READING               (?:mittari)?(?:lukem\w+|lu(?:ki?|in|kea) mittari\w*)
METER_READING               mittari\w* (?:\w+ ){0,5}näyt[tö]\w+|luk+(?:ee|oo) (?:\w+ ){0,2}mittari(?:ssa|s)\b
METER_READING               (?:mittari|kone|laite|taulu)\w{0,3} (?:\w+ ){0,4}(?:numero|luku)\w? (?:menee|näytt)\w*
METER_READING               mätarställning\w*|mätaravläsning\w*|meter reading
SOME_NUMBER                 numero(?:on|nne|si|ni|nsa|ksi)?\b|num(?:ret|mer)\b|number\b(?! of)
PERSON                      (?:suku|etu|koko)?nim(?:i|esi|enne|eni|ellä|ellänne)\b|(?:efter|för)?namn\w*\b
PERSON                      (?:sur|last |first )?name\b
"""


def _alternatives(expression: str) -> Iterator[str]:
    """Yield what the top level of an expression parts by `|`."""
    depth, begin = 0, 0
    for at, character in enumerate(expression):
        depth += (character == "(") - (character == ")")
        if character == "|" and depth == 0:
            yield expression[begin:at]
            begin = at + 1
    yield expression[begin:]


@cache
def _stems() -> dict[str, str]:
    """Return for every two letters that a cue may begin with the expression of those cues; made on first use.

    One expression of all of them would be tried at each character of a call: a third of all its time.
    """
    stems: dict[str, dict[str, list[str]]] = {}
    for line in _STEMS.strip().splitlines():
        name, expression = line.split(maxsplit=1)
        for each in _alternatives(expression):
            shape = regex.compile(each)
            heads = (head for head in _LETTERS if shape.match(head, partial=True))
            for pair in (head + second for head in heads for second in _LETTERS + " -."):
                if shape.match(pair, partial=True):
                    stems.setdefault(pair, {}).setdefault(name, []).append(each)
    return {
        pair: "|".join(f"(?P<{name}>{'|'.join(each)})" for name, each in named.items()) for pair, named in stems.items()
    }


@cache
def _shapes() -> dict[str, re.Pattern[str]]:
    """Return the compiled expressions of `_stems`; made on first use."""
    return {pair: re.compile(stems) for pair, stems in _stems().items()}


_LETTERS = "abcdefghijklmnopqrstuvwxyzåäö"
_WORD = re.compile(r"\w+")

NUMERIC = word_set(
    "DRIVING_LICENCE FI_IDENTITY_CARD FI_PERSONAL_IDENTITY_CODE IBAN_CODE CREDIT_CARD CUSTOMER_NUMBER CONTRACT_NUMBER "
    "CONNECTION_NUMBER METERING_POINT_ID REFERENCE_NUMBER FI_BUSINESS_ID VAT_ID FI_PROPERTY_ID LICENSE_PLATE PASSPORT "
    "COORDINATES ARCHIVE_ID SECRET USERNAME POSTAL_CODE DATE_OF_BIRTH STREET_ADDRESS PHONE_NUMBER"
)
# Types whose answer may be said in digits.


SAME_BREATH = 4
# Words between the names of two things that are asked for together.
NEAR = 25
# Words: "asiakasnumeronne? - joo se numero on ...".


class Cue(NamedTuple):
    """Words `first` to `last` of `channel` name a kind of data. `asks`: a question mark follows them.

    `within`: the words may stand inside the number that they name ("131052 ja loppuosa on 930V").
    """

    type: str
    channel: int
    first: int
    last: int
    asks: bool
    within: bool


def find_cues(words: Sequence[Word]) -> tuple[Cue, ...]:
    """Return the cues in order of their first word."""
    by_channel: dict[int, list[int]] = {}
    for index, word in enumerate(words):
        by_channel.setdefault(word.channel, []).append(index)
    found: list[Cue] = []
    for channel, mine in by_channel.items():
        texts = [words[index].text.lower().rstrip(".,…") for index in mine]  # "tunnuksen. loppu": a stray stop
        starts = [0, *accumulate(len(text) + 1 for text in texts)]
        for match in _matches(texts, starts):
            first = bisect_right(starts, match.start()) - 1
            last = bisect_right(starts, match.end() - 1) - 1
            if match.lastgroup and "[" not in texts[first]:
                within = texts[first].strip(".,") in ALL_LINKS
                found.append(Cue(match.lastgroup, channel, mine[first], mine[last], texts[last].endswith("?"), within))
    return tuple(_resolve(sorted(found, key=lambda cue: cue.first)))


def _matches(texts: Sequence[str], starts: Sequence[int]) -> Iterator[re.Match[str]]:
    """Yield the cues of lower-case words, none inside another; `starts` is where each begins in all of them joined."""
    said, reach, shapes = " ".join(texts), 0, _shapes()
    heads = {text: tuple(_heads(text, shapes)) for text in set(texts)}
    for start, text in zip(starts, texts, strict=False):
        for at, shape in heads[text]:
            match = shape.match(said, start + at) if start + at >= reach else None
            if match:
                yield match
                reach = match.end()


def _heads(text: str, shapes: Mapping[str, re.Pattern[str]]) -> Iterator[tuple[int, re.Pattern[str]]]:
    """Yield where in a written word a cue may begin, and its expression."""
    for word in _WORD.finditer(text):
        shape = shapes.get(f"{text} "[word.start() : word.start() + 2])
        if shape is not None:
            yield word.start(), shape


def _resolve(cues: Sequence[Cue]) -> Iterator[Cue]:
    """Yield the cues; a bare "numero" is what was named shortly before it, else a telephone number."""
    last: Cue | None = None
    for cue in cues:
        if cue.type == "SOME_NUMBER":
            near = last is not None and last.type in NUMERIC and cue.first - last.last <= NEAR
            yield cue._replace(type=last.type if near and last else "PHONE_NUMBER")
        else:
            last = cue
            yield cue
