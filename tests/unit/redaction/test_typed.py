"""What people type about calls: numbers and addresses that name somebody are told from those that do not."""

import pytest

from redaction.typed import names_somebody


@pytest.mark.parametrize(
    "text",
    [
        "tunnus 131052-308T",
        "syntynyt 13.10.1952",
        "soita 040 123 4567",
        "04012",
        "postinumero 70100",
        "1-2-3-4-5",
        "meili matti@example.fi",
        "matti miukumauku example piste fi",
        "tilille FI21",
    ],
)
def test_numbers_and_addresses_name_somebody(text: str) -> None:
    assert names_somebody(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hyvä aloitus",
        "hinta 9,90 e/kk ja 12 kk",
        "kohdassa 3:15 kesken",
        "vuonna 2026",
        "klo 12.30",
        "2 x 1500 kWh",
    ],
)
def test_prices_times_and_years_name_nobody(text: str) -> None:
    assert not names_somebody(text)
