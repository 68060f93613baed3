"""The page of figures in the docs: what was set as a target beside what was measured, and the plot."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from workers.evaluation.plot import plot
from workers.evaluation.table import SUMS, percent, sums, table, tables, types, value

_HEAD = """# Figures

Written by `make evaluate`; [README.md](README.md) says how to read it. {calls} generated calls (seed {seed}) at each
error rate, the same talk each time, measured on commit {commit}. In brackets: 95 % intervals. **Targets are what the
project has set itself, not what it has reached**: where a figure is below its target, the line says so.

The first set of talk is no longer blind: rules were written after its leaks were read, so this page flatters.
[second-talk.md](second-talk.md) has the figures to believe.

![Share of items found whole, by error rate, beside plain presidio and regular expressions](recall.svg)

## Against the targets
"""

_BLIND_HEAD = """# Figures on talk that no rule has seen

Written by `python -m tools.generated_calls.evaluate --talk second`; [README.md](README.md) says how to read it.
{calls} generated calls (seed {seed}) of the second set of talk at each error rate, measured on commit {commit}. In
brackets: 95 % intervals.

The second set was written by someone who had read the first set, for its format, but neither the rules nor their word
lists nor the leaks. It has other people in it (elderly, dialects, second-language speakers, landlords, sole traders,
next of kin, fast telesales), other ways to ask for and to give every datum, two people's data in one call, and its own
names, streets, towns and secrets. **No rule was written after its leaks were read, and which calls leak is listed
nowhere.** Whoever looks at its calls to mend a rule uses it up: README.md then has to say so, and a third set is due.

## Against the targets
"""


def write_page(document: Mapping[str, Any], folder: Path) -> Path:
    """Write figures.md, leaks.md and recall.svg; return the page of figures."""
    folder.mkdir(parents=True, exist_ok=True)
    rates = document["rates"]
    parts = [
        _HEAD.format(calls=f"{document['calls']:,}", seed=document["seed"], commit=document["commit"]),
        _targets(rates),
        "",
        _limits(rates),
    ]
    for rate in rates:
        parts += ["", f"## Errors in {rate} % of number words, letters and names", "", tables(rates[rate])]
    page = folder / "figures.md"
    page.write_text("\n".join(parts) + "\n", encoding="utf-8")
    (folder / "leaks.md").write_text(_leaks(document), encoding="utf-8")
    (folder / "recall.svg").write_text(plot(rates), encoding="utf-8")
    return page


def write_blind_page(document: Mapping[str, Any], folder: Path) -> Path:
    """Write second-talk.md: figures and recall by type, and nothing by which a leak could be looked up."""
    folder.mkdir(parents=True, exist_ok=True)
    rates = document["rates"]
    head = _BLIND_HEAD.format(calls=f"{document['calls']:,}", seed=document["seed"], commit=document["commit"])
    parts = [head, _targets(rates), "", _limits(rates)]
    for rate, report in rates.items():
        parts += ["", f"## Errors in {rate} % of number words, letters and names", ""]
        parts += [sums(report["systems"]), "", types(report["systems"])]
    page = folder / "second-talk.md"
    page.write_text("\n".join(parts) + "\n", encoding="utf-8")
    return page


def _targets(rates: Mapping[str, Any]) -> str:
    rows = []
    systems = {rate: report["systems"]["vaiti"] for rate, report in rates.items()}
    for place, figure in enumerate(next(iter(systems.values()))["figures"]):
        shares = [system["figures"][place] for system in systems.values()]
        missed = _missed(figure["target"], systems, "0", place) + _missed(figure["target_10"], systems, "10", place)
        rows.append(
            [figure["name"], _target(figure["target"]), _target(figure["target_10"]), *map(percent, shares), missed]
        )
    head = [
        "found whole",
        "target, no errors",
        "target, 10 %",
        *(f"{rate} % errors" for rate in systems),
        "below target",
    ]
    return table(head, rows)


def _limits(rates: Mapping[str, Any]) -> str:
    rows = []
    for key, what, most, as_percent in SUMS:
        found = [report["systems"]["vaiti"][key] for report in rates.values()]
        limit = "-" if most is None else f"{100 * most:g} %" if as_percent else f"{most:g}"
        over = "yes" if most is not None and (found[0]["value"] or 0.0) > most else ""
        rows.append([what, limit, *(value(each, as_percent=as_percent) for each in found), over])
    return table(["words and sound", "at most", *(f"{rate} % errors" for rate in rates), "over the limit"], rows)


def _target(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:g} %"


def _missed(target: float | None, systems: Mapping[str, Any], rate: str, place: int) -> str:
    """Say "at 10 %" where the measured share is below the target."""
    if target is None or rate not in systems:
        return ""
    share = systems[rate]["figures"][place]["share"]
    return f"at {rate} % " if share is not None and share < target else ""


def _leaks(document: Mapping[str, Any]) -> str:
    """List the cases with leaks, by type: `python -m tools.generated_calls` writes the same calls again to look at."""
    lines = [
        "# Leaks by case id",
        "",
        f"Seed {document['seed']}. Never a value; the calls can be made again from the seed.",
    ]
    for rate, report in document["rates"].items():
        lines += ["", f"## Errors in {rate} % of number words", ""]
        cases: dict[str, set[str]] = {}
        for leak in report["systems"]["vaiti"]["leaks"]:
            cases.setdefault(leak["type"], set()).add(leak["case"].rpartition("-")[2])
        lines += [f"- {type_}: {' '.join(sorted(ids))}" for type_, ids in sorted(cases.items())]
    return "\n".join(lines) + "\n"
