"""Presidio's analyzer, made to fail closed: no model, no network, no trace, and a regex that times out raises.

Presidio skips a timed-out pattern with a warning (pattern_recognizer.py), asks the network for models when it is
given none, and its context enhancer is quadratic and needs lemmas that no offline Finnish engine gives.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import regex
from presidio_analyzer import (
    AnalyzerEngine,
    ContextAwareEnhancer,
    EntityRecognizer,
    PatternRecognizer,
    RecognizerRegistry,
    RecognizerResult,
)
from presidio_analyzer.nlp_engine import NoOpNlpEngine

from redaction.errors import BadInput, DetectionFailed
from redaction.recognizers.plugin import load_recognizer

CONTEXT_REACH = 60
# Characters before a match in which a user's context word counts; about eight words.
CONTEXT_BOOST = 0.35
# As presidio's own enhancer adds.
REGEX_SECONDS = 5


class StemContext(ContextAwareEnhancer):
    """Raises a user's pattern when one of its context words begins a word shortly before it; linear, no lemmas."""

    def __init__(self) -> None:
        super().__init__(
            context_similarity_factor=CONTEXT_BOOST, min_score_with_context_similarity=0.4, context_prefix_count=8,
            context_suffix_count=0,
        )  # fmt: skip

    def enhance_using_context(
        self,
        text: str,
        raw_results: list[RecognizerResult],
        nlp_artifacts: Any,  # noqa: ARG002
        recognizers: list[EntityRecognizer],
        context: list[str] | None = None,  # noqa: ARG002
    ) -> list[RecognizerResult]:
        """Return the results with scores raised in place."""
        stems = {each.id: tuple(f" {word.lower()}" for word in each.context) for each in recognizers if each.context}
        for result in raw_results if stems else ():
            wanted = stems.get(result.recognition_metadata[RecognizerResult.RECOGNIZER_IDENTIFIER_KEY], ())
            before = " " + text[max(0, result.start - CONTEXT_REACH) : result.start].lower()
            if any(stem in before for stem in wanted):
                result.score = min(1.0, result.score + CONTEXT_BOOST)
        return raw_results


class _Raising:
    """A compiled pattern whose timeout is a failure of detection."""

    def __init__(self, compiled: Any) -> None:
        self._compiled = compiled

    def finditer(self, text: str, timeout: float) -> Iterator[Any]:
        """Yield the matches within `REGEX_SECONDS`."""
        try:
            yield from self._compiled.finditer(text, timeout=min(timeout, REGEX_SECONDS))
        except TimeoutError:
            raise DetectionFailed("recognizer-timeout") from None


def arm(recognizer: EntityRecognizer) -> EntityRecognizer:
    """Return the recognizer with its patterns compiled such that a timeout raises."""
    if isinstance(recognizer, PatternRecognizer):
        patterns: list[Any] = vars(recognizer)["patterns"]
        for pattern in patterns:
            pattern.compiled_with_flags = recognizer.global_regex_flags
            pattern.compiled_regex = _Raising(regex.compile(pattern.regex, flags=recognizer.global_regex_flags))
    return recognizer


def make_engine(language: str, recognizers: Sequence[EntityRecognizer]) -> AnalyzerEngine:
    """Return an analyzer of exactly these recognizers."""
    return AnalyzerEngine(
        registry=RecognizerRegistry(recognizers=list(recognizers), supported_languages=[language]),
        nlp_engine=NoOpNlpEngine([{"lang_code": language, "model_name": "none"}]),
        supported_languages=[language],
        context_aware_enhancer=StemContext(),
        log_decision_process=False,
    )


def read_yaml_recognizers(parsed: object, languages: Sequence[str]) -> list[EntityRecognizer]:
    """Return the recognizers of a presidio YAML file that was already parsed. Raises BadInput.

    The form is presidio's: a list, or `recognizers:` with it, of `name`, `supported_entity` (or `supported_entities`),
    `patterns` or `deny_list`, `context`, `supported_languages`, `global_regex_flags`. Every one is run on every call,
    whatever its languages, with the context words of all of them. One of presidio's own by name is refused.
    An entry with `class: module:Class` and `options` is code of the user's own.
    """
    file = parsed if isinstance(parsed, Mapping) else {"recognizers": parsed}
    entries = file.get("recognizers")
    if not isinstance(entries, list | tuple):
        raise BadInput("recognizers-not-a-list")
    found: list[EntityRecognizer] = []
    for entry in entries:
        if not isinstance(entry, Mapping):
            raise BadInput("recognizer-not-an-object")
        if entry.get("enabled", True) is False:
            continue
        if "class" in entry:
            found.append(arm(load_recognizer(entry, languages[0])))
            continue
        if entry.get("type", "custom") != "custom":
            raise BadInput("recognizer-unusable")
        try:
            recognizer = PatternRecognizer.from_dict(_fields(entry, file, languages[0]))
            found.append(arm(recognizer))
        except (AttributeError, IndexError, KeyError, TypeError, ValueError, regex.error):
            raise BadInput("recognizer-unusable") from None
    return found


def _fields(entry: Mapping[str, Any], file: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Return what presidio's constructor takes of an entry; regex flags may stand once for the whole file."""
    fields = {key: entry[key] for key in _FIELDS if entry.get(key) is not None}
    flags = entry.get("global_regex_flags", file.get("global_regex_flags"))
    if flags is not None:
        fields["global_regex_flags"] = int(flags)
    words = [*(entry.get("context") or ())]
    for each in entry.get("supported_languages") or ():
        words.extend((each.get("context") or ()) if isinstance(each, Mapping) else ())
    return {**fields, "context": words or None, "supported_language": language}


_FIELDS = ("name", "supported_entity", "supported_entities", "patterns", "deny_list", "deny_list_score")
