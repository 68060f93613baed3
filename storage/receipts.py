"""Receipts, `vaiti-receipt/1`: a signed JSON document that a third party checks offline, with the public key alone.

What is signed: the canonical JSON (RFC 8785) of the receipt without `signature.value`, so that the algorithm and the
key's id are signed as well. The key's id is the SHA-256 of the public key in DER (SubjectPublicKeyInfo), hexadecimal.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import rfc8785
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key

from storage.errors import Tampered

FORMAT: Final = "vaiti-receipt/1"
ANCHOR: Final = "vaiti-anchor/1"
# Signed in the same way: how far the chains went on a day (`storage.receipt_chain`).
WEEK: Final = "vaiti-week/1"
# And what became of a week's deletions (`recordings.weekly`).
AUDIT: Final = "vaiti-audit/1"
# And the end of an audit log in a file (`storage.audit_chain`).
ALGORITHM: Final = "Ed25519"


def written(moment: datetime) -> str:
    """Write a time as our signed documents do: UTC, to the second, so that times sort as text."""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def key_id(public_key: Ed25519PublicKey) -> str:
    """Name a public key: SHA-256 of its DER, hexadecimal."""
    return hashlib.sha256(public_key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def sign(body: Mapping[str, Any], key: Ed25519PrivateKey) -> Mapping[str, Any]:
    """Return the body with `format` and its `signature` block. Raises ValueError for a body that is no plain JSON."""
    if "signature" in body or body.get("format", FORMAT) not in {FORMAT, ANCHOR, WEEK, AUDIT}:
        msg = "this body is signed already, or of another format"
        raise ValueError(msg)
    block = {"algorithm": ALGORITHM, "key": key_id(key.public_key())}
    receipt = {"format": FORMAT, **body, "signature": block}
    try:
        value = base64.b64encode(key.sign(rfc8785.dumps(receipt))).decode()
    except rfc8785.CanonicalizationError:
        raise ValueError("a receipt is plain JSON, its integers below 2**53") from None  # the cause shows the value
    return {**receipt, "signature": {**block, "value": value}}


def verify(receipt: Mapping[str, Any], public_key_pem: str | bytes, *, form: str = FORMAT) -> str:
    """Check one receipt, or another of our documents where `form` says so; returns the id of the key that signed it.

    Raises Tampered when anything in it was changed or another key signed it, ValueError when the PEM holds no
    Ed25519 public key.
    """
    public_key = _load(public_key_pem)
    block = receipt.get("signature")
    if receipt.get("format") != form or not isinstance(block, Mapping) or set(block) != {"algorithm", "key", "value"}:
        raise Tampered
    if block["algorithm"] != ALGORITHM or block["key"] != key_id(public_key):
        raise Tampered
    signed = {**receipt, "signature": {name: block[name] for name in ("algorithm", "key")}}
    try:
        public_key.verify(base64.b64decode(block["value"], validate=True), rfc8785.dumps(signed))
    except (InvalidSignature, binascii.Error, rfc8785.CanonicalizationError, TypeError, ValueError):
        raise Tampered from None
    return key_id(public_key)


def verify_all(receipts: Iterable[Mapping[str, Any]], public_key_pem: str | bytes) -> int:
    """Check a list of receipts; returns how many hold. Raises Tampered, with the place of the first that does not."""
    checked = 0
    for checked, receipt in enumerate(receipts, start=1):
        try:
            verify(receipt, public_key_pem)
        except Tampered:
            raise Tampered(f"receipt {checked} is not what was signed") from None
    return checked


def parse(text: str) -> Sequence[Mapping[str, Any]]:
    """Read one receipt, a list of them, or JSON lines. Raises ValueError when it is none of these.

    A name that comes twice in one object is refused: two readers might see two different receipts.
    """
    try:
        found = _loads(text)
    except json.JSONDecodeError:
        found = [_loads(line) for line in text.splitlines() if line.strip()]
    receipts = found if isinstance(found, list) else [found]
    if {type(receipt) for receipt in receipts} - {dict}:
        msg = "a receipt is a JSON object"
        raise ValueError(msg)
    return receipts


def _loads(text: str) -> Any:
    return json.loads(text, object_pairs_hook=_unique)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        msg = "a name comes twice in one JSON object"
        raise ValueError(msg)
    return found


def _load(pem: str | bytes) -> Ed25519PublicKey:
    try:
        key = load_pem_public_key(pem.encode() if isinstance(pem, str) else pem)
    except UnsupportedAlgorithm:
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError("not an Ed25519 public key in PEM")  # noqa: TRY004  # the value of a setting is wrong
    return key
