"""A database that was put back to a backup is told what has happened since, before it serves anybody.

Reads: journal, keys, objects, catalog. Writes: catalog, index, keys, objects, holds, audit, journal. Next: the clock.

Who was erased after the backup goes again, from every store; what was pushed after it is taken up; holds and
restrictions are what they were. Each part can be done again, and the mark goes last: a replay that was killed begins
anew and ends the same (docs/adr/0024).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from recordings.adoption import Adoption, worked_on
from recordings.audit import about
from recordings.engines import Clock
from recordings.errors import RestoreRefused
from recordings.holding import Holding
from recordings.journal import MARK, KeepJournal, Told, read_told
from storage import crash_points
from storage.errors import KeyGone, NotFound
from storage.ports import AuditLog, Catalog, HoldStore, KeyStore, SearchIndex
from storage.records import AuditEntry, Item, Recording, RecordingId, Scope, Stage, Tombstone
from storage.vault import Vault

ACTOR = "restore"
PAGE = 500
FEW, LARGEST_SHARE = 25, 0.05
# More recordings without a key than this, and more than this share, say that the key store is another one.
_WORKING = frozenset({Stage.RECEIVED, Stage.TRANSCRIBED, Stage.PLANNED, Stage.MASKED, Stage.PUBLISHED})
_NOT_WORKED_ON = frozenset({Item.RAW_AUDIO, Item.MANIFEST})
# What a push writes and no step writes again.


class RestoredCatalog(Protocol):
    """Writes into a catalog that was put back and serves nobody. Each can be done again with the same result."""

    def go_on(self, entries: Iterable[Mapping[str, Any]]) -> int:
        """Write the entries of the audit log that it has lost; returns how many. Raises Tampered."""

    def bury(self, tombstone: Tombstone) -> bool:
        """Remove every row of a recording that was purged since, held or not; tells if there was one."""

    def keep_receipts(self, receipts: Sequence[Mapping[str, Any]]) -> None:
        """Keep receipts that were given out since, each register's in their order, each once."""

    def set_back(self, recording: Recording, changes: Mapping[str, Any], *, audit: AuditEntry) -> None:
        """Let a row follow objects that were written since: stage, token, measures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """How many recordings a replay buried, ended, took up and set back, and how many holds it knows."""

    buried: int
    ended: int
    adopted: int
    set_back: int
    holds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """Replays the journal into a database that serves nobody."""

    catalog: Catalog
    writes: RestoredCatalog
    holds: HoldStore
    holding: Holding
    index: SearchIndex
    vault: Vault
    keys: KeyStore
    audit: AuditLog
    journal: KeepJournal
    adopt: Adoption
    purge: Callable[[RecordingId, str], object]
    clock: Clock

    def __call__(self, *, actor: str = ACTOR) -> Replayed:
        """Replay all of it and let the database serve again. `actor` is who restored.

        Raises RestoreRefused, Tampered, Unavailable.
        """
        if not self.journal.journal.path.exists():
            raise RestoreRefused("There is no journal (VAITI_JOURNAL): nobody knows who was erased since the backup.")
        told = read_told(self.journal.journal.acts())
        self._check_keys(told)
        self.writes.go_on(act.entry for act in self.journal.journal.acts())
        crash_points.reach("replay.audit-goes-on")
        buried = self._bury(told)
        adopted = self._adopt(told)
        for then in told.holds.values():
            self.holds.replay(then.hold, then.recordings)
        crash_points.reach("replay.held")
        ended = self._end(told)
        set_back = sum(self._set_back(each) for each in self._rows())
        self.holding.settle()
        self.index.scrub()  # the words of who was erased are in the bytes of the restored file
        crash_points.reach("replay.scrubbed")
        done = Replayed(buried=buried, ended=ended, adopted=adopted, set_back=set_back, holds=len(told.holds))
        now = self.clock.now()
        self.audit.append(AuditEntry(at=now, actor=actor, action="restore.replayed", detail=asdict(done)))
        crash_points.reach("replay.audited")
        self.journal.catch_up()
        (self.journal.data / MARK).unlink(missing_ok=True)
        return done

    def _check_keys(self, told: Told) -> None:
        """Refuse a key store that lacks what the journal does not explain: it would end calls that nobody erased."""
        rows = {each.id for each in self._rows()} - told.buried.keys() - told.begun.keys()
        lost = rows.difference(self.keys.recordings())
        if len(lost) > max(FEW, LARGEST_SHARE * len(rows)):
            raise RestoreRefused(
                f"{len(lost)} of {len(rows)} recordings have no key, and the journal does not say why: "
                "is keys.db the one that belongs to this backup?"
            )

    def _bury(self, told: Told) -> int:
        """End again what was purged: key first, as in any purge. Returns how many recordings the backup had."""
        found = 0
        for recording, tombstone in told.buried.items():
            if self.keys.knows(recording):  # the key store may be of a backup too
                self.keys.destroy(recording)
            self.vault.destroy(recording)
            found += self.writes.bury(tombstone)
            crash_points.reach("replay.buried")
        self.writes.keep_receipts(told.receipts)
        return found

    def _adopt(self, told: Told) -> int:
        adopted = 0
        for recording in self.keys.recordings():
            if recording in told.buried or self.catalog.knows(recording):
                continue
            adopted += self.adopt(recording, actor=ACTOR)
            crash_points.reach("replay.adopted")
        return adopted

    def _end(self, told: Told) -> int:
        """Go on with purges that had begun, and end what has lost its key: nobody can read it again."""
        keys = set(self.keys.recordings())
        lost = {each.id: "key-gone" for each in self._rows() if each.id not in keys and not each.held}
        ended = 0
        for recording, reason in {**lost, **told.begun}.items():
            with suppress(NotFound):  # the backup did not have it
                self.purge(recording, reason)
                ended += 1
        return ended

    def _set_back(self, recording: Recording) -> bool:
        """Let a row follow objects that a later claim wrote: nobody sees it before it was planned again."""
        tokens = self.vault.tokens(recording.id)
        newest = max((token for item, token in tokens.items() if item not in _NOT_WORKED_ON), default=0)
        if newest <= recording.token or recording.stage is Stage.PURGING:
            return False
        changes: Mapping[str, Any] = {"token": newest}
        if recording.stage in _WORKING:
            with suppress(KeyGone):
                changes = {**worked_on(self.vault, recording.id, tokens), "attempts": 0, "slug": None}
        audit = about(recording, "recording.set-back", at=self.clock.now(), actor=ACTOR)
        self.writes.set_back(recording, changes, audit=audit)
        return True

    def _rows(self) -> Iterator[Recording]:
        """Every recording, newest call first."""
        last: RecordingId | None = None
        while page := self.catalog.list(Scope.system(), limit=PAGE, before=last):
            yield from page
            last = page[-1].id
