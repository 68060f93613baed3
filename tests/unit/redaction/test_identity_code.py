"""One identity code in every way a recognizer may write it or mishear it: it is always found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redaction.model import Checksum
from redaction.recognizers.fi_identity_code import FiIdentityCodeRecognizer
from redaction.recognizers.registry import PresidioDetector
from tests.builders import a_transcript, covered

VECTORS = json.loads((Path(__file__).resolve().parents[2] / "corpus" / "vectors.json").read_text(encoding="utf-8"))
SPELLINGS = [
    "131052-930V", "131052–930V", "131052—930V", "131052−930V", "131052 -930V", "131052- 930V", "131052 - 930 V",  # noqa: RUF001
    "131052 930V", "131052 930 V", "131052930V", "131052 miinus 930 V", "131052 viiva 930V", "13.10.52-930V",
    "13.10.52-930v", "13.10.1952-930V", "13101952-930V", "13 10 52 930 V", "13 10 52 - 930 V", "1 3 1 0 5 2 - 9 3 0 V",
    "1 3 1 0 5 2 miinus 9 3 0 V", "1-3-1-0-5-2-9-3-0-V", "1, 3, 1, 0, 5, 2, 9, 3, 0, V.", "131052-930 vee",
    "131052-930, V.",
    "yks 310 52 miinus 930 V", "131 052 930 V", "13.10.52. Miinus 930 V.", "131052/930V", "131052+930V", "131052-930v",
    "131 0 52 viiva yhdeksän 30 vee", "131052 väliviiva 930 veen", "131052 tavuviiva 9 30 V",
]  # fmt: skip


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_is_found_whole(spelling: str, detector: PresidioDetector) -> None:
    transcript = a_transcript(f"C: no se on {spelling} kiitos")
    findings = detector.detect(transcript)
    carriers = range(3, len(transcript.words) - 1)
    wanted = {index for index in carriers if transcript.words[index].text != "veen"}
    assert wanted <= covered(findings)
    assert {each.type for each in findings} == {"FI_PERSONAL_IDENTITY_CODE"}


@pytest.mark.parametrize("code", [number for number, _ in VECTORS["hetu"]["valid"]])
def test_a_valid_code_is_found_and_labelled(code: str, detector: PresidioDetector) -> None:
    (finding,) = detector.detect(a_transcript(f"C: {code}"))
    assert (finding.type, finding.checksum, finding.score) == ("FI_PERSONAL_IDENTITY_CODE", Checksum.VALID, 1.0)


@pytest.mark.parametrize("code", [number for number, _ in VECTORS["hetu"]["invalid"]])
def test_a_failed_check_labels_and_never_hides(code: str, detector: PresidioDetector) -> None:
    findings = detector.detect(a_transcript(f"C: henkilötunnus on {code}"))
    assert [each.type for each in findings] == ["FI_PERSONAL_IDENTITY_CODE"]
    assert findings[0].checksum is not Checksum.VALID


@given(st.integers(0, 9), st.sampled_from("0123456789"))
def test_one_misheard_digit_hides_nothing(detector: PresidioDetector, place: int, digit: str) -> None:
    code = "131052-930V"
    place += place >= 6
    heard = code[:place] + digit + code[place + 1 :]
    findings = detector.detect(a_transcript(f"C: {heard}"))
    assert covered(findings) == {0}


@given(st.integers(0, 8))
def test_one_unreadable_word_inside_it_is_masked_with_it(detector: PresidioDetector, place: int) -> None:
    spoken = "yks kolme yks nolla viis kaks viiva ysi kolme nolla vee".split()
    spoken[place + (place >= 6)] = "blaa"
    transcript = a_transcript(f"A: henkilötunnus? C: {' '.join(spoken)}")
    inside = covered(detector.detect(transcript))
    said = set(range(1, len(transcript.words)))
    assert said - inside <= {1}, "only a misheard first digit can look like talk"


def test_the_tail_alone_is_found_by_its_question(detector: PresidioDetector) -> None:
    for tail in ("930V", "ysi kolme nolla vee", "9 3 0 V", "yhdeksänsataakolkyt vee"):
        findings = detector.detect(a_transcript(f"A: entä loppuosa? C: se on {tail}"))
        assert [each.type for each in findings] == ["FI_PERSONAL_IDENTITY_CODE"], tail


def test_a_code_without_its_check_takes_the_misheard_letter_with_it(detector: PresidioDetector) -> None:
    transcript = a_transcript("C: 131052 viiva 930 veh kiitos")
    assert covered(detector.detect(transcript)) >= {0, 1, 2, 3}


def test_what_has_the_shape_of_a_phone_number_is_not_called_a_code() -> None:
    recognizer = FiIdentityCodeRecognizer()
    assert [hit for hit in recognizer.find("040-123-4567") if hit.score >= 0.5] == []
    assert list(recognizer.find("0401234567")) == []
    assert [hit.why for hit in recognizer.find("13105?-930V")] == ["shape-with-unheard", "near-shape"]
