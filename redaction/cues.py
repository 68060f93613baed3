"""Words that say what comes next: "asiakasnumero", "nimeni on", "tunnussana". Stems, since speech is inflected.

One scan of each channel's text with one expression, so the cost is that of reading. The stems are those of
domain/context_vectors.json (no miss, no false hit there) and of domain.md 2.6 for Swedish and English.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from redaction.model import Word
from redaction.numbers.fi_words import LINKS
from redaction.wordlist import word_set

_STEMS = r"""
DRIVING_LICENCE             ajokort(?:t?i)\w*
FI_IDENTITY_CARD            henkilökort(?:t?i)\w*
FI_PERSONAL_IDENTITY_CODE   hen?k[ie]l[öo]n?[ -]?(?:tun?n?u\w*|numero\w*)|hetu\w*|sosiaaliturvatunnu\w*|sotu\w*
FI_PERSONAL_IDENTITY_CODE   (?:loppu|tunnus|alku)(?:osa|pää)\w*|neljä viimei\w+|viimeiset neljä|personbeteckning\w*
FI_PERSONAL_IDENTITY_CODE   personal identity code|social security number
IBAN_CODE                   tilin?[ -]?numero\w*|iban\w*|pankkitili\w*|tilille\b|tilisi\b|tilinne\b|kontonum\w+
IBAN_CODE                   account number
CREDIT_CARD                 korti?n?[ -]?numero\w*|kortti[ -]?numero\w*|luottokort\w*|pankkikort\w*|maksukort\w*
CREDIT_CARD                 visa\b|mastercard\w*
CUSTOMER_NUMBER             asiakas[ -]?(?:numero|tunnu|nro)\w*|asiakkaan numero\w*|kundnum\w+|customer (?:number|id)
CONTRACT_NUMBER             sopimus(?:numero|tunnu|nro|viit)\w*|sopimuksen (?:numero|viite|tunnus)\w*|avtalsnum\w+
CONTRACT_NUMBER             contract number
CONNECTION_NUMBER           liittym(?:ä|än )[ -]?(?:tunnu|numero)\w*|anslutningsnum\w+
METERING_POINT_ID           käyttöpai(?:kka|kan)[ -]?(?:tunnu|numero)\w*|mittarin?[ -]?(?:numero|tunnu)\w*
METERING_POINT_ID           förbrukningsplats\w*|driftsställe\w*|användningsplats\w*|metering point\w*
REFERENCE_NUMBER            viite[ -]?(?:numero|nro)\w*|viitteen numero\w*|viite\b|viitteeksi\b|viitteellä\b
REFERENCE_NUMBER            referensnum\w+
FI_BUSINESS_ID              (?:y|yy|yritys)[ -]?tunnu\w*|fo-nummer\w*|business id
FI_PROPERTY_ID              kiinteistö(?:n )?[ -]?tunnu\w*|fastighetsbeteckning\w*
LICENSE_PLATE               rekkari\w*|rekkar\w+|rekisteri[ -]?(?:numero|tunnu|kilp|kilv)\w*
PASSPORT                    passi(?:n ?|\s)?(?:numero|nro|\b)\w*
SECRET                      (?:tunnus|sala|turva)san[ao]\w*|turvakysymy\w+|pin[ -]?kood\w*|avainsäilö\w*|turvakood\w*
SECRET                      (?:ovi|portti|alaovi|oven |portin )[ -]?kood\w*|turvalu[vk]u\w*|cvc\w*
SECRET                      koodi(?:n|ni|nsa)?\b|tarkist(?:e|us)kood\w*|lösenord\w*|password
USERNAME                    käyttäjä(?:tunnu|nime|nimi)\w*
EMAIL_ADDRESS               sähkö[ -]?posti\w*|s-posti\w*|meiliosoi\w*|meili\w{0,3}\b|e-?mail\w*|e-?post\w*
POSTAL_CODE                 postinumero\w*|postnum\w+|post ?code
DATE_OF_BIRTH               syntymäa[ij]\w*|syntyny\w*|synnyin|syntymäpäiv\w*|synt\. ?aika|födelsetid\w*|född
DATE_OF_BIRTH               date of birth|born
STREET_ADDRESS              (?:koti|laskutus|toimitus|katu|posti|lähi|käynti|käyttöpaikan )?osoi(?:te|tt)\w*|adress\w*
PHONE_NUMBER                puhelin?n?[ -]?numero\w*|puhelimen numero\w*|(?:matka|kännykkä)[ -]?numero\w*|kännyk\w+
PHONE_NUMBER                gsm\w*|telefonnum\w+|phone number
SOME_NUMBER                 numero(?:on|nne|si|ni|nsa|ksi)?\b
PERSON                      (?:suku|etu|koko)?nim(?:i|esi|enne|eni|ellä|ellänne)\b|namn\w*\b
"""


def _compile() -> re.Pattern[str]:
    stems: dict[str, list[str]] = {}
    for line in _STEMS.strip().splitlines():
        name, expression = line.split(maxsplit=1)
        stems.setdefault(name, []).append(expression)
    named = "|".join(f"(?P<{name}>{'|'.join(each)})" for name, each in stems.items())
    return re.compile(rf"(?<!\w)(?:{named})")


_CUES = _compile()

NUMERIC = word_set(
    "DRIVING_LICENCE FI_IDENTITY_CARD FI_PERSONAL_IDENTITY_CODE IBAN_CODE CREDIT_CARD CUSTOMER_NUMBER CONTRACT_NUMBER "
    "CONNECTION_NUMBER METERING_POINT_ID REFERENCE_NUMBER FI_BUSINESS_ID FI_PROPERTY_ID LICENSE_PLATE PASSPORT SECRET "
    "USERNAME POSTAL_CODE DATE_OF_BIRTH STREET_ADDRESS PHONE_NUMBER"
)
# Types whose answer may be said in digits.


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
        starts: list[int] = []
        at = 0
        texts = [words[index].text.lower() for index in mine]
        for text in texts:
            starts.append(at)
            at += len(text) + 1
        for match in _CUES.finditer(" ".join(texts)):
            first = bisect_right(starts, match.start()) - 1
            last = bisect_right(starts, match.end() - 1) - 1
            if match.lastgroup and "[" not in texts[first]:
                within = texts[first].strip(".,") in LINKS
                found.append(Cue(match.lastgroup, channel, mine[first], mine[last], texts[last].endswith("?"), within))
    return tuple(_resolve(sorted(found, key=lambda cue: cue.first)))


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
