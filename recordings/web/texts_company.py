"""What the pages say about the company's own sign-in and about limits, in Finnish, Swedish and English."""

from __future__ import annotations

from collections.abc import Mapping

COMPANY_TEXTS: Mapping[str, Mapping[str, str]] = {
    "fi": {
        "sign_in_company": "Kirjaudu: {company}",
        "sign_out_company": "Kirjaudu ulos myös palvelusta {company}",
        "break_glass": "Varatili, kun yrityksen kirjautuminen ei toimi",
        "came_back": "Tervetuloa takaisin",
        "error_company-refused": "Yrityksen kirjautuminen ei onnistunut. Aloita alusta.",
        "error_company-away": "Yrityksen kirjautuminen ei vastaa. "
        "Yritä muutaman minuutin päästä uudelleen tai kysy ylläpidolta.",
        "error_company-gives-nothing": "Yritys tuntee sinut, mutta millään ryhmälläsi ei ole täällä roolia. "
        "Kysy siltä, joka hoitaa ryhmiä.",
        "error_signs-in-elsewhere": "Hän kirjautuu yrityksen tunnuksella: salasana vaihdetaan siellä.",
        "error_too-many-opened": "Olet avannut niin monta puhelua kuin roolisi avaa tunnissa. "
        "Jatka myöhemmin tai kysy tietosuojavastaavalta.",
    },
    "sv": {
        "sign_in_company": "Logga in: {company}",
        "sign_out_company": "Logga ut även från {company}",
        "break_glass": "Reservkonto när företagets inloggning inte fungerar",
        "came_back": "Välkommen tillbaka",
        "error_company-refused": "Företagets inloggning lyckades inte. Börja om.",
        "error_company-away": "Företagets inloggning svarar inte. "
        "Försök igen om några minuter eller fråga den som sköter den.",
        "error_company-gives-nothing": "Företagets inloggning känner dig, men ingen av dina grupper har en roll här. "
        "Fråga den som sköter grupperna.",
        "error_signs-in-elsewhere": "Personen loggar in med företagets konto: lösenordet byts där.",
        "error_too-many-opened": "Du har öppnat så många samtal som din roll öppnar på en timme. "
        "Fortsätt senare eller fråga dataskyddsombudet.",
    },
    "en": {
        "sign_in_company": "Sign in: {company}",
        "sign_out_company": "Sign out of {company} too",
        "break_glass": "Spare account for when the company's sign-in is down",
        "came_back": "Welcome back",
        "error_company-refused": "The company's sign-in did not succeed. Begin again.",
        "error_company-away": "The company's sign-in does not answer. Try again in some minutes, or ask who runs it.",
        "error_company-gives-nothing": "The company's sign-in knows you, but no group of yours has a role here. "
        "Ask who looks after the groups.",
        "error_signs-in-elsewhere": "This person signs in with the company's account: the password is changed there.",
        "error_too-many-opened": "You have opened as many calls as your role opens in an hour. "
        "Go on later, or ask the privacy officer.",
    },
}
