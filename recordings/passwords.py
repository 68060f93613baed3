"""Passwords: which are taken, and how they are kept (argon2id). Rules after NIST SP 800-63B.

Long enough, and none that is tried first. Nothing is asked of their composition, and none has an end: both make people
choose worse ones.
"""

from __future__ import annotations

import unicodedata
from threading import BoundedSemaphore
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError, VerifyMismatchError

from recordings.people_errors import PasswordCommon, PasswordShort

SHORTEST, LONGEST = 15, 128
# Characters: what NIST asks of a password that stands alone; more than the second nobody types.
SHORTEST_NAME: Final = 4
_AROUND: Final = "0123456789 !\"#¤%&/()=?+-_.,:;*'@€$<>|§½"
# What people put around a word to make it longer.
AT_ONCE: Final = 2
# Hashes at a time, 64 MiB and some 50 ms each: who guesses on many lines at once waits, and so does the memory.
COMMON: Final = frozenset(
    """
    password passw0rd p@ssword salasana sananlasku losenord lösenord kennwort passwort motdepasse contraseña
    qwerty qwertyuiop asdfgh asdfghjkl zxcvbnm qazwsx qwer1234 1q2w3e4r 1qaz2wsx zaq12wsx
    123456 1234567 12345678 123456789 1234567890 123123 111111 000000 654321 987654321 112233
    letmein welcome tervetuloa välkommen iloveyou rakastan rakastansinua admin administrator root
    monkey dragon football jalkapallo baseball master shadow sunshine princess prinsessa superman batman
    kesä talvi syksy kevät kesäloma sommar summer winter autumn spring suomi finland helsinki tampere turku oulu
    kuukausi maanantai perkele saatana vittu kissa koira kissakoira perhe mustikka juhannus joulu jääkiekko
    vaiti energia energy sähkö sahko asiakaspalvelu callcenter puhelu changeme vaihdatämä default secret salainen
    """.split()
)  # as people choose them here; several of them in a row are no better, nor are digits and signs around

_HASHER: Final = PasswordHasher()  # argon2id, RFC 9106's second profile: 64 MiB, three passes, four lanes
_TURN: Final = BoundedSemaphore(AT_ONCE)
_NOBODYS: Final = _HASHER.hash("nobody has this password")
# What is compared with where there is no such account: the answer takes as long.


def check(password: str, *, name: str = "") -> None:
    """Raise PasswordShort or PasswordCommon for one that may not be chosen; `name` is whose it would be."""
    text = normal(password).casefold()
    if not SHORTEST <= len(text) <= LONGEST:
        raise PasswordShort
    core = text.strip(_AROUND)
    if len(name) >= SHORTEST_NAME:
        core = core.replace(name.casefold(), "").strip(_AROUND)
    if not core or _is_repeated(text) or _is_made_of_common(core):
        raise PasswordCommon


def _is_repeated(text: str) -> bool:
    """Tell whether one to four characters come again and again."""
    return any(text == (text[:size] * len(text))[: len(text)] for size in range(1, 5))


def _is_made_of_common(text: str) -> bool:
    """Tell whether nothing but listed words is left, one behind the other."""
    reached = {0}
    for at in range(len(text)):
        if at in reached:
            reached |= {at + len(word) for word in COMMON if text.startswith(word, at)}
    return len(text) in reached


def keep(password: str) -> str:
    """Return what is kept of a password: argon2id with its parameters and salt."""
    with _TURN:
        return _HASHER.hash(normal(password))


def is_right(kept: str | None, password: str) -> bool:
    """Tell whether this is the password. Without one the answer is no, and takes as long."""
    text = normal(password)
    if len(text) > LONGEST:
        kept, text = None, ""
    with _TURN:
        try:
            _HASHER.verify(kept or _NOBODYS, text)
        except (VerifyMismatchError, VerificationError, InvalidHashError):
            return False
    return kept is not None


def is_outdated(kept: str) -> bool:
    """Tell whether it should be hashed anew: today's parameters are other ones."""
    return _HASHER.check_needs_rehash(kept)


def normal(password: str) -> str:
    """Return a password as it is hashed: composed, so that a keyboard that sends ä in two characters opens too."""
    return unicodedata.normalize("NFKC", password)
