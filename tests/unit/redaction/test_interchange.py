"""The wire forms: what is written is read back, and what cannot be relied on is refused by slug."""

from __future__ import annotations

import json
from typing import Any

import pytest

from redaction.errors import BadInput
from redaction.interchange import (
    error_to_dict,
    plan_from_dict,
    plan_to_dict,
    transcript_from_dict,
    transcript_to_dict,
)
from redaction.model import Checksum, Plan, Role, Verdict, Window
from tests.builders import a_finding, a_transcript

WORD = {"text": "hei", "start": 0.1, "end": 0.4, "channel": 0}


def a_document(**changes: Any) -> dict[str, Any]:
    return {
        "format": "vaiti-transcript/1", "language": "fi", "channels": [{"role": "agent"}], "words": [WORD], **changes,
    }  # fmt: skip


def a_plan_document(**changes: Any) -> dict[str, Any]:
    finding = {"type": "X", "channel": 0, "first": 0, "last": 0, "datum": 0, "score": 0.5}
    return {
        "format": "vaiti-plan/1", "verdict": "masked", "findings": [finding], "masked_words": [],
        "windows": [{"start": 0, "end": 1, "channels": [0]}], **changes,
    }  # fmt: skip


def test_a_transcript_comes_back_as_it_went() -> None:
    transcript = a_transcript("A: hei C: 131052-930V")
    assert transcript_from_dict(json.loads(json.dumps(transcript_to_dict(transcript)))) == transcript
    untimed = a_transcript("A: hei", timed=False)
    assert transcript_from_dict(transcript_to_dict(untimed)) == untimed


def test_unknown_keys_and_missing_times_are_no_trouble() -> None:
    word = {"text": "hei", "channel": 0, "speaker": "x", "confidence": 0.5, "start": float("nan"), "end": 10**400}
    transcript = transcript_from_dict(a_document(words=[word], extra=1, channels=[{"gain": 1}]))
    assert (transcript.words[0].start, transcript.words[0].end) == (None, None)
    assert transcript.words[0].confidence == 0.5
    assert transcript.channels[0].role is Role.UNKNOWN
    assert transcript_to_dict(transcript)["words"][0]["confidence"] == 0.5


@pytest.mark.parametrize(
    ("changes", "slug"),
    [
        ({"format": "vaiti-transcript/2"}, "format-unknown"),
        ({"language": ""}, "transcript-language"),
        ({"language": 5}, "transcript-language"),
        ({"channels": []}, "transcript-channels"),
        ({"channels": 5}, "transcript-channels"),
        ({"channels": [5]}, "transcript-channels"),
        ({"channels": [{"role": "boss"}]}, "channel-role"),
        ({"channels": [{"language": 5}]}, "transcript-language"),
        ({"channels": [{"language": ""}]}, "transcript-language"),
        ({"words": None}, "transcript-words"),
        ({"words": [5]}, "word-not-an-object"),
        ({"words": [{**WORD, "text": None}]}, "word-text"),
        ({"words": [{**WORD, "channel": 1}]}, "word-channel"),
        ({"words": [{**WORD, "channel": -1}]}, "word-channel"),
        ({"words": [{**WORD, "channel": True}]}, "word-channel"),
        ({"words": [{**WORD, "start": "0"}]}, "word-time"),
        ({"words": [{**WORD, "end": False}]}, "word-time"),
        ({"words": [{**WORD, "confidence": "high"}]}, "word-confidence"),
        ({"duration": -1}, "transcript-duration"),
        ({"duration": "long"}, "transcript-duration"),
    ],
)
def test_what_masking_relies_on_is_checked(changes: dict[str, Any], slug: str) -> None:
    with pytest.raises(BadInput) as caught:
        transcript_from_dict(a_document(**changes))
    assert caught.value.slug == slug


@pytest.mark.parametrize("document", [None, [], "text", 5])
def test_what_is_no_object_is_refused(document: object) -> None:
    with pytest.raises(BadInput, match="not-an-object"):
        transcript_from_dict(document)


def test_a_plan_comes_back_as_it_went() -> None:
    plan = Plan(
        verdict=Verdict.QUARANTINE,
        findings=(a_finding(0, 1, checksum=Checksum.INVALID, why=("shape",), start=0.5, end=1.5),),
        windows=(Window(start=0.4, end=1.6, channels=(0, 1)),),
        masked_words=a_transcript("C: [X]").words,
        reasons=("finding-without-time",),
    )
    assert plan_from_dict(json.loads(json.dumps(plan_to_dict(plan)))) == plan


FINDING = {"type": "X", "channel": 0, "first": 0, "last": 0, "datum": 0, "score": 0.5}


@pytest.mark.parametrize(
    ("changes", "slug"),
    [
        ({"verdict": "fine"}, "plan-verdict"),
        ({"verdict": None}, "plan-verdict"),
        ({"findings": [5]}, "plan-findings"),
        ({"findings": [{**FINDING, "type": 5}]}, "plan-findings"),
        ({"findings": [{**FINDING, "last": -1}]}, "plan-findings"),
        ({"findings": [{**FINDING, "first": 1}]}, "plan-findings"),
        ({"findings": [{**FINDING, "score": None}]}, "plan-findings"),
        ({"findings": [{**FINDING, "checksum": "maybe"}]}, "plan-findings"),
        ({"findings": [{**FINDING, "why": [5]}]}, "plan-findings"),
        ({"windows": [5]}, "plan-windows"),
        ({"windows": [{"start": 1, "end": 0, "channels": [0]}]}, "plan-windows"),
        ({"windows": [{"start": 0, "end": 1, "channels": []}]}, "plan-windows"),
        ({"windows": [{"start": None, "end": 1, "channels": [0]}]}, "plan-windows"),
        ({"masked_words": 5}, "plan-words"),
        ({"reasons": 5}, "plan-reasons"),
    ],
)
def test_a_plan_that_cannot_be_relied_on_is_refused(changes: dict[str, Any], slug: str) -> None:
    with pytest.raises(BadInput) as caught:
        plan_from_dict(a_plan_document(**changes))
    assert caught.value.slug == slug


def test_an_error_has_a_line_and_a_slug_and_nothing_else() -> None:
    assert error_to_dict(3, "word-time") == {"format": "vaiti-error/1", "line": 3, "slug": "word-time"}
