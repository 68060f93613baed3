"""What the record of processing says (GDPR Art. 30), in three languages; the rest of its words stand in `texts`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

PROCESSING_TEXTS: Final[Mapping[str, Mapping[str, str]]] = {
    "fi": {
        "title": "Seloste käsittelytoimista: puhelutallenteet",
        "law": "Tietosuoja-asetus, 30 artikla",
        "law_head": "Säännös",
        "officer_head": "Tietosuojavastaava",
        "who_head": "Rekisterinpitäjä",
        "purposes_head": "Käsittelyn tarkoitukset, perusteet ja säilytysajat",
        "purpose": "Tarkoitus",
        "basis": "Peruste",
        "kept": "Säilytysaika puhelusta",
        "not_stated": "ei kirjattu",
        "persons_head": "Ketä tiedot koskevat",
        "persons": (
            "Asiakkaat ja muut, jotka soittavat tai joille soitetaan; asiakaspalvelijat; henkilöt, joista puheluissa "
            "puhutaan."
        ),
        "data_head": "Mitä tietoja käsitellään",
        "data": (
            "Ääni ja puheen sisältö sekä niistä tehty teksti; puhelun aika, kesto, laji, suunta, jono ja "
            "asiakaspalvelijan tunnus; asiakasnumero, sopimus, käyttöpaikka, puhelin ja sähköposti vain avaimella "
            "laskettuina tiivisteinä; pyynnöt ja loki siitä, kuka avasi mitä. Puheessa voi olla myös erityisiin "
            "ryhmiin kuuluvia tietoja: ne tunnistetaan vihjesanoista ja pidetään poissa henkilökunnalta."
        ),
        "receivers_head": "Vastaanottajat ja käsittelijät",
        "receiver": "Kuka",
        "task": "Mitä tekee",
        "agreement": "Sopimus",
        "country": "Maa ja siirron peruste",
        "none": "Ei ole.",
        "security_head": "Suojatoimet (32 artikla)",
        "security": (
            "Jokainen tallenne on salattu omalla avaimellaan, ja avain hävitetään määräajassa; poistosta jää "
            "allekirjoitettu todiste. Henkilökunta kuulee ja näkee vain kopioita, joista henkilötiedot on peitetty "
            "sanoista ja äänestä ja jotka on tarkistettu. Oikeudet annetaan rooleittain ja rekistereittäin, ja "
            "jokainen avaaminen kirjataan lokiin, jonka muuttaminen näkyy. Alkuperäisen avaa vain tietosuojavastaava, "
            "tapausta varten."
        ),
        "rest_head": "Muut säilytysajat",
        "cases": "Henkilöiden pyynnöt: {period} päättymisestä.",
        "accounts": "Käyttäjätilit: {period} tilin sulkemisesta.",
        "audit": "Käyttöloki poistetuista puheluista: {period} tapahtumasta.",
        "objections": "Vastustukset: {period}.",
        "years": "{count} v",
        "months": "{count} kk",
        "days": "{count} pv",
    },
    "sv": {
        "title": "Register över behandling: samtalsinspelningar",
        "law": "Dataskyddsförordningen, artikel 30",
        "law_head": "Bestämmelse",
        "officer_head": "Dataskyddsombud",
        "who_head": "Personuppgiftsansvarig",
        "purposes_head": "Ändamål, grunder och lagringstider",
        "purpose": "Ändamål",
        "basis": "Grund",
        "kept": "Lagringstid från samtalet",
        "not_stated": "inte antecknat",
        "persons_head": "Vem uppgifterna gäller",
        "persons": "Kunder och andra som ringer eller blir uppringda; kundrådgivare; personer som omtalas i samtalen.",
        "data_head": "Vilka uppgifter som behandlas",
        "data": (
            "Röst och vad som sägs, och texten av det; samtalets tid, längd, slag, riktning, kö och kundrådgivarens "
            "beteckning; kundnummer, avtal, driftställe, telefon och e-post bara som nyckelberoende kontrollsummor; "
            "begäranden och loggen över vem som öppnat vad. I talet kan finnas uppgifter av särskilda kategorier: de "
            "hittas av ledord och hålls borta från personalen."
        ),
        "receivers_head": "Mottagare och biträden",
        "receiver": "Vem",
        "task": "Vad",
        "agreement": "Avtal",
        "country": "Land och grund för överföring",
        "none": "Inga.",
        "security_head": "Säkerhetsåtgärder (artikel 32)",
        "security": (
            "Varje inspelning är krypterad med en egen nyckel, och nyckeln förstörs i tid; av raderingen blir ett "
            "undertecknat bevis kvar. Personalen hör och ser bara kopior där personuppgifter är maskerade i ord och "
            "ljud och som har kontrollerats. Rättigheter ges efter roll och register, och varje öppnande antecknas i "
            "en logg där ändringar syns. Originalet öppnas bara av dataskyddsombudet, för ett ärende."
        ),
        "rest_head": "Andra lagringstider",
        "cases": "Personers begäranden: {period} efter avslut.",
        "accounts": "Användarkonton: {period} efter att kontot stängdes.",
        "audit": "Loggen över raderade samtal: {period} efter händelsen.",
        "objections": "Invändningar: {period}.",
        "years": "{count} år",
        "months": "{count} mån",
        "days": "{count} d",
    },
    "en": {
        "title": "Record of processing: call recordings",
        "law": "GDPR Art. 30",
        "law_head": "Provision",
        "officer_head": "Privacy officer",
        "who_head": "Controller",
        "purposes_head": "Purposes, bases and periods",
        "purpose": "Purpose",
        "basis": "Basis",
        "kept": "Kept after the call",
        "not_stated": "not stated",
        "persons_head": "Whose data these are",
        "persons": "Customers and others who call or are called; agents; persons who are spoken of in calls.",
        "data_head": "Which data are processed",
        "data": (
            "Voice and what is said, and the text of it; a call's time, length, kind, direction, queue and the agent's "
            "code; customer number, contract, metering point, phone and e-mail as keyed hashes only; requests, and the "
            "log of who opened what. Speech may hold data of special categories: they are found by cue words and kept "
            "from staff."
        ),
        "receivers_head": "Recipients and processors",
        "receiver": "Who",
        "task": "What",
        "agreement": "Agreement",
        "country": "Country and basis of a transfer",
        "none": "None.",
        "security_head": "Measures (Art. 32)",
        "security": (
            "Each recording is encrypted with a key of its own, and the key is destroyed in time; a signed receipt of "
            "the deletion stays. Staff hear and see only copies in which personal data are masked in words and sound "
            "and which were verified. Rights are given by role and register, and every opening stands in a log that "
            "shows changes. The original is opened by the privacy officer alone, for a case."
        ),
        "rest_head": "Other periods",
        "cases": "Requests of persons: {period} after they are closed.",
        "accounts": "Accounts of staff: {period} after they are closed.",
        "audit": "The log of what was done with calls that are gone: {period} after the act.",
        "objections": "Objections: {period}.",
        "years": "{count} years",
        "months": "{count} months",
        "days": "{count} days",
    },
}
