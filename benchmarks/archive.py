"""An archive of a year's calls: how long a search, a person's calls, the home page and a day's purge take as it grows.

`python -m benchmarks.archive 10000 100000 --on sqlite --on postgresql --folder /var/tmp/archive`

Calls are synthetic and built by bulk writes (`archive_build`). All is asked through the product's own classes, in one
process with one client, warm: each query is another one, and each runs once. Times are milliseconds.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import resource
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from benchmarks.archive_build import QUEUES, fill_postgres, fill_sqlite
from benchmarks.archive_talk import CALLS_A_CUSTOMER, CONTROLLER, END, YEAR, vocabulary, words_said_in
from storage.errors import NotFound
from storage.records import CustomerId, RecordingId, Scope, SearchFilter
from storage.sql import Database, SqlCatalog, SqlSearchIndex, open_database, open_postgres_database

QUERIES: Final = 40
COMMON, MIDDLING, RARE = 0.25, 0.02, 0.0008
# Shares of the calls that say a word: every fourth, every fiftieth, one of 1,250.
MONTH: Final = timedelta(days=30)
NOW: Final = END - timedelta(hours=1)
SCOPE: Final = Scope.of(CONTROLLER)


@dataclass(frozen=True, slots=True)
class Took:
    """Milliseconds: half of the runs took no longer, and 95 of 100; and half took no more CPU of this process.

    On SQLite that is all there is; on PostgreSQL the server's is beside it. On a busy machine it tells more.
    """

    half: float
    most: float
    cpu: float

    def __str__(self) -> str:
        return f"{self.half:,.1f} / {self.most:,.1f} / {self.cpu:,.1f}"


class Asking:
    """Makes queries; the same at every run."""

    def __init__(self, count: int) -> None:
        self._dice = random.Random(count)  # noqa: S311 - a benchmark asks the same each time
        self._customers = max(1, count // CALLS_A_CUSTOMER)

    def word(self, share: float) -> str:
        """Return a word that about this share of the calls says."""
        return vocabulary()[self._dice.choice(words_said_in(share))]

    def words(self, *shares: float) -> str:
        """Return a query of several."""
        return " ".join(self.word(share) for share in shares)

    def month(self) -> SearchFilter:
        """Return any 30 days."""
        since = END - YEAR + timedelta(days=self._dice.randrange(1, 334))
        return SearchFilter(since=since, until=since + MONTH)

    def customer(self) -> SearchFilter:
        """Return anybody who has called."""
        return SearchFilter(customer=CustomerId(f"{self._dice.randrange(self._customers):032x}"))


def searches(asking: Asking) -> Mapping[str, Callable[[], tuple[str, SearchFilter]]]:
    """Return what is asked, by name."""
    every = SearchFilter()
    word, words = asking.word, asking.words
    return {
        "customer, two common words": lambda: (words(COMMON, COMMON), asking.customer()),
        "customer, a rare word": lambda: (word(RARE), asking.customer()),
        "month, two common words": lambda: (words(COMMON, COMMON), asking.month()),
        "month, a common and a rare word": lambda: (words(COMMON, RARE), asking.month()),
        "month, a rare word": lambda: (word(RARE), asking.month()),
        "month, a phrase of common words": lambda: (f'"{words(COMMON, COMMON)}"', asking.month()),
        "a common word": lambda: (word(COMMON), every),
        "two common words": lambda: (words(COMMON, COMMON), every),
        "a common and a rare word": lambda: (words(COMMON, RARE), every),
        "a rare word": lambda: (word(RARE), every),
        "two rare words": lambda: (words(RARE, RARE), every),
        "common, not common": lambda: (f"{word(COMMON)} -{word(COMMON)}", every),
        "a phrase of common words": lambda: (f'"{words(COMMON, COMMON)}"', every),
        "a phrase of middling words": lambda: (f'"{words(MIDDLING, MIDDLING)}"', every),
        "a beginning of four letters": lambda: (f"{word(MIDDLING)[:4]}*", every),
        "a common word in a queue": lambda: (word(COMMON), SearchFilter(queue=random.choice(QUEUES))),  # noqa: S311
        "a rare word in a queue": lambda: (word(RARE), SearchFilter(queue=random.choice(QUEUES))),  # noqa: S311
        "a middling word, a type masked": lambda: (word(MIDDLING), SearchFilter(masked=("IBAN_CODE",))),
    }


def measure(database: Database, count: int) -> dict[str, Took]:
    """Ask everything of one archive."""
    index, catalog, asking = SqlSearchIndex(database), SqlCatalog(database), Asking(count)
    found: dict[str, Took] = {}
    for name, ask in searches(asking).items():
        asked = [ask() for _ in range(QUERIES)]
        found[name] = _timed([lambda a=a: index.search(SCOPE, a[0], only=a[1], now=NOW) for a in asked])
    counted = [asking.word(share) for share in (COMMON, MIDDLING, RARE) for _ in range(QUERIES // 3)]
    found["count, up to 10,000+"] = _timed(
        [lambda word=word: index.count(SCOPE, word, only=SearchFilter(), now=NOW) for word in counted]
    )
    customers = [asking.customer().customer or CustomerId("") for _ in range(QUERIES)]
    found["a person's calls"] = _timed([lambda c=c: _calls_of(catalog, c) for c in customers])
    found["home page: newest 50 and counts"] = _timed(
        [lambda: (catalog.list(SCOPE, limit=50), catalog.count(SCOPE))] * 10
    )
    return found


def _calls_of(catalog: SqlCatalog, customer: CustomerId) -> None:
    try:
        catalog.recordings_of(SCOPE, customer)
    except NotFound:  # by chance nobody called so
        return


def _timed(works: Sequence[Callable[[], object]]) -> Took:
    works[0]()
    taken, busy = [], []
    for work in works:
        started, cpu = time.perf_counter(), time.process_time()
        work()
        taken.append((time.perf_counter() - started) * 1000)
        busy.append((time.process_time() - cpu) * 1000)
    return Took(statistics.median(taken), sorted(taken)[int(len(taken) * 0.95) - 1], statistics.median(busy))


def measure_purge(database: Database) -> dict[str, float]:
    """End the words of one day's calls and scrub: what a purge asks of the index and its files."""
    index, catalog = SqlSearchIndex(database), SqlCatalog(database)
    due: Sequence[RecordingId] = catalog.due_ids(now=END + timedelta(days=1))
    started, busy = time.perf_counter(), _cpu()
    for at in range(0, len(due), 250):
        index.remove_all(due[at : at + 250])
    removed, removed_cpu = time.perf_counter() - started, _cpu() - busy
    index.scrub()
    return {
        "calls of a day": len(due),
        "their words removed, s": removed,
        "CPU a call, ms": removed_cpu * 1000 / max(1, len(due)),
        "scrubbed, s": time.perf_counter() - started - removed,
        "CPU of the scrub a call, ms": (_cpu() - busy - removed_cpu) * 1000 / max(1, len(due)),
    }


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


@contextmanager
def archive(kind: str, count: int, folder: Path) -> Iterator[tuple[Database, float, float]]:
    """Build an archive; yields it, the seconds that took and its size in MB. It is removed afterwards."""
    place = Path(tempfile.mkdtemp(prefix=f"vaiti-archive-{count}-", dir=folder))
    started = time.perf_counter()
    try:
        if kind == "sqlite":
            database = open_database(place / "catalog.db")
            fill_sqlite(database, count)
            yield database, time.perf_counter() - started, _size(place)
            database.close()
            return
        # the tests' own server, on a disk and with its durability off
        from tests.postgres import BOSS, running_postgres  # noqa: PLC0415 - Debian's package is there or not

        settings = ("fsync=off", "max_connections=20", "shared_buffers=512MB", "max_wal_size=8GB")
        place.chmod(0o755)
        with running_postgres(settings, folder=place) as server, server.database() as url:
            fill_postgres(server.url(url.split("@/")[1].split("?")[0], role=BOSS), count)
            database = open_postgres_database(url)
            yield database, time.perf_counter() - started, _size(place)
            database.close()
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _size(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def main() -> None:
    """Build and measure each size on each database, and print a table of all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("calls", type=int, nargs="+")
    parser.add_argument("--on", action="append", choices=["sqlite", "postgresql"])
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    options = parser.parse_args()
    load = f"load {os.getloadavg()[0]:.1f}"
    print(f"{platform.machine()}, {os.cpu_count()} cores, {load}, Python {platform.python_version()}")  # noqa: T201
    for kind in options.on or ["sqlite", "postgresql"]:
        columns: list[tuple[int, dict[str, str]]] = []
        for count in options.calls:
            with archive(kind, count, options.folder) as (database, seconds, megabytes):
                print(f"{kind} {count:,}: built in {seconds:,.0f} s, {megabytes:,.0f} MB", flush=True)  # noqa: T201
                measure(database, count)  # for the words that this process has not met, and the pages of the disk
                column = {name: str(took) for name, took in measure(database, count).items()}
                column |= {name: f"{value:,.2f}" for name, value in measure_purge(database).items()}
                columns.append((count, column))
                _print(kind, columns)


def _print(kind: str, columns: Sequence[tuple[int, Mapping[str, str]]]) -> None:
    lines = [f"| {kind}: ms, half / 95 of 100 / CPU | " + " | ".join(f"{count:,}" for count, _ in columns) + " |"]
    lines.append("|---" * (len(columns) + 1) + "|")
    lines += [f"| {name} | " + " | ".join(column[name] for _, column in columns) + " |" for name in columns[0][1]]
    print("\n".join(lines), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
