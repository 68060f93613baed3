"""What the pages say: every text in every language, and numbers, days and times as people write them."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from recordings.statements import Basis
from recordings.web import texts
from recordings.web.page import ALL_TEXTS
from recordings.web.texts import (
    BASES,
    KINDS,
    LANGUAGES,
    NAMES,
    STAGES,
    TEXTS,
    choose_language,
    name_language,
    name_type,
    write_day,
    write_hour,
    write_length,
    write_number,
    write_time,
)
from recordings.web.texts_case_acts import CASE_ACT_TEXTS
from recordings.web.texts_cases import CASE_TEXTS
from recordings.web.texts_company import COMPANY_TEXTS
from recordings.web.texts_notes import NOTES_TEXTS
from recordings.web.texts_people import PEOPLE_TEXTS
from recordings.web.texts_work import WORK_TEXTS
from redaction.policy import ENTITY_TYPES
from storage.records import Kind, Stage

WEB = Path(texts.__file__).resolve().parents[1]
BUILT = {"theme": ("system", "light", "dark"), "direction": ("inbound", "outbound", "internal")}
# Texts whose key is put together where they are used.


def test_all_languages_have_the_same_texts() -> None:
    assert set(TEXTS) == set(KINDS) == set(STAGES) == set(BASES) == set(NAMES) == set(LANGUAGES)
    for language in LANGUAGES:
        assert set(TEXTS[language]) == set(TEXTS["en"])
        assert set(COMPANY_TEXTS[language]) == set(COMPANY_TEXTS["en"])
        assert all(text.strip() == text != "" for text in TEXTS[language].values())
        assert set(KINDS[language]) == {kind.value for kind in Kind}
        assert set(STAGES[language]) == {stage.value for stage in Stage} - {"purging", "purged"}
        assert set(BASES[language]) == {basis.value for basis in Basis}


def test_a_text_has_the_same_gaps_in_all_languages() -> None:
    for key, english in TEXTS["en"].items():
        gaps = set(re.findall(r"\{\w+\}", english))
        assert all(set(re.findall(r"\{\w+\}", TEXTS[each][key])) == gaps for each in LANGUAGES), key


@pytest.mark.parametrize("texts", [PEOPLE_TEXTS, WORK_TEXTS, NOTES_TEXTS, CASE_TEXTS, CASE_ACT_TEXTS])
def test_texts_of_people_and_work_are_in_all_languages(texts: dict[str, dict[str, str]]) -> None:
    for language in LANGUAGES:
        assert set(texts[language]) == set(texts["en"])
        assert all(texts[language].values())
        for key, text in texts[language].items():
            assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", texts["en"][key])), key


def test_every_text_that_a_template_names_is_there_and_none_is_left_over() -> None:
    used = {f"{name}_{value}" for name, values in BUILT.items() for value in values}
    for path in (*WEB.rglob("*.html"), *WEB.glob("*.py"), WEB / "texts" / "__init__.py"):
        source = path.read_text(encoding="utf-8")
        used |= set(re.findall(r"\bt\.(\w+)", source))
        used |= set(re.findall(r"""["'](\w+)["']""", source)) & set(TEXTS["en"])
        for part in re.findall(r'part\("(\w+)"', source):
            used.add(f"design_{part}")
        for key in re.findall(r'\(\([^()]*\), "(\w+)"\)', source):
            used.add(f"keys_{key}")
    everything = [name for texts in ALL_TEXTS for name in texts["en"]]
    assert used - set(everything) == set()
    assert len(everything) == len(set(everything)), "one text, one place"
    assert set(TEXTS["en"]) - used - {"role_agent", "role_customer"} == set()


def test_a_text_that_is_missing_is_no_empty_place() -> None:
    assert not any(hasattr(dict, key) for key in TEXTS["en"]), "a template would call a dict's own method"


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_every_entity_type_has_a_name_in_our_own_languages(language: str) -> None:
    same = {"PASSPORT": "pass"} if language == "sv" else {}
    for each in ENTITY_TYPES:
        name = name_type(each, language)
        assert name != each.removeprefix("FI_").replace("_", " ").lower() or each in same


def test_a_type_of_somebodys_own_is_shown_as_its_words() -> None:
    assert name_type("SHOE_SIZE", "fi") == "shoe size"
    assert name_type("FI_PERSONAL_IDENTITY_CODE", "en") == "identity code"
    assert name_type("FI_PERSONAL_IDENTITY_CODE", "sv") == "personbeteckning"


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("fi-FI,fi;q=0.9", "fi"),
        ("en-GB,en", "en"),
        ("sv-FI, fi;q=0.5", "sv"),
        ("de, sv;q=0.3", "sv"),
        ("de", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_the_readers_language_is_chosen(accept: str | None, language: str) -> None:
    assert choose_language(accept) == language
    assert choose_language(accept, chosen="sv") == "sv"
    assert choose_language(accept, chosen="<script>") == language


def test_times_lengths_and_numbers_are_written_as_people_do() -> None:
    moment = datetime(2026, 3, 1, 9, 5, tzinfo=UTC)
    assert [write_time(moment, each) for each in LANGUAGES] == [
        "1.3.2026 klo 9.05",
        "1.3.2026 kl. 9.05",
        "1 Mar 2026, 09:05",
    ]
    assert [write_hour(moment, each) for each in LANGUAGES] == ["9.05", "9.05", "09:05"]
    lengths = [write_length(each) for each in (None, 5.4, 59.6, 600, 3_599.6, 3_600, 45_296)]
    assert lengths == ["-", "0:05", "1:00", "10:00", "1:00:00", "1:00:00", "12:34:56"]
    assert [write_number(12.34, each) for each in LANGUAGES] == ["12,3", "12,3", "12.3"]
    assert (name_language("fi", "sv"), name_language("et", "sv")) == ("finska", "et")


def test_a_day_is_named_by_how_near_it_is() -> None:
    today = date(2026, 3, 2)
    assert write_day(date(2026, 3, 2), "fi", today=today) == "Tänään 2.3.2026"
    assert write_day(date(2026, 3, 1), "sv", today=today) == "I går 1.3.2026"
    assert write_day(date(2026, 2, 27), "en", today=today) == "Friday 27 Feb 2026"
    assert write_day(date(2026, 3, 3), "fi", today=today) == "Tiistai 3.3.2026"
