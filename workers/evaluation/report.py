"""A tally as a document for programs: every share with its count and interval, every leak by case id and kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from workers.evaluation.figures import FIGURES
from workers.evaluation.intervals import Ratio, wilson
from workers.evaluation.tally import Group, Leak, Tally

FORMAT = "vaiti-evaluation/1"
PATTERNS = 40
# how many kinds of leaks are named, the commonest first


def report(tallies: Mapping[str, Tally]) -> dict[str, Any]:
    """Return the report of all systems on the same calls."""
    return {"format": FORMAT, "systems": {name: _system(tally) for name, tally in tallies.items()}}


def _system(tally: Tally) -> dict[str, Any]:
    return {
        "calls": dict(tally.calls),
        "figures": [
            {"name": figure.name, "target": figure.clear, "target_10": figure.hard}
            | _recall(tally, ("figure", figure.name))
            for figure in FIGURES
        ],
        "types": [
            {"type": group[1]} | _recall(tally, group) | {"forms": _forms(tally, group[1])}
            for group in sorted(tally.total)
            if group[0] == "type"
        ],
        "tags": [{"tag": group[1]} | _recall(tally, group) for group in sorted(tally.total) if group[0] == "tag"],
        "false_words_per_1000": _ratio(tally.false_words, 1000, digits=2),
        "false_words_by_type": dict(tally.false_types.most_common()),
        "audible_share": _ratio(tally.audible),
        "audible_share_150ms": _ratio(tally.audible_jittered),
        "audible_seconds_per_hour": _ratio(tally.audible_hourly, digits=2),
        "audible_seconds_per_hour_150ms": _ratio(tally.audible_jittered_hourly, digits=2),
        "over_cut_seconds_per_finding": _ratio(tally.over, digits=3),
        "over_cut_seconds_per_hour": _ratio(tally.over_hourly, digits=1),
        "harmless_speech_cut_share": _ratio(tally.harmless_cut),
        "harmless_speech_cut_share_150ms": _ratio(tally.harmless_cut_jittered),
        "quarantined": {name: _share(tally.quarantined[name], calls) for name, calls in sorted(tally.calls.items())},
        "leak_patterns": _patterns(tally.leaks),
        "leaks": [{"case": leak.case, "type": leak.type, "form": leak.form} for leak in tally.leaks],
    }


def _forms(tally: Tally, type_: str) -> list[dict[str, Any]]:
    groups = sorted(group for group in tally.total if group[:2] == ("form", type_))
    return [{"form": group[2]} | _recall(tally, group) for group in groups]


def _recall(tally: Tally, group: Group) -> dict[str, Any]:
    found = tally.found[group]
    document = _share(found, tally.total[group])
    return document | {"right_type": round(tally.typed[group] / found, 4) if found else None}


def _share(part: int, whole: int) -> dict[str, Any]:
    interval = wilson(part, whole)
    return {
        "items": whole,
        "found": part,
        "share": round(part / whole, 4) if whole else None,
        "interval": None if interval is None else [round(edge, 4) for edge in interval],
    }


def _ratio(ratio: Ratio, times: float = 1.0, *, digits: int = 5) -> dict[str, Any]:
    interval = ratio.interval
    return {
        "value": None if ratio.value is None else round(ratio.value * times, digits),
        "interval": None if interval is None else [round(edge * times, digits) for edge in interval],
    }


def _patterns(leaks: Iterable[Leak]) -> list[dict[str, Any]]:
    """Return the commonest kinds of leaks: what leaks together is mended together."""
    counted = Counter((leak.type, leak.form, *leak.tags[:3]) for leak in leaks)
    return [{"kind": " · ".join(kind), "leaks": count} for kind, count in counted.most_common(PATTERNS)]
