"""The 46 utterances of the domain research, word for word: all personal data is covered and labelled as expected."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from redaction.recognizers.registry import PresidioDetector
from tests.builders import a_transcript, found_in

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
UTTERANCES: list[dict[str, Any]] = json.loads((CORPUS / "utterances.json").read_text(encoding="utf-8"))
LABELS = {
    "HETU": {"FI_PERSONAL_IDENTITY_CODE"},
    "PHONE": {"PHONE_NUMBER"},
    "IBAN": {"IBAN_CODE"},
    "BBAN": {"FI_ACCOUNT_NUMBER"},
    "REFERENCE": {"REFERENCE_NUMBER", "RF_REFERENCE"},
    "GSRN": {"METERING_POINT_ID"},
    "METERING_POINT": {"METERING_POINT_ID"},
    "CUSTOMER_NO": {"CUSTOMER_NUMBER"},
    "CONTRACT_NO": {"CONTRACT_NUMBER"},
    "PROPERTY_ID": {"FI_PROPERTY_ID"},
    "ADDRESS": {"STREET_ADDRESS"},
    "POSTCODE": {"POSTAL_CODE"},
    "DOB": {"DATE_OF_BIRTH"},
    "EMAIL": {"EMAIL_ADDRESS"},
    "PERSON": {"PERSON"},
    "SECRET": {"SECRET"},
    "PLATE": {"LICENSE_PLATE"},
    "CARD": {"CREDIT_CARD"},
    "BUSINESS_ID": {"FI_BUSINESS_ID"},
}


def cases() -> list[Any]:
    return [
        pytest.param(
            each,
            id=f"{each['id']}-{each['note'].replace(' ', '_')[:40]}",
        )
        for each in UTTERANCES
    ]


@pytest.mark.parametrize("utterance", cases())
@pytest.mark.parametrize("timed", [True, False], ids=["timed", "untimed"])
def test_every_piece_of_personal_data_in_it_is_found(
    utterance: dict[str, Any], detector: PresidioDetector, *, timed: bool
) -> None:
    transcript = a_transcript(utterance["text"], timed=timed)
    findings = detector.detect(transcript)
    wanted = [each for each in utterance["entities"] if each["type"] != "ORG_PHONE"]
    for entity in wanted:
        assert found_in(transcript, findings, entity["span"]), (utterance["id"], entity["type"])
    expected = set().union(*(LABELS[each["type"]] for each in wanted))
    assert {each.type for each in findings} <= expected
    assert bool(findings) == bool(wanted)


@pytest.mark.parametrize("number", [41, 42])
def test_amounts_hours_and_due_dates_stay(number: int, detector: PresidioDetector) -> None:
    utterance = next(each for each in UTTERANCES if each["id"] == number)
    assert detector.detect(a_transcript(utterance["text"])) == ()


def test_the_companys_own_number_stays_and_is_masked_without_the_allow_list(detector: PresidioDetector) -> None:
    from redaction.recognizers.registry import build_detector  # noqa: PLC0415  heavy

    transcript = a_transcript(next(each for each in UTTERANCES if each["id"] == 17)["text"])
    assert detector.detect(transcript) == ()
    assert [each.type for each in build_detector().detect(transcript)] == ["PHONE_NUMBER"]
