"""Print the table of comparisons; nothing is asserted here, for a timed test fails on somebody's Monday."""

from __future__ import annotations

import os
import platform

from rich.console import Console
from rich.table import Table

from benchmarks import detection, pushing, sound, speech, stages


def main() -> None:
    """Measure each pair and print it as it comes."""
    console = Console()
    console.print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    table = Table("what", "ours (s)", "against", "theirs (s)", "ours / theirs")
    for area in (sound, pushing, detection, speech):
        with console.status(area.__name__):
            for row in area.rows():
                table.add_row(row.what, f"{row.ours:.3f}", row.against, f"{row.theirs:.3f}", f"{row.ratio:.2f}")
    console.print(table)
    with console.status("steps"):
        taken = stages.steps()
    parts = ", ".join(f"{name} {seconds:.2f}" for name, seconds in taken.items())
    console.print(f"CPU seconds of a 10-minute call without its speech model: {sum(taken.values()):.2f} ({parts})")


if __name__ == "__main__":
    main()
