"""Words to a plan: which words and which stretches of sound go. The plan holds positions and kinds, never a value.

Reads: vault (raw words, raw facts for the known answers), masked store (an earlier plan), catalog (decisions).
Writes: masked store (plan, with its doubtful places when a person has to look). Next: mask.

A later run only adds to an earlier plan; what a privacy officer cleared is the one thing that leaves it. Fail closed: a
detector that raised has not looked, so the recording waits for a person and is never "clean".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from recordings.audit import about
from recordings.documents import RawWords, read_json, read_raw_words, write_json
from recordings.doubts import doubts_of_plan, with_doubts
from recordings.engines import Clock, Detector
from recordings.lifecycle import flag
from recordings.planning import Call, digest_rules, listen_for_notice, plan_call
from recordings.policies import Policies
from recordings.quarantine import set_aside
from redaction.errors import RedactionError
from redaction.interchange import plan_from_dict, plan_to_dict
from redaction.model import Verdict
from redaction.talk import find_topics
from storage.errors import NotFound
from storage.masked_store import MaskedStore
from storage.ports import Catalog
from storage.records import Item, Recording, Scope, Stage
from storage.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Detect:
    """Runs on a recording that is `transcribed`."""

    catalog: Catalog
    vault: Vault
    masked: MaskedStore
    detector: Callable[[], Detector]
    policies: Policies
    clock: Clock

    def __call__(self, recording: Recording) -> Recording:
        """Return the recording, planned or quarantined. Raises storage's errors, to be tried again."""
        raw = read_raw_words(self.vault, recording.id)
        terms = self.policies(recording, read_json(self.vault, recording.id, Item.RAW_FACTS))
        try:
            plan = plan_call(self._call(recording, raw), terms, self.detector())
        except RedactionError as failed:
            return self._set_aside(recording, failed.slug)
        waits = plan.verdict is Verdict.QUARANTINE
        doubts = doubts_of_plan(plan, raw.transcript, terms.policy) if waits else ()
        write_json(self.masked, recording, Item.PLAN, with_doubts(plan_to_dict(plan), doubts))
        if waits:
            return self._set_aside(recording, plan.reasons[0] if plan.reasons else "plan-incomplete")
        audit = about(recording, "recording.planned", at=self.clock.now(), verdict=plan.verdict.value)
        changes = {"verdict": plan.verdict.value, "slug": None, "rules": digest_rules(terms)}
        changes |= flag(recording, find_topics(raw.transcript.words)) | listen_for_notice(raw)
        return self.catalog.move(recording, to=Stage.PLANNED, audit=audit, changes=changes)

    def _call(self, recording: Recording, raw: RawWords) -> Call:
        """Return what is known of the call. Raises BadInput for an earlier plan that cannot be read."""
        try:
            before = plan_from_dict(read_json(self.masked, recording.id, Item.PLAN))
        except NotFound:
            before = None
        decisions = tuple(self.catalog.decisions(Scope.system(), recording.id))
        return Call(raw=raw, seconds=recording.seconds, before=before, decisions=decisions)

    def _set_aside(self, recording: Recording, slug: str) -> Recording:
        return set_aside(recording, slug, catalog=self.catalog, masked=self.masked, clock=self.clock)
