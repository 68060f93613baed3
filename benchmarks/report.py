"""What a run of the benchmarks says: a page, a plot and figures that the next run is compared with."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from html import escape
from importlib.metadata import version
from math import log2
from pathlib import Path
from typing import Any, Final

from benchmarks.elsewhere import versions
from benchmarks.pages import CALLS, PageTime
from benchmarks.pairs import Row
from benchmarks.whole import SECONDS, Whole
from workers.clock import SystemClock

FOLDER: Final = Path(__file__).resolve().parents[1] / "docs" / "benchmarks"
FIGURES: Final = FOLDER / "figures.json"
LOSS: Final = 0.15
# A ratio that grew by more is a loss; less is what two runs on one machine differ by.
_PEERS: Final = ("faster-whisper", "presidio-analyzer", "pydub", "minio")
_LEFT, _ROW, _WIDTH, _ONE = 430, 24, 900, 640
_STEP: Final = 45.0
# Pixels for twice as fast.


def facts() -> dict[str, str]:
    """Return what the figures depend on; no name of the machine."""
    return {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "python": platform.python_version(),
        "date": SystemClock().now().date().isoformat(),
        **{name: version(name) for name in _PEERS},
        **versions(),
    }


def memory(row: Row) -> str:
    """Return the most memory of both sides, in MB, where it was measured."""
    return f"{row.ours_mb:.0f} / {row.theirs_mb:.0f}" if row.ours_mb and row.theirs_mb else ""


def write(
    rows: Sequence[Row], steps: Mapping[str, float], ways: Sequence[Whole], seen: Sequence[PageTime] = ()
) -> None:
    """Write the page, the plot and the figures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    known = facts()
    document = {
        "facts": known,
        "rows": [asdict(row) for row in rows],
        "steps": dict(steps),
        "whole": [asdict(way) for way in ways],
        "pages": [asdict(each) for each in seen],
    }
    FIGURES.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    (FOLDER / "ratios.svg").write_text(_plot(rows), encoding="utf-8")
    (FOLDER / "README.md").write_text(_page(rows, steps, known) + _pages(seen) + _whole(ways), encoding="utf-8")


def losses(rows: Sequence[Row]) -> list[str]:
    """Return what got slower beside its peer than in the committed figures, in words."""
    before = json.loads(FIGURES.read_text(encoding="utf-8"))["rows"]
    ratios = {(each["what"], each["against"]): each["ratio"] for each in before}
    return [
        f"{row.what} against {row.against}: {row.ratio:.2f}, was {ratios[row.what, row.against]:.2f}"
        for row in rows
        if row.ratio > ratios.get((row.what, row.against), row.ratio) * (1 + LOSS)
    ]


def _page(rows: Sequence[Row], steps: Mapping[str, float], known: Mapping[str, str]) -> str:
    table = "\n".join(
        f"| {row.what} | {row.ours:.3f} | {row.against} | {row.theirs:.3f} | **{row.ratio:.2f}** "
        f"| {memory(row)} | {row.beside} |"
        for row in rows
    )
    parts = "\n".join(f"| {name} | {seconds:.2f} |" for name, seconds in steps.items())
    return (
        "# Measured\n\n"
        "Written by `make bench`; `make bench-check` runs it again and fails where a ratio got more than 15 % worse.\n"
        "Each pair is run in turn on one machine, after a warm-up; medians in seconds, and the median of ours / theirs "
        "pair by pair.\nUnder 1, ours is faster. Other machines have other seconds and much the same ratios. Memory is "
        "the most that the process had, its libraries included.\nPydub, presidio, faster-whisper and ffmpeg come from "
        "the package index, each into an environment of its own; `minio` is the one that Vaiti uses.\n\n"
        f"{', '.join(f'{name} {value}' for name, value in known.items())}\n\n"
        "How search and a purge grow with the archive: [archive.md](archive.md).\n\n"
        "![ratios](ratios.svg)\n\n"
        "| what | ours (s) | against | theirs (s) | ours / theirs | memory, ours / theirs (MB) | |\n"
        "|---|---|---|---|---|---|---|\n"
        f"{table}\n\n"
        "CPU seconds of each step of a ten-minute call of two channels, without its speech model (masking listens "
        f"again for keys):\n\n| step | CPU (s) |\n|---|---|\n{parts}\n| in all | {sum(steps.values()):.2f} |\n"
    )


def _pages(seen: Sequence[PageTime]) -> str:
    lines = "\n".join(f"| {each.page} | {each.half:.0f} | {each.most:.0f} |" for each in seen)
    return (
        f"\n## Pages\n\nSigned in, over HTTP, with {CALLS} calls, one request after the other; the goal is a first "
        f"page within 100 ms.\n\n| page | half of the requests (ms) | 95 of 100 (ms) |\n|---|---|---|\n{lines}\n"
    )


def _whole(ways: Sequence[Whole]) -> str:
    if not ways:
        return ""
    names = list(ways[0].shares)
    lines = "\n".join(
        f"| {way.workers} | {way.calls_an_hour:,.0f} | {' | '.join(f'{way.shares[name]:.0%}' for name in names)} |"
        for way in ways
    )
    return (
        f"\n## The whole way of a call\n\nCalls of {SECONDS // 60} minutes and two channels an hour, from the push to "
        "the search index, by workers on Redis with the demo\nspeech model, and the share of each step in the workers' "
        "time. [What that means for a company](../sizing.md).\n\n"
        f"| workers | calls an hour | {' | '.join(names)} |\n|---|---|{'---|' * len(names)}\n{lines}\n"
    )


def _plot(rows: Sequence[Row]) -> str:
    height = 40 + _ROW * len(rows)
    parts: list[Any] = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" font-family="sans-serif">',
        '<g font-size="12">',
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<line x1="{_ONE}" y1="22" x2="{_ONE}" y2="{height - 6}" stroke="#555555"/>',
        f'<text x="{_ONE}" y="15" text-anchor="middle">as fast</text>',
        f'<text x="{_ONE - 60}" y="15" text-anchor="end" fill="#0b6e4f">ours is faster</text>',
        f'<text x="{_ONE + 60}" y="15" fill="#a23b72">slower</text>',
    ]
    for place, row in enumerate(rows):
        y = 30 + place * _ROW
        end = max(_LEFT + 45.0, min(_WIDTH - 50.0, _ONE + _STEP * log2(row.ratio)))
        colour = "#0b6e4f" if row.ratio <= 1 else "#a23b72"
        parts += [
            f'<text x="{_LEFT}" y="{y + 13}" text-anchor="end">{escape(row.what)}, {escape(row.against)}</text>',
            f'<rect x="{min(end, _ONE):.1f}" y="{y + 3}" width="{abs(end - _ONE):.1f}" height="14" fill="{colour}"/>',
            _number(row.ratio, end, y),
        ]
    return "\n".join((*parts, "</g></svg>")) + "\n"


def _number(ratio: float, end: float, y: int) -> str:
    beside, anchor = (end + 6, "start") if end >= _ONE else (end - 6, "end")
    return f'<text x="{beside:.1f}" y="{y + 14}" text-anchor="{anchor}">{ratio:.2f}</text>'
