"""Words that say what comes next: "asiakasnumero", "nimeni on", "tunnussana". Stems, since speech is inflected.

One scan of each channel's text with one expression, so the cost is that of reading. The stems are those of
domain/context_vectors.json (no miss, no false hit there) and of domain.md 2.6 for Swedish and English.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from redaction.model import Word
from redaction.numbers.fi_words import LINKS

_STEMS: tuple[tuple[str, str], ...] = (
    ("DRIVING_LICENCE", r"ajokort(?:t?i)\w*"),
    ("FI_IDENTITY_CARD", r"henkilökort(?:t?i)\w*"),
    (
        "FI_PERSONAL_IDENTITY_CODE",
        r"hen?k[ie]l[öo]n?[ -]?(?:tun?n?u\w*|numero\w*)|hetu\w*|sosiaaliturvatunnu\w*|sotu\w*|(?:loppu|tunnus|alku)(?:osa|pää)\w*"
        r"|neljä viimei\w+|viimeiset neljä|personbeteckning\w*|personal identity code|social security number",
    ),
    ("IBAN_CODE", r"tili[n]?[ -]?numero\w*|iban\w*|pankkitili\w*|tilille\b|tilisi\b|tilinne\b|kontonum\w+|account number"),
    ("CREDIT_CARD", r"korti?n?[ -]?numero\w*|kortti[ -]?numero\w*|luottokort\w*|pankkikort\w*|maksukort\w*|visa\b|mastercard\w*"),
    ("CUSTOMER_NUMBER", r"asiakas[ -]?(?:numero|tunnu|nro)\w*|asiakkaan numero\w*|kundnum\w+|customer (?:number|id)"),
    (
        "CONTRACT_NUMBER",
        r"sopimus(?:numero|tunnu|nro|viit)\w*|sopimuksen (?:numero|viite|tunnus)\w*|avtalsnum\w+|contract number",
    ),
    ("CONNECTION_NUMBER", r"liittym(?:ä|än )[ -]?(?:tunnu|numero)\w*|anslutningsnum\w+"),
    (
        "METERING_POINT_ID",
        r"käyttöpai(?:kka|kan)[ -]?(?:tunnu|numero)\w*|mittarin?[ -]?(?:numero|tunnu)\w*|förbrukningsplats\w*|driftsställe\w*"
        r"|användningsplats\w*|metering point\w*",
    ),
    ("REFERENCE_NUMBER", r"viite[ -]?(?:numero|nro)\w*|viitteen numero\w*|viite\b|viitteeksi\b|viitteellä\b|referensnum\w+"),
    ("FI_BUSINESS_ID", r"(?:y|yy|yritys)[ -]?tunnu\w*|fo-nummer\w*|business id"),
    ("FI_PROPERTY_ID", r"kiinteistö(?:n )?[ -]?tunnu\w*|fastighetsbeteckning\w*"),
    ("LICENSE_PLATE", r"rekkari\w*|rekkar\w+|rekisteri[ -]?(?:numero|tunnu|kilp|kilv)\w*"),
    ("PASSPORT", r"passi(?:n ?|\s)?(?:numero|nro|\b)\w*"),
    (
        "SECRET",
        r"(?:tunnus|sala|turva)san[ao]\w*|turvakysymy\w+|pin[ -]?kood\w*|(?:ovi|portti|alaovi|oven |portin )[ -]?kood\w*"
        r"|avainsäilö\w*|turvakood\w*|turvaluvu\w*|turvaluku\w*|cvc\w*|tarkist(?:e|us)kood\w*|lösenord\w*|password",
    ),
    ("USERNAME", r"käyttäjä(?:tunnu|nime|nimi)\w*"),
    ("EMAIL_ADDRESS", r"sähkö[ -]?posti\w*|s-posti\w*|meiliosoi\w*|meili\w{0,3}\b|e-?mail\w*|e-?post\w*"),
    ("POSTAL_CODE", r"postinumero\w*|postnum\w+|post ?code"),
    ("DATE_OF_BIRTH", r"syntymäa[ij]\w*|syntyny\w*|synnyin|syntymäpäiv\w*|synt\. ?aika|födelsetid\w*|född|date of birth|born"),
    ("STREET_ADDRESS", r"(?:koti|laskutus|toimitus|katu|posti|lähi|käynti|käyttöpaikan )?osoi(?:te|tt)\w*|adress\w*"),
    ("PHONE_NUMBER", r"puhelin?n?[ -]?numero\w*|puhelimen numero\w*|(?:matka|kännykkä)[ -]?numero\w*|kännyk\w+|gsm\w*|telefonnum\w+|phone number"),
    ("PERSON", r"(?:suku|etu|koko)?nim(?:i|esi|enne|eni|ellä|ellänne)\b|namn\w*\b"),
)  # fmt: skip
_CUES = re.compile("|".join(f"(?P<{name}>(?<!\\w)(?:{stems}))" for name, stems in _STEMS))

NUMERIC = frozenset(
    "DRIVING_LICENCE FI_IDENTITY_CARD FI_PERSONAL_IDENTITY_CODE IBAN_CODE CREDIT_CARD CUSTOMER_NUMBER CONTRACT_NUMBER "
    "CONNECTION_NUMBER METERING_POINT_ID REFERENCE_NUMBER FI_BUSINESS_ID FI_PROPERTY_ID LICENSE_PLATE PASSPORT SECRET "
    "USERNAME POSTAL_CODE DATE_OF_BIRTH STREET_ADDRESS PHONE_NUMBER".split()
)
# Types whose answer may be said in digits.


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
    return tuple(sorted(found, key=lambda cue: cue.first))
