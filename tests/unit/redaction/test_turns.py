"""Codes over turns, glued and misheard; what ends a question; what a secret is; kinds that only a question names."""

from __future__ import annotations

import pytest

from redaction.recognizers.registry import PresidioDetector
from tests.builders import a_transcript, covered, found_in


def types(detector: PresidioDetector, dialogue: str) -> set[str]:
    return {each.type for each in detector.detect(a_transcript(dialogue))}


@pytest.mark.parametrize(
    ("dialogue", "span"),
    [
        ("A: syntymäaika C: joo ensimmäinen kesäkuuta kaksituhattaneljä", "ensimmäinen kesäkuuta kaksituhattaneljä"),
        ("C: synnyin kaheskymmenesyheksäs ensimmäistä- nelkytviis", "kaheskymmenesyheksäs ensimmäistä- nelkytviis"),
        ("C: se on kaheskymmenesneljäs maaliskuutakuuskytseittemän miinus yheksänsataakaheksankytneljä äks",
         "kaheskymmenesneljäs maaliskuutakuuskytseittemän miinus"),
        ("C: hetu on kahdeskymmenesviideskymmenettä kolkytkuus viiva yheksän kuus yks äf",
         "kahdeskymmenesviideskymmenettä kolkytkuus viiva"),
        ("C: synnyin kahestoista huus kuuskytkuus", "kahestoista"),
        ("C: synnyin kuudestoista kuus kuuskytkuus", "kuudestoista kuus kuuskytkuus"),
        ("C: oon yks kolme yks nolla viis kaks A: joo jatka C: yhdeksäntupla kolme vee", "yhdeksäntupla kolme vee"),
        ("C: tili on fi niin kuin iivari 21 1234 5600 0007 85", "fi niin kuin iivari 21 1234 5600 0007 85"),
        ("C: tili on fi 21 1234 5600 0007 85", "fi 21 1234 5600 0007 85"),
        ("C: henkilökortin numero on zz 466 793 3", "zz 466 793 3"),
        ("C: asiakastunnus on 6 8 neljä yksi kolme viisi A: löytyi C: henkilökortti on kotona", "6 8 neljä yksi kolme"),
        ("A: lukeeko siinä asiakasnumero? C: lukee 62 47 oota 2. Lasku menee miehelle", "62 47 oota 2."),
        ("A: asiakasnumero C: kolmesataaseitkytseittemän- nolla seittemän", "kolmesataaseitkytseittemän- nolla"),
        ("A: mikä käyttöpaikka on kyseessä C: seittemän kaheksan yks tuplanolla", "seittemän kaheksan yks tuplanolla"),
        ("C: soppari on 22 0 1 91 A: mm C: 6", "22 0 1 91"),
        ("C: meijän alv tunnus on 9000 0003", "9000 0003"),
        ("A: käyttöpaikan tunnus ja mittarin lukema? C: 12345", "12345"),
        ("A: mikä se lukema oli? C: 050 1234", "050 1234"),
        ("C: mun osoite on Kotikatu- 5 asunto 12", "Kotikatu- 5 asunto 12"),
        ("A: nolla nelkyt eikun ei nolla viiskyt yks kaks kolme neljä viis kuus seittemän", "nolla nelkyt eikun ei"),
    ],
)  # fmt: skip
def test_a_code_is_found_whole(detector: PresidioDetector, dialogue: str, span: str) -> None:
    transcript = a_transcript(dialogue)
    assert found_in(transcript, detector.detect(transcript), span)


def test_the_end_of_a_code_in_one_channel_fills_its_own_question(detector: PresidioDetector) -> None:
    transcript = a_transcript("C: saanko vielä tunnuksen loppuosan? yhdeksänsataaviis bee. paljonko maksaa")
    assert found_in(transcript, detector.detect(transcript), "yhdeksänsataaviis bee.")


@pytest.mark.parametrize(
    ("dialogue", "harmless"),
    [
        ("C: numero on 040 123 4567. No yks juttu vielä", "yks juttu"),
        ("C: asiakasnumero on 62103 A: mikä eräpäivä C: se oli kaheskymmenes toista", "kaheskymmenes toista"),
        ("A: numeromme on 020 520 01 arkisin 8 viiva 18", "8 viiva 18"),
        ("A: soittakaa suoraan tohon 020 52 1 0 01 ja valitkaa", "020 52 1 0 01"),
        ("A: edellinen lukema on 8-7-4-7-3 ja uusi 32230", "8-7-4-7-3 ja uusi 32230"),
        ("C: mä laitoin salasanaks pilvilinna A: vaihtakaa se heti", "vaihtakaa se heti"),
        ("C: portin koodi on 1843 ja avain on siellä", "ja avain on siellä"),
        ("C: mun tunnussana on lumiukko älkää sanoko sitä", "älkää sanoko sitä"),
        ("A: salasana? C: vaihtakaa se heti", "vaihtakaa se heti"),
        ("C: asiakasnumero on 66613837. asiakastunnus on sama", "asiakastunnus on sama"),
        ("C: Täällä Kotikadulla 5 on pimeetä", "Täällä"),
        ("C: tunnussana on kissa. Koira haukkuu", "Koira haukkuu"),
        ("A: salasana? C: kissa koira hevonen lehmä", "lehmä"),
        ("A: asiakasnumero? C: 62103 A: " + "kiitos " * 19 + "C: vuodesta 2024", "2024"),
    ],
)  # fmt: skip
def test_what_stands_beside_an_answer_stays(detector: PresidioDetector, dialogue: str, harmless: str) -> None:
    transcript = a_transcript(dialogue)
    texts = [word.text for word in transcript.words]
    wanted = harmless.split()
    at = next(at for at in range(len(texts)) if texts[at : at + len(wanted)] == wanted)
    assert covered(detector.detect(transcript)).isdisjoint(range(at, at + len(wanted)))


@pytest.mark.parametrize(
    ("dialogue", "span"),
    [
        ("C: ja tunnussana kesäyö lamppu välkkyy", "kesäyö"),
        ("C: turvakysymys lemmikin nimi musti viiskytyks", "musti viiskytyks"),
        ("A: turvasana? C: Musti ja Mirri", "Musti ja Mirri"),
        ("A: salasana? C: aurinkolasit 3 7", "aurinkolasit 3 7"),
        ("A: tunnussana? C: laitetaan vaikka sinikello", "sinikello"),
        ("A: millä tunnuksella kirjaudut? C: kotipuu", "kotipuu"),
        ("A: salasana? C: se on aina iloinen", "aina iloinen"),
        ("C: salasana nyt sinikello", "sinikello"),
        ("A: salasana? C: kissa koira hevonen lehmä", "kissa koira hevonen"),
        ("A: salasana? A: sinikello", "sinikello"),
    ],
)
def test_a_secret_is_found(detector: PresidioDetector, dialogue: str, span: str) -> None:
    transcript = a_transcript(dialogue)
    assert found_in(transcript, detector.detect(transcript), span)


@pytest.mark.parametrize(
    ("dialogue", "kind"),
    [
        ("A: mittarin koordinaatit? C: 62,89 astetta ja 27,67 astetta", "COORDINATES"),
        ("C: se paikka on 62.8903 27.6789", "COORDINATES"),
        ("A: asiakirjan arkistonumero? C: 8 3 7 1 2", "ARCHIVE_ID"),
        ("A: liittymän numero? C: 789593", "CONNECTION_NUMBER"),
        ("A: käyttäjätunnus? C: kotipuu", "USERNAME"),
        ("A: ajokortin numero? C: 8 3 7 1 2", "DRIVING_LICENCE"),
        ("A: alv tunnus? C: 8 3 7 1 2", "VAT_ID"),
    ],
)
def test_a_kind_that_a_question_names_has_its_own_type(detector: PresidioDetector, dialogue: str, kind: str) -> None:
    assert kind in types(detector, dialogue)


@pytest.mark.parametrize(
    "dialogue",
    [
        "A: onko osoite sama [STREET_ADDRESS] C: on mistä sä mun numeron sait",
        "A: saanko meiliosoitteen C: joo pienellä kaikki [EMAIL_ADDRESS] selvä juttu",
        "C: salasana on [SECRET] A: älkää sanoko sitä ääneen",
        "A: asiakasnumero? C: [CUSTOMER_NUMBER] A: kiitos mä katson sen tästä näin C: vuodesta 2024",
        "A: tunnussana [SECRET] muistatko C: lamppu välkkyy",
    ],
)
def test_a_label_is_an_answer(detector: PresidioDetector, dialogue: str) -> None:
    assert detector.detect(a_transcript(dialogue)) == ()


@pytest.mark.parametrize(
    ("dialogue", "span"),
    [
        ("C: hetu on 131052 viiva 9 3 0 A: viiva 9 5 6 C: vee", "9 5 6"),
        ("C: puhelin on 045 123 45 67 A: 045 123 46 67", "045 123 46 67"),
        ("C: ovikoodi on 9 7 7 8 A: 9 7 9 8 joo", "9 7 9 8"),
        ("C: asiakasnumero on 546157 A: 147 joo", "147"),
        ("C: mail on maijaliisa ät example piste fi A: maijaliisa kiitos", "maijaliisa"),
        ("A: mikä postinumero? C: 00100 A: joo", "00100"),
        ("C: salasana on 7 sinikello. kissa", "7 sinikello. kissa"),
        ("C: salasana on sinikello. Tuulimylly on toinen", "sinikello. Tuulimylly"),
        ("C: osoite on Mallikatu 5 öö ja tota siis niin joo", "Mallikatu 5"),
        (
            "A: mikä lukema on? C: hetki mä käyn katsomassa sitä tuolta kaapista kun se on siellä ylhäällä 12345",
            "12345",
        ),
        ("A: salasana? C: sinikello. tuulimylly", "sinikello."),
        ("A: salasana? C: no se on se sinikello autossa jossain A: täsmää", "sinikello"),
    ],
)
def test_what_belongs_to_a_datum_is_found_with_it(detector: PresidioDetector, dialogue: str, span: str) -> None:
    transcript = a_transcript(dialogue)
    assert found_in(transcript, detector.detect(transcript), span)


def test_a_number_soon_after_that_is_another_one_is_no_read_back(detector: PresidioDetector) -> None:
    transcript = a_transcript("C: ovikoodi on 9 7 7 8 A: maksoitte 146 euroa")
    assert not found_in(transcript, detector.detect(transcript), "146")


@pytest.mark.parametrize(
    ("dialogue", "span"),
    [
        ("C: päivä on kolmastoista kymmenettä viiskytkaks A: ja sitten se loppu C: hetki katon A: joo C: viiva 930 vee",
         "viiva 930 vee"),
        ("A: hetu? C: 131052 A: kiitos. mikä lasku se oli C: se iso A: selvä, katson. C: niin ja 930V", "930V"),
        ("C: siinä lukee viiva yheksän kolme nolla vee", "viiva yheksän kolme nolla vee"),
        ("A: onko 131052 miinus 930 V vai 931 V", "931 V"),
        ("C: se on kolmetoista kymmenen viiskytkaks yheksän kolme nolla veetä", "nolla veetä"),
        ("A: saisinko loput siitä tunnuksesta C: yheksän kolme nolla vee", "yheksän kolme nolla vee"),
    ],
)  # fmt: skip
def test_the_end_of_a_code_that_comes_later_is_found(detector: PresidioDetector, dialogue: str, span: str) -> None:
    transcript = a_transcript(dialogue)
    assert found_in(transcript, detector.detect(transcript), span)
