"""How the service stands, in counts and ages: for metrics, `vaiti doctor` and the weekly page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from recordings.engines import Clock
from recordings.periods import Periods
from storage.holds import HoldStore
from storage.ports import Catalog, GuardMemory
from storage.records import RecordingId, Scope, Stage
from storage.sweeps import OVERDUE, Mismatch, SweepBooks, SweepState

SWEEP_LATE: Final = timedelta(hours=48)
# A sweep is due each day; one that was missed is made up for at the next start.

WORDS: Final[Mapping[Mismatch, str]] = {
    Mismatch.TOO_MANY_ORPHANS: (
        "much more has no row than crashes leave: is this the catalog of these objects and keys? If it is, "
        "`vaiti sweep --confirm --as NAME` removes what has no row"
    ),
    Mismatch.ROW_WITHOUT_KEY: "recordings have no key and cannot be read: put the newest backup of the keys back",
    Mismatch.ROW_WITHOUT_OBJECTS: "recordings lack sound or words: put the objects back from a copy",
    Mismatch.TAMPERED: (
        "objects are older than what was written last, or not what was written: who writes into the store? "
        "Put them back from a copy"
    ),
    Mismatch.NOT_INDEXED: "published calls cannot be found: their masked words do not open",
    Mismatch.FOREIGN_OBJECT: "objects are not Vaiti's: the store should be its own; look and remove them",
    Mismatch.UNKNOWN_FILE: "files in the data folder are not Vaiti's: a copy of a database there outlives every purge",
    Mismatch.STUCK: "calls have waited for work for a day: is the service running?",
    Mismatch.HALF_PURGED: "purges have not ended for a day: `vaiti purge` says why",
}
# What needs a person, and what to do. The other mismatches go by themselves at the sweep a day later.


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """Counts and ages; nothing that tells one recording from another."""

    at: datetime
    stages: Mapping[Stage, int]
    overdue: int  # not held, and over an hour past their time
    oldest_overdue: timedelta | None  # how long the first of them is past its time
    held: int
    held_overdue: int
    halted: str | None  # a slug
    sweep: SweepState
    shortened: int  # periods that are shorter in the controllers file than in force

    @property
    def sweep_age(self) -> timedelta | None:
        """How long ago the last sweep was."""
        return None if self.sweep.swept_at is None else self.at - self.sweep.swept_at

    def complaints(self) -> list[str]:
        """Say in words what a person has to mend of what the last sweep left."""
        found = [f"{self.sweep.left[kind]} {text}" for kind, text in WORDS.items() if self.sweep.left.get(kind)]
        if self.sweep_age is not None and self.sweep_age > SWEEP_LATE:
            hours = int(self.sweep_age / timedelta(hours=1))
            found.append(f"the last sweep was {hours} hours ago: start the service, or run `vaiti sweep`")
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadStatus:
    """Counts now. Cheap enough for a metrics request each minute."""

    catalog: Catalog
    memory: GuardMemory
    holds: HoldStore
    sweeps: SweepBooks
    periods: Periods
    clock: Clock

    def __call__(self, scope: Scope) -> Status:
        """Count over these registers; overdue, halt and sweep are of all. Raises Unavailable."""
        now = self.clock.now()
        late = self.memory.count(now=now - OVERDUE, after=None)
        state = self.memory.read()
        return Status(
            at=now,
            stages=self.catalog.count(scope),
            overdue=late.due,
            oldest_overdue=None if late.oldest is None else now - late.oldest,
            held=len(self._held(scope)),
            held_overdue=len(self.holds.overdue(scope, now=now)),
            halted=None if state.halted_at is None else state.reason,
            sweep=self.sweeps.read(),
            shortened=sum(each.is_shortened for each in self.periods.standings(scope)),
        )

    def _held(self, scope: Scope) -> frozenset[RecordingId]:
        holds = self.holds.list(scope)
        return frozenset(each.id for hold in holds for each in self.holds.recordings(scope, hold.id))
