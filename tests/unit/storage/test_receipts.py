"""Receipts: checked offline with the public key alone, and any change shows."""

import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from storage.errors import Tampered
from storage.receipts import key_id, parse, sign, verify, verify_all

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
BODY = {
    "event": "purged",
    "recording": "ab" * 16,
    "stores": {"objects": {"before": 5, "after": 0}, "keys": {"before": 1, "after": 0}},
    "key_backups_end_within_days": 7,
}
json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def pem(key: Ed25519PrivateKey = KEY) -> str:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def signed(**changes: Any) -> dict[str, Any]:
    return dict(sign({**BODY, **changes}, KEY))


def test_a_receipt_is_known_to_the_byte() -> None:
    """Ed25519 is deterministic: a change of the signed form would break receipts that were given out."""
    receipt = signed()
    assert receipt["signature"] == {
        "algorithm": "Ed25519",
        "key": "a050837d85070582ccf7394b0988847cc312cb88259b894899f6f239cf1791a5",
        "value": "ieK6tWGKeyQcElUqSA1vFpPWBsOdPBEI+dmQpc4bdm82weFWSw3mChqEkR9LCtJCmU1C/ChWZ9AQ7nvU6KyKBA==",
    }
    assert verify(receipt, pem()) == key_id(KEY.public_key())


def test_order_and_spaces_of_the_json_do_not_matter() -> None:
    receipt = signed()
    shuffled = json.loads(json.dumps(dict(reversed(receipt.items())), indent=4))
    assert verify(shuffled, pem().encode())


@given(body=st.dictionaries(st.text(max_size=8).filter(lambda k: k not in {"signature", "format"}), json_values))
def test_every_plain_json_body_can_be_signed_and_survives_the_wire(body: dict[str, Any]) -> None:
    receipt = json.loads(json.dumps(sign(body, KEY)))
    assert verify(receipt, pem())


@pytest.mark.parametrize(
    "change",
    [
        {"event": "refused"},
        {"recording": "cd" * 16},
        {"stores": {}},
        {"more": None},
        {"key_backups_end_within_days": 7.5},
        {"format": "vaiti-receipt/2"},
        {"format": None},
        {"signature": None},
        {"signature": {}},
        {"signature": "x"},
        {"number": float("nan")},
        {"number": 2**60},
    ],
)
def test_any_change_shows(change: dict[str, Any]) -> None:
    with pytest.raises(Tampered):
        verify({**signed(), **change}, pem())


@pytest.mark.parametrize(
    "change",
    [
        {"algorithm": "none"},
        {"algorithm": "HS256"},
        {"key": "0" * 64},
        {"value": ""},
        {"value": "!"},
        {"value": None},
        {"value": "A" * 88},
        {"more": 1},
    ],
)
def test_any_change_of_the_signature_block_shows(change: dict[str, Any]) -> None:
    receipt = signed()
    with pytest.raises(Tampered):
        verify({**receipt, "signature": {**receipt["signature"], **change}}, pem())


@pytest.mark.parametrize("name", [*BODY, "format", "signature"])
def test_nothing_can_be_left_out(name: str) -> None:
    receipt = signed()
    del receipt[name]
    with pytest.raises(Tampered):
        verify(receipt, pem())


def test_another_key_confirms_nothing() -> None:
    with pytest.raises(Tampered):
        verify(signed(), pem(OTHER))
    relabelled = {**signed(), "signature": {**signed()["signature"], "key": key_id(OTHER.public_key())}}
    with pytest.raises(Tampered):
        verify(relabelled, pem(OTHER))


def test_what_is_no_ed25519_public_key_is_said() -> None:
    curve = generate_private_key(SECP256R1()).public_key()
    for wrong in ("", "not a key", curve.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)):
        with pytest.raises(ValueError):  # noqa: PT011  # the library's own text for what is no PEM
            verify(signed(), wrong)


def test_a_body_is_signed_once_and_in_this_format_only() -> None:
    with pytest.raises(ValueError, match="signed already"):
        sign(signed(), KEY)
    with pytest.raises(ValueError, match="another format"):
        sign({"format": "vaiti-plan/1"}, KEY)


def test_one_receipt_a_list_and_lines_are_read() -> None:
    first, second = signed(number=1), signed(number=2)
    assert parse(json.dumps(first, indent=2)) == [first]
    assert parse(json.dumps([first, second])) == [first, second]
    assert parse(f"{json.dumps(first)}\n\n{json.dumps(second)}\n") == [first, second]
    assert verify_all(parse(json.dumps([first, second])), pem()) == 2


def test_a_list_says_which_receipt_does_not_hold() -> None:
    with pytest.raises(Tampered, match="receipt 2"):
        verify_all([signed(), {**signed(), "event": "x"}], pem())


@pytest.mark.parametrize("text", ["", "x", "1", "[1]", '{"a": 1, "a": 2}', '[{"a": {"b": 1, "b": 1}}]', "{}\nnull"])
def test_what_is_no_receipt_is_said(text: str) -> None:
    if not text:
        assert parse(text) == []
        return
    with pytest.raises(ValueError):  # noqa: PT011  # JSON's own text, or ours
        parse(text)
