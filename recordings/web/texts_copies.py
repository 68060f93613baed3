"""What a person reads who fetches her copies, and who makes her link, in Finnish, Swedish and English."""

from __future__ import annotations

from collections.abc import Mapping

COPIES_TEXTS: Mapping[str, Mapping[str, str]] = {
    "fi": {
        "copies": "Puhelutallenteesi",
        "copies_help": (
            "Olet pyytänyt kopiot puheluistasi. Kirjoita koodi, jonka sait muuta tietä kuin tämän linkin, niin "
            "lataus alkaa. Linkki toimii yhden kerran. Paketissa ovat puhelut, niiden tekstit ja kirje."
        ),
        "copies_keep": "Tallenna paketti paikkaan, johon vain sinä pääset: sitä ei ole salattu.",
        "copies_link": "Linkin loppuosa, merkin # jälkeen",
        "copies_code": "Koodi",
        "copies_fetch": "Lataa kopiot",
        "link_make": "Tee kertalinkki",
        "link_help": (
            "Henkilö hakee kopiot itse linkistä, joka toimii kerran ja seitsemän päivää. Koodi kerrotaan muuta "
            "tietä. Aiempi linkki lakkaa."
        ),
        "link_made": "Kertalinkki on tehty",
        "link_made_help": (
            "Lähetä linkki henkilölle ja kerro koodi muuta tietä, esimerkiksi puhelimessa numeroon, joka teillä"
            " jo oli. Kumpikaan ei näy enää, kun suljet tämän sivun."
        ),
        "link_address": "Linkki",
        "link_until": "Toimii {until} asti, kerran. Viisi väärää koodia lopettaa sen.",
        "case_linked": "Linkki annettu",
        "error_link-ended": (
            "Tämä linkki ei enää toimi: sitä on käytetty, se on liian vanha, tai koodi oli väärä liian monta "
            "kertaa. Pyydä yritykseltä uusi."
        ),
        "error_code-wrong": "Koodi ei ole tämän linkin. Tarkista se; viiden yrityksen jälkeen linkki lakkaa.",
    },
    "sv": {
        "copies": "Dina inspelade samtal",
        "copies_help": (
            "Du har bett om kopior av dina samtal. Skriv koden som du fick på annat sätt än den här länken, så "
            "börjar hämtningen. Länken fungerar en gång. I paketet finns samtalen, deras text och ett brev."
        ),
        "copies_keep": "Spara paketet där bara du kommer åt det: det är inte krypterat.",
        "copies_link": "Länkens slut, efter tecknet #",
        "copies_code": "Kod",
        "copies_fetch": "Hämta kopiorna",
        "link_make": "Gör en engångslänk",
        "link_help": (
            "Personen hämtar själv kopiorna med en länk som fungerar en gång och i sju dagar. Koden ges på "
            "annat sätt. En tidigare länk slutar fungera."
        ),
        "link_made": "Engångslänken är gjord",
        "link_made_help": (
            "Skicka länken till personen och ge koden på annat sätt, till exempel per telefon till ett nummer "
            "som ni redan hade. Ingetdera visas igen när du stänger sidan."
        ),
        "link_address": "Länk",
        "link_until": "Fungerar till {until}, en gång. Fem felaktiga koder avslutar den.",
        "case_linked": "Länken gavs",
        "error_link-ended": (
            "Den här länken fungerar inte längre: den har använts, är för gammal eller fick för många felaktiga"
            " koder. Be företaget om en ny."
        ),
        "error_code-wrong": (
            "Koden hör inte till den här länken. Kontrollera den; efter fem försök slutar länken fungera."
        ),
    },
    "en": {
        "copies": "Your recorded calls",
        "copies_help": (
            "You have asked for copies of your calls. Type the code that you were given in another way than "
            "this link, and the download begins. The link works once. The package holds the calls, their words "
            "and a letter."
        ),
        "copies_keep": "Keep the package where only you can open it: it is not encrypted.",
        "copies_link": "The end of the link, behind the sign #",
        "copies_code": "Code",
        "copies_fetch": "Download the copies",
        "link_make": "Make a one-time link",
        "link_help": (
            "The person fetches the copies herself by a link that works once and for seven days. The code is "
            "told in another way. An earlier link ends."
        ),
        "link_made": "The one-time link is made",
        "link_made_help": (
            "Send the link to the person and tell the code in another way, for example by telephone to a number"
            " that you already had. Neither is shown again once you close this page."
        ),
        "link_address": "Link",
        "link_until": "Works until {until}, once. Five wrong codes end it.",
        "case_linked": "Link given",
        "error_link-ended": (
            "This link works no more: it was used, is too old, or had too many wrong codes. Ask the company for"
            " another."
        ),
        "error_code-wrong": "This is not the code of this link. Check it; after five tries the link ends.",
    },
}
