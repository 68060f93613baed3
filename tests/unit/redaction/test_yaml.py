"""A user's recognizers in the forms that presidio documents."""

from __future__ import annotations

import pytest
from presidio_analyzer import EntityRecognizer, RecognizerResult

from redaction.errors import BadInput, DetectionFailed
from redaction.recognizers.registry import build_detector
from tests.builders import a_transcript

BADGE = {"name": "badge", "supported_entity": "BADGE"}
SHAPE = {"name": "shape", "regex": r"\bkulku\d{3}\b", "score": 0.4}


def found(yaml: object, dialogue: str) -> list[tuple[str, float]]:
    return [(each.type, each.score) for each in build_detector(extra_yaml=yaml).detect(a_transcript(dialogue))]


def test_a_deny_list_is_heard_with_its_score() -> None:
    yaml = {"recognizers": [{**BADGE, "deny_list": ["kettu", "susi"], "deny_list_score": 0.6}]}
    assert found(yaml, "C: meillä oli pihalla kettu eilen") == [("BADGE", 0.6)]


def test_the_context_of_every_language_counts() -> None:
    languages = [{"language": "fi", "context": ["kulkulupa"]}, {"language": "en", "context": ["badge"]}]
    yaml = {"recognizers": [{**BADGE, "patterns": [SHAPE], "supported_languages": languages}]}
    assert found(yaml, "C: kulkulupani on kulku123") == [("BADGE", 0.75)]
    assert found(yaml, "C: my badge is kulku123") == [("BADGE", 0.75)]
    assert found(yaml, "C: se on kulku123") == [("BADGE", 0.4)]


def test_languages_may_be_a_plain_list() -> None:
    yaml = {"supported_languages": ["en"], "recognizers": [
        {**BADGE, "patterns": [SHAPE], "supported_languages": ["en"], "type": "custom", "context": ["lupa"]}
    ]}  # fmt: skip
    assert found(yaml, "C: lupa on kulku123") == [("BADGE", 0.75)]


@pytest.mark.parametrize(("flags", "expected"), [(2, [("BADGE", 0.4)]), (0, [])])
def test_regex_flags_hold_for_an_entry_or_the_file(flags: int, expected: list[tuple[str, float]]) -> None:
    entry = {**BADGE, "patterns": [SHAPE]}
    assert found({"global_regex_flags": flags, "recognizers": [entry]}, "C: se on KULKU123") == expected
    assert found([{**entry, "global_regex_flags": flags}], "C: se on KULKU123") == expected


def test_entities_may_be_a_list_and_what_is_switched_off_is_not_heard() -> None:
    entry = {"name": "badge", "supported_entities": ["BADGE"], "patterns": [SHAPE]}
    assert found([entry], "C: se on kulku123") == [("BADGE", 0.4)]
    assert found([{**entry, "enabled": False}], "C: se on kulku123") == []


@pytest.mark.parametrize(
    "entry",
    [
        {"name": "CreditCardRecognizer", "type": "predefined"},
        {**BADGE, "patterns": [SHAPE], "global_regex_flags": "all"},
        {**BADGE, "patterns": [{**SHAPE, "regex": "("}]},
        {**BADGE, "patterns": [SHAPE], "supported_languages": 5},
        BADGE,
    ],
)
def test_what_cannot_be_used_is_refused(entry: object) -> None:
    with pytest.raises(BadInput):
        build_detector(extra_yaml=[entry])


class Owls(EntityRecognizer):
    """A name finder as a company would plug one in: it needs an option and reads words as they were written."""

    VIEWS = frozenset({"as-written"})

    def __init__(self, supported_language: str, owl: str = "") -> None:
        super().__init__(supported_entities=["OWL"], supported_language=supported_language)
        if not owl:
            raise ValueError
        self._owl = owl

    def load(self) -> None:
        """Nothing."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: object = None) -> list[RecognizerResult]:
        """Find the owl; raise for a storm."""
        if "myrsky" in text:
            raise RuntimeError(text)
        at = text.find(self._owl)
        return [RecognizerResult("OWL", at, at + len(self._owl), 0.6)] if at >= 0 else []


CODE = {"name": "owls", "class": f"{__name__}:Owls", "options": {"owl": "huuhkaja"}}


def test_code_of_the_users_own_finds_beside_the_rules() -> None:
    dialogue = "C: huuhkaja on 131052-308T"
    assert found([CODE], dialogue) == [("OWL", 0.6), *found([], dialogue)]


def test_code_that_raises_has_not_looked_and_says_nothing_of_the_call() -> None:
    with pytest.raises(DetectionFailed) as failed:
        found([CODE], "C: myrsky on 131052-308T")
    assert failed.value.slug == "recognizer-raised-RuntimeError"
    assert "131052" not in str(failed.value)


@pytest.mark.parametrize(
    "entry",
    [
        {**CODE, "class": "no_such_module:Owls"},
        {**CODE, "class": f"{__name__}:NoSuchClass"},
        {**CODE, "class": f"{__name__}:found"},
        {**CODE, "class": "builtins:dict", "options": {}},
        {**CODE, "class": 5},
        {**CODE, "options": {}},
        {**CODE, "options": {"wings": 2}},
        {**CODE, "options": "huuhkaja"},
    ],
    ids=["module", "class", "function", "other kind", "number", "option missing", "option unknown", "no options"],
)
def test_a_class_that_cannot_be_used_is_told_at_the_start(entry: dict[str, object]) -> None:
    with pytest.raises(BadInput) as refused:
        build_detector(extra_yaml=[entry])
    assert refused.value.slug == "recognizer-class"
