"""What runs of `benchmarks.archive` say: figures that later runs add to, a page of tables and a plot."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from html import escape
from math import log10
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).resolve().parents[1] / "docs" / "benchmarks"
FIGURES: Final = FOLDER / "archive.json"
FILTERED: Final = ("customer", "month")
# How the names of searches with the filters begin that the goal of 100 ms speaks of.
GOALS: Final = {"with a customer or a month": 100.0, "without": 600.0}
_WIDTH, _HEIGHT, _LEFT, _TOP = 860, 380, 60, 40
_COLOURS: Final = ("#0b6e4f", "#a23b72")
_DECADES: Final = 4
# From 1 ms to 10 s.


@dataclass(frozen=True, slots=True)
class Took:
    """Milliseconds: half of the runs took no longer, and 95 of 100; and half took no more CPU of this process.

    On SQLite that is all there is; on PostgreSQL the server's is beside it. On a busy machine it tells more.
    """

    half: float
    most: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.half:,.0f} / {self.most:,.0f} / {self.cpu:,.0f}"


@dataclass(frozen=True, slots=True)
class Archive:
    """What one archive showed: `facts` and `purge` in words and figures, `took` by what was asked."""

    kind: str
    count: int
    facts: Mapping[str, str]
    took: Mapping[str, Took]
    purge: Mapping[str, float]


def keep(archive: Archive) -> None:
    """Put an archive into the figures, instead of one of its kind and size, and write page and plot anew."""
    every = [each for each in read() if (each.kind, each.count) != (archive.kind, archive.count)]
    every = sorted([*every, archive], key=lambda each: (each.kind != "sqlite", each.count))
    FOLDER.mkdir(parents=True, exist_ok=True)
    FIGURES.write_text(json.dumps([asdict(each) for each in every], indent=1) + "\n", encoding="utf-8")
    (FOLDER / "archive.svg").write_text("\n".join(_plot(every)) + "\n", encoding="utf-8")
    (FOLDER / "archive.md").write_text("\n".join(_page(every)) + "\n", encoding="utf-8")


def read() -> list[Archive]:
    """Return the archives that are kept."""
    if not FIGURES.exists():
        return []
    kept: list[dict[str, Any]] = json.loads(FIGURES.read_text(encoding="utf-8"))
    return [Archive(**{**each, "took": {name: Took(**took) for name, took in each["took"].items()}}) for each in kept]


def _page(every: Sequence[Archive]) -> Iterator[str]:
    yield "# The archive as it grows\n"
    yield "Written by `make bench-archive` (`python -m benchmarks.archive`). Synthetic masked calls of 300 words in a"
    yield "year, built by bulk writes; past 100,000 each transcript is said several times, months apart. One client,"
    yield "warm, 40 queries of each kind, first pages of 20. Milliseconds: half of the queries took no longer / 95 in"
    yield "100 / CPU of Vaiti's own process (half). Other work on the machine was not stopped: see `load`.\n"
    yield "![growth](archive.svg)\n"
    for kind in dict.fromkeys(each.kind for each in every):
        mine = [each for each in every if each.kind == kind]
        yield f"## {kind}\n"
        yield f"| calls | {' | '.join(f'{each.count:,}' for each in mine)} |"
        yield "|---" * (len(mine) + 1) + "|"
        for name in dict.fromkeys(name for each in mine for name in each.facts):
            yield f"| {name} | {' | '.join(each.facts.get(name, '') for each in mine)} |"
        for name in dict.fromkeys(name for each in mine for name in each.took):
            yield f"| {name} | {' | '.join(str(each.took.get(name, '')) for each in mine)} |"
        for name in dict.fromkeys(name for each in mine for name in each.purge):
            cells = (f"{each.purge[name]:,.1f}" if name in each.purge else "not run" for each in mine)
            yield f"| a day's purge: {name} | {' | '.join(cells)} |"
        yield ""


def _plot(every: Sequence[Archive]) -> Iterator[str]:
    """Draw the slowest kind of first page at each size, with and without a filter."""
    title = "ms for 95 of 100 first pages: the slowest kind of query, by calls in the archive"
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" font-family="sans-serif">'
    yield f'<g font-size="12"><rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>'
    yield f'<text x="{_LEFT}" y="20">{title}</text>'
    for decade in range(_DECADES + 1):
        y = _y(10.0**decade)
        yield f'<line x1="{_LEFT}" y1="{y:.0f}" x2="{_WIDTH - 250}" y2="{y:.0f}" stroke="#cccccc"/>'
        yield f'<text x="{_LEFT - 8}" y="{y + 4:.0f}" text-anchor="end">{10**decade:,}</text>'
    for count in sorted({each.count for each in every}):
        yield f'<text x="{_x(count):.0f}" y="{_HEIGHT - 12}" text-anchor="middle">{count:,}</text>'
    for kind, colour in zip(dict.fromkeys(each.kind for each in every), _COLOURS, strict=False):
        mine = [each for each in every if each.kind == kind]
        for name, dashes in zip(GOALS, ("none", "6 4"), strict=True):
            points = [(_x(each.count), _y(slowest(each, filtered=name != "without"))) for each in mine]
            line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
            style = f'fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dashes}"'
            yield f'<polyline points="{line}" {style}/>'
            yield f'<text x="{points[-1][0] + 8:.0f}" y="{points[-1][1] + 4:.0f}">{escape(f"{kind}, {name}")}</text>'
    yield "</g></svg>"


def slowest(archive: Archive, *, filtered: bool) -> float:
    """Return what 95 of 100 first pages took at most, of the slowest kind of query."""
    searches = {name: took for name, took in archive.took.items() if _is_search(name)}
    return max(took.most for name, took in searches.items() if name.startswith(FILTERED) == filtered)


def _is_search(name: str) -> bool:
    return not name.startswith(("count", "home", "a person's"))


def _x(count: int) -> float:
    return _LEFT + 30 + (log10(count) - 4) * (_WIDTH - 250 - _LEFT - 60) / 2


def _y(milliseconds: float) -> float:
    least = max(1.0, milliseconds)
    return _HEIGHT - 40 - log10(least) * (_HEIGHT - 40 - _TOP) / _DECADES
