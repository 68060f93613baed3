"""Spoken Finnish numbers: all of them parse back, and none of the ways to say or write them is lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaction.numbers.atoms import read_word
from redaction.numbers.cutting import Cutter
from redaction.numbers.fi_table import MORPHS
from redaction.numbers.fi_words import FINNISH, ORDINALS
from redaction.numbers.grammar import open_joints, parse
from redaction.numbers.kinds import Kind, Placed
from redaction.numbers.runs import Run, find_runs
from tests.builders import a_transcript, finnish

CORPUS = Path(__file__).resolve().parents[2] / "corpus"


def value(word: str) -> list[int | None]:
    morphs = Cutter(FINNISH).cut(word)
    assert morphs is not None, word
    return [number.value for number in parse([Placed(morph, 0) for morph in morphs])]


def runs(text: str) -> tuple[Run, ...]:
    return find_runs(a_transcript(text).words)


def texts(text: str) -> list[str]:
    """Return all readings of the only run."""
    (run,) = runs(text)
    return [reading.text for reading in run.readings]


def test_the_table_is_that_of_the_domain_research() -> None:
    table = json.loads((CORPUS / "fi_number_words.json").read_text(encoding="utf-8"))
    for form, entries in table.items():
        assert {case for _, _, case in entries} <= MORPHS[form].cases, form
        assert {number for _, number, _ in entries} == {MORPHS[form].value}, form


@pytest.mark.parametrize("numbers", [range(10_000), range(10_000, 100_000, 13)], ids=["all", "every-13th"])
def test_numbers_written_as_words_parse_back(numbers: range) -> None:
    wrong = [number for number in numbers if value(finnish(number)) != [number]]
    assert wrong == []


@pytest.mark.soak
def test_every_number_below_a_hundred_thousand_parses_back() -> None:
    wrong = [number for number in range(100_000) if value(finnish(number)) != [number]]
    assert wrong == []


@given(st.integers(0, 999_999))
def test_larger_numbers_parse_back_too(number: int) -> None:
    assert value(finnish(number)) == [number]


@given(st.lists(st.integers(0, 9), min_size=1, max_size=12))
def test_digits_glued_into_one_word_stay_digits(digits: list[int]) -> None:
    spoken = "".join(
        ("nolla", "yks", "kaks", "kolme", "neljä", "viis", "kuus", "seiska", "kasi", "ysi")[d] for d in digits
    )
    assert "".join(map(str, value(spoken))) == "".join(map(str, digits))


@pytest.mark.parametrize(
    ("said", "digits"),
    [
        ("satakakskytkolme", "123"), ("sataakakskytkolme", "123"), ("nollanelkyt", "040"), ("kuusseittemän", "67"),
        ("kaksi kymmentä viisi", "25"), ("yheksäntoistasataa kaheksankytviis", "1985"), ("kakstuhattaviis", "2005"),
        ("kasivitonen", "85"), ("kahdellakymmenelläkolmella", "23"), ("tupla nolla seiska", "007"),
        ("tripla ysi", "999"),
        ("viis nollaa", "00000"), ("neljä ysiä", "9999"), ("neljä kertaa ykkönen", "1111"), ("kolme ykköstä", "111"),
        ("viisitoista ykköstä", "1" * 15), ("kaksi kymmenen", "210"), ("yy kaksi", "Y2"),
        ("viis kuus seiska kasi", "5678"),
        ("kolmetoista toista", "13.02"), ("tupla", ""), ("kertaa viisi", "5"), ("vii kuusi", "56"),
    ],
)  # fmt: skip
def test_colloquial_numbers_are_read(said: str, digits: str) -> None:
    found = runs(said)
    assert (found[0].readings[0].text if found else "") == digits


def test_an_agreeing_case_is_needed_to_multiply() -> None:
    assert value("kahdenkymmenen") == [20]
    assert [n.value for n in parse([Placed(MORPHS["kahdeksan"], 0), Placed(MORPHS["kymmenen"], 1)])] == [8, 10]


def test_the_open_joint_gives_both_readings() -> None:
    assert set(texts("nolla neljäkymmentä yks kaks kolme")) == {"04123", "040123"}
    morphs = [Placed(MORPHS[form], word) for form, word in (("neljä", 0), ("kymmentä", 0), ("yks", 1))]
    assert open_joints(morphs, parse(morphs)) == [2]
    assert [number.value for number in parse(morphs, {2})] == [40, 1]


def test_many_open_joints_do_not_multiply_the_readings() -> None:
    assert len(texts(" ".join(["neljäkymmentä yks"] * 12))) <= 8


@pytest.mark.parametrize(
    ("said", "reading"),
    [
        ("13.10.52", "13.10.52"), ("131052-930V", "131052-930V"), ("131052–930V", "131052-930V"),  # noqa: RUF001
        ("131052 miinus 930 V", "131052-930V"), ("1 3 1 0 5 2 - 9 3 0 V", "131052-930V"), ("1-3-1-0", "1-3-1-0"),
        ("yks 310 52", "131052"), ("131052-930v.", "131052-930V"), ("FI21 1234", "FI211234"), ("yks-kaks-kolme", "123"),
        ("L-Y-V-O-N", "LYVON"), ("plus 358 40", "+35840"), ("930 vee niin kuin Vihtori", "930V"),
        ("930 vee niinku Vihtori", "930V"), ("äf ii 21", "FI21"), ("2020:ssa", "2020"), ("viisi en", "5N"),
        ("131052 ja loppuosa 930V", "131052-930V"), ("131052 miinus loppuosa 930V", "131052-930V"), ("٣٤٥", "345"),
    ],
)  # fmt: skip
def test_every_written_form_is_read(said: str, reading: str) -> None:
    assert texts(said)[0] == reading


@pytest.mark.parametrize(
    ("said", "reading"),
    [
        ("kolmastoista kymmenettä viiskytkaks", "13.10.52"), ("ensimmäistä toista kaheksankytviis", "01.02.85"),
        ("ensimmäinen kahdetta yhdeksänkymmentä", "01.02.90"), ("13 lokakuuta 1952", "13.10.1952"),
        ("kolmas päivä maaliskuuta vuonna tuhat yhdeksänsataa kuusikymmentäkahdeksan", "03.03.1968"),
        ("kahdeskymmenes viides kymmenettä kaheksankyt", "25.10.80"), ("viides kuudetta kasi vitonen", "05.06.85"),
        ("toinen toista yheksäntoista kaheksankytviis", "02.02.1985"), ("viidestoista viidettä", "15.05"),
        ("kolmetoista lokakuuta nolla viis", "13.10.05"), ("ensimmäinen tammikuuta 123", "01.01123"),
        ("ensimmäinen tammikuuta satakaksikymmentä", "01.01120"),
    ],
)  # fmt: skip
def test_dates_are_read(said: str, reading: str) -> None:
    assert texts(said)[0] == reading


def test_the_ordinals_reach_from_the_first_to_the_thirty_first() -> None:
    assert set(ORDINALS.values()) == set(range(1, 32))
    assert ORDINALS["kahdeskymmenesyhdeksäs"] == 29
    assert ORDINALS["kolmattakymmenettäensimmäistä"] == 31


@pytest.mark.parametrize(
    ("said", "readings"),
    [
        ("neljä och kaheksan five", ["485", "4 85"]),
        ("oo kertaa 5 viisi", ["55"]),
        ("viisikuusi toukokuuta", ["56"]),
        ("5 7 o", ["57O"]),
    ],
)
def test_a_word_that_joins_nothing_is_read_as_what_else_it_is(said: str, readings: list[str]) -> None:
    assert readings[0] in texts(f"C: {said}")


def test_a_correction_takes_back_what_it_says_anew() -> None:
    assert texts("nolla yks nolla viis yheksän kolme ei kun yheksän neljä")[0] == "010594"
    assert "01059394" in texts("nolla yks nolla viis yheksän kolme ei kun yheksän neljä")
    assert texts("aa viisi ei kun kuusi seitsemän")[0] == "A67"
    assert texts("viisi anteeksi korjaan kuusi")[0] == "6"


def test_an_unreadable_word_is_bridged_inside_a_long_number_only() -> None:
    assert texts("nolla neljä nolla blaa yks kaks kolme")[0] == "040?123"
    assert len(runs("kolme blaa neljä")) == 2
    assert len(runs("nolla neljä nolla yks tai viis kuus seiska")) == 2
    assert len(runs("nolla neljä nolla yks mulle kahdessa")) == 2
    assert len(runs("nolla neljä nolla yks C: noniin A: blaa viis kuus seiska")) == 2


def test_a_long_pause_or_much_other_talk_ends_a_run() -> None:
    assert len(runs("A: nolla neljä C: " + "ihan muuta puhetta " * 7 + "A: viis kuus")) == 2
    assert len(runs("A: nolla neljä C: joo A: viis kuus")) == 1


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("neljäkymmentä euroa", "unit"), ("7,25 senttiä", "unit"), ("12.30", "clock"), ("8.00-16.00", "clock"),
        ("kahdeksasta kuuteentoista", "clock"), ("12,5", "decimal"), ("viidestoista viidettä", "date"),
        ("15.5.2026", "date"), ("kaksisataatuhatta", "cardinal"), ("nolla neljä nolla", ""), ("5 %", "unit"),
        ("20kWh", "unit"), ("20€", "unit"),
    ],
)  # fmt: skip
def test_harmless_numbers_are_known_by_their_company(said: str, reason: str) -> None:
    assert runs(said)[0].harmless == reason


@pytest.mark.parametrize(
    "word", ["[PHONE_NUMBER]", "", "...", "maija1@example.fi", "www.esimerkki2.fi", "y-tunnus", "#"]
)
def test_a_word_that_is_no_number_is_left_alone(word: str) -> None:
    assert read_word(word)[0].kind is Kind.OTHER


@given(
    st.lists(
        st.sampled_from(
            [*sorted(MORPHS), *sorted(ORDINALS), "joo", "ei", "kun", "viiva", "aa", "tupla", "kertaa", "x"]
        ),
        max_size=30,
    )
)
def test_any_word_salad_of_numbers_is_read_without_a_fault(words: list[str]) -> None:
    transcript = a_transcript(" ".join(words))
    for run in find_runs(transcript.words):
        for reading in run.readings:
            assert len(reading.text) == len(reading.first) == len(reading.last)
            assert all(run.first <= word <= run.last for word in (*reading.first, *reading.last))
