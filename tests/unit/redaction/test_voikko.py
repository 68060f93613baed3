"""Names by Voikko's dictionary, plugged in by the recognizers file, where Voikko is installed."""

from __future__ import annotations

import os

import pytest

from redaction.errors import BadInput
from redaction.model import Checksum
from redaction.recognizers.base import Hit
from redaction.recognizers.registry import build_detector
from tests.builders import a_transcript

VOIKKO = {"name": "names", "class": "redaction.recognizers.voikko:VoikkoNames"}


@pytest.fixture(scope="module", autouse=True)
def voikko() -> None:
    try:
        build_detector(extra_yaml=[VOIKKO])
    except BadInput:
        if os.environ.get("CI"):
            raise
        pytest.skip("the tests with a dictionary of Finnish need Voikko: sudo apt-get install libvoikko1 voikko-fi")


def names(text: str) -> list[str]:
    from redaction.recognizers.voikko import VoikkoNames  # noqa: PLC0415 - Voikko may not be there

    return [text[hit.start : hit.end] for hit in VoikkoNames().find(text)]


def test_the_dictionary_is_asked_beside_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    hit = Hit(0, 4, 0.6, Checksum.NONE, "dictionary-name")
    monkeypatch.setattr("redaction.recognizers.voikko.VoikkoNames.find", lambda *_: iter([hit]))
    found = build_detector(extra_yaml=[VOIKKO]).detect(a_transcript("C: talo on punainen"))
    assert [(each.type, each.first, each.last) for each in found] == [("PERSON", 0, 0)]


def test_a_name_that_the_dictionary_knows_is_found_in_any_form_without_a_cue() -> None:
    assert names("laskulla lukee asukkaana rosenqvistille vielä") == ["rosenqvistille"]
    assert names("maksajat Aamos, Rosenqvist ja Korhonen") == ["Aamos", "Rosenqvist", "Korhonen"]


def test_an_unknown_word_beside_a_name_is_part_of_it() -> None:
    assert names("sen maksaa zxavier rosenqvist huomenna") == ["zxavier rosenqvist"]
    assert names("maksajana aamos zxoramo huomenna") == ["aamos zxoramo"]
    assert names("tarkoitan zxavier. rosenqvist maksaa huomenna") == ["rosenqvist"]
    assert names("... 12") == []
    assert names("...") == []


def test_words_that_are_names_too_stay() -> None:
    assert names("illalla oli tuuli ja lumi ja päivä paistoi") == []
    assert names("will you send the bill in augusti") == []


def test_without_the_dictionary_the_start_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    import libvoikko  # noqa: PLC0415 - Voikko may not be there

    def missing(_: str) -> None:
        raise libvoikko.VoikkoException

    monkeypatch.setattr(libvoikko, "Voikko", missing)
    with pytest.raises(BadInput) as refused:
        build_detector(extra_yaml=[VOIKKO])
    assert refused.value.slug == "recognizer-class"
