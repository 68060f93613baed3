"""The place that puts the service together: settings and engines in, a service out.

Two lifetimes: what a process has once (`recordings.opened`: stores, keys, engines) and the steps, which are cheap
values over them. The API process never builds an engine: the models are made by the callables at their first use, in
the process that works.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from recordings.adoption import Adoption
from recordings.errors import NoStep
from recordings.officers import ForOfficers
from recordings.opened import Engines
from recordings.parts import Parts
from recordings.periods import Periods
from recordings.pipeline import PIPELINE
from recordings.policies import Policies
from recordings.portal_intake import PortalIntake
from recordings.purge_guard import PurgeGuard
from recordings.quotas import Quotas
from recordings.readiness import CheckReady
from recordings.retention import is_past
from recordings.status import ReadStatus
from recordings.steps.amend import Amend
from recordings.steps.api_keys import KeepApiKeys
from recordings.steps.detect import Detect
from recordings.steps.hear import Hear
from recordings.steps.index import Index
from recordings.steps.ingest import Ingest, Limits
from recordings.steps.keys import KeepKeys
from recordings.steps.mask import Mask
from recordings.steps.purge import Hand, Progress, Purge
from recordings.steps.reconcile import Reconcile
from recordings.steps.remask import Remask
from recordings.steps.review import Review
from recordings.steps.saved import KeepSearches
from recordings.steps.search import Search
from recordings.steps.shorten import Shorten
from recordings.steps.transcribe import Transcribe
from recordings.steps.view import View
from recordings.weekly import ReportWeek
from recordings.workload import ReadWorkload
from storage import crash_points
from storage.data_files import DataFiles
from storage.key_backup import KeyBackups
from storage.records import Recording, Stage
from storage.reserve import Reserve

__all__ = ["Engines", "Vaiti"]

Step = Callable[[Recording], Recording]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vaiti(ForOfficers):
    """The service: its stores, and one callable for each thing it does."""

    def advance(self, recording: Recording) -> Recording:
        """Run the step of the recording's stage; returns the recording as it then is. Raises NoStep, as steps do."""
        steps = {arrow.waits_in: arrow.step for arrow in PIPELINE}
        if recording.stage not in steps:
            raise NoStep
        moved = self.steps[steps[recording.stage]](recording)
        if moved.stage in steps:
            self.queue.hint(moved)
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
    def ingest(self) -> Ingest:
        """Takes a push: `ingest(facts, audio, actor=..., idempotency_key=...)`."""
        return Ingest(
            controllers=self.controllers,
            periods=self.periods,
            parts=self.parts,
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
    def quotas(self) -> Quotas:
        """Counts pushes: `quotas.admit(controller, stated=...)`."""
        return Quotas(rates=self.rates, most_bytes=self.settings.max_audio_bytes)

    @property
    def keep_api_keys(self) -> KeepApiKeys:
        """Makes, rotates and ends the keys of pushing systems."""
        return KeepApiKeys(store=self.api_keys, controllers=self.controllers, journal=self.journal, clock=self.clock)

    @property
    def parts(self) -> Parts:
        """Lets the parts of a call end together: `parts.align(recording, actor=...)`."""
        return Parts(amendments=self.amendments, periods=self.periods, keys=self.keys, clock=self.clock)

    @property
    def amend(self) -> Amend:
        """Takes facts that come after the push: `amend(scope, id, facts, actor=...)`."""
        return Amend(
            controllers=self.controllers,
            periods=self.periods,
            parts=self.parts,
            amendments=self.amendments,
            catalog=self.catalog,
            vault=self.vault,
            keys=self.keys,
            index=self.index,
            queue=self.queue,
            policies=self.policies,
            journal=self.journal,
            clock=self.clock,
        )

    @property
    def periods(self) -> Periods:
        """Says when calls end: `periods.in_force(controller, kind)`."""
        return Periods(books=self.period_books, controllers=self.controllers, clock=self.clock)

    @property
    def shorten(self) -> Shorten:
        """Makes a period shorter, by two persons and a day: `shorten.propose(controller, kind, actor=...)`."""
        return Shorten(periods=self.periods, keys=self.keys, guard=self.guard, journal=self.journal)

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
    def keep_searches(self) -> KeepSearches:
        """Saves searches: `keep_searches.save(name, search, actor=...)`."""
        return KeepSearches(store=self.saved_searches, clock=self.clock)

    @property
    def view(self) -> View:
        """Reads what staff may see."""
        return View(catalog=self.catalog, masked=self.masked, holds=self.holds, audit=self.audit, clock=self.clock)

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
            journal=self.journal,
        )

    @property
    def hear(self) -> Hear:
        """Plays a doubtful place to who may open originals: `hear(recording, place, actor=...)`."""
        return Hear(vault=self.vault, codec=self.engines.codec, audit=self.audit, clock=self.clock)

    @property
    def portal_intake(self) -> PortalIntake:
        """Takes what customer portals send: `portal_intake.open(controller, portal, assertion, actor=...)`."""
        return PortalIntake(
            cases=self.cases,
            keep_cases=self.keep_cases,
            search=self.search,
            keys=self.keys,
            controllers=self.controllers,
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
            queue=self.queue,
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
        receipts: list[Mapping[str, Any]] = []
        self.purge_all_due(now, progress, confirmed_by=confirmed_by, hand=receipts.extend)
        return receipts

    def purge_all_due(
        self,
        now: datetime,
        progress: Progress | None = None,
        *,
        confirmed_by: str | None = None,
        hand: Hand | None = None,
    ) -> int:
        """Do as `purge_due`, however many there are: returns their number, and hands receipts over part by part."""
        Reserve.of(self.settings.data).spend()
        self.holding.lapse(now)
        try:
            return self.purge.due(now, progress, confirmed_by=confirmed_by, hand=hand)
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
            adopt=Adoption(catalog=self.catalog, vault=self.vault, periods=self.periods, clock=self.clock),
        )

    @property
    def status(self) -> ReadStatus:
        """Counts how the service stands: `status()`."""
        return ReadStatus(
            catalog=self.catalog,
            memory=self.guard_memory,
            holds=self.holds,
            sweeps=self.sweeps,
            periods=self.periods,
            clock=self.clock,
        )

    @property
    def workload(self) -> ReadWorkload:
        """Tells how the work goes: `workload()`."""
        return ReadWorkload(
            books=self.work_books,
            queue=self.queue,
            memory=self.guard_memory,
            data=self.settings.data,
            clock=self.clock,
        )

    @property
    def check_ready(self) -> CheckReady:
        """Tells whether this process can serve now: `check_ready()`."""
        return CheckReady(
            memory=self.guard_memory,
            keys=self.keys,
            objects=self.objects,
            queue=self.queue,
            reserve=Reserve.of(self.settings.data),
        )

    @property
    def report_week(self) -> ReportWeek:
        """Signs what became of a week: `report_week(controller, week)`."""
        return ReportWeek(status=self.status, sweeps=self.sweeps, signer=self.signer)

    def count(self) -> Mapping[Stage, int]:
        """How many recordings are in each stage."""
        return self.catalog.count(self.controllers.scope)
