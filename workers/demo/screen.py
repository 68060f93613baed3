"""What the demo shows: colours and a moving bar on a terminal, plain lines everywhere else."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Self

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

PLAIN_WIDTH = 118


class Screen:
    """Prints the story. Everything that is printed passes here."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(
            width=None if sys.stdout is not None and sys.stdout.isatty() else PLAIN_WIDTH, highlight=False
        )

    def title(self, text: str) -> None:
        """Begin a part."""
        self._console.print()
        self._console.print(f"[bold]{escape(text)}[/bold]")

    def line(self, text: str = "") -> None:
        """Print a line as it is."""
        # commands are there to be copied, so a long line stays one line
        self._console.print(escape(text), soft_wrap=True)

    def table(self, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Print a table; numbers are given as text."""
        table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
        for column in columns:
            table.add_column(column, justify="right" if column in ("seconds", "masked s") else "left")
        for row in rows:
            table.add_row(*(escape(cell) for cell in row))
        self._console.print(table)

    def progress(self, total: int) -> StageProgress:
        """Return a progress to be used as a context: how many of the steps of all calls are done."""
        return StageProgress(self._console, total)


class StageProgress:
    """Shows how far the calls are."""

    def __init__(self, console: Console, total: int) -> None:
        self._console = console
        self._known: dict[str, str] = {}
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )
        self._task = self._bar.add_task("working", total=total)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def show(self, stages: Mapping[str, str], done: int) -> None:
        """Show the stage of each call; off a terminal, a line for each change."""
        self._bar.update(self._task, completed=done)
        for call, stage in stages.items():
            if self._known.get(call) != stage:
                self._known[call] = stage
                self._bar.update(self._task, description=f"{call}: {stage}")
                if not self._console.is_terminal:
                    self._console.print(escape(f"  {call}: {stage}"))
