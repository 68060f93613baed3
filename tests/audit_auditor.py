"""An auditor's own check of `vaiti-audit/1`, written from docs/receipts.md: nothing of Vaiti is imported here."""

import base64
import hashlib
import json
from typing import Any

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key


def sha(document: Any) -> str:
    return hashlib.sha256(rfc8785.dumps(document)).hexdigest()


def is_signed(document: dict[str, Any], key: Ed25519PublicKey) -> bool:
    try:
        block = {name: document["signature"][name] for name in ("algorithm", "key")}
        key.verify(base64.b64decode(document["signature"]["value"]), rfc8785.dumps({**document, "signature": block}))
    except (InvalidSignature, KeyError, TypeError, ValueError):
        return False
    return True


def hash_of(entry: dict[str, Any]) -> str:
    if "content" not in entry and "salt" not in entry:
        return sha(entry)
    link = {"number": entry["number"], "previous": entry["previous"]}
    content = entry.get("content") or sha({name: entry[name] for name in entry.keys() - link.keys()})
    return sha({**link, "content": content})


def accepts(lines: list[str], pem: bytes, anchors: list[dict[str, Any]]) -> bool:
    key = load_pem_public_key(pem)
    assert isinstance(key, Ed25519PublicKey)
    *entries, seal = (json.loads(line) for line in lines) if lines else [{}]
    hashes = ["0" * 64]
    for number, entry in enumerate(entries, start=1):
        if entry.get("number") != number or entry["previous"] != hashes[-1]:
            return False
        hashes.append(hash_of(entry))
    if seal.get("format") != "vaiti-audit/1" or not is_signed(seal, key):
        return False
    shown = sum("content" not in entry for entry in entries)
    if (seal["entries"], seal["head"], seal["shown"]) != (len(entries), hashes[-1], shown):
        return False
    if seal["controller"] is None and shown != len(entries):
        return False
    return all(
        is_signed(each, key) and hashes[each["audit"]["number"] :][:1] == [each["audit"]["hash"]] for each in anchors
    )
