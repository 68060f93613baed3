"""Streets that stand without a house number, and the stairwell and flat that follow one; ordinary words stay."""

from __future__ import annotations

import pytest

from redaction.recognizers.registry import PresidioDetector
from tests.builders import a_transcript, found_in


@pytest.mark.parametrize(
    ("dialogue", "span"),
    [
        ("C: se on mallikadun varrella", "mallikadun"),
        ("C: asun iso mallikadulla", "iso mallikadulla"),
        ("C: osoite on läntinen mallikatu neljä", "läntinen mallikatu neljä"),
        ("C: mallikatu yksitoista ja rappu cee", "mallikatu yksitoista ja rappu cee"),
        ("C: se on mallikatu viiva kahdeksan bee", "mallikatu viiva kahdeksan bee"),
        ("C: tulkaa katsomaan mallitielle siinä on muuntaja", "mallitielle"),
        ("C: hae ne vanhat mittarit mallipolulta", "mallipolulta"),
        ("C: se on mallitien päässä", "mallitien"),
        ("C: täällä mallinkujalla on pimeetä", "mallinkujalla"),
        ("C: täällä mallikadul on pimeetä", "mallikadul"),
        ("C: siinä kulmassa mallimäki missä iso tie tulee", "mallimäki"),
        ("C: fakturan ska till mallivägen", "mallivägen"),
        ("C: kolme taloa malliportin varrella", "malliportin"),
        ("C: me asutaan mallitorilla", "mallitorilla"),
        ("C: linja roikkuu mallikentän yli", "mallikentän"),
        ("C: osoite on Pikkukatu kuuskyt bee asunto kolkytneljä kiitos", "Pikkukatu kuuskyt bee asunto kolkytneljä"),
        ("C: osoite on Pikkukatu 59 rappu aa kuuskyt jos siitä", "Pikkukatu 59 rappu aa kuuskyt"),
        ("C: täs osottees mallikatu 54 eemeli o sähkö poikki", "mallikatu 54 eemeli"),
        ("C: mökillä malli nkujalla on vanha mittari", "malli nkujalla"),
        ("C: uus osoite tulee olemaan mallikktu 54 joo", "mallikktu 54"),
        ("C: uusi talo mallimänng kolmetoista rappu bee", "mallimänng kolmetoista"),
    ],
)
def test_a_street_is_found_without_a_number_and_with_its_flat(
    detector: PresidioDetector, dialogue: str, span: str
) -> None:
    transcript = a_transcript(dialogue)
    assert found_in(transcript, detector.detect(transcript), span)


@pytest.mark.parametrize(
    "words",
    [
        "päätiellä", "yksityistien", "kotikadulla", "umpikuja", "sateenkaari", "elinkaaren", "asiakaspolku", "laskuja",
        "lukuja", "korttien", "tuntien", "kotikuntien", "hiekkarannalla", "ylämäki", "verkkoportin", "kauppatorilla",
        "takapihalla", "kenttä", "riihimäki", "linjalla mettätien", "malliääss kaksi",
    ],
)  # fmt: skip
def test_a_compound_that_only_ends_like_a_street_stays(detector: PresidioDetector, words: str) -> None:
    transcript = a_transcript(f"C: se on ollu {words} jo pitkään")
    assert "STREET_ADDRESS" not in {each.type for each in detector.detect(transcript)}


@pytest.mark.parametrize(
    ("dialogue", "inside"),
    [("C: se on mallikadulla 2 kilometrin päässä", 3), ("C: muutin mallikadulle ja meitä on viisi", 5)],
)
def test_what_follows_a_street_and_counts_stays(detector: PresidioDetector, dialogue: str, inside: int) -> None:
    findings = detector.detect(a_transcript(dialogue))
    assert all(not each.first <= inside <= each.last for each in findings)


@pytest.mark.parametrize(
    ("dialogue", "span"),
    [
        ("A: mikä osoite teillä? C: no se on mallinkartano", "mallinkartano"),
        ("A: mikä osoite teillä? C: joo vanha mallitie viis ja siinä se", "mallitie viis"),
        ("A: mikä osoite teillä? C: siis Vanha Iso Mallikaarto kuus", "Iso Mallikaarto kuus"),
        ("A: mikä osoite teillä? C: se on huhta mallikatu", "huhta mallikatu"),
        ("C: osoite on Mallikatu 5 rappu asunto porras joo", "Mallikatu 5"),
        ("C: osoite on Mallikatu 5. rappu", "Mallikatu 5"),
        ("C: tulkaa mallipihan varrelle", "mallipihan"),
    ],
)
def test_an_answer_holds_the_address(detector: PresidioDetector, dialogue: str, span: str) -> None:
    transcript = a_transcript(dialogue)
    assert found_in(transcript, detector.detect(transcript), span)
