"""What the page of a call as it was says, for a case, in Finnish, Swedish and English."""

from __future__ import annotations

from collections.abc import Mapping

ORIGINAL_TEXTS: Mapping[str, Mapping[str, str]] = {
    "fi": {
        "original": "Alkuperäinen puhelu",
        "original_open": "Avaa alkuperäinen",
        "original_linked": (
            "Ajankohta avaa alkuperäisen puhelun: siinä kuulet, luet, leikkaat ja oikaiset. Avaaminen kirjataan."
        ),
        "original_help": "Kuulet ja näet kaiken, mitä puhelussa sanottiin. Avaaminen on kirjattu tälle pyynnölle.",
        "original_sound": "Alkuperäinen ääni",
        "original_words": "Mitä sanottiin",
        "original_words_help": (
            "Napsauta sanaa, niin ääni alkaa siitä. Maalaa sanat, jotka kuuluvat jollekin muulle: "
            "ne tulevat kohdaksi, jonka voit leikata."
        ),
        "cut": "Leikkaa kopiosta",
        "cut_help": (
            "Sanat ja ääni yhdessä, kaikilta kanavilta, sanojen rajoja myöten. Alkuperäinen pysyy kokonaisena. "
            "Kirje kertoo leikkauksesta ja sen syystä."
        ),
        "cut_start": "Alku (s)",
        "cut_end": "Loppu (s)",
        "cut_reason": "Syy",
        "cut_others-voice": "joku muu puhuu omistaan",
        "cut_others-data": "jonkun muun tietoja",
        "cut_trade-secret": "liikesalaisuus",
        "cut_hear": "Kuuntele kohta",
        "cuts": "Leikatut kohdat",
        "cuts_none": "Mitään ei ole leikattu: henkilö saa puhelun kokonaan.",
        "cut_undo": "Peru",
        "cut_undone": "peruttu",
        "corrections": "Oikaisut",
        "corrections_none": "Tähän puheluun ei ole oikaisuja.",
        "correct_note": "Mitä henkilö sanoo oikeaksi",
        "correct_at": "Kohta puhelussa (s), jos on",
        "correct_help": "Jää sanojen viereen ja henkilön pakettiin. Puhelu peitetään uudelleen.",
        "correct_keep": "Tallenna oikaisu",
        "correct_direction": "Suunta",
        "correct_queue": "Jono",
        "correct_agent": "Asiakaspalvelija",
        "correct_satisfaction": "Tyytyväisyys",
        "correct_stays": "ei muutu",
        "correct_facts": "Oikaise tiedot",
    },
    "sv": {
        "original": "Samtalet som det var",
        "original_open": "Öppna originalet",
        "original_linked": (
            "Tidpunkten öppnar samtalet som det var: där hör, läser, klipper och rättar du. Det noteras."
        ),
        "original_help": "Du hör och ser allt som sades i samtalet. Att det öppnades har noterats för den här begäran.",
        "original_sound": "Originalljudet",
        "original_words": "Vad som sades",
        "original_words_help": (
            "Klicka på ett ord så börjar ljudet där. Markera ord som gäller någon annan: "
            "de blir stället som du kan klippa bort."
        ),
        "cut": "Klipp bort ur kopian",
        "cut_help": (
            "Ord och ljud tillsammans, från alla kanaler, till ordens gränser. Originalet förblir helt. "
            "Brevet berättar att det klippts och varför."
        ),
        "cut_start": "Början (s)",
        "cut_end": "Slut (s)",
        "cut_reason": "Skäl",
        "cut_others-voice": "någon annan talar om sitt eget",
        "cut_others-data": "uppgifter om någon annan",
        "cut_trade-secret": "företagshemlighet",
        "cut_hear": "Lyssna på stället",
        "cuts": "Bortklippta ställen",
        "cuts_none": "Inget är bortklippt: personen får hela samtalet.",
        "cut_undo": "Ångra",
        "cut_undone": "ångrat",
        "corrections": "Rättelser",
        "corrections_none": "Samtalet har inga rättelser.",
        "correct_note": "Vad personen säger är rätt",
        "correct_at": "Ställe i samtalet (s), om något",
        "correct_help": "Står bredvid orden och i personens paket. Samtalet maskeras på nytt.",
        "correct_keep": "Spara rättelsen",
        "correct_direction": "Riktning",
        "correct_queue": "Kö",
        "correct_agent": "Kundrådgivare",
        "correct_satisfaction": "Nöjdhet",
        "correct_stays": "ändras inte",
        "correct_facts": "Rätta uppgifterna",
    },
    "en": {
        "original": "The call as it was",
        "original_open": "Open the original",
        "original_linked": (
            "The time opens the call as it was: there you hear, read, cut and correct. It goes on record."
        ),
        "original_help": (
            "You hear and see all that was said in the call. That it was opened is on record for this request."
        ),
        "original_sound": "The original sound",
        "original_words": "What was said",
        "original_words_help": (
            "Click a word and the sound begins there. Mark words that are somebody else's: "
            "they become the stretch that you can cut."
        ),
        "cut": "Cut from the copy",
        "cut_help": (
            "Words and sound together, from all channels, to where words begin and end. The original stays whole. "
            "The letter tells that something was cut, and why."
        ),
        "cut_start": "Start (s)",
        "cut_end": "End (s)",
        "cut_reason": "Reason",
        "cut_others-voice": "somebody else speaks of what is theirs",
        "cut_others-data": "data of somebody else",
        "cut_trade-secret": "trade secret",
        "cut_hear": "Hear the stretch",
        "cuts": "What is cut",
        "cuts_none": "Nothing is cut: the person gets the whole call.",
        "cut_undo": "Undo",
        "cut_undone": "undone",
        "corrections": "Corrections",
        "corrections_none": "This call has no corrections.",
        "correct_note": "What the person says is right",
        "correct_at": "Moment of the call (s), if any",
        "correct_help": "Stands beside the words and in the person's pack. The call is masked again.",
        "correct_keep": "Keep the correction",
        "correct_direction": "Direction",
        "correct_queue": "Queue",
        "correct_agent": "Agent",
        "correct_satisfaction": "Satisfaction",
        "correct_stays": "does not change",
        "correct_facts": "Correct the facts",
    },
}
