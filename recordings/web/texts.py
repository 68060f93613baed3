"""What the pages say, in Finnish and English. A missing text is a KeyError in a test, never an empty place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

LANGUAGES = ("fi", "en")

TEXTS: Mapping[str, Mapping[str, str]] = {
    "fi": {
        "tagline": "Puhelut hiljaa tallessa",
        "skip": "Siirry sisältöön",
        "sign_in": "Kirjaudu sisään",
        "sign_out": "Kirjaudu ulos",
        "token": "Tunniste",
        "token_help": "Liitä tähän palvelun tunnistetiedoston sisältö. Sen polku näkyy, kun palvelu käynnistyy.",
        "token_wrong": "Tunniste ei kelpaa. Tarkista, että liitit koko rivin.",
        "search": "Hae",
        "search_words": "Hae puhutuista sanoista",
        "search_hint": "Kaikki sanat, missä muodossa tahansa. ”Lainausmerkeissä” peräkkäin, -sana pois, joko/tai.",
        "narrow": "Rajaa hakua",
        "since": "Alkaen",
        "until": "Päättyen",
        "direction": "Suunta",
        "any": "Kaikki",
        "inbound": "Saapuva",
        "outbound": "Lähtevä",
        "language": "Kieli",
        "shortest": "Vähintään (min)",
        "longest": "Enintään (min)",
        "any_kind": "Kaikki puhelut",
        "kind": "Laji",
        "newest": "Uusimmat puhelut",
        "hits": "Hakutulokset",
        "no_hits": "Yksikään puhelu ei vastaa hakua.",
        "no_words": "Kirjoita ainakin yksi sana.",
        "no_calls": "Täällä ei ole vielä yhtään puhelua.",
        "back": "Kaikki puhelut",
        "call": "Puhelu",
        "audio": "Peitetty äänite",
        "transcript": "Peitetty litterointi",
        "transcript_hint": "Napsauta sanaa tai aikaa, niin toisto siirtyy siihen.",
        "length": "Kesto",
        "masked_for": "Peitettyä ääntä",
        "queue": "Jono",
        "agent": "Asiakaspalvelija",
        "deleted": "Poistetaan",
        "in_days": "{days} päivän kuluttua",
        "today": "tänään",
        "trying_now": "Uusien puheluiden sanat tunnistaa kokeilumalli. Se on vain kokeilua ja testausta varten.",
        "trying_only": "Sanat tunnisti kokeilumalli. Se on vain kokeilua varten: sanoissa on virheitä.",
        "masked": "Peitetty",
        "nothing_found": "Henkilötietoja ei löytynyt.",
        "not_found": "Tällaista puhelua ei ole, tai sen säilytysaika on päättynyt.",
        "not_published": "Puhelu ei ole vielä katsottavissa.",
        "withheld": "Odottaa tietosuojavastaavaa",
        "overdue_held": "Säilytysajan yli pidetään hallussa {count} puhelua. Niihin pääsee vain asian kautta.",
        "seconds": "s",
        "speaker": "Puhuja",
        "role_agent": "Asiakaspalvelija",
        "role_customer": "Asiakas",
        "play_from": "Toista kohdasta",
    },
    "en": {
        "tagline": "Calls, kept quiet",
        "skip": "Skip to content",
        "sign_in": "Sign in",
        "sign_out": "Sign out",
        "token": "Token",
        "token_help": "Paste the content of the service's token file. Its path is shown when the service starts.",
        "token_wrong": "This is not the token. Check that you pasted the whole line.",
        "search": "Search",
        "search_words": "Search what was said",
        "search_hint": "All the words, in any form. “In quotes” one after another, -word to leave out, this/or/that.",
        "narrow": "Narrow the search",
        "since": "From",
        "until": "To",
        "direction": "Direction",
        "any": "All",
        "inbound": "Incoming",
        "outbound": "Outgoing",
        "language": "Language",
        "shortest": "At least (min)",
        "longest": "At most (min)",
        "any_kind": "All calls",
        "kind": "Kind",
        "newest": "Newest calls",
        "hits": "Results",
        "no_hits": "No call matches.",
        "no_words": "Type at least one word.",
        "no_calls": "There are no calls here yet.",
        "back": "All calls",
        "call": "Call",
        "audio": "Masked sound",
        "transcript": "Masked transcript",
        "transcript_hint": "Click a word or a time to play from there.",
        "length": "Length",
        "masked_for": "Masked sound",
        "queue": "Queue",
        "agent": "Agent",
        "deleted": "Will be deleted",
        "in_days": "in {days} days",
        "today": "today",
        "trying_now": "New calls are heard with the demo model. It is for trying and testing only.",
        "trying_only": "The demo model made these words. It is for trying only: expect mistakes.",
        "masked": "Masked",
        "nothing_found": "No personal data was found.",
        "not_found": "There is no such call, or its time is over.",
        "not_published": "This call cannot be seen yet.",
        "withheld": "Waiting for the privacy officer",
        "overdue_held": "{count} calls are held past their time. Only their cases open them.",
        "seconds": "s",
        "speaker": "Speaker",
        "role_agent": "Agent",
        "role_customer": "Customer",
        "play_from": "Play from",
    },
}

KINDS: Mapping[str, Mapping[str, str]] = {
    "fi": {
        "service": "Asiakaspalvelu",
        "direct-marketing": "Suoramarkkinointi",
        "fault-report": "Vikailmoitus",
        "contract": "Sopimus",
        "other": "Muu",
    },
    "en": {
        "service": "Customer service",
        "direct-marketing": "Direct marketing",
        "fault-report": "Fault report",
        "contract": "Contract",
        "other": "Other",
    },
}

STAGES: Mapping[str, Mapping[str, str]] = {
    "fi": {
        "received": "Odottaa litterointia",
        "transcribed": "Litteroitu",
        "planned": "Odottaa peittämistä",
        "masked": "Peitetty",
        "published": "Valmis",
        "quarantined": "Odottaa tarkastajaa",
        "failed": "Epäonnistui",
    },
    "en": {
        "received": "Waiting for words",
        "transcribed": "Transcribed",
        "planned": "Waiting for masking",
        "masked": "Masked",
        "published": "Ready",
        "quarantined": "Waiting for a person",
        "failed": "Failed",
    },
}

_FINNISH_TYPES = {
    "FI_PERSONAL_IDENTITY_CODE": "henkilötunnus",
    "IBAN_CODE": "IBAN-tilinumero",
    "FI_ACCOUNT_NUMBER": "tilinumero",
    "PHONE_NUMBER": "puhelinnumero",
    "EMAIL_ADDRESS": "sähköposti",
    "PERSON": "nimi",
    "AGENT_NAME": "asiakaspalvelijan nimi",
    "CREDIT_CARD": "maksukortti",
    "IP_ADDRESS": "IP-osoite",
    "FI_BUSINESS_ID": "Y-tunnus",
    "VAT_ID": "ALV-tunnus",
    "METERING_POINT_ID": "käyttöpaikka",
    "CUSTOMER_NUMBER": "asiakasnumero",
    "CONTRACT_NUMBER": "sopimusnumero",
    "CONNECTION_NUMBER": "liittymänumero",
    "REFERENCE_NUMBER": "viitenumero",
    "RF_REFERENCE": "RF-viite",
    "STREET_ADDRESS": "katuosoite",
    "POSTAL_CODE": "postinumero",
    "COORDINATES": "sijainti",
    "DATE_OF_BIRTH": "syntymäaika",
    "AGE": "ikä",
    "FI_PROPERTY_ID": "kiinteistötunnus",
    "LICENSE_PLATE": "rekisterinumero",
    "PASSPORT": "passi",
    "FI_IDENTITY_CARD": "henkilökortti",
    "DRIVING_LICENCE": "ajokortti",
    "ARCHIVE_ID": "arkistotunnus",
    "USERNAME": "käyttäjätunnus",
    "SECRET": "salainen tunnus",
    "LONG_NUMBER": "pitkä numero",
    "KEYPAD": "näppäilty numero",
    "LOCATION": "paikka",
    "CONSUMPTION_TALK": "kulutus ja lämmitys",
    "HOUSEHOLD_TALK": "asuminen ja perhe",
    "PAYMENT_TALK": "luotto ja maksaminen",
    "DOUBTFUL": "epäselvä kohta",
}
_ENGLISH_TYPES = {
    "FI_PERSONAL_IDENTITY_CODE": "identity code",
    "IBAN_CODE": "IBAN",
    "CREDIT_CARD": "payment card",
    "KEYPAD": "keyed number",
    "LOCATION": "place",
    "CONSUMPTION_TALK": "consumption and heating",
    "HOUSEHOLD_TALK": "household and housing",
    "PAYMENT_TALK": "credit and payment",
    "DOUBTFUL": "unclear passage",
}


def choose_language(accept: str | None) -> str:
    """Return the first of our languages in an Accept-Language header; English when none is there."""
    for part in (accept or "").split(","):
        language = part.split(";")[0].strip().lower().split("-")[0]
        if language in LANGUAGES:
            return language
    return "en"


def name_type(entity: str, language: str) -> str:
    """Return an entity type as people call it. A type of somebody's own recognizer is shown as its words."""
    own = entity.removeprefix("FI_").replace("_", " ").lower()
    return (_FINNISH_TYPES if language == "fi" else _ENGLISH_TYPES).get(entity, own)


def write_time(moment: datetime, language: str) -> str:
    """Return a local time as people write it."""
    if language == "fi":
        return f"{moment.day}.{moment.month}.{moment.year} klo {moment.hour}.{moment.minute:02d}"
    return f"{moment.day} {moment:%b %Y}, {moment:%H:%M}"


def write_length(seconds: float | None) -> str:
    """Return a length as minutes and seconds."""
    if seconds is None:
        return "-"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"
