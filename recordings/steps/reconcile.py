"""All stores are compared with each other, once a day: what is safe is put right, the rest is told to a person.

Reads: keys, objects, catalog, index, data folder. Writes: keys, objects, index, queue, audit, its own findings. Next:
nothing.

A push that dies before its row exists leaves a key and sealed objects that nobody can list. They are noticed at one
sweep and removed, or taken up again, at a sweep a day later: no push takes a day. What a purged call still has is
destroyed at once: nothing can come by its id any more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import chain, islice

from recordings.comparison import Picture, expected_items, joined
from recordings.documents import read_json
from recordings.engines import Clock
from recordings.pipeline import WORKING
from recordings.retention import is_past
from recordings.turns import indexed_turns
from redaction.interchange import transcript_from_dict
from storage.data_files import DataFiles
from storage.errors import KeyGone, LostClaim, NotFound, Tampered
from storage.ports import AuditLog, Catalog, JobQueue, KeyStore, ObjectStore, SearchIndex
from storage.records import AuditEntry, Item, Recording, RecordingId, Scope, Stage
from storage.survey import Survey, survey
from storage.sweeps import Mismatch, SweepBooks, SweepState
from storage.vault import Vault

EVERY = timedelta(hours=24)
GRACE = timedelta(hours=24)
# A push in flight has a key and no row yet; four hours of sound over a slow line stay far below this.
LONGEST_GAP = timedelta(hours=48)
# What was noticed longer ago than this, and not seen since, begins its day again: a database may have been put back.
FEW, LARGEST_SHARE = 25, 0.05
# What crashes leave is a handful. More means that this catalog is not the one of these objects: a person looks.
MOST_RAISED = 10_000
# Floors that one sweep raises, an object opened for each: the purge waits meanwhile. The next sweep goes on.
ACTOR = "reconcile"


@dataclass(frozen=True, slots=True)
class _Tally:
    """What a sweep counts on its way."""

    left: Counter[Mismatch] = field(default_factory=Counter)
    repaired: Counter[Mismatch] = field(default_factory=Counter)

    def state(self, now: datetime) -> SweepState:
        counted = ({kind.value: number for kind, number in sorted(each.items())} for each in (self.left, self.repaired))
        left, repaired = counted
        return SweepState(swept_at=now, left=left, repaired=repaired)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconcile:
    """Sweeps. Safe to run at any time, also beside pushes and purges."""

    catalog: Catalog
    vault: Vault
    objects: ObjectStore
    keys: KeyStore
    index: SearchIndex
    queue: JobQueue
    audit: AuditLog
    sweeps: SweepBooks
    files: DataFiles
    clock: Clock
    adopt: Callable[[RecordingId], bool] = lambda _: False
    # Gives what was pushed whole its row again, where a database that was put back does not know it.

    def is_due(self) -> bool:
        """Tell whether the last sweep was a day ago. It is written down, so a process that was off catches up."""
        last = self.sweeps.read().swept_at
        return last is None or not timedelta(0) <= self.clock.now() - last < EVERY

    def __call__(self, *, confirmed_by: str | None = None) -> SweepState:
        """Sweep once; returns what it found, which is kept. Raises Unavailable: then nothing is known and kept.

        `confirmed_by` is a person who says that all that has no row may go, however much it is.
        """
        now, tally = self.clock.now(), _Tally()
        picture = joined(self._look())
        old = self._notice(picture, now)
        self._end_purged(picture, tally)
        self._end_orphans(picture, old, tally, confirmed_by)
        self._find_lost(picture, tally)
        self._find_put_back(picture, tally)
        self._end_unfinished(picture, old, tally)
        self._mend_index(tally)
        self._find_stuck(picture, old, tally)
        self._tidy_files(now, tally)
        tally.left[Mismatch.FOREIGN_OBJECT] += picture.survey.foreign
        state = tally.state(now)
        self.sweeps.keep(state)
        return state

    def _look(self) -> Iterator[Picture]:
        """Compare all stores, the recordings whose ids begin alike at a time: as objects are named."""
        left = {f"{number:02x}" for number in range(256)}
        for listed in self.objects.inventories():
            beginning, slash, _ = listed[0].name.partition("/") if listed else ("", "", "")
            ours = bool(slash) and beginning in left  # else nothing of a recording is there
            yield self._compare(survey(listed), beginning if ours else None)
            left -= {beginning} if ours else set()
        for beginning in sorted(left):  # these have no objects at all
            yield self._compare(survey([]), beginning)

    def _compare(self, found: Survey, beginning: str | None) -> Picture:
        """Objects and keys first, rows last: what is pushed meanwhile has its row by then, or is noticed only."""
        floors = {} if beginning is None else self.keys.all_floors(beginning)
        stages = {} if beginning is None else self.sweeps.stages(beginning)
        orphans = (floors.keys() | found.items.keys()) - stages.keys()
        purged = self.sweeps.purged(orphans) if orphans else frozenset()
        compared = Picture(floors=floors, survey=found, stages=stages, orphans=orphans, purged=purged, rows=len(stages))
        return compared.noteworthy()

    def _notice(self, picture: Picture, now: datetime) -> frozenset[str]:
        """Remember what may be only on its way; returns what has been there for a day."""
        before = self.sweeps.read().swept_at
        if before is None or now - before > LONGEST_GAP:
            self.sweeps.notice([], now=now)
        seen = self.sweeps.notice(picture.passing(), now=now)
        return frozenset(name for name, at in seen.items() if now - at >= GRACE)

    def _end_purged(self, picture: Picture, tally: _Tally) -> None:
        """Destroy what a purged call still has, or has again: a copy that was put back, a write that came too late."""
        for recording in sorted(picture.purged):
            if self.keys.knows(recording) or self.vault.inventory(recording):
                self._remove(recording, "purged.removed-again")
                tally.repaired[Mismatch.BACK_FROM_PURGE] += 1

    def _end_orphans(self, picture: Picture, old: frozenset[str], tally: _Tally, confirmed_by: str | None) -> None:
        orphans = sorted(picture.orphans - picture.purged)
        ripe = [each for each in orphans if f"orphan/{each}" in old and not self.catalog.knows(each)]
        adopted = {each for each in ripe if self.adopt(each)}
        many = len(ripe) - len(adopted) > max(FEW, LARGEST_SHARE * picture.rows)
        for recording in orphans:
            kind = Mismatch.KEY_WITHOUT_ROW if recording in picture.keys else Mismatch.OBJECTS_WITHOUT_ROW
            if recording in adopted:
                tally.repaired[kind] += 1
            elif recording in ripe and (confirmed_by is not None or not many):
                self._remove(recording, "orphan.removed", actor=confirmed_by or ACTOR)
                tally.repaired[kind] += 1
            else:
                tally.left[kind] += 1
        if many and confirmed_by is None:
            tally.left[Mismatch.TOO_MANY_ORPHANS] += 1

    def _find_lost(self, picture: Picture, tally: _Tally) -> None:
        """Find recordings without their key or an object. Looked at again one by one: a purge may go on meanwhile."""
        for recording, stage in picture.stages.items():
            if stage is not Stage.PURGING and recording not in picture.keys and self._has_no_key(recording):
                tally.left[Mismatch.ROW_WITHOUT_KEY] += 1
            if not expected_items(stage) <= picture.items(recording) and self._lacks_objects(recording):
                tally.left[Mismatch.ROW_WITHOUT_OBJECTS] += 1

    def _has_no_key(self, recording: RecordingId) -> bool:
        found = self._find(recording)
        return found is not None and found.stage is not Stage.PURGING and not self.keys.knows(recording)

    def _lacks_objects(self, recording: RecordingId) -> bool:
        found = self._find(recording)
        if found is None:
            return False
        there = survey(self.vault.inventory(recording)).items.get(recording, {})
        return not expected_items(found.stage) <= there.keys()

    def _find_put_back(self, picture: Picture, tally: _Tally) -> None:
        """Find older generations that were put back, and raise floors that lag behind what is there and opens.

        They lag after a power failure, under an older backup of the keys, and in a store from before there were floors.
        """
        newer = islice(picture.beside_floors(newer=True), MOST_RAISED)
        for recording, item in chain(picture.beside_floors(newer=False), newer):
            with suppress(KeyGone, NotFound):  # it has moved on meanwhile
                try:
                    self.vault.settle(recording, item)
                except Tampered:
                    tally.left[Mismatch.TAMPERED] += 1

    def _end_unfinished(self, picture: Picture, old: frozenset[str], tally: _Tally) -> None:
        for name in picture.unfinished:
            if f"unfinished/{name}" in old:
                self.objects.destroy(name)
                tally.repaired[Mismatch.UNFINISHED_OBJECT] += 1
            else:
                tally.left[Mismatch.UNFINISHED_OBJECT] += 1

    def _mend_index(self, tally: _Tally) -> None:
        tally.repaired[Mismatch.INDEX_STRAY] += self.sweeps.mend_index()
        for recording in self.sweeps.unindexed():
            counted = tally.repaired if self._index_again(recording) else tally.left
            counted[Mismatch.NOT_INDEXED] += 1

    def _index_again(self, recording: RecordingId) -> bool:
        found = self._find(recording)
        if found is None or found.stage is not Stage.PUBLISHED:
            return True  # it has moved on meanwhile
        try:
            words = transcript_from_dict(read_json(self.vault, recording, Item.MASKED_WORDS)).words
            self.index.put(found, indexed_turns(words))
        except (KeyGone, LostClaim, NotFound, Tampered):
            return False
        return self.index.knows(recording) > 0

    def _find_stuck(self, picture: Picture, old: frozenset[str], tally: _Tally) -> None:
        """Hint at what waits for work, as a queue may have lost it, and count what has waited for a day."""
        for recording, stage in picture.stages.items():
            if stage is Stage.PURGING and f"purging/{recording}" in old:
                tally.left[Mismatch.HALF_PURGED] += self._is_in(recording, stage)
            elif stage in WORKING:
                self._hint(recording)
                if f"waiting/{stage}/{recording}" in old:
                    tally.left[Mismatch.STUCK] += self._is_in(recording, stage)

    def _hint(self, recording: RecordingId) -> None:
        found = self._find(recording)
        if found is not None:
            self.queue.hint(found)

    def _is_in(self, recording: RecordingId, stage: Stage) -> bool:
        """Tell whether it is still there and nothing but us keeps it there."""
        found = self._find(recording)
        if found is None or found.stage is not stage:
            return False
        return stage is Stage.PURGING or not (found.restricted or is_past(found.delete_at, self.clock.now()))

    def _tidy_files(self, now: datetime, tally: _Tally) -> None:
        for path in self.files.list_stale(now - GRACE):
            path.unlink(missing_ok=True)
            tally.repaired[Mismatch.STALE_FILE] += 1
        tally.left[Mismatch.UNKNOWN_FILE] += self.files.count_unknown()

    def _find(self, recording: RecordingId) -> Recording | None:
        try:
            return self.catalog.get(Scope.system(), recording)
        except NotFound:
            return None

    def _remove(self, recording: RecordingId, action: str, *, actor: str = ACTOR) -> None:
        self.vault.destroy(recording)
        self.keys.destroy(recording)  # last: by its key the next sweep finds what this one may leave
        self.audit.append(AuditEntry(at=self.clock.now(), actor=actor, action=action, recording=recording))
