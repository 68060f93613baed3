"""Facts of a call that come after its push: whose call it was, what it turned out to be, who took it.

Reads: catalog, vault (facts). Writes: vault (later facts), keys, catalog, search index, audit. Next: detect, where the
call has to be masked more strictly by them.

All of it can be sent again with the same result: lists only grow, a time only moves earlier. What the row does not hold
in clear (references) is sealed while the row is locked, and before it changes: what was answered is durable.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from recordings.audit import about
from recordings.controllers import Controllers
from recordings.documents import read_json, write_json
from recordings.engines import Clock
from recordings.errors import CallPurged, Restricted
from recordings.facts import LaterFacts, parse_later_facts, roles_of, with_later
from recordings.journal import AmendedThen, KeepJournal
from recordings.lifecycle import is_reachable
from recordings.parts import Parts
from recordings.periods import Periods, end_of
from recordings.planning import digest_rules
from recordings.policies import Policies
from storage import crash_points
from storage.amendments import Amendment, Amendments
from storage.errors import NotFound
from storage.periods import Term
from storage.ports import Catalog, JobQueue, KeyStore, SearchIndex
from storage.records import Item, Kind, Recording, RecordingId, Reference, Scope
from storage.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Amend:
    """Takes later facts. Safe to call from several threads."""

    controllers: Controllers
    periods: Periods
    parts: Parts
    amendments: Amendments
    catalog: Catalog
    vault: Vault
    keys: KeyStore
    index: SearchIndex
    queue: JobQueue
    policies: Policies
    journal: KeepJournal
    clock: Clock

    def __call__(self, scope: Scope, recording_id: RecordingId, facts: LaterFacts, *, actor: str) -> Recording:
        """Add the facts and return the recording. Raises NotFound, CallPurged, Restricted, UnknownKind, NoPeriod."""
        recording = self._get(scope, recording_id)
        terms = self._terms(recording, facts)
        references = self._references(recording, facts)

        def change(row: Recording, known: Sequence[Reference]) -> Amendment | None:
            self._check(row)
            added = [each for each in references if each not in known]
            changes = self._changes(row, facts, terms)
            if not changes and not added:
                return None
            self._seal(row, facts)
            crash_points.reach("amend.sealed")
            self.parts.move_key(row, changes.get("delete_at", row.delete_at))
            names = [name for name in changes if name != "delete_at"] + (["customer"] if added else [])
            entry = about(row, "recording.facts-added", at=self.clock.now(), actor=actor, fields=" ".join(names))
            return Amendment(audit=entry, changes=changes, references=added)

        amended = self.amendments.amend(Scope.of(recording.controller), recording_id, change)
        crash_points.reach("amend.done")
        self.parts.align(amended, actor=actor)
        if facts.kinds or facts.customer:
            self._mask_by(amended, actor)
        self.journal.note()
        return self.catalog.get(Scope.of(recording.controller), recording_id)

    def again(self, recording_id: RecordingId, then: AmendedThen) -> None:
        """Let the row of a restored catalog know what was sent, and when the call began and ends. Raises NotFound."""

        def change(row: Recording, known: Sequence[Reference]) -> Amendment | None:
            facts = self._read_sealed(row)
            added = [each for each in self._references(row, facts) if each not in known]
            changes = _columns(row, facts, map(Kind, facts.kinds))
            if then.began_at < row.began_at:
                changes["call_started_at"] = then.began_at
            if then.delete_at < row.delete_at:
                changes["delete_at"] = then.delete_at
                self.parts.move_key(row, then.delete_at)
            audit = about(row, "recording.amended-again", at=self.clock.now(), actor="restore")
            return Amendment(audit=audit, changes=changes, references=added) if changes or added else None

        self.amendments.amend(Scope.system(), recording_id, change)

    def _read_sealed(self, row: Recording) -> LaterFacts:
        try:
            return parse_later_facts(json.dumps(read_json(self.vault, row.id, Item.LATER_FACTS)).encode())
        except NotFound:  # only its time moved
            return LaterFacts()

    def _get(self, scope: Scope, recording_id: RecordingId) -> Recording:
        try:
            recording = self.catalog.get(scope, recording_id)
        except NotFound:
            if self.catalog.receipts(scope, recording=recording_id, limit=1):
                raise CallPurged from None
            raise
        self._check(recording)
        return recording

    def _check(self, recording: Recording) -> None:
        """Refuse what is gone, or out of reach by its time, and what may only be kept (GDPR Art. 18)."""
        if not is_reachable(recording, self.clock.now()):
            raise CallPurged
        if recording.restricted:
            raise Restricted

    def _terms(self, recording: Recording, facts: LaterFacts) -> dict[Kind, Term]:
        """Return the terms of the kinds that were sent. Raises UnknownController, UnknownKind, NoPeriod."""
        if not facts.kinds:
            return {}
        controller = self.controllers.get(recording.controller)
        kinds = {controller.kind_of(name) for name in facts.kinds}
        return {kind: self.periods.in_force(controller.slug, kind) for kind in sorted(kinds)}

    def _references(self, recording: Recording, facts: LaterFacts) -> list[Reference]:
        return [
            Reference(type=kind, tag=self.keys.tag(recording.controller, f"reference:{kind}", value), role=role)
            for (kind, value), role in sorted(roles_of(facts.customer).items())
        ]

    def _changes(self, row: Recording, facts: LaterFacts, terms: dict[Kind, Term]) -> dict[str, Any]:
        changes = _columns(row, facts, terms)
        due = self._earliest(row, terms)
        if due < row.delete_at:
            changes["delete_at"] = due
        return changes

    def _earliest(self, row: Recording, terms: dict[Kind, Term]) -> datetime:
        """Return when the call ends by the strictest of its kinds; what would be past by now ends at once."""
        now = self.clock.now()
        return min([row.delete_at, *(max(end_of(row.began_at, term), now) for term in terms.values())])

    def _seal(self, row: Recording, facts: LaterFacts) -> None:
        try:
            before = read_json(self.vault, row.id, Item.LATER_FACTS)
        except NotFound:
            before = {}
        later = facts.model_dump(mode="json", exclude_unset=True)
        if facts.customer:  # with their roles, as a push writes them: else one would stand there twice
            later["customer"] = [each.model_dump(mode="json") for each in facts.customer]
        write_json(self.vault, row, Item.LATER_FACTS, with_later(before, later))

    def _mask_by(self, recording: Recording, actor: str) -> None:
        """Plan again what was not looked through with the rules that count by now; at once nobody sees it."""
        rules = digest_rules(self.policies(recording, read_json(self.vault, recording.id, Item.RAW_FACTS)))
        if recording.rules == rules:
            return
        audit = about(recording, "recording.planned-again", at=self.clock.now(), actor=actor)
        planned = self.catalog.plan_again(recording.id, audit=audit)
        if planned is not None:
            self.index.remove(recording.id)
            self.queue.hint(planned)


def _columns(row: Recording, facts: LaterFacts, asked: Iterable[Kind]) -> dict[str, Any]:
    """Return what the facts change in the row, its times aside."""
    changes = {name: value for name, value in facts.told.items() if value != getattr(row, name)}
    kinds = tuple(sorted({*row.kinds, *asked} - {row.kind}))
    return changes if kinds == row.kinds else {**changes, "kinds": kinds}
