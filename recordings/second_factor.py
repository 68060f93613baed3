"""The second factor: codes of six digits that change every half minute (TOTP, RFC 6238), and recovery codes.

The secret is nowhere: it is made anew from a number in the account and a key of the key store, so a copy of the
catalog holds no second factor.
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

import pyotp

STEP: Final = 30
# Seconds, as every authenticator app counts.
SKEW: Final = (-1, 0, 1)
# Steps: a telephone's clock may be half a minute off.
RECOVERY_CODES: Final = 10
ISSUER: Final = "Vaiti"
_ALPHABET: Final = "abcdefghjkmnpqrstuvwxyz23456789"  # without what is read for something else

Tagged = Callable[[str], str]
# Keyed hash of a text, hexadecimal.


def new_number() -> str:
    """Return what a secret is made from."""
    return secrets.token_hex(16)


def secret_of(tagged: Tagged, account: str, number: str) -> str:
    """Return the secret in base32, as apps take it."""
    return base64.b32encode(bytes.fromhex(tagged(f"second-factor:{account}:{number}"))[:20]).decode()


def address_of(secret: str, name: str) -> str:
    """Return what apps read from a square code; it holds the secret."""
    return pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)


def find_step(secret: str, code: str, now: datetime) -> int | None:
    """Return the step of time that a code belongs to, None for a wrong one."""
    if not re.fullmatch("[0-9]{6}", code):
        return None
    totp = pyotp.TOTP(secret)
    steps = [totp.timecode(now + timedelta(seconds=STEP * each)) for each in SKEW]
    right = [step for step in steps if pyotp.utils.strings_equal(totp.generate_otp(step), code)]
    return right[-1] if right else None


def new_codes() -> tuple[str, ...]:
    """Return recovery codes as they are shown, once; 79 bits each."""
    return tuple(new_code() for _ in range(RECOVERY_CODES))


def new_code() -> str:
    """Return one code that a person can copy from paper."""
    letters = [secrets.choice(_ALPHABET) for _ in range(16)]
    return "-".join("".join(letters[at : at + 4]) for at in range(0, 16, 4))


def digest_of(code: str) -> str:
    """Return what is kept of a code; it is random enough for a plain hash. Spaces and capitals are forgiven."""
    plain = re.sub(r"[^a-z0-9]", "", code.casefold())
    return hashlib.sha256(plain.encode()).hexdigest()
