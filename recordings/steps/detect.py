"""Words to a plan: which words and which stretches of sound go. The plan holds positions and kinds, never a value.

Reads: vault (raw words, raw facts for the known answers). Writes: masked store (plan). Next: mask.

Fail closed: a detector that raised has not looked, so the recording waits for a person and is never "clean".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from recordings.audit import about
from recordings.documents import RawWords, read_json, read_raw_words, write_json
from recordings.engines import Clock, Detector
from recordings.policies import Policies, Terms
from recordings.unheard import cut_unheard
from redaction.errors import RedactionError
from redaction.interchange import plan_to_dict
from redaction.model import Plan, Verdict
from redaction.plan import make_plan
from redaction.sounds import cut_keypad
from storage.masked_store import MaskedStore
from storage.ports import Catalog
from storage.records import Item, Recording, Stage
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
            plan = self._plan(recording, raw, terms)
        except RedactionError as failed:
            return self._set_aside(recording, failed.slug)
        write_json(self.masked, recording, Item.PLAN, plan_to_dict(plan))
        if plan.verdict is Verdict.QUARANTINE:
            return self._set_aside(recording, plan.reasons[0] if plan.reasons else "plan-incomplete")
        audit = about(recording, "recording.planned", at=self.clock.now(), verdict=plan.verdict.value)
        changes = {"verdict": plan.verdict.value, "slug": None}
        return self.catalog.move(recording, to=Stage.PLANNED, audit=audit, changes=changes)

    def _plan(self, recording: Recording, raw: RawWords, terms: Terms) -> Plan:
        policy, findings = terms.policy, terms.find(self.detector(), raw.transcript)
        plan = make_plan(raw.transcript, findings, policy=policy, quiet=raw.quiet or None, duration=recording.seconds)
        channels = len(raw.transcript.channels)
        plan = cut_keypad(plan, raw.keyed, policy=policy, channels=channels, duration=recording.seconds)
        return cut_unheard(plan, raw, duration=recording.seconds)

    def _set_aside(self, recording: Recording, slug: str) -> Recording:
        audit = about(recording, "recording.quarantined", at=self.clock.now(), slug=slug)
        changes = {"slug": slug, "verdict": Verdict.QUARANTINE.value}
        return self.catalog.move(recording, to=Stage.QUARANTINED, audit=audit, changes=changes)
