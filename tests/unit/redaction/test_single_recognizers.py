"""Recognizers of one identifier at a text of their own: what they leave alone, and where their match ends."""

from __future__ import annotations

import pytest

from redaction.formats import phone
from redaction.recognizers.base import VaitiRecognizer
from redaction.recognizers.date_of_birth import DateOfBirthRecognizer
from redaction.recognizers.iban import SpokenIbanRecognizer, _reach
from redaction.recognizers.ip_address import IpAddressRecognizer
from redaction.recognizers.person import PersonRecognizer
from redaction.recognizers.street_address import StreetAddressRecognizer


def spans(recognizer: VaitiRecognizer, text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in recognizer.find(text)]


def test_a_date_that_does_not_exist_is_no_birthday() -> None:
    assert spans(DateOfBirthRecognizer(), "se oli 31.02.1968 ja 03.03.1968") == ["03.03.1968"]


def test_four_numbers_too_large_are_no_address_of_a_machine() -> None:
    assert spans(IpAddressRecognizer(), "versio 999.1.1.1 ja 192.0.2.7") == ["192.0.2.7"]


def test_an_account_with_letters_after_it_ends_where_its_country_says() -> None:
    text = "FI21 1234 5600 0007 85 ABC"
    assert spans(SpokenIbanRecognizer(), text) == ["FI21 1234 5600 0007 85"]
    assert _reach("FI21", 9) == 4


@pytest.mark.parametrize("number", ["358451234567", "+358451234567", "0451234567", "00358451234567"])
def test_a_phone_number_is_the_same_however_its_country_is_dialled(number: str) -> None:
    assert phone.compact(number) == "+358451234567"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("nimeni olenanna. kiitos", ["olenanna"]),
        ("puhunko mä kanssa", []),
        ("puhunko zenobia huhtakari nyt siis ihan varmasti se oikea ihminen", []),
        ("puhunko zenobia huhtakari. joo", []),
    ],
)
def test_a_cue_takes_only_the_name_beside_it(text: str, names: list[str]) -> None:
    assert spans(PersonRecognizer(), text) == names


@pytest.mark.parametrize("text", ["sähkölinja 5 on poikki", "asun moottoritie ja", "se on Voimalinjan vieressä"])
def test_lines_and_motorways_are_no_streets(text: str) -> None:
    assert spans(StreetAddressRecognizer(), text) == []
