"""What lies in the data folder beside what Vaiti keeps there: a copy of a database outlives every purge."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

_DATABASES: Final = ("catalog.db", "keys.db")
_OURS: Final = frozenset(
    {
        *(f"{name}{part}" for name in _DATABASES for part in ("", "-wal", "-shm", "-journal")),
        *("objects", "reports", "purge.reserve", "restored.json", ".vaiti-demo"),
    }
)
_TEMPORARY: Final = (".vaiti-*.part", ".vaiti-*.part-*", "*.tmp", ".*.part", "*.part")


@dataclass(frozen=True, slots=True)
class DataFiles:
    """The data folder, the folders in it that only Vaiti writes to, and what may lie there besides."""

    path: Path

    def list_stale(self, before: datetime) -> list[Path]:
        """Return temporary files that nobody has written to since then: their writer is gone."""
        found = []
        for path in self._temporary():
            with suppress(FileNotFoundError):  # finished while we looked
                if datetime.fromtimestamp(path.stat().st_mtime, UTC) < before:
                    found.append(path)
        return found

    def count_unknown(self) -> int:
        """How many files and folders Vaiti did not make: nobody deletes from them what is purged."""
        temporary = set(self._temporary())
        return sum(each.name not in _OURS and each not in temporary for each in self._entries(self.path))

    def _temporary(self) -> Iterator[Path]:
        for folder in (self.path, self.path / "reports"):
            for entry in self._entries(folder):
                if entry.is_file() and any(entry.match(pattern) for pattern in _TEMPORARY):
                    yield entry

    def _entries(self, folder: Path) -> list[Path]:
        return list(folder.iterdir()) if folder.is_dir() else []
