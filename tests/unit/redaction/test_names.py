"""Names that no list holds, by their place in the talk; ages; and the ordinary words that stand in the same places."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaction.bare import bare_words
from redaction.candidates import LIKELY, Candidate
from redaction.common_words import is_ordinary
from redaction.name_slots import find_names
from redaction.names import bases, forms
from tests.builders import a_transcript
from tests.unit.redaction.detected import masked

if TYPE_CHECKING:
    from redaction.recognizers.registry import PresidioDetector


@pytest.mark.parametrize(
    ("talk", "names"),
    [
        ("A: Valtasähkön asiakaspalvelussa Zenobia, miten voin auttaa?", "Zenobia"),
        ("A: asiakaspalvelu ja zenobia hei", "zenobia"),
        ("A: vaihde Zenobia", "Zenobia"),
        ("A: kuntaenergia asiakaspalvelu zorbeliltapäivää C: no päivää", "zorbeliltapäivää"),
        ("A: asiakaspalvelu kirsitäällä hei", "kirsitäällä"),
        ("A: hyvääpäivää asiakaspalvelu täällätäällä C: tervepäivää", ""),
        ("A: Zenobia Oksakorpi puhelimessa.", "Zenobia Oksakorpi"),
        ("C: täällä zenobia huhtakari.", "zenobia huhtakari"),
        ("C: nimi on se on nyt kai joo", ""),
        ("A: kiitos kai siis zorbelo täällä. joo", "zorbelo"),
        ("C: no niin täällä zorbelo.", "zorbelo"),
        ("C: joo koo aa är", "koo aa är"),
        ("A: yritysasiakkaat Zorbelo katsotaan heti", "Zorbelo"),
        ("A: palvelukeskus zorbelo arvoisa asiakas", "zorbelo"),
        ("C: se oli joo täti Tuisku antoi meille asunnon", "Tuisku"),
        ("C: joo ja serkkuni zorbelo asensi sen kuule eilen", "zorbelo"),
        ("A: tavoittelen rouva tihkulaista sopiiko", "tihkulaista"),
        ("A: no voi että moi oisko zorbelo himassa", "zorbelo"),
        ("C: vuokralainen zorbelo maksaa aina laskunsa ajallaan", "zorbelo"),
        ("C: täällä Zenobia A: joo C: Huhtakari. A: no niin Zenobia", "Zenobia Zenobia"),
        ("C: tässä puhuu zenobia huhtakari", "zenobia huhtakari"),
        ("C: No Zenobia Huhtakari moi mulla on asia", "Zenobia Huhtakari"),
        ("A: puhunko mä Zenobia Huhtakarin kanssa?", "Zenobia Huhtakarin"),
        ("A: puhunkon y tanna huhtakarin kanssa?", "y tanna huhtakarin"),
        ("C: minä olenanna huhtakari mitä asia koskee", "olenanna huhtakari"),
        ("A: tavoitinkohan mä zenobia huhtakarin?", "zenobia huhtakarin"),
        ("A: onko sukunimi Huhtakari? C: on", "Huhtakari"),
        ("A: Kuka soittaa? C: Zenobia vaan", "Zenobia"),
        ("A: mikä on sukunimi? C: öö se on huhtakari", "huhtakari"),
        ("C: sopimuksen haltija on Zenobia von Ekebom.", "Zenobia von Ekebom"),
        ("C: vaimoni zenobia huhtalampi hoitaa", "zenobia huhtalampi"),
        ("A: kiitos Zenobia.", "Zenobia"),
        ("A: selvä Korhonen minä kirjaan", "Korhonen"),
        ("C: sukunimi kirjotetaan huhtakari.", "huhtakari"),
    ],
)
def test_a_name_in_no_list_is_known_by_its_place(detector: PresidioDetector, talk: str, names: str) -> None:
    assert masked(detector, talk) == names.split()


@pytest.mark.parametrize(
    "talk",
    [
        "C: täällä sataa.",
        "C: olenkin jo maksanut.",
        "A: puhunko nyt asiakkaan kanssa?",
        "C: täällä haisee savu.",
        "C: oon kotona koko päivän.",
        "C: olen tyytyväinen asiakas.",
        "C: oon muuttamassa ensi viikolla.",
        "A: kiitos soitosta ja hyvää jatkoa.",
        "A: selvä laitan sen ylös.",
        "C: naapuri on valittanut asiasta.",
        "C: nimi on muuttunut.",
        "A: kuka soittaa? C: hetki pieni",
        "C: virta katkesi tässä.",
        "A: asiakaspalvelu kiitos odotuksesta",
    ],
)
def test_ordinary_words_in_the_same_places_stay(detector: PresidioDetector, talk: str) -> None:
    assert masked(detector, talk) == []


def test_a_name_once_introduced_is_known_in_every_form_to_both(detector: PresidioDetector) -> None:
    talk = "C: nimeni on Zenobia Huhtakari. A: joo huhtakarilla on sopimus C: huhtakarin lasku A: kiva"
    assert masked(detector, talk) == ["Zenobia", "Huhtakari", "huhtakarilla", "huhtakarin"]


@pytest.mark.parametrize(
    ("said", "base"),
    [("novakin", "novak"), ("hirsilammen", "hirsilampi"), ("tihkusella", "tihkunen"), ("kallelle", "kalle")],
)
def test_a_name_heard_inflected_leads_back_to_its_own_form(said: str, base: str) -> None:
    assert base in bases(said)


def test_a_word_without_a_case_ending_is_its_own_form() -> None:
    assert bases("uljas") == ("uljas",)


@given(st.text("abdehijklmnoprstuvyäö", min_size=3, max_size=12))
def test_every_name_is_among_its_forms_and_each_form_is_longer_than_its_stem(name: str) -> None:
    made = forms(name)
    assert name in made
    assert all(form[:1] == name[:1] for form in made)
    assert bases(name)[0] == name


@pytest.mark.parametrize("word", ["sataa", "muuttanut", "laskusta", "kaatunu", "soitin", "tiedot"])
def test_an_ordinary_word_is_no_name(word: str) -> None:
    assert is_ordinary(word)


@pytest.mark.parametrize("word", ["zenobia", "haukimaa", "kowalski", "uljas"])
def test_a_name_is_no_ordinary_word(word: str) -> None:
    assert not is_ordinary(word)


@pytest.mark.parametrize(
    ("talk", "age"),
    [
        ("C: olen viiskytkaks vuotias", "viiskytkaks"),
        ("C: olen viiskytkaksvuotias", "viiskytkaksvuotias"),
        ("C: oon jo 81 vuotta", "81"),
        ("C: täytän kuuskyt ensi vuonna", "kuuskyt"),
        ("A: minkä ikäinen olet? C: 23", "23"),
        ("A: kuinka vanha olet? C: kolmekymmentäneljä", "kolmekymmentäneljä"),
        ("C: I am 52 years old", "52"),
        ("C: jag är femtitvå år gammal", "femtitvå"),
    ],
)
def test_an_age_is_found(detector: PresidioDetector, talk: str, age: str) -> None:
    assert age in masked(detector, talk)


@pytest.mark.parametrize(
    "talk",
    [
        "C: oon ollut asiakas 20 vuotta",
        "C: mittari on vanha ja lukema 45",
        "A: sopimus on 2 vuotta",
        "A: minkä ikäinen talo on? C: en tiedä",
    ],
)
def test_a_length_of_time_is_no_age(detector: PresidioDetector, talk: str) -> None:
    call = a_transcript(talk)
    assert "AGE" not in [each.type for each in detector.detect(call)]


def test_a_name_over_the_others_words_is_known_again_by_its_own_words_only() -> None:
    words = a_transcript("C: Zenobia A: joo C: Huhtakari A: Zenobia joo C: joo").words
    given = Candidate(type="PERSON", channel=1, first=0, last=2, score=LIKELY, why=("my-recognizer",))
    assert [each.first for each in find_names(words, bare_words(words), (), [given]) if each.why == ("name-echo",)] == [
        0,
        2,
        3,
    ]


def test_an_age_long_after_its_question_is_another_number(detector: PresidioDetector) -> None:
    call = a_transcript("A: minkä ikäinen olette? C: 34")
    asked, answer = call.words[:-1], call.words[-1]
    late = replace(answer, start=(answer.start or 0) + 60, end=(answer.end or 0) + 60)
    assert "AGE" in {each.type for each in detector.detect(call)}
    assert detector.detect(replace(call, words=(*asked, late))) == ()
