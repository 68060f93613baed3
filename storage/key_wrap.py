"""Keys under keys: wrapping, derivation, commitment. Pure functions over `cryptography`; nothing is stored here.

Wrapping is AES-256-GCM-SIV: nonces may repeat without harm, and the additional data bind a wrapped key to its place,
so that no row can stand in for another.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.errors import Tampered

KEY_SIZE: Final = 32
_NONCE_SIZE: Final = 12


def new_key() -> bytes:
    """Make a random 32-byte key."""
    return os.urandom(KEY_SIZE)


def context(*parts: str) -> bytes:
    """Join parts so that no two lists of parts look the same: each with its length before it."""
    return b"".join(len(raw := part.encode()).to_bytes(4, "big") + raw for part in parts)


def wrap(key: bytes, *, under: bytes, place: bytes) -> bytes:
    """Wrap a key under another, bound to its place: nonce (12 bytes) and ciphertext."""
    nonce = os.urandom(_NONCE_SIZE)
    return nonce + AESGCMSIV(under).encrypt(nonce, key, place)


def unwrap(wrapped: bytes, *, under: bytes, place: bytes) -> bytes:
    """Open what `wrap` made. Raises Tampered when it was changed, moved or is under another key."""
    try:
        return AESGCMSIV(under).decrypt(wrapped[:_NONCE_SIZE], wrapped[_NONCE_SIZE:], place)
    except (InvalidTag, ValueError):
        raise Tampered from None


def derive(key: bytes, *parts: str) -> bytes:
    """Make a 32-byte key for one purpose: HKDF-SHA-256 with the parts as its info."""
    return HKDF(algorithm=SHA256(), length=KEY_SIZE, salt=None, info=context("vaiti/1", *parts)).derive(key)


def commitment(key: bytes) -> bytes:
    """Return 32 bytes that only this key has: GCM alone does not commit to its key."""
    return hmac.digest(key, b"vaiti/1 commit", hashlib.sha256)


def keyed_hash(key: bytes, *parts: str) -> str:
    """Return HMAC-SHA-256 over the parts, hexadecimal."""
    return hmac.digest(key, context(*parts), hashlib.sha256).hex()
