"""E-mail addresses as people say them on one channel, and dots and signs that belong to something else."""

from __future__ import annotations

import pytest

from redaction.recognizers.email import SpokenEmailRecognizer


def found(text: str) -> list[tuple[str, str]]:
    return [(text[hit.start : hit.end], hit.why) for hit in SpokenEmailRecognizer().find(text)]


@pytest.mark.parametrize(
    ("text", "span", "why"),
    [
        ("se on maija.meikalainen@example.fi joo", "maija.meikalainen@example.fi", "written"),
        ("se on johanna piste heinonen joo", "johanna piste heinonen", "name-alone"),
        ("se on zenobia alaviiva huhtakari", "zenobia alaviiva huhtakari", "name-alone"),
        ("se on maija piste meikalainen example piste fi", "maija piste meikalainen example piste fi", "no-sign"),
        ("maija 81 maija 81 ät example piste fi", "maija 81 maija 81 ät example piste fi", "said"),
        ("sen pää on huhta 8 1 ät ja sitten example", "huhta 8 1 ät ja", "half-heard"),
        (
            "sähköposti on huhtakari öö niin ät merkki example piste piste fi",
            "huhtakari öö niin ät merkki example piste piste fi",
            "said",
        ),
        ("se on aa bee huhta ät vee tee piste fi", "aa bee huhta ät vee tee piste fi", "said"),
        ("se on huhta ät example piste ät", "huhta ät example", "half-heard"),
        (" ".join(["aa"] * 20) + " ät example piste fi", " ".join(["aa"] * 16) + " ät example piste fi", "said"),
    ],
)
def test_an_address_is_found(text: str, span: str, why: str) -> None:
    assert (span, why) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "ät example piste fi",
        "se oli piste ät example",
        "kaks piste viisi senttiä",
        "osoite on www piste example ja sitten piste fi",
        "meet me at example tomorrow",
        "se on huhta ät",
        "ät merkki puuttuu huhta ät merkki puuttuu",
        "sivu piste www example piste fi",
    ],
)
def test_other_dots_and_signs_stay(text: str) -> None:
    assert found(text) == []
