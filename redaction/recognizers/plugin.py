"""The port for recognizers that are code: a company's name finder on spaCy, a transformer or Voikko, say.

A class of presidio's own kind is named in the recognizers file (docs/recognizers.md). It runs beside the built-in rules
and only adds: what it does not find, they still do.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from presidio_analyzer import EntityRecognizer

from redaction.errors import BadInput

_FAULTS = (ArithmeticError, AttributeError, ImportError, LookupError, OSError, RuntimeError, TypeError, ValueError)
# What importing and building somebody's class can raise.


def load_recognizer(entry: Mapping[str, Any], language: str) -> EntityRecognizer:
    """Return what `class: module:Class` names, built with `supported_language` and the entry's `options`.

    Raises BadInput `recognizer-class` when it cannot be imported or built, or is no presidio EntityRecognizer.
    """
    module, _, name = str(entry["class"]).partition(":")
    options = entry.get("options") or {}
    try:
        kind = getattr(import_module(module), name)
        built = kind(supported_language=language, **options)
    except (BadInput, *_FAULTS):
        raise BadInput("recognizer-class") from None
    if not isinstance(built, EntityRecognizer):
        raise BadInput("recognizer-class")
    return built
