"""The record of processing says what the controllers file states, in three languages, and what it does not state."""

import io
from datetime import date

import pytest
from pypdf import PdfReader

from recordings.controllers import Controllers
from recordings.errors import SettingsWrong
from recordings.letter.processing import write_processing
from recordings.letter.processing_texts import PROCESSING_TEXTS
from recordings.letter.render import render

KUOPIO = """
[controllers.kuopio]
name = "Kuopion Energia Oy"
officer = "tietosuoja@example.fi"
recipients = ["Energiavirasto"]
cases = "P2Y"
[controllers.kuopio.periods]
service = "P1Y"
direct-marketing = "P6M"
[controllers.kuopio.purposes.service]
basis = "contract"
text = { fi = "Todentaminen", sv = "Verifiering", en = "Proof" }
[controllers.kuopio.partners.myynti]
name = "Myynti Oy"
sources = ["myynti"]
agreement_ends = 2026-12-31
"""
PROCESSOR = """
[controllers.kuopio.processors.backup]
name = "Backup Inc."
task = { fi = "Varmuuskopiot", en = "Backups" }
agreement = 2025-01-15
country = "US"
transfer = "Privacy Framework"
"""


def record(text: str = KUOPIO + PROCESSOR, language: str = "en") -> str:
    controller = Controllers.parse(text).get("kuopio")
    made = render(write_processing(controller, today=date(2026, 11, 23), language=language))
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages).split())


@pytest.mark.parametrize(("language", "purpose"), [("fi", "Todentaminen"), ("sv", "Verifiering"), ("en", "Proof")])
def test_the_record_says_purposes_bases_and_periods(language: str, purpose: str) -> None:
    text = record(language=language)
    for said in ("Kuopion Energia Oy", "tietosuoja@example.fi", "Energiavirasto", "Myynti Oy", purpose):
        assert said in text
    for head in ("title", "purposes_head", "data_head", "security_head"):
        assert PROCESSING_TEXTS[language][head] in text


def test_a_kind_without_a_stated_purpose_is_said_to_have_none() -> None:
    assert "direct marketing not stated not stated 6 months" in record().casefold()


def test_a_processor_stands_in_the_record_with_its_agreement() -> None:
    text = record()
    assert "Backup Inc. Backups 15 January 2025 US, Privacy Framework" in text


@pytest.mark.parametrize(
    "without", ["agreement = 2025-01-15\n", 'transfer = "Privacy Framework"\n', 'name = "Backup Inc."\n']
)
def test_a_processor_without_an_agreement_stops_the_start(without: str) -> None:
    with pytest.raises(SettingsWrong, match=r"processors\.backup"):
        Controllers.parse(KUOPIO + PROCESSOR.replace(without, ""))


def test_the_languages_say_the_same_things() -> None:
    assert set(PROCESSING_TEXTS) == {"fi", "sv", "en"}
    for texts in PROCESSING_TEXTS.values():
        assert set(texts) == set(PROCESSING_TEXTS["en"])
