"""What is done about a case, and what each act does, in Finnish, Swedish and English."""

from __future__ import annotations

from collections.abc import Mapping

CASE_ACT_TEXTS: Mapping[str, Mapping[str, str]] = {
    "fi": {
        "her_calls": "Henkilön puhelut",
        "her_calls_none": "Tällä tiedolla ei löydy puheluita.",
        "person_unknown": "Ei tiedetä vielä, kenen puheluista on kyse.",
        "name_person": "Liitä henkilöön",
        "doubtful_help": (
            "Yhteisen numeron varassa oleva puhelu, tai puhelu jossa henkilöstä vain puhutaan: merkitse ne, "
            "jotka ovat hänen. Muut jäävät pois."
        ),
        "is_hers": "Puhelu on tämän henkilön",
        "found_by": "Mistä tiedetään",
        "identify": "Henkilöllisyys on osoitettu",
        "identify_help": (
            "Mitään ei luovuteta eikä poisteta ennen tätä. Puhelimessa sanottu henkilötunnus ei osoita ketään."
        ),
        "pack": "Tee kopiot",
        "pack_help": (
            "Puhelut kokonaisina ja kirje salattuna pakettina. Alkuperäisten avaaminen kirjataan. Anna "
            "salalause henkilölle muuta tietä kuin paketti."
        ),
        "passphrase": "Salalause",
        "letter_language": "Kirjeen kieli",
        "controllers_language": "rekisterinpitäjän",
        "download": "Lataa",
        "release": "Anna kopiot verkkopalveluun",
        "release_help": (
            "Henkilö on kirjautunut verkkopalveluun vahvasti tunnistettuna ja saa kopiot sieltä. Jokainen "
            "haku kirjataan."
        ),
        "erase": "Poista puhelut",
        "erase_help": "Puhelut loppuvat heti ja lopullisesti, ja jokaisesta jää todiste. Pidossa olevat jäävät.",
        "erased": "Poistettu {ended}, pidossa {held}, odottaa kyllä-vastausta {left}.",
        "answered": "Henkilö on saanut vastauksen",
        "given_otherwise": "Kopiot annettiin muulla tavalla",
        "mark_answered": "Merkitse vastatuksi",
        "extend": "Jatka kahdella kuukaudella",
        "extend_help": "Kerran, ensimmäisen kuukauden aikana. Henkilölle kerrotaan kirjeellä.",
        "refuse_case": "Kieltäydy",
        "refuse_help": "Henkilölle kerrotaan peruste ja mihin voi valittaa.",
        "withdraw": "Henkilö perui pyynnön",
        "letter": "Kirje",
        "letter_help": "Kieltäytymisestä, rauenneesta pyynnöstä tai jatkosta. Oma tekstisi on vain kirjeessä.",
        "explanation": "Omat sanasi",
        "case_differs": "Pyyntö on päättynyt, muuttunut sillä välin tai toista lajia. Lataa sivu uudelleen.",
        "identity_needed": "Ensin on tiedettävä, kuka pyytää.",
        "pack_needed": "Tee ensin kopiot, tai merkitse että ne annettiin muulla tavalla.",
        "confirmation_needed": "Joistakin puheluista on päätettävä ensin, ovatko ne tämän henkilön.",
        "too_late_to_extend": "Jatkaa voi kerran ja ensimmäisen kuukauden aikana.",
        "nothing_to_tell": "Tästä pyynnöstä ei ole kirjettä.",
        "nothing_to_give": "Tällä tiedolla ei löydy ketään.",
        "passphrase_short": "Salalauseessa on vähintään 20 merkkiä.",
        "no_period_for_cases": "Rekisterinpitäjän tiedostosta puuttuu pyyntöjen säilytysaika.",
        "case_wrong": "Tarkista kohdat: jokin puuttuu tai ei ole mahdollinen. Mitään ei tallennettu.",
    },
    "sv": {
        "her_calls": "Personens samtal",
        "her_calls_none": "Inga samtal hittas med den uppgiften.",
        "person_unknown": "Det är inte känt ännu vems samtal det gäller.",
        "name_person": "Koppla till personen",
        "doubtful_help": (
            "Ett samtal som vilar på ett gemensamt nummer, eller där personen bara omtalas: kryssa för dem "
            "som är personens. De andra lämnas bort."
        ),
        "is_hers": "Samtalet är denna persons",
        "found_by": "Hur det är känt",
        "identify": "Identiteten är visad",
        "identify_help": (
            "Inget lämnas ut eller raderas före detta. En personbeteckning som sägs i telefon visar ingenting."
        ),
        "pack": "Gör kopiorna",
        "pack_help": (
            "Samtalen i sin helhet och ett brev som ett krypterat paket. Öppnandet antecknas. Ge lösenfrasen "
            "på annan väg än paketet."
        ),
        "passphrase": "Lösenfras",
        "letter_language": "Brevets språk",
        "controllers_language": "den personuppgiftsansvarigas",
        "download": "Ladda ner",
        "release": "Släpp kopiorna till e-tjänsten",
        "release_help": (
            "Personen har loggat in i e-tjänsten med stark autentisering och får kopiorna där. Varje "
            "hämtning antecknas."
        ),
        "erase": "Radera samtalen",
        "erase_help": (
            "Samtalen tar slut genast och för gott, och av varje blir ett bevis kvar. De som hålls kvar förblir."
        ),
        "erased": "Raderade {ended}, kvarhållna {held}, väntar på ett ja {left}.",
        "answered": "Personen har fått svar",
        "given_otherwise": "Kopiorna gavs på annat sätt",
        "mark_answered": "Anteckna som besvarad",
        "extend": "Förläng med två månader",
        "extend_help": "En gång, under den första månaden. Personen får veta det per brev.",
        "refuse_case": "Avslå",
        "refuse_help": "Personen får veta grunden och vart man kan klaga.",
        "withdraw": "Personen tog tillbaka begäran",
        "letter": "Brev",
        "letter_help": "Om avslag, en förfallen begäran eller förlängning. Din egen text står bara i brevet.",
        "explanation": "Egna ord",
        "case_differs": "Begäran är avslutad, har ändrats eller är av annat slag. Ladda om sidan.",
        "identity_needed": "Först måste man veta vem som begär.",
        "pack_needed": "Gör först kopiorna, eller anteckna att de gavs på annat sätt.",
        "confirmation_needed": "Om vissa samtal måste man först besluta om de är personens.",
        "too_late_to_extend": "Förlängas kan den en gång och under den första månaden.",
        "nothing_to_tell": "Det finns inget brev om denna begäran.",
        "nothing_to_give": "Ingen hittas med den uppgiften.",
        "passphrase_short": "Lösenfrasen har minst 20 tecken.",
        "no_period_for_cases": "I filen saknas hur länge begäranden sparas.",
        "case_wrong": "Kontrollera uppgifterna: något saknas eller är inte möjligt. Inget sparades.",
    },
    "en": {
        "her_calls": "The person's calls",
        "her_calls_none": "No calls are found by it.",
        "person_unknown": "It is not known yet whose calls are meant.",
        "name_person": "Say whose case it is",
        "doubtful_help": (
            "A call that rests on a shared number, or only speaks of the person: tick those that are the "
            "person's. The others stay out."
        ),
        "is_hers": "The call is this person's",
        "found_by": "Known by",
        "identify": "It is known who asks",
        "identify_help": (
            "Nothing is given or erased before this. An identity code that was said on the telephone proves nobody."
        ),
        "pack": "Make the copies",
        "pack_help": (
            "The calls as they were and a letter, as an encrypted archive. Opening them is recorded. Tell "
            "the passphrase in another way than the archive."
        ),
        "passphrase": "Passphrase",
        "letter_language": "Language of the letter",
        "controllers_language": "the controller's",
        "download": "Download",
        "release": "Let the copies go to the portal",
        "release_help": (
            "The person has signed in to the portal with strong identification and gets the copies there. "
            "Each fetch is recorded."
        ),
        "erase": "Erase the calls",
        "erase_help": "The calls end at once and for good, each with a receipt. Held ones stay.",
        "erased": "Erased {ended}, held {held}, waiting for a yes {left}.",
        "answered": "The person has the answer",
        "given_otherwise": "The copies were given otherwise",
        "mark_answered": "Note as answered",
        "extend": "Take two months more",
        "extend_help": "Once, within the first month. The person is told by a letter.",
        "refuse_case": "Refuse",
        "refuse_help": "The person is told the ground, and where to complain.",
        "withdraw": "The person no longer asks",
        "letter": "Letter",
        "letter_help": "Of a refusal, a lapsed request or an extension. Your own words stand in the letter alone.",
        "explanation": "In your own words",
        "case_differs": "The request is closed, was changed meanwhile, or is of another kind. Load the page again.",
        "identity_needed": "It has to be known who asks first.",
        "pack_needed": "Make the copies first, or note that they were given otherwise.",
        "confirmation_needed": "Of some calls it has to be decided first whether they are this person's.",
        "too_late_to_extend": "A request is extended once, and within the first month.",
        "nothing_to_tell": "There is no letter of this request.",
        "nothing_to_give": "Nobody is found by it.",
        "passphrase_short": "The passphrase has at least 20 characters.",
        "no_period_for_cases": "The controllers file does not say how long requests are kept.",
        "case_wrong": "Look at the fields: something is missing or cannot be. Nothing was kept.",
    },
}
