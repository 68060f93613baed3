"""Plan to masked words. Number, order and times never change, so every other index into the words stays true."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from redaction.model import Finding, Word


def covered_words(words: Sequence[Word], finding: Finding) -> tuple[int, ...]:
    """Return the indexes of the finding's words: those of its channel from first to last, both included."""
    stop = min(finding.last + 1, len(words))
    return tuple(index for index in range(finding.first, stop) if words[index].channel == finding.channel)


def mask_words(words: Sequence[Word], findings: Iterable[Finding]) -> tuple[Word, ...]:
    """Return the words with each finding's first one as `[TYPE]` and its other ones empty."""
    masked = list(words)
    hidden: set[int] = set()
    for finding in sorted(findings, key=lambda each: (each.first, each.last)):
        label = f"[{finding.type}]"
        for index in covered_words(words, finding):
            if index not in hidden:
                masked[index] = replace(words[index], text=label)
                label = ""
            hidden.add(index)
    return tuple(masked)
