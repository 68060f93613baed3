"""Numbers that the words beside them name, ages beside a person, plates; years, hours and readings stay."""

from __future__ import annotations

import pytest

from redaction.recognizers.registry import PresidioDetector
from tests.builders import a_transcript, covered, found_in


@pytest.mark.parametrize(
    ("dialogue", "span", "kind"),
    [
        ("C: lukema on 56548 ja mittari 30099", "30099", "METERING_POINT_ID"),
        ("C: mittari 315 459 9 ja päivä on tämä", "315 459 9", "METERING_POINT_ID"),
        ("A: olette asiakkaana numerolla 5 5 2 vuodesta 2023 lähtien", "5 5 2", "CUSTOMER_NUMBER"),
        ("C: se oli asiakas 5 0 2 6 joo", "5 0 2 6", "CUSTOMER_NUMBER"),
        ("C: siinä on liittymä 229 3 pitääkö se siirtää", "229 3", "CONNECTION_NUMBER"),
        ("C: lasku 88123 jäi maksamatta", "88123", "LONG_NUMBER"),
        ("C: loppu on 938E", "938E", "FI_PERSONAL_IDENTITY_CODE"),
        ("C: loppu 938E", "938E", "FI_PERSONAL_IDENTITY_CODE"),
        ("C: no loppu on kaksikymmentäseitsemän kolmekymmentä kaksi", "kolmekymmentä", ""),
        ("C: synnyin 3.7.2005 ja siihen perään tulee yheksänsataayks kaks", "yheksänsataayks", ""),
        ("C: synnyin 3.7.2005 ja tuota siinä sitten 9 0 1 2", "9 0 1 2", ""),
        ("A: onko kortti vielä voimassa C: on se 04/27 asti", "04/27", "CREDIT_CARD"),
        ("A: ne kolme numeroa kortin takaa C: ne on 792", "792", "CREDIT_CARD"),
        ("A: what is the expiry date C: it says 10/31", "10/31", "CREDIT_CARD"),
        ("C: ja voimassa 06/28 kiitos", "06/28", "CREDIT_CARD"),
        ("C: ja voimassa 01/88 kiitos", "01/88", "CREDIT_CARD"),
        ("C: ja voimassa 7300 kiitos", "7300", "CREDIT_CARD"),
        ("C: se umpeutuu 11/28 mutta ei haittaa", "11/28", "CREDIT_CARD"),
        ("C: ai ne viimeset ne on 974v siitä on vuosia", "974v", "FI_PERSONAL_IDENTITY_CODE"),
        ("C: auto on parkissa ja se on q aa bee 433 ja siinä", "q aa bee 433", "LICENSE_PLATE"),
        ("C: auto on parkissa se on XYZ120 ja siinä", "XYZ120", "LICENSE_PLATE"),
        ("C: kattokaas tuolla 9 0 1 2 siellä pitäis olla", "9 0 1 2", "LONG_NUMBER"),
        ("C: koittakaa 982 97 sitten", "982 97", "LONG_NUMBER"),
        ("C: mies on 63 ja minä 49 molemmat", "63", "AGE"),
        ("C: mies on 63 ja minä 49 molemmat", "49", "AGE"),
        ("C: mää täytin just 66 ja", "66", "AGE"),
        ("C: mulle tulee täyteen 91 vuotta", "91", "AGE"),
        ("C: mieheni on 53 ja", "53", "AGE"),
        ("C: i am 40 and this is my first own home", "40", "AGE"),
        ("C: i'm 40", "40", "AGE"),
        ("C: avain jäi lukkopesään 5 5 5 7 ja se siitä", "5 5 5 7", "SECRET"),
        ("C: taloyhtiön alaovessa on 224 3 ja valo", "224 3", "SECRET"),
        ("C: portilla on numerot 2 nollaa 8 mutta", "2 nollaa 8", "SECRET"),
        ("A: mitäs sulle viestillä tuli? C: tuli 43 67 ja mainos", "43 67", "SECRET"),
        ("A: oletteko yli kahdeksantoista? C: olen viiskytkolme luulisi", "viiskytkolme", "AGE"),
    ],
)
def test_a_number_is_known_by_what_stands_beside_it(
    detector: PresidioDetector, dialogue: str, span: str, kind: str
) -> None:
    transcript = a_transcript(dialogue)
    findings = detector.detect(transcript)
    assert found_in(transcript, findings, span)
    assert not kind or kind in {each.type for each in findings}


@pytest.mark.parametrize(
    "dialogue",
    [
        "C: pumppu laitettiin 2021 se on semmonen 886 ja",
        "C: sopimus 2021 alkoi",
        "C: mittari on 5488 nyt",
        "C: lasku 150 tuli",
        "C: TV 2 ei näy",
        "C: älkää soittako ennen kello 1 7 4 5",
        "C: katko klo 1615 alkaen",
        "A: meillä on kaksikymmentäkaksi pilkku viisi prosenttia",
        "C: mittari on tuolla ja se näytti 9 8 0 4",
        "C: kone on rikki koska numero menee 21608 ja",
        "C: minä 49",
        "C: sopimus on voimassa 98 päivää",
        "C: oliko se 3 kertaa 63 vai isompi",
        "C: siinä on väärä piste oikein on toinen",
        "C: se on loppu ja 150 jäi",
        "C: se on voimassa 2027 asti",
        "C: sopimus umpeutuu 1450 kilometrin jälkeen",
        "C: tarjous vanhenee 45 minuutin päästä",
        "C: se maksoi kaksisataatuhatta",
        "C: se maksoi miljoona kaksisataatuhatta kolmesataa",
        "C: tulkaa mallipihan",
        "C: ne viimeset on 150 euroa",
        "C: i am 40 minutes late",
        "C: portilla on kaks koiraa ja ovi maksoi 650 euroa",
        "C: käykää ovella 12.5. kello 1015",
        "A: oletteko yli kahdeksantoista? C: olen",
        "A: oletteko yli kahdeksantoista? C: maksoin 150 euroa",
    ],
)
def test_years_hours_readings_and_sums_stay(detector: PresidioDetector, dialogue: str) -> None:
    assert detector.detect(a_transcript(dialogue)) == ()


@pytest.mark.parametrize(
    ("dialogue", "harmless"),
    [
        ("C: mittari 753 7 4 3 ja toinen on nollassa", {5, 6, 7, 8}),
        ("C: tunnus on 643999 990532633 eli kaks tunnusta", {4, 5, 6}),
        ("C: customer number is 54 61 5 i just moved", {6, 7, 8}),
        ("C: asiakasnumero on 54 61 57 o sähköt poikki", {5, 6, 7}),
        ("C: se on 123 456 07 eiks se oo", {5, 6, 7}),
        ("C: viite on 767 252 ja eka erä 22. toukokuuta", {4, 5, 6, 7, 8}),
        ("C: kortti on 4012 8888 8888 1881 ja voimassa 06/28", {6, 7}),
        ("C: lukema on 56548 ja mittari 30099", {2, 3, 4}),
        ("A: asiakasnumeronne? C: hetki laitettiin 2021 joo", {2, 3, 4}),
        ("A: asiakasnumero? C: 54 61 57 A: joo C: 2021 mä maksoin", {6, 7}),
        ("A: asiakasnumero? C: 54 61 57 naapurin rouva on täällä", {4, 5, 6, 7}),
        ("A: asiakasnumero? C: 54 61 57 en muista muuta", {4, 5, 6}),
        ("A: henkilötunnus? C: eräpäivä siirtyy ja uusi on 24. syyskuuta", {6, 7}),
        ("C: puhelin on 045 1234567 soitelkaa 22", {4}),
        ("A: mikä osoite oli A: maksoin siitä 4118 joo", {3, 4, 5, 6}),
        ("C: poistakaa osoite sieltä A: tuli tieto että mulla on kulunut paljon", {3, 4, 5, 6}),
    ],
)
def test_a_mask_holds_the_number_and_not_the_talk_after_it(
    detector: PresidioDetector, dialogue: str, harmless: set[int]
) -> None:
    assert not covered(detector.detect(a_transcript(dialogue))) & harmless
