"""A person says that something is wrong: a note beside the words, or a fact corrected with history; never the sound.

Reads: cases, catalog, vault (corrections). Writes: vault (corrections), catalog, audit. Next: detect, which plans the
call anew: what a correction tells may be what the rules had missed.

Notes hold what the person said, so they are sealed with the originals, and given in her pack.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from recordings.audit import about
from recordings.beside import (
    LONGEST,
    MOST,
    Correction,
    corrections_from_document,
    corrections_to_document,
    without_codes,
)
from recordings.case_errors import CaseDiffers, IdentityNeeded
from recordings.documents import read_json, write_json
from recordings.engines import Clock
from recordings.errors import RequestInvalid, Restricted, TooMany
from recordings.facts import LaterFacts, with_later
from recordings.journal import KeepJournal
from recordings.lifecycle import is_reachable
from storage.amendments import Amendment, Amendments
from storage.cases import CLOSED, Case, CaseId, CaseKind, Cases, CaseState
from storage.errors import KeyGone, NotFound
from storage.ports import AuditLog, Catalog, JobQueue, SearchIndex
from storage.records import AuditEntry, Item, Recording, RecordingId, Reference, Scope
from storage.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Rectify:
    """Keeps corrections of calls. Safe to call from several threads."""

    cases: Cases
    amendments: Amendments
    catalog: Catalog
    vault: Vault
    index: SearchIndex
    queue: JobQueue
    audit: AuditLog
    journal: KeepJournal
    clock: Clock

    def note(  # noqa: PLR0913 - what is said, of which call and moment, for whom
        self, scope: Scope, recording: RecordingId, text: str, *, at: float | None, case: CaseId, actor: str
    ) -> Correction:
        """Keep a note beside the words; identity codes in it are masked.

        Raises NotFound, IdentityNeeded, CaseDiffers, Restricted, RequestInvalid, TooMany.
        """
        plain = without_codes(text)
        if not 1 <= len(plain) <= LONGEST:
            raise RequestInvalid([("text", f"from_1_to_{LONGEST}")])
        named = self._case(scope, recording, case)

        def write(row: Recording) -> tuple[list[Correction], dict[str, Any]]:
            if at is not None and row.seconds is not None and not 0 <= at <= row.seconds:
                raise RequestInvalid([("at", "within_the_call")])
            return [self._correction(named, actor, text=plain, at=at)], {}

        return self._amend(scope, recording, write, named, actor)[0]

    def correct(
        self, scope: Scope, recording: RecordingId, facts: LaterFacts, *, case: CaseId, actor: str
    ) -> Sequence[Correction]:
        """Correct direction, queue, agent or satisfaction; what they were is kept. What is right already is left out.

        Raises as `note`, and RequestInvalid for other facts.
        """
        if not facts.told or facts.kinds or facts.customer:
            raise RequestInvalid([("facts", "direction_queue_agent_or_satisfaction")])
        named = self._case(scope, recording, case)

        def write(row: Recording) -> tuple[list[Correction], dict[str, Any]]:
            changes = {name: value for name, value in facts.told.items() if getattr(row, name) != value}
            made = [
                self._correction(named, actor, field=name, before=getattr(row, name), after=value)
                for name, value in changes.items()
            ]
            return made, changes

        return self._amend(scope, recording, write, named, actor)

    def read(self, scope: Scope, recording: RecordingId, *, case: str, actor: str) -> Sequence[Correction]:
        """Return a call's corrections, oldest first; on record. Raises NotFound, Restricted."""
        found = self._reachable(self.catalog.get(scope, recording))
        entry = about(found, "corrections.opened", at=self.clock.now(), actor=actor, of_case=case)
        self.audit.append(entry)
        return self._known(found.id)

    def _amend(
        self,
        scope: Scope,
        recording: RecordingId,
        write: Callable[[Recording], tuple[list[Correction], dict[str, Any]]],
        case: Case,
        actor: str,
    ) -> Sequence[Correction]:
        made: list[Correction] = []

        def change(row: Recording, _known: Sequence[Reference]) -> Amendment | None:
            corrections, changes = write(self._reachable(row))
            if not corrections:
                return None
            known = self._known(row.id)
            if len(known) + len(corrections) > MOST:
                raise TooMany
            write_json(self.vault, row, Item.CORRECTIONS, corrections_to_document([*known, *corrections]))
            made.extend(corrections)
            if changes:  # as what was sent after the push: the person's own copy says what is right
                write_json(self.vault, row, Item.LATER_FACTS, with_later(self._later(row.id), changes))
            what = " ".join(each.field or "note" for each in corrections)
            return Amendment(audit=self._entry(row, "recording.rectified", actor, case, fields=what), changes=changes)

        amended = self.amendments.amend(scope, recording, change)
        if made:
            self._plan_again(amended, actor, case)
            self.journal.note()
        return made

    def _plan_again(self, recording: Recording, actor: str, case: Case) -> None:
        """Mask the call anew; from here on nobody sees its earlier copy."""
        planned = self.catalog.plan_again(
            recording.id, audit=self._entry(recording, "recording.planned-again", actor, case)
        )
        if planned is not None:
            self.index.remove(recording.id)
            self.queue.hint(planned, first=True)

    def _case(self, scope: Scope, recording: RecordingId, case_id: CaseId) -> Case:
        """Return the case, where it is an open one about rectification of whose call this is."""
        case = self.cases.get(scope, case_id)
        if case.state is CaseState.IDENTITY_AWAITED:
            raise IdentityNeeded
        if case.state in CLOSED or case.kind is not CaseKind.RECTIFICATION or case.customer is None:
            raise CaseDiffers
        calls = self.catalog.recordings_of(Scope.of(case.controller), case.customer)
        if recording not in {each.id for each in calls}:
            raise CaseDiffers
        return case

    def _reachable(self, recording: Recording) -> Recording:
        if not is_reachable(recording, self.clock.now()):
            raise NotFound
        if recording.restricted:
            raise Restricted
        return recording

    def _known(self, recording: RecordingId) -> tuple[Correction, ...]:
        try:
            return corrections_from_document(read_json(self.vault, recording, Item.CORRECTIONS))
        except KeyGone:  # a purge overtook this read
            raise NotFound from None
        except NotFound:
            return ()

    def _later(self, recording: RecordingId) -> dict[str, Any]:
        try:
            return read_json(self.vault, recording, Item.LATER_FACTS)
        except NotFound:  # nothing was sent
            return {}

    def _correction(self, case: Case, actor: str, **what: Any) -> Correction:
        return Correction(id=uuid4().hex, made_at=self.clock.now(), by=actor, case=case.name, **what)

    def _entry(self, recording: Recording, action: str, actor: str, case: Case, **detail: str) -> AuditEntry:
        return AuditEntry(
            at=self.clock.now(),
            actor=actor,
            action=action,
            controller=recording.controller,
            recording=recording.id,
            case=case.name,
            purpose=case.kind.value,
            detail=detail,
        )
