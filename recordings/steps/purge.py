"""A recording ends: destroyed everywhere, looked for everywhere, and then a signed receipt says so.

Reads: every store's inventory. Writes: keys, objects, index, rows; receipt and tombstone. Next: nothing, for good.

The key goes first: from then on whatever a crash leaves behind is noise. Each part can be run again, and what was
counted before the first destruction is kept in the audit entry that began it, so that a purge which was interrupted
still gives a true receipt. A receipt is signed only when every store was asked and none knows the recording.

A day's recordings end together. What costs the same for one as for many is done once: a transaction for a part of
them, the key store's file written anew for a batch, the words taken out of the database's files for all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Final

from recordings.audit import CLOCK, about
from recordings.engines import Clock
from recordings.errors import PurgeIncomplete
from recordings.purge_guard import PurgeGuard
from recordings.receipts import Inventory, key_backups, purge_body
from storage import crash_points
from storage.errors import Held, Unavailable
from storage.ports import AuditLog, Catalog, Ending, JobQueue, KeyStore, ReceiptSigner, SearchIndex
from storage.records import AuditEntry, Recording, RecordingId, Scope, Tombstone
from storage.vault import Vault

BATCH = 5_000
# Recordings whose keys are destroyed together.
PART = 250
# Recordings that share a transaction: others write between two of them.
BEGUN: Final = "recording.purging"
Progress = Callable[[int, int], None]
# (done, found): a recording is half done when it is destroyed, and done when its receipt is signed.
Receipt = Mapping[str, Any]
Hand = Callable[[Sequence[Receipt]], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Purge:
    """Purges one recording, or all whose time has come."""

    catalog: Catalog
    vault: Vault
    index: SearchIndex
    queue: JobQueue
    keys: KeyStore
    audit: AuditLog
    signer: ReceiptSigner
    clock: Clock
    guard: PurgeGuard

    def due(
        self,
        now: datetime,
        progress: Progress | None = None,
        *,
        confirmed_by: str | None = None,
        hand: Hand | None = None,
    ) -> int:
        """Purge everything whose time has come at `now`; returns how many. Raises PurgeHalted, PurgeIncomplete.

        `confirmed_by` is a person who has looked at what halted the purge. Receipts are handed over as they are
        signed: there may be more than fit in memory.
        """
        self.guard.check(now, confirmed_by=confirmed_by)
        due = self.catalog.due_ids(now=now)
        told = _Told(progress, len(due))
        begun: list[RecordingId] = []
        for batch in _parts(due, BATCH):
            begun += self._destroy(batch, reason="period-ended", actor=CLOCK, told=told)
        if begun:
            self._scrub(len(begun))
        crash_points.reach("purge.scrubbed")
        signed = 0
        for part in _parts(begun, PART):
            receipts = self._conclude(part)
            signed += len(receipts)
            if hand is not None:
                hand(receipts)
            told.half(len(part))
        if signed < len(begun):  # after the others have theirs: one stubborn store holds up nobody else
            raise PurgeIncomplete
        self.guard.end()
        return signed

    def __call__(self, recording: RecordingId, *, reason: str, actor: str = CLOCK) -> Receipt:
        """Purge one recording; one that is gone answers with its receipt. Raises NotFound, Held, PurgeIncomplete."""
        if not self._destroy([recording], reason=reason, actor=actor, told=_Told(None, 1)):
            return self._old_receipt(recording)
        self._scrub(1)
        receipts = self._conclude([recording])
        if not receipts:
            raise PurgeIncomplete
        return receipts[0]

    def _destroy(
        self, recordings: Sequence[RecordingId], *, reason: str, actor: str, told: _Told
    ) -> Sequence[RecordingId]:
        """Destroy what is there and not held; returns it."""
        begun = [each for part in _parts(recordings, PART) for each in self._begin(part, reason, actor)]
        crash_points.reach("purge.begun")
        if begun:
            self.keys.destroy_all(begun)
        crash_points.reach("purge.keys-destroyed")
        for part in _parts(begun, PART):
            self.queue.forget(part)
            self.index.remove_all(part)
            crash_points.reach("purge.words-removed")
            for each in part:
                self.vault.destroy(each)
                crash_points.reach("purge.objects-destroyed")
            told.half(len(part))
        return begun

    def _begin(self, recordings: Sequence[RecordingId], reason: str, actor: str) -> Sequence[RecordingId]:
        """Take recordings out of everyone's reach, and write down what there is before it goes."""
        before = self._count(recordings)

        def entry(recording: Recording) -> AuditEntry:
            counts = asdict(before[recording.id])
            return about(recording, BEGUN, at=self.clock.now(), actor=actor, reason=reason, **counts)

        return [each.id for each in self.catalog.begin_purges(recordings, reason=reason, entry=entry)]

    def _scrub(self, count: int) -> None:
        """Take the masked words out of the files too. Raises PurgeIncomplete, which says what remains."""
        try:
            self.index.scrub()
        except Unavailable as fault:
            raise PurgeIncomplete(
                f"The keys, objects and index entries of {count} recordings are destroyed. Their masked words may "
                f"still be read in the bytes of the database's files, which could not be written anew ({fault.slug}): "
                "that takes as much room as the database is large. "
                "Their receipts follow when the next run has done it."
            ) from fault

    def _conclude(self, recordings: Sequence[RecordingId]) -> Sequence[Receipt]:
        """Look into every store again; where one still answers there is no receipt, and the next run goes on."""
        left, begun = self._count(recordings), self.audit.first(recordings, action=BEGUN)
        backups = key_backups(self.keys.backups_end_at())
        gone = [
            self._ending(recording, begun[recording.id].detail, left[recording.id], backups)
            for recording in self.catalog.purging(recordings)
            if not (left[recording.id].keys or left[recording.id].objects or left[recording.id].index)
        ]
        receipts = self.catalog.forget(gone)
        crash_points.reach("purge.receipts-kept")
        still = self.catalog.count_rows([each.recording.id for each in gone])
        return [receipt for each, receipt in zip(gone, receipts, strict=True) if each.recording.id not in still]

    def _ending(
        self, recording: Recording, begun: Mapping[str, Any], left: Inventory, backups: Mapping[str, Any]
    ) -> Ending:
        at, reason = self.clock.now(), str(begun["reason"])
        # the rows go in the same transaction that keeps this receipt; then they are looked for once more
        after = replace(left, rows=0)
        body = {**purge_body(recording, reason=reason, at=at, before=Inventory.of(begun), after=after), **backups}
        return Ending(
            recording=recording,
            tombstone=Tombstone(
                id=recording.id, controller=recording.controller, call_tag=recording.call_tag, purged_at=at
            ),
            receipt=lambda link: self.signer.sign({**body, **link}),
            audit=about(recording, "recording.purged", at=at, actor=CLOCK, reason=reason),
        )

    def _count(self, recordings: Collection[RecordingId]) -> Mapping[RecordingId, Inventory]:
        keys = self.keys.known(recordings)
        rows, index = self.catalog.count_rows(recordings), self.index.count_turns(recordings)
        objects = {each: self.vault.inventory(each) for each in recordings}
        return {
            each: Inventory(
                keys=int(each in keys),
                objects=len({stored.name for stored in objects[each]}),
                versions=len(objects[each]),
                rows=rows.get(each, 0),
                index=index.get(each, 0),
            )
            for each in recordings
        }

    def _old_receipt(self, recording: RecordingId) -> Receipt:
        receipts = self.catalog.receipts(Scope.system(), recording=recording, limit=1)
        if receipts:
            return receipts[0]
        self.catalog.get(Scope.system(), recording)
        raise Held


def _parts(recordings: Sequence[RecordingId], size: int) -> Sequence[Sequence[RecordingId]]:
    return [recordings[start : start + size] for start in range(0, len(recordings), size)]


class _Told:
    """What was said about progress: every recording twice, as half of it."""

    def __init__(self, progress: Progress | None, found: int) -> None:
        self._progress = progress
        self._found = found
        self._halves = 0

    def half(self, number: int) -> None:
        """So many more recordings have come half a way."""
        self._halves += number
        if self._progress is not None:
            self._progress(self._halves // 2, self._found)
