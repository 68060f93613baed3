"""A recording ends: destroyed everywhere, looked for everywhere, and then a signed receipt says so.

Reads: every store's inventory. Writes: keys, objects, index, rows; receipt and tombstone. Next: nothing, for good.

The key goes first: from then on whatever a crash leaves behind is noise. Each part can be run again, and what was
counted before the first destruction is kept in the audit entry that began it, so that a purge which was interrupted
still gives a true receipt. A receipt is signed only when every store was asked and none knows the recording.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from recordings.audit import CLOCK, about
from recordings.engines import Clock
from recordings.errors import PurgeIncomplete
from recordings.purge_guard import PurgeGuard
from recordings.receipts import Inventory, key_backups, purge_body
from storage.errors import NotFound, Unavailable
from storage.ports import AuditLog, Catalog, KeyStore, ReceiptSigner, SearchIndex
from storage.records import Recording, RecordingId, Scope, Tombstone
from storage.vault import Vault

BATCH = 5_000
# Scrubbing the index costs the same for one call as for many; a batch shares it.
TELL_EVERY = 100
# Recordings between two words about progress.
BEGUN = "recording.purging"
Progress = Callable[[int, int], None]  # (done, of how many found so far)


@dataclass(frozen=True, slots=True, kw_only=True)
class Purge:
    """Purges one recording, or all whose time has come."""

    catalog: Catalog
    vault: Vault
    index: SearchIndex
    keys: KeyStore
    audit: AuditLog
    signer: ReceiptSigner
    clock: Clock
    guard: PurgeGuard

    def due(
        self, now: datetime, progress: Progress | None = None, *, confirmed_by: str | None = None
    ) -> list[Mapping[str, Any]]:
        """Purge everything whose time has come at `now`; returns the receipts. Raises PurgeHalted, PurgeIncomplete.

        `confirmed_by` is a person who has looked at what halted the purge.
        """
        self.guard.check(now, confirmed_by=confirmed_by)
        receipts: list[Mapping[str, Any]] = []
        while batch := self.catalog.due(now=now, limit=BATCH):
            done = len(receipts)
            for part in range(0, len(batch), TELL_EVERY):
                self._destroy_all(batch[part : part + TELL_EVERY], reason="period-ended", actor=CLOCK)
                if progress is not None:
                    progress(done + min(part + TELL_EVERY, len(batch)), done + len(batch))
            receipts += self._conclude_all(batch)
        self.guard.end()
        return receipts

    def __call__(self, recording: RecordingId, *, reason: str, actor: str = CLOCK) -> Mapping[str, Any]:
        """Purge one recording; one that is gone answers with its receipt. Raises NotFound, PurgeIncomplete."""
        try:
            found = self.catalog.get(Scope.system(), recording)
        except NotFound:
            return self._old_receipt(recording)
        self._destroy_all([found], reason=reason, actor=actor)
        return self._conclude_all([found])[0]

    def _destroy_all(self, recordings: Sequence[Recording], *, reason: str, actor: str) -> None:
        for recording in recordings:
            self._begin(recording, reason, actor)
        ids = [recording.id for recording in recordings]
        self.keys.destroy_all(ids)
        self.index.remove_all(ids)
        for each in ids:
            self.vault.destroy(each)

    def _conclude_all(self, recordings: Sequence[Recording]) -> list[Mapping[str, Any]]:
        self._scrub(len(recordings))
        concluded = [self._conclude(recording) for recording in recordings]
        receipts = [receipt for receipt in concluded if receipt is not None]
        if len(receipts) < len(recordings):  # after the others have theirs: one stubborn store holds up nobody else
            raise PurgeIncomplete
        return receipts

    def _begin(self, recording: Recording, reason: str, actor: str) -> None:
        """Take the recording out of everyone's reach, and write down what there is before it goes."""
        before = self._count(recording.id)
        audit = about(recording, BEGUN, at=self.clock.now(), actor=actor, reason=reason, **asdict(before))
        self.catalog.begin_purge(recording.id, reason=reason, audit=audit)

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

    def _conclude(self, recording: Recording) -> Mapping[str, Any] | None:
        """Look into every store again; returns None when one still answers, and the next run goes on."""
        left = self._count(recording.id)
        if left.keys or left.objects or left.index:
            return None
        begun = self._first_entry(recording.id)
        before = Inventory.of(begun)
        at = self.clock.now()
        # the rows go in the same transaction that keeps this receipt; below they are looked for once more
        after = replace(left, rows=0)
        reason = str(begun["reason"])
        body = purge_body(recording, reason=reason, at=at, before=before, after=after)
        body |= key_backups(self.keys.backups_end_at())
        tombstone = Tombstone(
            id=recording.id, controller=recording.controller, call_tag=recording.call_tag, purged_at=at
        )
        audit = about(recording, "recording.purged", at=at, actor=CLOCK, reason=reason)
        receipt = self.catalog.forget(
            recording, tombstone=tombstone, receipt=lambda link: self.signer.sign({**body, **link}), audit=audit
        )
        return None if self.catalog.knows(recording.id) else receipt

    def _count(self, recording: RecordingId) -> Inventory:
        objects = self.vault.inventory(recording)
        return Inventory(
            keys=int(self.keys.knows(recording)),
            objects=len({each.name for each in objects}),
            versions=len(objects),
            rows=self.catalog.knows(recording),
            index=self.index.knows(recording),
        )

    def _first_entry(self, recording: RecordingId) -> Mapping[str, str | int | float]:
        """Return the detail of the entry that began the purge: a run that resumes finds less than there was."""
        entries = self.audit.list(Scope.system(), recording=recording, limit=10_000)
        return next(entry.detail for entry in reversed(entries) if entry.action == BEGUN)

    def _old_receipt(self, recording: RecordingId) -> Mapping[str, Any]:
        receipts = self.catalog.receipts(Scope.system(), recording=recording, limit=1)
        if not receipts:
            raise NotFound
        return receipts[0]
