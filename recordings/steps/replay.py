"""A database that was put back to a backup is told what has happened since, before it serves anybody.

Reads: journal, keys, objects, catalog. Writes: catalog, index, keys, objects, holds, audit, journal. Next: the clock.

Who was erased after the backup goes again, from every store; what was pushed after it is taken up; holds and
restrictions are what they were; what was hidden since is hidden. Each part can be done again, and the mark goes last: a
replay that was killed begins anew and ends the same (docs/adr/0024).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any, Protocol

from recordings.adoption import Adoption, worked_on
from recordings.audit import about
from recordings.engines import Clock
from recordings.errors import RestoreNeeded, RestoreRefused
from recordings.hidden import Hide, Since
from recordings.holding import Holding
from recordings.journal import MARK, AmendedThen, KeepJournal, Told, begin_replay, keys_made_at, read_told
from storage import crash_points
from storage.api_keys import ApiKeyStore
from storage.cases import Cases
from storage.errors import KeyGone, NotFound
from storage.holds import HoldStore
from storage.objections import Objections
from storage.pack_links import PackLinks
from storage.people import People
from storage.periods import PeriodBooks
from storage.persons import Persons
from storage.ports import AuditLog, Catalog, KeyStore, SearchIndex
from storage.records import AuditEntry, Recording, RecordingId, Scope, Stage, Tombstone
from storage.vault import Vault

ACTOR = "restore"
PAGE = 500
FEW, LARGEST_SHARE = 25, 0.05
# More recordings without a key than this, and more than this share, say that the key store is another one.
_UNSEEN = frozenset({Stage.RECEIVED, Stage.TRANSCRIBED, Stage.QUARANTINED, Stage.FAILED})
_WORKING = frozenset({Stage.RECEIVED, Stage.TRANSCRIBED, Stage.PLANNED, Stage.MASKED, Stage.PUBLISHED})


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
    """How many recordings a replay buried, ended, took up, set back and hid, and how many holds it knows.

    `asked_again` are acts that let staff see more: they were not followed.
    """

    buried: int
    ended: int
    adopted: int
    set_back: int
    holds: int
    hidden: int
    asked_again: int


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
    periods: PeriodBooks
    api_keys: ApiKeyStore
    people: People
    persons: Persons
    objections: Objections
    cases: Cases
    pack_links: PackLinks
    hide: Hide
    amend_again: Callable[[RecordingId, AmendedThen], object]
    purge: Callable[[RecordingId, str], object]
    clock: Clock

    def __call__(self, *, actor: str = ACTOR) -> Replayed:
        """Replay all of it and let the database serve again. `actor` is who restored.

        Raises RestoreRefused, Tampered, Unavailable.
        """
        if not self.journal.journal.path.exists():
            raise RestoreRefused("There is no journal (VAITI_JOURNAL): nobody knows who was erased since the backup.")
        with suppress(RestoreNeeded):  # a database that is no older than its journal may know more than is written
            self.journal.catch_up()
        told = read_told(self.journal.journal.acts())
        self._check_keys(told)
        since = begin_replay(self.journal.data, self.audit.head()[0])
        crash_points.reach("replay.begun")
        self.writes.go_on(act.entry for act in self.journal.journal.acts())
        crash_points.reach("replay.audit-goes-on")
        self.periods.replay(told.terms, list(told.changes.values()))
        crash_points.reach("replay.periods-kept")
        self.api_keys.replay(told.api_keys)
        crash_points.reach("replay.api-keys-ended")
        self.people.replay(told.accounts, told.given)
        crash_points.reach("replay.accounts-ended")
        buried = self._bury(told)
        adopted = self._adopt(told)
        self._amend(told)
        self._know_persons(told)
        for then in told.holds.values():
            self.holds.replay(then.hold, then.recordings)
        crash_points.reach("replay.held")
        ended = self._end(told)
        set_back = sum(self._set_back(each) for each in self._rows())
        crash_points.reach("replay.set-back")
        found = Since.read(self.journal.journal.acts(), since=since)
        hidden = self.hide(found)
        self._accept()  # also for what is planned again: its earlier plan is read then
        crash_points.reach("replay.hidden")
        self.holding.settle()
        self.index.scrub()  # the words of who was erased are in the bytes of the restored file
        crash_points.reach("replay.scrubbed")
        done = Replayed(
            buried=buried,
            ended=ended,
            adopted=adopted,
            set_back=set_back,
            holds=len(told.holds),
            hidden=hidden,
            asked_again=len(found.shown),
        )
        made_at = keys_made_at(self.journal.data)
        detail = asdict(done) | ({"keys_of": made_at.isoformat()} if made_at else {})
        self.audit.append(AuditEntry(at=self.clock.now(), actor=actor, action="restore.replayed", detail=detail))
        crash_points.reach("replay.audited")
        self.journal.catch_up()
        (self.journal.data / MARK).unlink(missing_ok=True)
        return done

    def _know_persons(self, told: Told) -> None:
        """Let persons be who they were decided to be, and count what they objected to and what they asked for."""
        for decision in told.persons.values():
            self.persons.replay(decision)
        for recording, links in told.links.items():
            if recording not in told.buried:
                self.persons.replay_links(recording, links)
        crash_points.reach("replay.persons-kept")
        for objection, objected in told.objections.items():
            if objected is None:
                self.objections.drop(objection)
            else:
                self.objections.replay(objected.objection, objected.references)
        crash_points.reach("replay.objections-kept")
        self.pack_links.clear()
        for known, case in told.cases.items():
            if case is None:
                self.cases.drop(known)
            else:
                self.cases.replay(case)
        crash_points.reach("replay.cases-kept")

    def _check_keys(self, told: Told) -> None:
        """Refuse a key store that lacks what the journal does not explain: it would end calls that nobody erased.

        What was pushed after the keys were backed up is lost with them, and explained.
        """
        made_at = keys_made_at(self.journal.data)
        kept = (each.id for each in self._rows() if made_at is None or each.received_at < made_at)
        rows = set(kept) - told.buried.keys() - told.begun.keys()
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

    def _amend(self, told: Told) -> None:
        """Let calls be what was learnt of them after their push, and end when they were to end."""
        for recording, then in told.amended.items():
            with suppress(NotFound, KeyGone):  # it is gone, or its end comes below
                self.amend_again(recording, then)
        crash_points.reach("replay.amended")

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
        newest = self.vault.last_token(recording.id)
        if newest <= recording.token or recording.stage is Stage.PURGING:
            return False
        changes: Mapping[str, Any] = {"token": newest}
        if recording.stage in _WORKING:
            with suppress(KeyGone):
                changes = {**worked_on(self.vault, recording.id), "attempts": 0, "slug": None}
        audit = about(recording, "recording.set-back", at=self.clock.now(), actor=ACTOR)
        self.writes.set_back(recording, changes, audit=audit)
        return True

    def _accept(self) -> None:
        """Let objects that came from the backup be read where the keys know of newer ones: they are worked on again.

        What is published is not touched: of that nobody may be served an older copy.
        """
        for recording in self._rows():
            if recording.stage in _UNSEEN:
                with suppress(KeyGone):
                    self.vault.accept(recording.id)

    def _rows(self) -> Iterator[Recording]:
        """Every recording, newest call first."""
        last: RecordingId | None = None
        while page := self.catalog.list(Scope.system(), limit=PAGE, before=last):
            yield from page
            last = page[-1].id
