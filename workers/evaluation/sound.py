"""Seconds: of personal data that stay audible, of speech cut for nothing, of windows beyond what they are for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from redaction.model import Window
from workers.evaluation.labelled import LabelledCall, Spoken

HOLD = 1.0
# Seconds: a shorter silence inside one piece of data belongs to it; nobody needs to hear the pause between two digits.
Span = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seconds:
    """What the windows of one call do. `over` is what they cut outside all personal data."""

    personal: float
    audible: float
    harmless: float
    harmless_cut: float
    over: float


def measure(call: LabelledCall, windows: Sequence[Window]) -> Seconds:
    """Measure a call's windows against what was truly said when; windows cut all channels."""
    cut = [(window.start, window.end) for window in windows]
    personal = [each for each in call.speech if each.item is not None and not each.free]
    harmless = [each for each in call.speech if each.item is None]
    kept = _stretches(call.speech)
    return Seconds(
        personal=sum(each.end - each.start for each in personal),
        audible=sum(each.end - each.start - covered((each.start, each.end), cut) for each in personal),
        harmless=sum(each.end - each.start for each in harmless),
        harmless_cut=sum(covered((each.start, each.end), cut) for each in harmless),
        over=sum(end - start - covered((start, end), kept) for start, end in cut),
    )


def covered(span: Span, spans: Sequence[Span]) -> float:
    """Return the seconds of `span` that lie in `spans`, which are in order and do not overlap."""
    total = 0.0
    at = max(0, bisect_right(spans, span[0], key=lambda each: each[0]) - 1)
    while at < len(spans) and spans[at][0] < span[1]:
        total += max(0.0, min(span[1], spans[at][1]) - max(span[0], spans[at][0]))
        at += 1
    return total


def _stretches(speech: Iterable[Spoken]) -> list[Span]:
    """Return the stretches of personal data, the short silences in one piece of data with it, in order and joined."""
    last: dict[int, Span] = {}
    spans: list[Span] = []
    for each in speech:
        if each.item is None:
            continue
        before = last.get(each.item)
        if before is not None and each.start - before[1] <= HOLD:
            last[each.item] = (before[0], max(before[1], each.end))
        else:
            if before is not None:
                spans.append(before)
            last[each.item] = (each.start, each.end)
    joined: list[Span] = []
    for start, end in sorted((*spans, *last.values())):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
