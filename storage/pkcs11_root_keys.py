"""Root keys in a PKCS#11 token (a hardware security module, SoftHSM2): made there, and they never leave it.

The token computes HMAC-SHA-256 with a root key over the place of what is to be wrapped; that is the key which wraps
it, here, as everywhere (`storage.key_wrap`). Every token can do this one thing, and it answers the same for a changed
key as other adapters do; docs/adr/0021 says what else was tried.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, Final, TypeVar

import pkcs11
from pkcs11 import Attribute, KeyType, Mechanism, ObjectClass
from pkcs11 import exceptions as faults

from storage import key_wrap
from storage.errors import KeysUnusable, Unavailable

LABEL: Final = "vaiti root key"
# How our keys are called in the token's own tools; which is which is said by their id.
_ID_DIGITS: Final = 32
_WILL_NOT_PASS: Final = (
    faults.PinIncorrect,
    faults.PinInvalid,
    faults.PinLenRange,
    faults.PinExpired,
    faults.PinLocked,
    faults.UserPinNotInitialized,
)
# A token locks after a few wrong PINs, so none of these is tried twice.
_MADE_FOR_ONE_USE: Final = {
    Attribute.EXTRACTABLE: False,
    Attribute.SENSITIVE: True,
    Attribute.PRIVATE: True,
    Attribute.SIGN: True,
    Attribute.VERIFY: False,
    Attribute.ENCRYPT: False,
    Attribute.DECRYPT: False,
    Attribute.WRAP: False,
    Attribute.UNWRAP: False,
    Attribute.DERIVE: False,
}

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """Which token, through which vendor's library, and the PIN of its user."""

    module: Path
    label: str
    pin: str = field(repr=False)


class Pkcs11RootKeys:
    """RootKeys in a token. Safe to use from several threads, which take turns; not across a fork."""

    def __init__(self, token: Token) -> None:
        """Sign in to the token. Raises KeysUnusable when it is not there or refuses, before anything is written."""
        self._token = token
        self._turn = Lock()
        self._refused = False
        self._session: pkcs11.Session | None = None
        try:
            self._asked(lambda _: None)
        except Unavailable:
            raise KeysUnusable(
                "There is no such token, or its library does not work: look at VAITI_PKCS11_MODULE and "
                "VAITI_PKCS11_TOKEN. Nothing was written."
            ) from None

    def close(self) -> None:
        """Sign out."""
        with self._turn:
            self._leave()

    def make_next(self, after: str) -> str:
        """Return the version that follows `after`; made now, unless it was made before. Raises Unavailable."""
        version = hashlib.sha256(key_wrap.context("vaiti/1", "root after", after)).hexdigest()[:_ID_DIGITS]

        def make(session: pkcs11.Session) -> str:
            if _find(session, version) is None:
                session.generate_key(
                    KeyType.GENERIC_SECRET,
                    8 * key_wrap.KEY_SIZE,
                    id=bytes.fromhex(version),
                    label=LABEL,
                    store=True,
                    template=_MADE_FOR_ONE_USE,
                )
            return version

        return self._asked(make)

    def has(self, version: str) -> bool:
        """Tell whether this version is in the token. Raises Unavailable."""
        return self._asked(lambda session: _find(session, version) is not None)

    def wrap(self, version: str, key: bytes, *, place: Sequence[str]) -> bytes:
        """Wrap a key, bound to its place. Raises KeysUnusable for a version that is not there, Unavailable."""
        return key_wrap.wrap(key, under=self._under(version, place), place=key_wrap.context(*place))

    def unwrap(self, version: str, wrapped: bytes, *, place: Sequence[str]) -> bytes:
        """Open what `wrap` made. Raises Tampered, KeysUnusable for a version that is not there, Unavailable."""
        return key_wrap.unwrap(wrapped, under=self._under(version, place), place=key_wrap.context(*place))

    def destroy(self, version: str) -> bool:
        """Destroy a version. Destroying nothing is no error. Raises Unavailable."""

        def destroy(session: pkcs11.Session) -> bool:
            found = _find(session, version)
            if found is not None:
                found.destroy()
            return True

        return self._asked(destroy)

    def _under(self, version: str, place: Sequence[str]) -> bytes:
        message = key_wrap.context("vaiti/1", "wrap", *place)

        def sign(session: pkcs11.Session) -> bytes:
            found = _find(session, version)
            if found is None:
                raise KeysUnusable
            return bytes(found.sign(message, mechanism=Mechanism.SHA256_HMAC))

        return self._asked(sign)

    def _asked(self, work: Callable[[pkcs11.Session], Answer]) -> Answer:
        """Ask the token; a session that was lost is opened again, once."""
        with self._turn:
            try:
                return work(self._signed_in())
            except faults.PKCS11Error:
                self._leave()
            try:
                return work(self._signed_in())
            except faults.PKCS11Error:
                self._leave()
                raise Unavailable("the token of the root keys does not answer") from None

    def _signed_in(self) -> pkcs11.Session:
        if self._session is None:
            if self._refused:
                raise KeysUnusable(_PIN_REFUSED)
            try:
                token = pkcs11.lib(str(self._token.module)).get_token(token_label=self._token.label)
                self._session = _open(token, self._token.pin)
            except _WILL_NOT_PASS:
                self._refused = True
                raise KeysUnusable(_PIN_REFUSED) from None
        return self._session

    def _leave(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            try:
                session.close()
            except faults.PKCS11Error:
                return  # it was lost already


_PIN_REFUSED: Final = (
    "The token refuses its PIN (VAITI_PKCS11_PIN_FILE). It was tried once and will not be again: too many tries "
    "lock a token. Nothing was written."
)


def _open(token: pkcs11.Token, pin: str) -> pkcs11.Session:
    """Open a session; a process signs in to a token once, for all its sessions."""
    try:
        return token.open(rw=True, user_pin=pin)
    except faults.UserAlreadyLoggedIn:
        return token.open(rw=True)


def _find(session: pkcs11.Session, version: str) -> Any:
    """Return the key of this version, or None. Raises KeysUnusable where two have its id: only one can be right."""
    if len(version) != _ID_DIGITS:
        return None  # a version of this machine's own keys
    wanted = {
        Attribute.CLASS: ObjectClass.SECRET_KEY,
        Attribute.ID: bytes.fromhex(version),
        Attribute.KEY_TYPE: KeyType.GENERIC_SECRET,
    }
    found = list(session.get_objects(wanted))
    if len(found) > 1:
        raise KeysUnusable("Two keys of the token have the id of one root key: remove the one that is not Vaiti's.")
    return found[0] if found else None
