"""Measure, print the table and write docs/benchmarks; `check` compares with what is written there instead.

Nothing of this is a test: a timed test fails on somebody's Monday.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from rich.console import Console
from rich.table import Table

from benchmarks import detection, pages, pushing, report, sound, speech, stages, storage, whole
from benchmarks.pairs import Row

Area = Callable[[], Iterable[Row]]


def main(arguments: Sequence[str]) -> int:
    """Measure each pair; with `check` fail on a loss, with `full` take the hours too. Returns the exit status."""
    console = Console()
    rows = _measure(console, full="full" in arguments)
    if "check" in arguments:
        lost = report.losses(rows)
        for line in lost:
            console.print(f"LOST  {line}")
        return 1 if lost else 0
    with console.status("steps"):
        steps = stages.steps()
    parts = ", ".join(f"{name} {seconds:.2f}" for name, seconds in steps.items())
    console.print(f"CPU seconds of a 10-minute call without its speech model: {sum(steps.values()):.2f} ({parts})")
    with console.status("whole calls"):
        ways = whole.measure()
    with console.status("pages"):
        seen = pages.measure()
    report.write(rows, steps, ways, seen)
    return 0


def _measure(console: Console, *, full: bool) -> list[Row]:
    console.print(", ".join(f"{name} {value}" for name, value in report.facts().items()))
    areas: dict[str, Area] = {
        "sound": partial(sound.rows, full=full),
        "storage": partial(storage.rows, full=full),
        "pushing": pushing.rows,
        "detection": partial(detection.rows, full=full),
        "speech": partial(speech.rows, full=full),
    }
    table = Table("what", "ours (s)", "against", "theirs (s)", "ours / theirs", "memory (MB)", "")
    rows: list[Row] = []
    for name, area in areas.items():
        with console.status(name):
            for row in area():
                rows.append(row)
                taken = f"{row.ours:.3f}", row.against, f"{row.theirs:.3f}", f"{row.ratio:.2f}"
                table.add_row(row.what, *taken, report.memory(row), row.beside)
    console.print(table)
    return rows


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
