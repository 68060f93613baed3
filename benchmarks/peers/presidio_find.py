"""Find with presidio: its default Finnish registry without a model, or a blank pipeline and context words.

Arguments: default or blank, a file of words. Says which words were touched.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from pathlib import Path

import tldextract.tldextract
from loop import serve
from presidio_analyzer import AnalyzerEngine, Pattern, PatternRecognizer, RecognizerRegistry
from presidio_analyzer.nlp_engine import NoOpNlpEngine, SlimSpacyNlpEngine

# Its mail recognizer would fetch a list of domains from the net at the first address; it ships a copy as well.
tldextract.tldextract.TLD_EXTRACTOR = tldextract.tldextract.TLDExtract(suffix_list_urls=())
way, words = sys.argv[1], Path(sys.argv[2]).read_text().split()
text, starts = " ".join(words), [0]
for word in words:
    starts.append(starts[-1] + len(word) + 1)

registry = RecognizerRegistry(supported_languages=["fi"])
registry.load_predefined_recognizers(languages=["fi"])
registry.remove_recognizer("SpacyRecognizer")
if way == "blank":
    digits = Pattern("digits", r"\b(?:\d[ -]?){5,}\d\b", 0.3)
    known = ["puhelin", "numero", "tili", "henkilötunnus", "asiakasnumero", "sopimus"]
    registry.add_recognizer(PatternRecognizer("NUMBER", patterns=[digits], context=known, supported_language="fi"))
    engine = SlimSpacyNlpEngine(supported_languages=["fi"], generic_tokenizer="blank")
else:
    engine = NoOpNlpEngine([{"lang_code": "fi", "model_name": "none"}])
engine.load()
analyzer = AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=["fi"])


def find() -> list[int]:
    """Return the indexes of the words that a hit touches."""
    touched: set[int] = set()
    for hit in analyzer.analyze(text, language="fi"):
        touched.update(range(bisect_right(starts, hit.start) - 1, bisect_right(starts, hit.end - 1)))
    return sorted(touched)


serve(find)
