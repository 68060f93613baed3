"""What the page of a person says, in Finnish, Swedish and English."""

from __future__ import annotations

from collections.abc import Mapping

PERSON_TEXTS: Mapping[str, Mapping[str, str]] = {
    "fi": {
        "person_of": "Kenestä on kyse",
        "person_link": "Tunnistetiedot ja roolit",
        "person_help": (
            "Yhdessä lähetetyt tunnistetiedot ovat samaa henkilöä, kunnes joku päättää toisin. Arvoja ei "
            "näytetä: niitä ei ole tallessa."
        ),
        "person_references": "Tunnistetiedot",
        "person_calls": "{count} puhelua, uusin {newest}",
        "person_shared": "yhteinen",
        "person_decide": "Päätä, kenen se on",
        "person_one": "Tämä",
        "person_bond": "on",
        "person_other": "Toinen",
        "person_typed": "kirjoitan sen",
        "person_evidence": "Mistä tiedetään",
        "person_decide_help": (
            "Toinen tunnistetieto tarvitaan vain, kun kaksi yhdistetään tai erotetaan. Päätös vaikuttaa heti ja "
            "jää historiaan. Jos henkilö osoittautuu kahdeksi, pyyntö kysyy uudelleen, kumman se on."
        ),
        "person_tick": "Valitse",
        "person_role": "Rooli",
        "person_not_hers": "ei hänen puhelunsa",
        "person_links_help": (
            "Valitse puhelut, joissa rooli on väärä. Väärä linkki pysyy poissa, vaikka samat tiedot lähetetään "
            "uudelleen."
        ),
        "person_correct": "Oikaise valitut",
        "person_decisions": "Päätökset",
        "person_decisions_none": "Kukaan ei ole päättänyt mitään.",
        "person_undone": "peruttu",
        "person_undo": "Peru",
        "person_decided": "Näin on jo päätetty, tai päätös on jo peruttu.",
        "bond_same": "sama henkilö kuin toinen",
        "bond_apart": "eri henkilö kuin toinen",
        "bond_household": "talouden yhteinen",
        "bond_company": "yrityksen",
        "evidence_pushed": "lähettävä järjestelmä",
        "evidence_said-in-call": "sanottu puhelussa",
        "evidence_company-register": "yhtiön rekisteri",
        "evidence_document-shown": "asiakirja nähty",
        "evidence_power-of-attorney": "valtakirja",
        "evidence_person-said-so": "henkilö kertoi",
    },
    "sv": {
        "person_of": "Vem det gäller",
        "person_link": "Uppgifter och roller",
        "person_help": (
            "Uppgifter som skickats tillsammans hör till samma person tills någon beslutar annat. Värdena visas "
            "inte: de är inte sparade."
        ),
        "person_references": "Uppgifter om personen",
        "person_calls": "{count} samtal, senaste {newest}",
        "person_shared": "delad",
        "person_decide": "Besluta vems den är",
        "person_one": "Den här",
        "person_bond": "är",
        "person_other": "Den andra",
        "person_typed": "jag skriver den",
        "person_evidence": "Hur man vet det",
        "person_decide_help": (
            "Den andra uppgiften behövs bara när två förenas eller skiljs åt. Beslutet gäller genast och stannar "
            "i historiken. Om personen visar sig vara två frågar begäran på nytt vems den är."
        ),
        "person_tick": "Välj",
        "person_role": "Roll",
        "person_not_hers": "inte hennes samtal",
        "person_links_help": (
            "Välj de samtal där rollen är fel. En felaktig koppling hålls borta även om samma uppgifter skickas igen."
        ),
        "person_correct": "Rätta de valda",
        "person_decisions": "Beslut",
        "person_decisions_none": "Ingen har beslutat något.",
        "person_undone": "återtaget",
        "person_undo": "Återta",
        "person_decided": "Så är redan beslutat, eller så är beslutet redan återtaget.",
        "bond_same": "samma person som den andra",
        "bond_apart": "en annan person än den andra",
        "bond_household": "hushållets",
        "bond_company": "ett företags",
        "evidence_pushed": "systemet som skickade",
        "evidence_said-in-call": "sagt i samtalet",
        "evidence_company-register": "bolagets register",
        "evidence_document-shown": "handling visad",
        "evidence_power-of-attorney": "fullmakt",
        "evidence_person-said-so": "personen berättade",
    },
    "en": {
        "person_of": "Who this is about",
        "person_link": "References and roles",
        "person_help": (
            "References that were pushed together are one person's until somebody decides otherwise. Their "
            "values are not shown: they are not kept."
        ),
        "person_references": "References",
        "person_calls": "{count} calls, newest {newest}",
        "person_shared": "shared",
        "person_decide": "Decide whose it is",
        "person_one": "This one",
        "person_bond": "is",
        "person_other": "The other",
        "person_typed": "I type it",
        "person_evidence": "How it is known",
        "person_decide_help": (
            "The other reference is needed only where two are joined or parted. A decision counts at once and "
            "stays in the history. Where the person turns out to be two, the request asks again whose it is."
        ),
        "person_tick": "Choose",
        "person_role": "Role",
        "person_not_hers": "not her call",
        "person_links_help": (
            "Choose the calls in which the role is wrong. A wrong link stays away, also when the same facts are "
            "pushed again."
        ),
        "person_correct": "Put the chosen right",
        "person_decisions": "Decisions",
        "person_decisions_none": "Nobody has decided anything.",
        "person_undone": "undone",
        "person_undo": "Undo",
        "person_decided": "This was decided already, or is undone already.",
        "bond_same": "the same person as the other",
        "bond_apart": "another person than the other",
        "bond_household": "a household's",
        "bond_company": "a company's",
        "evidence_pushed": "the pushing system",
        "evidence_said-in-call": "said in the call",
        "evidence_company-register": "the company's register",
        "evidence_document-shown": "a document was shown",
        "evidence_power-of-attorney": "a power of attorney",
        "evidence_person-said-so": "the person said so",
    },
}
