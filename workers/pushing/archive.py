"""An archive: a manifest's rows pushed side by side, each once, in as many runs as it takes."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event, Lock

from workers.pushing.ledger import FINAL, Entry, Ledger, Outcome
from workers.pushing.manifest import Manifest, Problem, Row, check_row
from workers.pushing.report import Left, left
from workers.pushing.sender import Away, Call, Patience, Sender

_TRIES = 3
# Of a row that fails while others do not. It is tried again by the next run.


@dataclass(slots=True)
class Archive:
    """One manifest with what became of its rows."""

    manifest: Manifest
    ledger: Ledger
    again: bool = False

    def check(self) -> tuple[int, list[Problem]]:
        """Read every row; return how many there are and what is wrong. A file that was dealt with may be gone.

        Raises ManifestUnreadable.
        """
        seen: set[tuple[str, str, int]] = set()
        problems: list[Problem] = []
        files: list[str] = []
        for row in self.manifest.rows():
            if isinstance(row, Problem):
                problems.append(row)
                continue
            files.append(self._file(row))
            problems += check_row(row, seen, needs_file=not self._is_done(row))
        if not problems:
            self.ledger.keep(files)
        return len(files), problems

    def waiting(self) -> Iterator[Row]:
        """Yield the rows that are still to be pushed, or whose copies are still to be deleted."""
        for row in self.manifest.rows():
            if isinstance(row, Row):
                yield row

    def copies(self) -> Iterator[Left]:
        """Yield the files of the manifest that still lie there."""
        for row in self.waiting():
            for path in (row.path, row.customer):
                if path is not None and path.is_file():
                    yield left(path, self._file(row), self.ledger.get(self._file(row)))

    def entry_of(self, row: Row) -> Entry | None:
        """Return what became of a row; None when it is still to be pushed."""
        entry = self.ledger.get(self._file(row))
        wanted_again = self.again and entry is not None and entry.outcome is Outcome.REFUSED
        return None if entry is None or entry.outcome not in FINAL or wanted_again else entry

    def call(self, row: Row) -> Call:
        """Return what is sent for a row."""
        return Call(row.path, row.facts, self._file(row), self._file(row), row=row.number, customer=row.customer)

    def _is_done(self, row: Row) -> bool:
        return self.entry_of(row) is not None

    def _file(self, row: Row) -> str:
        """A row is known by its file and facts: rows may move, and a row that was corrected is another."""
        beside = () if row.customer is None else (str(row.customer),)
        return self.ledger.tag(str(row.path), json.dumps(row.facts, sort_keys=True), *beside)


@dataclass(slots=True)
class ArchiveRun:
    """Pushes what an archive has left. `tell` hears of each row that is done."""

    archive: Archive
    sender: Sender
    patience: Patience
    stop: Event
    tell: Callable[[Entry], None]
    counts: Counter[str] = field(default_factory=Counter)
    failed: int = 0
    _gave_up: bool = False
    _lock: Lock = field(default_factory=Lock)

    def run(self, jobs: int) -> bool:
        """Push all; return False when it was stopped or the service stayed away. Raises CannotWrite."""
        rows = self.archive.waiting()
        with ThreadPoolExecutor(jobs) as pool:
            for each in [pool.submit(self._work, rows) for _ in range(jobs)]:
                each.result()
        return not self._gave_up and not self.stop.is_set()

    def _work(self, rows: Iterator[Row]) -> None:
        while not self._gave_up and not self.stop.is_set():
            with self._lock:
                row = next(rows, None)
            if row is None:
                return
            entry = self._push(row)
            if entry is None:
                self._gave_up = True
                return
            with self._lock:
                self.counts[entry.slug or str(entry.outcome)] += 1
                self.failed += entry.outcome is Outcome.FAILED
                self.tell(entry)

    def _push(self, row: Row) -> Entry | None:
        """Push one row until something became of it; None when it is enough."""
        call, entry = self.archive.call(row), self.archive.entry_of(row)
        if entry is not None:
            return self.sender.tidy(call, entry)
        tries = 0
        while True:
            try:
                entry = self.sender.send(call)
            except Away as away:
                if not self.patience.wait(away):
                    return None
                continue
            self.patience.reset()
            tries += 1
            if entry.outcome is not Outcome.FAILED or tries == _TRIES or self.stop.is_set():
                return entry
