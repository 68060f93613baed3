"""What letters of refusal and of extension say, in three languages; the rest of their words stand in `texts`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

REPLY_TEXTS: Final[Mapping[str, Mapping[str, str]]] = {
    "fi": {
        "refused_title": "Päätös pyyntöösi",
        "extended_title": "Vastaus pyyntöösi viivästyy",
        "received": "Pyyntö saapunut",
        "asked_head": "Mitä pyysit",
        "asked": "{kind} (tietosuoja-asetus, {article}).",
        "refused_head": "Päätöksemme",
        "refused": "Emme toteuta pyyntöä. Peruste: {ground}",
        "cited": " (tietosuoja-asetus, {article}).",
        "extended_head": "Milloin vastaamme",
        "extended": (
            "Vastaamme pyyntöösi viimeistään {due}. Määräaikaa on jatkettu kahdella kuukaudella (tietosuoja-asetus, "
            "12 artikla, 3 kohta), koska {reason}."
        ),
        "explained_head": "Tarkempi perustelu",
        "remedy_head": "Jos olet eri mieltä",
        "remedy": (
            "Sinulla on oikeus viedä asia myös tuomioistuimen käsiteltäväksi (tietosuoja-asetus, 79 artikla). Valitus "
            "tietosuojavaltuutetulle ei estä sitä."
        ),
        "again": "Voit tehdä pyynnön uudelleen ja osoittaa henkilöllisyytesi. Älä lähetä henkilötunnustasi.",
        "article": "{article} artikla",
        "paragraph": "{article} artikla, {paragraph} kohta",
        "point": "{article} artikla, {paragraph} kohta, {point} alakohta",
        "access": "Pääsy omiin puhelutallenteisiin",
        "rectification": "Tietojen oikaiseminen",
        "erasure": "Tietojen poistaminen",
        "restriction": "Käsittelyn rajoittaminen",
        "portability": "Tietojen siirtäminen",
        "objection": "Käsittelyn vastustaminen",
        "consent-withdrawal": "Suostumuksen peruuttaminen",
        "not-identified": "emme ole voineet varmistua siitä, kuka pyynnön teki",
        "manifestly-unfounded": "pyyntö on ilmeisen perusteeton",
        "excessive": "pyyntö on kohtuuton, erityisesti koska se on toistuva",
        "legal-duty": "meillä on lakisääteinen velvoite säilyttää tiedot",
        "legal-claim": "tietoja tarvitaan oikeusvaateen laatimiseksi, esittämiseksi tai puolustamiseksi",
        "compelling-grounds": "käsittelyyn on huomattavan tärkeä ja perusteltu syy, joka syrjäyttää sinun etusi",
        "nothing-kept": "meillä ei ole sinua koskevia puhelutallenteita",
        "complexity": "pyyntö on monimutkainen",
        "number-of-requests": "pyyntöjä on paljon",
    },
    "sv": {
        "refused_title": "Beslut om din begäran",
        "extended_title": "Svaret på din begäran dröjer",
        "received": "Begäran mottagen",
        "asked_head": "Vad du begärde",
        "asked": "{kind} (dataskyddsförordningen, {article}).",
        "refused_head": "Vårt beslut",
        "refused": "Vi tillmötesgår inte din begäran. Grund: {ground}",
        "cited": " (dataskyddsförordningen, {article}).",
        "extended_head": "När vi svarar",
        "extended": (
            "Vi svarar på din begäran senast {due}. Tidsfristen har förlängts med två månader (dataskyddsförordningen, "
            "artikel 12.3), eftersom {reason}."
        ),
        "explained_head": "Närmare motivering",
        "remedy_head": "Om du är av annan åsikt",
        "remedy": (
            "Du har också rätt att föra saken till domstol (dataskyddsförordningen, artikel 79). Ett klagomål till "
            "dataombudsmannen hindrar inte det."
        ),
        "again": "Du kan göra begäran på nytt och visa vem du är. Skicka inte din personbeteckning.",
        "article": "artikel {article}",
        "paragraph": "artikel {article}.{paragraph}",
        "point": "artikel {article}.{paragraph} {point}",
        "access": "Tillgång till dina samtalsinspelningar",
        "rectification": "Rättelse av uppgifter",
        "erasure": "Radering av uppgifter",
        "restriction": "Begränsning av behandling",
        "portability": "Överföring av uppgifter",
        "objection": "Invändning mot behandling",
        "consent-withdrawal": "Återkallelse av samtycke",
        "not-identified": "vi har inte kunnat försäkra oss om vem som gjorde begäran",
        "manifestly-unfounded": "begäran är uppenbart ogrundad",
        "excessive": "begäran är orimlig, särskilt eftersom den har gjorts upprepade gånger",
        "legal-duty": "vi är enligt lag skyldiga att spara uppgifterna",
        "legal-claim": "uppgifterna behövs för att fastställa, göra gällande eller försvara ett rättsligt anspråk",
        "compelling-grounds": "det finns tvingande berättigade skäl för den, och de väger tyngre än dina intressen",
        "nothing-kept": "vi har inga samtalsinspelningar som gäller dig",
        "complexity": "begäran är komplicerad",
        "number-of-requests": "antalet begäranden är stort",
    },
    "en": {
        "refused_title": "Decision on your request",
        "extended_title": "The answer to your request takes longer",
        "received": "Request received",
        "asked_head": "What you asked for",
        "asked": "{kind} (GDPR, {article}).",
        "refused_head": "Our decision",
        "refused": "We do not act on the request. Ground: {ground}",
        "cited": " (GDPR, {article}).",
        "extended_head": "When we answer",
        "extended": (
            "We answer your request by {due}. The time was extended by two months (GDPR, Article 12(3)), because "
            "{reason}."
        ),
        "explained_head": "In more detail",
        "remedy_head": "If you disagree",
        "remedy": (
            "You also have the right to bring the matter before a court (GDPR, Article 79). A complaint to the "
            "Ombudsman does not stand in the way of that."
        ),
        "again": "You may make the request again and show who you are. Do not send your personal identity code.",
        "article": "Article {article}",
        "paragraph": "Article {article}({paragraph})",
        "point": "Article {article}({paragraph})({point})",
        "access": "Access to your call recordings",
        "rectification": "Rectification of data",
        "erasure": "Erasure of data",
        "restriction": "Restriction of processing",
        "portability": "Portability of data",
        "objection": "Objection to processing",
        "consent-withdrawal": "Withdrawal of consent",
        "not-identified": "we could not make sure who made the request",
        "manifestly-unfounded": "the request is manifestly unfounded",
        "excessive": "the request is excessive, in particular because it is repeated",
        "legal-duty": "the law obliges us to keep the data",
        "legal-claim": "the data are needed to establish, exercise or defend a legal claim",
        "compelling-grounds": "there are compelling legitimate grounds for it, which override your interests",
        "nothing-kept": "we keep no call recordings that concern you",
        "complexity": "the request is complex",
        "number-of-requests": "there are many requests",
    },
}
