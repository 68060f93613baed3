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
from datetime import timedelta
from pathlib import Path
from typing import Final

from benchmarks.archive_build import QUEUES, fill_postgres, fill_sqlite
from benchmarks.archive_more import customer_id
from benchmarks.archive_report import Archive, Took, keep
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


class Asking:
    """Makes queries; the same at every run."""

    def __init__(self, count: int) -> None:
        self._dice = random.Random(count)  # noqa: S311 - a benchmark asks the same each time
        self._count = count
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
        return SearchFilter(customer=CustomerId(customer_id(self._dice.randrange(self._customers), self._count)))


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

        settings = ("fsync=off", "max_connections=20", "shared_buffers=1GB", "max_wal_size=8GB")
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


def report(kind: str, count: int, database: Database, *, built: float, megabytes: float) -> None:
    """Ask and end what one archive holds, and write it down."""
    facts = {
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "built, s": f"{built:,.0f}",
        "size, MB": f"{megabytes:,.0f}",
        "load": f"{os.getloadavg()[0]:.1f}",
    }
    measure(database, count)  # for the words that this process has not met, and the pages of the disk
    took = measure(database, count)
    # SQLite writes its file anew, in memory first (`storage.sqlite_file.write_anew`)
    purge = measure_purge(database) if kind == "postgresql" or megabytes < _free_memory() / 2 else {}
    keep(Archive(kind, count, facts, took, purge))


def _free_memory() -> float:
    """Return the megabytes that are free on this machine."""
    return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    """Build and measure each size on each database; docs/benchmarks gets each at once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("calls", type=int, nargs="+")
    parser.add_argument("--on", action="append", choices=["sqlite", "postgresql"])
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    options = parser.parse_args()
    for kind in options.on or ["sqlite", "postgresql"]:
        for count in options.calls:
            print(f"{kind} {count:,}", flush=True)  # noqa: T201
            with archive(kind, count, options.folder) as (database, built, megabytes):
                report(kind, count, database, built=built, megabytes=megabytes)


if __name__ == "__main__":
    main()
