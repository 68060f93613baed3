"""What the letter says, in three languages. A text that is missing is a KeyError in a test, never an empty place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

LANGUAGES: Final = ("fi", "sv", "en")

TEXTS: Final[Mapping[str, Mapping[str, str]]] = {
    "fi": {
        "title": "Puhelutallenteesi",
        "case": "Asia",
        "date": "Päiväys",
        "from": "Rekisterinpitäjä",
        "calls_head": "Mitä saat",
        "calls": (
            "Tässä paketissa ovat sinua koskevat puhelutallenteemme kokonaisina ja muokkaamattomina: ääni, "
            "puheesta koneellisesti tehty teksti ja puhelun tiedot. Konetekstissä voi olla virheitä; ääni on "
            "alkuperäinen."
        ),
        "calls_cut": (
            "Tässä paketissa ovat sinua koskevat puhelutallenteemme: ääni, puheesta koneellisesti tehty teksti ja "
            "puhelun tiedot. Konetekstissä voi olla virheitä. Alla kerrotuista puheluista on poistettu kohtia; muut "
            "ovat kokonaisina ja muokkaamattomina."
        ),
        "cuts_head": "Mitä on poistettu",
        "cuts": (
            "Kopiosta on poistettu alla olevat kohdat, ääni ja teksti yhdessä, koska niiden antaminen vaikuttaisi "
            "haitallisesti muiden oikeuksiin (tietosuoja-asetus, 15 artikla, 4 kohta). Tekstissä kohta on [CUT]."
        ),
        "cut_from": "Kohdasta",
        "cut_to": "Kohtaan",
        "others-voice": "toinen henkilö kertoo omista asioistaan",
        "others-data": "toisen henkilön tietoja",
        "trade-secret": "liikesalaisuus",
        "note": "Oikaisu",
        "corrected": "Oikaistu: {field}",
        "direction": "suunta",
        "queue": "palvelujono",
        "agent-field": "asiakaspalvelija",
        "satisfaction": "tyytyväisyys",
        "when": "Aika",
        "length": "Kesto",
        "kind": "Laji",
        "until": "Poistetaan viimeistään",
        "purposes_head": "Mihin tallenteita käytetään",
        "no_purpose": "Käyttötarkoitus ja peruste on kerrottu tietosuojaselosteessamme.",
        "categories_head": "Mitä tietoja käsittelemme",
        "categories": (
            "Puheäänesi ja puheesi sisältö, puhelun aika, kesto, laji ja suunta sekä tiedot, joilla puhelu on "
            "yhdistetty sinuun. Tallenteen puhekumppani on asiakaspalvelijamme, ja puhelussa voidaan mainita "
            "muita henkilöitä."
        ),
        "recipients_head": "Kenelle tietoja on luovutettu",
        "no_recipients": (
            "Vastaanottajat ja mahdolliset siirrot EU- ja ETA-alueen ulkopuolelle on kerrottu tietosuojaselosteessamme."
        ),
        "source_head": "Mistä tiedot on saatu",
        "source_of": "Puhelun {calls} lähde: {source}",
        "source": "Tallenteet on tehty puheluista, jotka olet käynyt kanssamme.",
        "retention_head": "Kuinka kauan säilytämme",
        "retention": (
            "Jokainen tallenne poistetaan viimeistään yllä olevana ajankohtana. Tämän pyynnön vuoksi tallenteet "
            "pidetään tallessa vielä {days} päivää tästä vastauksesta."
        ),
        "openings_head": "Milloin tallenteitasi on avattu",
        "openings": "Työntekijöiden nimiä ei kerrota, ellei se ole välttämätöntä oikeuksiesi käyttämiseksi.",
        "no_openings": "Tallenteitasi ei ole avattu ennen tätä vastausta.",
        "what": "Mitä avattiin",
        "why": "Miksi",
        "masked-audio.opened": "ääni, henkilötiedot peitettyinä",
        "masked-words.opened": "teksti, henkilötiedot peitettyinä",
        "raw.opened": "alkuperäinen tallenne",
        "raw-audio.opened": "kohta alkuperäisestä äänestä",
        "processor": "{name} ({country}) käsittelee tietoja puolestamme: {task}",
        "quality": "laadun seuranta ja koulutus",
        "review": "peittämisen tarkastus",
        "access-request": "henkilön oma pyyntö",
        "rectification": "tiedon oikaiseminen",
        "authority-request": "viranomaisen pyyntö",
        "legal-claim": "oikeudellinen vaade",
        "rights_head": "Oikeutesi",
        "rights": (
            "Voit pyytää virheellisen tiedon oikaisemista, tietojen poistamista tai käsittelyn rajoittamista ja "
            "vastustaa käsittelyä; suoramarkkinointia voit vastustaa aina. Tallenteista ei tehdä automaattisia "
            "päätöksiä."
        ),
        "complaint": (
            "Voit valittaa tietosuojavaltuutetulle: Tietosuojavaltuutetun toimisto, PL 800, 00531 Helsinki, "
            "tietosuoja.fi."
        ),
        "officer_head": "Kysyttävää?",
        "officer": "Tietosuojavastaavamme: {officer}",
        "notice_then": "Tietosuojaseloste silloin",
        "notice": "Tietosuojaseloste, johon tämä kirje perustuu, on päivätty {day}.",
        "words_head": "Puheluiden teksti",
        "no_words": "Tästä puhelusta ei ole tekstiä. Ääni on mukana.",
        "agent": "Asiakaspalvelija",
        "customer": "Asiakas",
        "unknown": "Puhuja {number}",
        "call": "Puhelu {number}",
        "page": "Sivu",
        "service": "asiakaspalvelu",
        "direct-marketing": "suoramarkkinointi",
        "fault-report": "vikailmoitus",
        "contract": "sopimus",
        "other": "muu",
        "consent": "suostumus",
        "contract-basis": "sopimus",
        "legal-duty": "lakisääteinen velvoite",
        "public-task": "yleinen etu",
        "legitimate-interest": "oikeutettu etu",
        "to-whom": "Kenelle",
        "as-what": "Missä roolissa",
        "to-police": "poliisi",
        "to-court": "tuomioistuin",
        "to-authority": "viranomainen",
        "to-collector": "perintätoimisto",
        "to-counsel": "asianajaja",
        "to-insurer": "vakuutusyhtiö",
        "to-market-party": "sähkömarkkinoiden osapuoli",
        "to-datahub": "Datahub (Fingrid)",
        "to-other": "muu vastaanottaja",
        "as-qa": "laadun arvioija",
        "as-trainer": "kouluttaja",
        "as-supervisor": "esihenkilö",
        "as-auditor": "tarkastaja",
        "as-operator": "järjestelmän hoitaja",
        "as-support": "tekninen tuki",
        "as-admin": "pääkäyttäjä",
        "as-service": "järjestelmän hoitaja",
        "as-complaint-handler": "valituksen käsittelijä",
        "as-investigator": "väärinkäytösten selvittäjä",
        "as-privacy-officer": "tietosuojavastaava",
    },
    "sv": {
        "title": "Dina samtalsinspelningar",
        "case": "Ärende",
        "date": "Datum",
        "from": "Personuppgiftsansvarig",
        "calls_head": "Vad du får",
        "calls": (
            "I detta paket finns våra inspelningar av samtal som gäller dig, hela och oredigerade: ljudet, en "
            "text som gjorts maskinellt av talet och uppgifter om samtalet. Texten kan innehålla fel; ljudet är "
            "originalet."
        ),
        "calls_cut": (
            "I detta paket finns våra inspelningar av samtal som gäller dig: ljudet, texten som en maskin har "
            "skrivit och uppgifter om samtalet. Maskintexten kan innehålla fel. Ur de samtal som nämns nedan har "
            "ställen tagits bort; de övriga är hela och oförändrade."
        ),
        "cuts_head": "Vad som har tagits bort",
        "cuts": (
            "Ställena nedan har tagits bort ur kopian, ljud och text tillsammans, eftersom det skulle inverka "
            "menligt på andras rättigheter att ge dem (dataskyddsförordningen, artikel 15.4). I texten står [CUT]."
        ),
        "cut_from": "Från",
        "cut_to": "Till",
        "others-voice": "en annan person berättar om sina egna saker",
        "others-data": "uppgifter om en annan person",
        "trade-secret": "företagshemlighet",
        "note": "Rättelse",
        "corrected": "Rättat: {field}",
        "direction": "riktning",
        "queue": "kö",
        "agent-field": "kundbetjänare",
        "satisfaction": "nöjdhet",
        "when": "Tid",
        "length": "Längd",
        "kind": "Slag",
        "until": "Raderas senast",
        "purposes_head": "Vad inspelningarna används till",
        "no_purpose": "Ändamålet och grunden framgår av vår dataskyddsbeskrivning.",
        "categories_head": "Vilka uppgifter vi behandlar",
        "categories": (
            "Din röst och vad du säger, samtalets tid, längd, slag och riktning samt uppgifter som förenar "
            "samtalet med dig. I inspelningen hörs även vår kundbetjänare, och andra personer kan nämnas."
        ),
        "recipients_head": "Till vem uppgifter har lämnats ut",
        "no_recipients": "Mottagare och överföringar utanför EU och EES framgår av vår dataskyddsbeskrivning.",
        "source_head": "Varifrån uppgifterna kommer",
        "source_of": "Källan till samtal {calls}: {source}",
        "source": "Inspelningarna har gjorts av samtal som du har fört med oss.",
        "retention_head": "Hur länge vi sparar",
        "retention": (
            "Varje inspelning raderas senast vid tidpunkten ovan. På grund av denna begäran sparas inspelningarna"
            " ännu {days} dagar från detta svar."
        ),
        "openings_head": "När dina inspelningar har öppnats",
        "openings": (
            "Anställdas namn lämnas inte ut, om det inte är nödvändigt för att du ska kunna utöva dina rättigheter."
        ),
        "no_openings": "Dina inspelningar har inte öppnats före detta svar.",
        "what": "Vad som öppnades",
        "why": "Varför",
        "masked-audio.opened": "ljudet, med personuppgifter maskerade",
        "masked-words.opened": "texten, med personuppgifter maskerade",
        "raw.opened": "originalinspelningen",
        "raw-audio.opened": "ett ställe i originalljudet",
        "processor": "{name} ({country}) behandlar uppgifter för vår räkning: {task}",
        "quality": "kvalitetsuppföljning och utbildning",
        "review": "granskning av maskeringen",
        "access-request": "personens egen begäran",
        "rectification": "rättelse av uppgifter",
        "authority-request": "en myndighets begäran",
        "legal-claim": "ett rättsligt anspråk",
        "rights_head": "Dina rättigheter",
        "rights": (
            "Du kan begära att fel rättas, att uppgifter raderas eller att behandlingen begränsas, och göra "
            "invändningar mot behandlingen; mot direktmarknadsföring alltid. Inga automatiska beslut fattas "
            "utifrån inspelningarna."
        ),
        "complaint": (
            "Du kan lämna in klagomål till dataombudsmannen: Dataombudsmannens byrå, PB 800, 00531 Helsingfors, "
            "tietosuoja.fi."
        ),
        "officer_head": "Frågor?",
        "officer": "Vårt dataskyddsombud: {officer}",
        "notice_then": "Dataskyddsbeskrivning då",
        "notice": "Dataskyddsbeskrivningen som detta brev bygger på är daterad {day}.",
        "words_head": "Samtalens text",
        "no_words": "Det finns ingen text av detta samtal. Ljudet är med.",
        "agent": "Kundbetjänare",
        "customer": "Kund",
        "unknown": "Talare {number}",
        "call": "Samtal {number}",
        "page": "Sida",
        "service": "kundtjänst",
        "direct-marketing": "direktmarknadsföring",
        "fault-report": "felanmälan",
        "contract": "avtal",
        "other": "annat",
        "consent": "samtycke",
        "contract-basis": "avtal",
        "legal-duty": "rättslig förpliktelse",
        "public-task": "allmänt intresse",
        "legitimate-interest": "berättigat intresse",
        "to-whom": "Till vem",
        "as-what": "I vilken roll",
        "to-police": "polisen",
        "to-court": "domstol",
        "to-authority": "myndighet",
        "to-collector": "inkassobyrå",
        "to-counsel": "advokat",
        "to-insurer": "försäkringsbolag",
        "to-market-party": "part på elmarknaden",
        "to-datahub": "Datahub (Fingrid)",
        "to-other": "annan mottagare",
        "as-qa": "kvalitetsgranskare",
        "as-trainer": "utbildare",
        "as-supervisor": "chef",
        "as-auditor": "revisor",
        "as-operator": "systemskötare",
        "as-support": "teknisk support",
        "as-admin": "huvudanvändare",
        "as-service": "systemskötare",
        "as-complaint-handler": "klagomålshandläggare",
        "as-investigator": "utredare av missbruk",
        "as-privacy-officer": "dataskyddsombud",
    },
    "en": {
        "title": "Your call recordings",
        "case": "Case",
        "date": "Date",
        "from": "Controller",
        "calls_head": "What you receive",
        "calls": (
            "This package holds our recordings of calls that concern you, complete and unedited: the sound, a "
            "text made from the speech by machine, and the facts of the call. The text may have errors; the sound"
            " is the original."
        ),
        "calls_cut": (
            "This package has our recordings of the calls that concern you: the sound, the text that a machine wrote "
            "of it and the facts of the call. The machine's text may have errors. From the calls named below "
            "stretches were cut; the others are whole and unedited."
        ),
        "cuts_head": "What was cut",
        "cuts": (
            "The stretches below were cut from the copy, sound and words together, because giving them would adversely "
            "affect the rights of others (GDPR, Article 15(4)). In the text such a place is [CUT]."
        ),
        "cut_from": "From",
        "cut_to": "To",
        "others-voice": "another person speaks of their own matters",
        "others-data": "data of another person",
        "trade-secret": "trade secret",
        "note": "Correction",
        "corrected": "Corrected: {field}",
        "direction": "direction",
        "queue": "queue",
        "agent-field": "agent",
        "satisfaction": "satisfaction",
        "when": "Time",
        "length": "Length",
        "kind": "Kind",
        "until": "Deleted by",
        "purposes_head": "What the recordings are used for",
        "no_purpose": "The purpose and its basis stand in our privacy notice.",
        "categories_head": "Which data we process",
        "categories": (
            "Your voice and what you say, the call's time, length, kind and direction, and what links the call to"
            " you. Our agent speaks in the recording too, and other persons may be mentioned."
        ),
        "recipients_head": "To whom data were disclosed",
        "no_recipients": "Recipients, and any transfers outside the EU and the EEA, stand in our privacy notice.",
        "source_head": "Where the data come from",
        "source_of": "Source of call {calls}: {source}",
        "source": "The recordings were made of calls that you had with us.",
        "retention_head": "How long we keep them",
        "retention": (
            "Each recording is deleted by the time above at the latest. Because of this request the recordings "
            "are kept for another {days} days from this answer."
        ),
        "openings_head": "When your recordings were opened",
        "openings": "Employees' names are not told unless that is essential for you to exercise your rights.",
        "no_openings": "Your recordings were not opened before this answer.",
        "what": "What was opened",
        "why": "Why",
        "masked-audio.opened": "the sound, personal data masked",
        "masked-words.opened": "the text, personal data masked",
        "raw.opened": "the original recording",
        "raw-audio.opened": "a place of the original sound",
        "processor": "{name} ({country}) works with the data for us: {task}",
        "quality": "quality assurance and training",
        "review": "review of the masking",
        "access-request": "the person's own request",
        "rectification": "rectification of data",
        "authority-request": "an authority's request",
        "legal-claim": "a legal claim",
        "rights_head": "Your rights",
        "rights": (
            "You may ask for errors to be rectified, for data to be erased or their use restricted, and object to"
            " the processing; to direct marketing always. No automated decisions are made from the recordings."
        ),
        "complaint": (
            "You may complain to the Data Protection Ombudsman: Office of the Data Protection Ombudsman, P.O. Box"
            " 800, 00531 Helsinki, Finland, tietosuoja.fi."
        ),
        "officer_head": "Questions?",
        "officer": "Our privacy officer: {officer}",
        "notice_then": "Privacy notice then",
        "notice": "The privacy notice that this letter rests on is dated {day}.",
        "words_head": "The words of the calls",
        "no_words": "There is no text of this call. The sound is here.",
        "agent": "Agent",
        "customer": "Customer",
        "unknown": "Speaker {number}",
        "call": "Call {number}",
        "page": "Page",
        "service": "customer service",
        "direct-marketing": "direct marketing",
        "fault-report": "fault report",
        "contract": "contract",
        "other": "other",
        "consent": "consent",
        "contract-basis": "contract",
        "legal-duty": "legal obligation",
        "public-task": "public interest",
        "legitimate-interest": "legitimate interest",
        "to-whom": "To whom",
        "as-what": "In which role",
        "to-police": "the police",
        "to-court": "a court",
        "to-authority": "an authority",
        "to-collector": "a collection agency",
        "to-counsel": "a lawyer",
        "to-insurer": "an insurer",
        "to-market-party": "a party of the electricity market",
        "to-datahub": "Datahub (Fingrid)",
        "to-other": "another receiver",
        "as-qa": "quality assurance",
        "as-trainer": "training",
        "as-supervisor": "supervisor",
        "as-auditor": "auditor",
        "as-operator": "operator of the system",
        "as-support": "technical support",
        "as-admin": "administrator",
        "as-service": "operator of the system",
        "as-complaint-handler": "complaint handler",
        "as-investigator": "investigator of misuse",
        "as-privacy-officer": "privacy officer",
    },
}
