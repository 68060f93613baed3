"""A report as tables that people read: markdown, which also reads well on a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workers.evaluation.figures import (
    MOST_AUDIBLE,
    MOST_AUDIBLE_JITTERED,
    MOST_FALSE_PER_1000,
    MOST_HARMLESS_CUT,
    MOST_OVER_SECONDS,
    MOST_QUARANTINED,
    MOST_QUARANTINED_MONO,
)

Report = Mapping[str, Any]
SUMS = (  # key, what it is, the most that is allowed, as a percentage or as it is
    ("false_words_per_1000", "falsely masked words per 1,000 harmless ones", MOST_FALSE_PER_1000, False),
    ("audible_share", "personal seconds audible, true times", MOST_AUDIBLE, True),
    ("audible_share_150ms", "personal seconds audible, times off by 150 ms", MOST_AUDIBLE_JITTERED, True),
    ("audible_seconds_per_hour", "personal seconds audible an hour, true times", None, False),
    ("audible_seconds_per_hour_150ms", "personal seconds audible an hour, times off by 150 ms", None, False),
    ("over_cut_seconds_per_finding", "seconds over-cut a finding", MOST_OVER_SECONDS, False),
    ("over_cut_seconds_per_hour", "seconds over-cut an hour", None, False),
    ("harmless_speech_cut_share", "harmless speech cut, true times", MOST_HARMLESS_CUT, True),
    ("harmless_speech_cut_share_150ms", "harmless speech cut, times off by 150 ms", MOST_HARMLESS_CUT, True),
)
_NAMES = {"vaiti": "Vaiti", "presidio": "plain presidio", "expressions": "regular expressions"}


def tables(report: Report) -> str:
    """Return all tables of one report."""
    systems = report["systems"]
    own = systems.get("vaiti", next(iter(systems.values())))
    parts = [_figures(systems), sums(systems), types(systems), _forms(own), _tags(own), _patterns(own)]
    return "\n\n".join(parts)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a markdown table with columns of even width."""
    widths = [max(len(row[place]) for row in (head, *rows)) for place in range(len(head))]
    lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
             for row in (head, *rows)]  # fmt: skip
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join((lines[0], rule, *lines[1:]))


def percent(share: Mapping[str, Any]) -> str:
    """Write a share with its interval."""
    if share["share"] is None:
        return "-"
    low, high = share["interval"]
    return f"{100 * share['share']:.1f} % ({100 * low:.1f}-{100 * high:.1f})"


def value(ratio: Mapping[str, Any], *, as_percent: bool) -> str:
    """Write a ratio with its interval."""
    if ratio["value"] is None:
        return "-"
    times, digits, unit = (100, 2, " %") if as_percent else (1, 2, "")
    text = f"{times * ratio['value']:.{digits}f}{unit}"
    if ratio["interval"] is None:
        return text
    low, high = ratio["interval"]
    return f"{text} ({times * low:.{digits}f}-{times * high:.{digits}f})"


def names(systems: Mapping[str, Any]) -> list[str]:
    """Return the systems' names as they are printed."""
    return [_NAMES.get(name, name) for name in systems]


def _figures(systems: Mapping[str, Any]) -> str:
    first = next(iter(systems.values()))
    rows = [
        [figure["name"], str(figure["items"]), *(percent(each["figures"][place]) for each in systems.values())]
        for place, figure in enumerate(first["figures"])
    ]
    return table(["found whole", "items", *names(systems)], rows)


def sums(systems: Mapping[str, Any]) -> str:
    """Return words and sound, and what was quarantined."""
    rows = [
        [what, *(value(each[key], as_percent=as_percent) for each in systems.values())]
        for key, what, _, as_percent in SUMS
    ]
    limits = {"two channels": MOST_QUARANTINED, "one channel": MOST_QUARANTINED_MONO}
    rows.extend(
        [f"quarantined, {name}", *(percent(each["quarantined"][name]) for each in systems.values())]
        for name in limits
        if all(name in each["quarantined"] for each in systems.values())
    )
    return table(["words and sound", *names(systems)], rows)


def types(systems: Mapping[str, Any]) -> str:
    """Return what was found by type."""
    first = next(iter(systems.values()))
    rows = [
        [
            each["type"],
            str(each["items"]),
            *(percent(system["types"][place]) for system in systems.values()),
            "-" if each["right_type"] is None else f"{100 * each['right_type']:.0f} %",
        ]
        for place, each in enumerate(first["types"])
    ]
    return table(["type", "items", *names(systems), "right type, of those found"], rows)


def _forms(system: Report) -> str:
    rows = [
        [each["type"], form["form"] or "-", str(form["items"]), percent(form)]
        for each in system["types"]
        for form in each["forms"]
    ]
    return table(["type", "form", "items", "found whole"], rows)


def _tags(system: Report) -> str:
    rows = [[each["tag"], str(each["items"]), percent(each)] for each in system["tags"]]
    return table(["how it came up", "items", "found whole"], rows)


def _patterns(system: Report) -> str:
    rows = [[each["kind"], str(each["leaks"])] for each in system["leak_patterns"]]
    return table(["what leaked most (type, form, how)", "leaks"], rows)
