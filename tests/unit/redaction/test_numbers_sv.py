"""Numbers in Finland Swedish: counted, glued, colloquial, dated, spelled, beside Finnish, and harmless articles."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaction.numbers.cutting import Cutter
from redaction.numbers.runs import Run, find_runs
from redaction.numbers.sv_words import SWEDISH as WORDS
from redaction.recognizers.registry import PresidioDetector
from tests.builders import a_transcript, covered, found_in, said
from tests.unit.redaction.germanic_speech import COLLOQUIAL, STYLES, SWEDISH, cardinal, code, one_by_one

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
VECTORS = json.loads((CORPUS / "sv_number_words.json").read_text(encoding="utf-8"))
FAINT = {"ett", "noll"}  # an article is no number alone


def runs(text: str) -> tuple[Run, ...]:
    return find_runs(a_transcript(text).words)


def texts(text: str) -> list[str]:
    """Return all readings of the only run."""
    (run,) = runs(text)
    return [reading.text for reading in run.readings]


def test_the_cardinals_of_the_corpus_are_read() -> None:
    tables = VECTORS["cardinals"].values()
    wrong = [
        word for table in tables for word, value in table.items() if word not in FAINT and texts(word)[0] != str(value)
    ]
    assert wrong == []


@pytest.mark.parametrize("style", [f"{kind}, {style}" for kind in ("standard", "colloquial") for style in STYLES])
def test_the_codes_of_the_corpus_are_read_in_every_style(style: str) -> None:
    chosen = [each for each in VECTORS["codes"] if each["style"] == style]
    assert len(chosen) > 30
    assert [each["said"] for each in chosen if each["normal"] not in texts(each["said"])] == []


@given(st.integers(2, 999_999))
def test_every_number_is_read_back_glued_and_apart(number: int) -> None:
    assert texts(cardinal(SWEDISH, number))[0] == str(number)
    assert texts(cardinal(COLLOQUIAL, number))[0] == str(number)


@given(st.text("0123456789", min_size=4, max_size=18))
def test_digits_one_by_one_are_read_whatever_they_are(digits: str) -> None:
    assert texts(one_by_one(SWEDISH, "9" + digits))[0] == "9" + digits


@given(st.text("0123456789", min_size=6, max_size=14), st.sampled_from(sorted(STYLES)))
def test_every_style_is_one_run_over_all_its_words(digits: str, style: str) -> None:
    words = code(SWEDISH, style, "7" + digits)
    (run,) = runs(words)
    assert (run.first, run.last) == (0, len(words.split()) - 1)


@pytest.mark.parametrize(
    ("spoken", "reading"),
    [
        ("tju fem", "25"), ("tjufem", "25"), ("trettitvå", "32"), ("förtifyra", "44"), ("sju hundra", "700"),
        ("nittonhundraåttiofem", "1985"), ("tvåtusenfem", "2005"), ("tjugoen", "21"), ("hundraen", "101"),
        ("tjugohundratjugotre", "2023"), ("hundra och fem", "105"), ("etttvå", "12"), ("två nollor", "00"),
        ("fem gånger ett", "11111"), ("dubbel fyra trippel sju", "44777"), ("nian femman", "95"),
        ("ett två ett", "121"),
        ("ett ett ett ett", "1111"), ("tretton tio femtitvå streck nio tre noll ve", "131052-930V"),
        ("nio tre noll ve som i Viktor", "930V"), ("nio tre noll Viktor", "930V"), ("eff i tjugoett", "FI21"),
        ("Filip Ivar tjugoett", "FI21"), ("Adam Bertil Cesar ett två tre", "ABC123"), ("fem fyra de", "54D"),
        ("fem de", "5"), ("fyra nej förlåt fem", "5"), ("plus tre fem åtta", "+358"), ("sju komma tjugofem", "7,25"),
        ("fem snedstreck två", "5/2"), ("kontonumret är eff i ett två", "FI12"), ("0 4 0 ett 2 3", "040123"),
    ],
)  # fmt: skip
def test_what_people_say_is_read(spoken: str, reading: str) -> None:
    assert texts(spoken)[0] == reading


@pytest.mark.parametrize(
    ("spoken", "reading"),
    [
        ("femte mars nittonhundraåttio", "05.03.1980"), ("den femte i tredje åttiofem", "05.03.85"),
        ("trettonde tionde femtitvå", "13.10.52"), ("tjugo femte mars åttifem", "25.03.85"),
        ("tjugofemte mars tjugohundrafem", "25.03.2005"), ("den första februari", "01.02"),
        ("den 5 mars 1980", "05.03.1980"), ("trettioförsta i tolfte nitti", "31.12.90"),
        ("tjugo mars åtti", "20.03.80"),
    ],
)  # fmt: skip
def test_dates_are_read(spoken: str, reading: str) -> None:
    assert texts(spoken)[0] == reading


def test_both_meanings_of_a_faint_word_and_of_an_open_joint_are_kept() -> None:
    assert set(texts("noll fyrtio ett två")) == {"0412", "04012"}
    assert texts("nio tre noll en") == ["9301", "930N"]


@pytest.mark.parametrize(
    "spoken",
    ["nolla fyrtio ett two kolme", "nolla neljäkymmentä ett kaks kolme", "noll fyrtio yks kaks kolme"],
)
def test_a_caller_who_mixes_languages_is_read_all_the_same(spoken: str) -> None:
    assert "040123" in texts(spoken) or "04012" + "3" in texts(spoken)


@pytest.mark.parametrize(
    "spoken",
    [
        "en", "ett avtal", "mä en kahta tiedä", "jag har en fråga om ett avtal", "Erik Johan", "den ena", "är i A",
        "hotel golf", "tango", "en tule", "no sen ja ett", "de är en av de",
    ],
)  # fmt: skip
def test_articles_and_names_are_no_numbers(spoken: str) -> None:
    assert [run for run in runs(spoken) if run.digits != 1 or "kahta" not in spoken] == []


def test_a_finn_who_says_en_after_a_digit_said_an_n_as_before() -> None:
    assert texts("viisi en") == ["5N"]


def test_a_loose_word_is_glued_to_tens_and_hundreds_only() -> None:
    cutter = Cutter(WORDS)
    assert cutter.cut("entre") is None
    assert cutter.cut("tjugoen") is not None
    assert cutter.cut("tre" * 30) is None


@pytest.mark.parametrize(
    ("dialogue", "kind", "span"),
    [
        ("C: mitt personnummer är tretton tio femtitvå streck nio tre noll ve", "FI_PERSONAL_IDENTITY_CODE",
         "tretton tio femtitvå streck nio tre noll ve"),
        ("A: kan jag få ert kundnummer? C: ja det är dubbel noll sju åtta nio", "CUSTOMER_NUMBER",
         "dubbel noll sju åtta nio"),
        ("C: kontonumret är eff i tjugoett tolv trettifyra femtisex fem nollor sju åttifem", "IBAN_CODE",
         "eff i tjugoett tolv trettifyra femtisex fem nollor sju åttifem"),
        ("C: kortnumret är fyrtioett elva elva elva elva elva elva elva", "CREDIT_CARD",
         "fyrtioett elva elva elva elva elva elva elva"),
        ("C: mobilnumret är noll femtio ett två tre fyra fem sex sju", "PHONE_NUMBER",
         "noll femtio ett två tre fyra fem sex sju"),
        ("C: jag är född femte mars nittonhundraåttio", "DATE_OF_BIRTH", "femte mars nittonhundraåttio"),
        ("C: min adress är Exempelgatan fem B tolv", "STREET_ADDRESS", "Exempelgatan fem B tolv"),
        ("C: jag heter Anna Lindström", "PERSON", "Anna Lindström"),
        ("C: mitt namn är Anna Lindström", "PERSON", "Anna Lindström"),
        ("A: mejladress? C: maija punkt meikalainen snabel a example punkt fi", "EMAIL_ADDRESS",
         "maija punkt meikalainen snabel a example punkt fi"),
        ("A: lösenord? C: blåklocka", "SECRET", "blåklocka"),
        ("A: förbrukningsplatsnummer? C: sex fyra tre nio nio nio nio nio åtta nollor femton", "METERING_POINT_ID",
         "sex fyra tre nio nio nio nio nio åtta nollor femton"),
    ],
)  # fmt: skip
def test_swedish_cues_name_what_follows(detector: PresidioDetector, dialogue: str, kind: str, span: str) -> None:
    transcript = a_transcript(dialogue)
    findings = detector.detect(transcript)
    assert found_in(transcript, findings, span)
    assert {each.type for each in findings} == {kind}


@pytest.mark.parametrize(
    "talk",
    [
        "C: priset är sju komma tjugofem cent och förbrukningen tvåtusen trehundra kilowattimmar",
        "A: vi har öppet från åtta till sexton och räkningen förfaller den femtonde maj",
        "C: jag har en fråga om ett avtal, är det så att den är i kraft? A: ja ett ögonblick, det är en av de två",
        "C: min adress är en annan nu",
    ],
)
def test_harmless_swedish_stays(detector: PresidioDetector, talk: str) -> None:
    transcript = a_transcript(talk)
    assert said(transcript, detector.detect(transcript)) == []


def test_a_misheard_digit_at_the_edge_of_a_swedish_number_is_masked(detector: PresidioDetector) -> None:
    call = a_transcript("C: fyrr noll femtio ett två tre fyra fem sex sjuu tack")
    assert {0, 9} <= covered(detector.detect(call))
    assert 10 not in covered(detector.detect(call))
