"""What the daily sweep finds, remembers and counts: values, and the port to where they are kept.

The sweep compares all stores with each other, so it asks for all ids at once; no person's query does.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol

from storage.records import RecordingId, Scope, Stage

OVERDUE: Final = timedelta(hours=1)
# A purge starts within 15 minutes and normally ends within an hour; later is overdue (design.md, decision 6).


class Mismatch(StrEnum):
    """Where two stores disagree. Slugs: they are in metrics, the weekly page and docs/sweep.md."""

    KEY_WITHOUT_ROW = "key-without-row"
    OBJECTS_WITHOUT_ROW = "objects-without-row"
    TOO_MANY_ORPHANS = "too-many-orphans"  # more of these two than crashes leave: none is removed
    BACK_FROM_PURGE = "back-from-purge"  # purged, and its key or objects are there
    ROW_WITHOUT_KEY = "row-without-key"
    ROW_WITHOUT_OBJECTS = "row-without-objects"
    TAMPERED = "tampered"  # older than the key store allows, or newer and not what was written
    NOT_INDEXED = "not-indexed"  # published, and nothing of it can be found
    INDEX_STRAY = "index-stray"  # a turn without a row, or words that are not its turns'
    UNFINISHED_OBJECT = "unfinished-object"
    FOREIGN_OBJECT = "foreign-object"
    STALE_FILE = "stale-file"
    UNKNOWN_FILE = "unknown-file"
    STUCK = "stuck"  # waits for work since the sweep before
    HALF_PURGED = "half-purged"  # its purge began before the sweep before


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepState:
    """What the last sweep found: how many of each kind are left, and how many it put right."""

    swept_at: datetime | None = None
    left: Mapping[str, int] = field(default_factory=dict)
    repaired: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekCounts:
    """A register's deletions in a stretch of time, counted from its receipts and rows."""

    due: int  # whose time came in it, purged or not
    purged: Mapping[str, int]  # by reason
    late: int  # of those purged: over an hour after their time
    refused: int  # pushes that came after their period
    overdue: int  # not held, not begun, and over an hour past their time at a moment
    oldest_overdue: datetime | None  # delete_at of the first of them


class SweepBooks(Protocol):
    """The catalog as the sweep asks it. It outlives processes."""

    def read(self) -> SweepState:
        """Return what the last sweep left."""

    def keep(self, state: SweepState) -> None:
        """Keep this instead."""

    def notice(self, names: Collection[str], *, now: datetime) -> Mapping[str, datetime]:
        """Remember these and forget all others; returns since when each has been there at every sweep."""

    def stages(self, beginning: str = "") -> Mapping[RecordingId, Stage]:
        """Return every recording of every register whose id begins so, and its stage."""

    def purged(self, recordings: Collection[RecordingId]) -> frozenset[RecordingId]:
        """Return which of these have a tombstone."""

    def unindexed(self) -> Collection[RecordingId]:
        """Return what is published and has no turn in the index."""

    def mend_index(self) -> int:
        """Remove turns without a row and index words again that are not their turns'; returns how many there were."""

    def count_week(self, scope: Scope, *, since: datetime, until: datetime, now: datetime) -> WeekCounts:
        """Count deletions from `since` to before `until`, and what is overdue `now`."""
