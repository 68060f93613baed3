"""Progress of an evaluation: a bar on a terminal, a line at each tenth elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from workers.evaluation.run import Progress


@contextmanager
def show_progress(what: str) -> Iterator[Progress]:
    """Give what `evaluate` tells its progress to."""
    if sys.stderr.isatty():
        from rich.console import Console  # noqa: PLC0415 - only where there is a terminal to draw on
        from rich.progress import Progress as Bar  # noqa: PLC0415

        with Bar(console=Console(stderr=True)) as bar:
            task = bar.add_task(what, total=None)
            yield lambda done, total: bar.update(task, completed=done, total=total)
        return
    told = [-1]

    def tell(done: int, total: int) -> None:
        tenth = 10 * done // total
        if tenth > told[0]:
            told[0] = tenth
            sys.stderr.write(f"{what}: {10 * tenth} %\n")

    yield tell
