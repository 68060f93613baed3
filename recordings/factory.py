"""The place that puts the service together (with `recordings.stores`): settings and engines in, a service out.

Two lifetimes: what a process has once (stores, keys, engines) and the steps, which are cheap values over them. The API
process never builds an engine: the models are made by the callables at their first use, in the process that works.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from recordings.adoption import Adoption
from recordings.controllers import Controllers
from recordings.engines import AudioCodec, Clock, Detector, Tone, Transcriber
from recordings.errors import NoStep, SettingsWrong
from recordings.holding import Holding
from recordings.journal import KeepJournal
from recordings.pipeline import PIPELINE
from recordings.policies import Policies
from recordings.purge_guard import PurgeGuard
from recordings.retention import is_past
from recordings.settings import KEY_STORE, Settings
from recordings.status import ReadStatus
from recordings.steps.access import Access
from recordings.steps.clearance import Clear
from recordings.steps.detect import Detect
from recordings.steps.index import Index
from recordings.steps.ingest import Ingest, Limits
from recordings.steps.keys import KeepKeys
from recordings.steps.mask import Mask
from recordings.steps.profile import SetProfile
from recordings.steps.purge import Progress, Purge
from recordings.steps.reconcile import Reconcile
from recordings.steps.remask import Remask
from recordings.steps.review import Review
from recordings.steps.search import Search
from recordings.steps.transcribe import Transcribe
from recordings.steps.view import View
from recordings.stores import open_catalog, open_journal, open_objects, open_root_keys
from recordings.weekly import ReportWeek
from storage import crash_points
from storage.data_files import DataFiles
from storage.embedded_queue import EmbeddedQueue
from storage.key_backup import KeyBackups
from storage.keyring import Keyring
from storage.masked_store import MaskedStore
from storage.ports import ObjectStore
from storage.records import Recording, Stage
from storage.reserve import Reserve
from storage.sql import (
    Database,
    SqlAuditLog,
    SqlCatalog,
    SqlGuardMemory,
    SqlHoldStore,
    SqlSearchIndex,
    SqlSweepBooks,
)
from storage.vault import Vault

OWNER_ONLY = 0o700

Step = Callable[[Recording], Recording]


@dataclass(frozen=True, slots=True, kw_only=True)
class Engines:
    """The heavy parts, as `workers` builds them. Models are callables: built at their first use, then kept."""

    codec: AudioCodec
    transcriber: Callable[[], Transcriber]
    detector: Callable[[], Detector]
    tone: Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class Vaiti:
    """The service: its stores, and one callable for each thing it does."""

    settings: Settings
    clock: Clock
    controllers: Controllers
    given: Engines | None
    database: Database
    catalog: SqlCatalog
    index: SqlSearchIndex
    audit: SqlAuditLog
    guard_memory: SqlGuardMemory
    holds: SqlHoldStore
    sweeps: SqlSweepBooks
    objects: ObjectStore
    keys: Keyring
    signer: Keyring
    vault: Vault
    masked: MaskedStore
    queue: EmbeddedQueue

    @classmethod
    def open(
        cls, settings: Settings, *, clock: Clock, engines: Engines | None = None, to_replay: bool = False
    ) -> Vaiti:
        """Open or make the data folder. Without engines it searches, answers and purges, and takes no push.

        Raises SettingsWrong, KeysUnusable, DatabaseUnfit, Unavailable, and RestoreNeeded for a database that was put
        back, but `to_replay` (`recordings.restoring`). A bucket is not asked before something is read or written.
        """
        if settings.controllers is None:
            raise SettingsWrong("There is no controllers file (VAITI_CONTROLLERS): no period, so nothing may be kept.")
        controllers = Controllers.read(settings.controllers)
        roots = open_root_keys(settings)
        settings.data.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
        keys = Keyring.open(settings.data / KEY_STORE, roots=roots, now=clock.now)
        database = open_catalog(settings, keys)
        if not to_replay:
            open_journal(settings, database).open()
        objects = open_objects(settings)
        return cls(
            settings=settings,
            clock=clock,
            controllers=controllers,
            given=engines,
            database=database,
            catalog=SqlCatalog(database),
            index=SqlSearchIndex(database),
            audit=SqlAuditLog(database),
            guard_memory=SqlGuardMemory(database),
            holds=SqlHoldStore(database),
            sweeps=SqlSweepBooks(database),
            objects=objects,
            keys=keys,
            signer=keys,
            vault=Vault(objects, keys),
            masked=MaskedStore(objects, keys),
            queue=EmbeddedQueue(),
        )

    @property
    def journal(self) -> KeepJournal:
        """Keeps outside what a restored database must not forget."""
        return open_journal(self.settings, self.database)

    def close(self) -> None:
        """Close the stores."""
        self.database.close()
        self.keys.close()

    @property
    def engines(self) -> Engines:
        """The heavy parts. Raises SettingsWrong in a process that was opened without them."""
        if self.given is None:
            raise SettingsWrong("This process was started without engines for sound and speech.")
        return self.given

    def advance(self, recording: Recording) -> Recording:
        """Run the step of the recording's stage; returns the recording as it then is. Raises NoStep, as steps do."""
        steps = {arrow.waits_in: arrow.step for arrow in PIPELINE}
        if recording.stage not in steps:
            raise NoStep
        moved = self.steps[steps[recording.stage]](recording)
        if moved.stage in steps:
            self.queue.hint(moved.id)
        return moved

    @property
    def steps(self) -> Mapping[str, Step]:
        """The steps of the pipeline by name."""
        return {
            "transcribe": Transcribe(
                catalog=self.catalog,
                vault=self.vault,
                codec=self.engines.codec,
                transcriber=self.engines.transcriber,
                clock=self.clock,
            ),
            "detect": Detect(
                catalog=self.catalog,
                vault=self.vault,
                masked=self.masked,
                detector=self.engines.detector,
                policies=self.policies,
                clock=self.clock,
            ),
            "mask": Mask(
                catalog=self.catalog,
                vault=self.vault,
                masked=self.masked,
                codec=self.engines.codec,
                transcriber=self.engines.transcriber,
                detector=self.engines.detector,
                tone=self.engines.tone,
                policies=self.policies,
                clock=self.clock,
            ),
            "index": Index(catalog=self.catalog, masked=self.masked, index=self.index, clock=self.clock),
        }

    @property
    def policies(self) -> Policies:
        """Says how a recording is masked: `policies(recording, facts)`."""
        return Policies(controllers=self.controllers, keys=self.keys, catalog=self.catalog)

    @property
    def set_profile(self) -> SetProfile:
        """Masks a person's calls more strictly: `set_profile(controller, reference, profile, actor=...)`."""
        return SetProfile(
            catalog=self.catalog,
            keys=self.keys,
            index=self.index,
            queue=self.queue,
            controllers=self.controllers,
            clock=self.clock,
        )

    @property
    def clear(self) -> Clear:
        """Flags calls and takes the privacy officer's word: `clear.decide(scope, id, clearance, actor=...)`."""
        return Clear(catalog=self.catalog, clock=self.clock)

    @property
    def ingest(self) -> Ingest:
        """Takes a push: `ingest(facts, audio, actor=..., idempotency_key=...)`."""
        return Ingest(
            controllers=self.controllers,
            catalog=self.catalog,
            vault=self.vault,
            keys=self.keys,
            queue=self.queue,
            signer=self.signer,
            codec=self.engines.codec,
            clock=self.clock,
            limits=Limits(seconds=self.settings.max_call_seconds, size=self.settings.max_audio_bytes),
        )

    @property
    def search(self) -> Search:
        """Finds turns: `search(scope, query, actor=...)`."""
        return Search(
            catalog=self.catalog,
            index=self.index,
            audit=self.audit,
            keys=self.keys,
            controllers=self.controllers,
            clock=self.clock,
        )

    @property
    def view(self) -> View:
        """Reads what staff may see."""
        return View(catalog=self.catalog, masked=self.masked, holds=self.holds, audit=self.audit, clock=self.clock)

    @property
    def access(self) -> Access:
        """Writes a person's own calls: `access(request, out)`."""
        return Access(
            catalog=self.catalog,
            vault=self.vault,
            audit=self.audit,
            codec=self.engines.codec,
            controllers=self.controllers,
            holding=self.holding,
            clock=self.clock,
        )

    @property
    def holding(self) -> Holding:
        """What `recordings.steps.hold`, `hold_for_request` and `restrict` are made of."""
        return Holding(
            store=self.holds,
            catalog=self.catalog,
            keys=self.keys,
            controllers=self.controllers,
            clock=self.clock,
            settings=self.settings,
            journal=self.journal,
        )

    def let_go(self, recordings: Sequence[Recording]) -> list[Mapping[str, Any]]:
        """Purge at once what only a hold has kept; returns the receipts. Other keys go back under their days'."""
        now = self.clock.now()
        due = [each for each in recordings if not each.held and is_past(each.delete_at, now)]
        receipts = []
        for each in due:
            receipts.append(self.purge(each.id, reason="period-ended"))
            crash_points.reach("hold.call-purged")
        self.journal.note()
        self.holding.settle()
        return receipts

    @property
    def review(self) -> Review:
        """Shows what waits for a person, and takes the decision: `review.decide(scope, id, choice, reviewer)`."""
        return Review(
            catalog=self.catalog,
            vault=self.vault,
            masked=self.masked,
            audit=self.audit,
            queue=self.queue,
            clock=self.clock,
        )

    @property
    def remask(self) -> Remask:
        """Looks through what is published with today's rules: `remask(scope, id)`."""
        return Remask(
            catalog=self.catalog,
            vault=self.vault,
            masked=self.masked,
            detector=self.engines.detector,
            policies=self.policies,
            index=self.index,
            audit=self.audit,
            clock=self.clock,
        )

    @property
    def purge(self) -> Purge:
        """Ends one recording: `purge(recording_id, reason=...)`; returns its receipt."""
        return Purge(
            catalog=self.catalog,
            vault=self.vault,
            index=self.index,
            keys=self.keys,
            audit=self.audit,
            signer=self.signer,
            clock=self.clock,
            guard=self.guard,
        )

    @property
    def guard(self) -> PurgeGuard:
        """Asked before each sweep: has the clock jumped, is too much due at once?"""
        return PurgeGuard(memory=self.guard_memory, clock=self.clock)

    def purge_due(
        self, now: datetime, progress: Progress | None = None, *, confirmed_by: str | None = None
    ) -> list[Mapping[str, Any]]:
        """Purge everything whose time has come at `now`; returns the signed receipts. Raises PurgeHalted.

        `confirmed_by` is a person who has looked at what halted the purge.
        """
        Reserve.of(self.settings.data).spend()
        self.holding.lapse(now)
        try:
            return self.purge.due(now, progress, confirmed_by=confirmed_by)
        finally:
            self.journal.note()

    @property
    def keep_keys(self) -> KeepKeys:
        """Rotates the root key and backs the key store up: `keep_keys.back_up(actor=...)`."""
        return KeepKeys(
            database=self.keys.database,
            backups=KeyBackups(self.keys.database, life=timedelta(days=self.settings.key_backup_days)),
            folder=self.settings.key_backups,
            fresh_for=timedelta(hours=self.settings.key_backup_fresh_hours),
            audit=self.audit,
            clock=self.clock,
        )

    @property
    def reconcile(self) -> Reconcile:
        """Compares all stores: `reconcile()`."""
        return Reconcile(
            catalog=self.catalog,
            vault=self.vault,
            objects=self.objects,
            keys=self.keys,
            index=self.index,
            queue=self.queue,
            audit=self.audit,
            sweeps=self.sweeps,
            files=DataFiles(self.settings.data),
            clock=self.clock,
            adopt=Adoption(catalog=self.catalog, vault=self.vault, clock=self.clock),
        )

    @property
    def status(self) -> ReadStatus:
        """Counts how the service stands: `status()`."""
        return ReadStatus(
            catalog=self.catalog,
            memory=self.guard_memory,
            holds=self.holds,
            sweeps=self.sweeps,
            clock=self.clock,
        )

    @property
    def report_week(self) -> ReportWeek:
        """Signs what became of a week: `report_week(controller, week)`."""
        return ReportWeek(status=self.status, sweeps=self.sweeps, signer=self.signer)

    def count(self) -> Mapping[Stage, int]:
        """How many recordings are in each stage."""
        return self.catalog.count(self.controllers.scope)
