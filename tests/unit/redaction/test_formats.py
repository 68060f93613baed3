"""Check rules against the domain's vectors: right ones pass, wrong ones fail, and no error names a value."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import stdnum.luhn

from redaction.formats import bban, business_id, card, gsrn, hetu, iban, phone, reference, rf
from redaction.formats.errors import BadFormat

VECTORS: dict[str, dict[str, list[list[str]]]] = json.loads(
    (Path(__file__).resolve().parents[2] / "corpus" / "vectors.json").read_text(encoding="utf-8")
)
MODULES: dict[str, Any] = {
    "hetu": hetu, "iban_fi": iban, "iban_sepa": iban, "bban_old": bban, "viite": reference, "rf": rf,
    "ytunnus": business_id, "alv": business_id, "gsrn": gsrn, "phone": phone, "card": card,
}  # fmt: skip
NOT_ASKED = {("phone", "112"), ("alv", "FI9000000-3")}
# An emergency number is nobody's, and a hyphen inside a VAT id is how people write it.


def vectors(kind: str) -> list[Any]:
    return [
        pytest.param(name, number, id=f"{name}-{note or number}")
        for name in MODULES
        for number, note in VECTORS[name][kind]
        if (name, number) not in NOT_ASKED
    ]


@pytest.mark.parametrize(("name", "number"), vectors("valid"))
def test_a_valid_number_passes(name: str, number: str) -> None:
    assert MODULES[name].is_valid(number)
    assert MODULES[name].validate(number)


@pytest.mark.parametrize(("name", "number"), vectors("invalid"))
def test_an_invalid_number_fails_without_being_named(name: str, number: str) -> None:
    assert not MODULES[name].is_valid(number)
    with pytest.raises(BadFormat) as caught:
        MODULES[name].validate(number)
    assert caught.value.args == ("not valid",)
    assert caught.value.__cause__ is None


def test_an_identity_code_is_compacted_from_how_people_write_it() -> None:
    assert hetu.compact(" 131052–930v ") == "131052-930V"  # noqa: RUF001  the dash is the point


@pytest.mark.parametrize(
    ("digits", "may"), [("290200", True), ("290201", False), ("310452", False), ("131352", False), ("311299", True)]
)
def test_a_birthday_is_a_day_of_some_century(digits: str, *, may: bool) -> None:
    assert hetu.may_be_birthday(digits) is may


@pytest.mark.parametrize(
    ("country", "length"), [("FI", 18), ("SE", 24), ("EE", 20), ("NO", 15), ("XX", None), ("99", None)]
)
def test_the_length_of_an_iban_is_its_countrys(country: str, length: int | None) -> None:
    assert iban.length(country) == length


def test_old_account_numbers_expand_as_their_bank_says() -> None:
    assert bban.expand("123456-785") == "12345600000785"
    assert bban.expand("423456-781") == "42345670000081"
    assert bban.is_valid("123456785")


@pytest.mark.parametrize("check", [hetu.is_valid, iban.is_valid, bban.is_valid, phone.is_valid, card.is_valid])
def test_rubbish_is_not_valid(check: Callable[[str], bool]) -> None:
    for text in ("", "?", "-", "äö", "+", "00", "0" * 40):
        assert not check(text)


def check_digit(body: str) -> str:
    return body + stdnum.luhn.calc_check_digit(body)


@pytest.mark.parametrize(
    ("first", "lengths"), [("2", {16}), ("3", {15, 16}), ("4", {13, 16, 19}), ("5", {16}), ("6", {16, 17, 18, 19})]
)
def test_a_card_is_as_long_as_its_network_makes_it(first: str, lengths: set[int]) -> None:
    numbers = {length: check_digit(first + "0" * (length - 2)) for length in range(12, 21)}
    assert {length for length, number in numbers.items() if card.is_valid(number)} == lengths
