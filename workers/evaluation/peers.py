"""What others would use on the same calls: plain presidio, and the regular expressions that a careful engineer writes.

Each gets the call as one text, in the order of its words, and its hits become findings that the same code plans.
Neither is told the company's own numbers: they have no place for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from redaction.model import Finding, Word
from workers.evaluation.expressions import find_all
from workers.evaluation.labelled import LabelledCall
from workers.evaluation.systems import System

Span = tuple[str, int, int]


def expressions() -> System:
    """Return the regular expressions."""

    def find(call: LabelledCall) -> Sequence[Finding]:
        text, starts = _text_of(call.transcript.words)
        return _findings(call.transcript.words, starts, find_all(text))

    return System(name="regular expressions", find=find)


def presidio() -> System:
    """Return presidio with its default registry for Finnish; loading takes seconds."""
    engine = presidio_engine()

    def find(call: LabelledCall) -> Sequence[Finding]:
        text, starts = _text_of(call.transcript.words)
        hits = engine.analyze(text, language="fi")
        return _findings(call.transcript.words, starts, ((hit.entity_type, hit.start, hit.end) for hit in hits))

    return System(name="plain presidio", find=find)


def presidio_engine() -> Any:
    """Presidio with its default registry for Finnish, and no language model: none for Finnish comes with it."""
    import tldextract.tldextract  # noqa: PLC0415 - see below
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry  # noqa: PLC0415 - a peer, loaded to be measured
    from presidio_analyzer.nlp_engine import NoOpNlpEngine  # noqa: PLC0415

    # Its mail recognizer would fetch a list of domains from the net at the first address; it ships a copy as well.
    tldextract.tldextract.TLD_EXTRACTOR = tldextract.tldextract.TLDExtract(suffix_list_urls=())
    registry = RecognizerRegistry(supported_languages=["fi"])
    registry.load_predefined_recognizers(languages=["fi"])
    registry.remove_recognizer("SpacyRecognizer")
    engine = NoOpNlpEngine([{"lang_code": "fi", "model_name": "none"}])
    engine.load()
    return AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=["fi"])


def _text_of(words: Sequence[Word]) -> tuple[str, list[int]]:
    starts, at = [], 0
    for word in words:
        starts.append(at)
        at += len(word.text) + 1
    return " ".join(word.text for word in words), starts


def _findings(words: Sequence[Word], starts: Sequence[int], spans: Iterable[Span]) -> list[Finding]:
    """Return a finding for each unbroken run of words of one channel that a span touches, as Vaiti's own are."""
    found: list[Finding] = []
    for datum, (type_, start, end) in enumerate(spans):
        inside = [
            index
            for index, at in enumerate(starts)
            if at < end and start < at + len(words[index].text) and words[index].text
        ]
        found.extend(_finding(words, type_, datum, run) for run in _runs(words, inside))
    return found


def _runs(words: Sequence[Word], indexes: Sequence[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for index in indexes:
        if runs and runs[-1][1] == index - 1 and words[index - 1].channel == words[index].channel:
            runs[-1] = (runs[-1][0], index)
        else:
            runs.append((index, index))
    return runs


def _finding(words: Sequence[Word], type_: str, datum: int, run: tuple[int, int]) -> Finding:
    first, last = run
    return Finding(
        type=type_,
        channel=words[first].channel,
        first=first,
        last=last,
        datum=datum,
        start=words[first].start,
        end=words[last].end,
        score=1.0,
    )
