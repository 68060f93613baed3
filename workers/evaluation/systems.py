"""What is compared: Vaiti as the service runs it on words, and the peers, all planned by the same code."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from recordings.engines import Detector
from redaction.doubt import Settler
from redaction.errors import RedactionError
from redaction.mask_words import covered_words
from redaction.model import Finding, Plan, Transcript, Verdict, Window
from redaction.plan import make_plan
from redaction.policy import Policy, default_policy
from redaction.verify import Residue, residue
from workers.evaluation.labelled import LabelledCall

JITTER = 0.15
# Seconds, one standard deviation on each edge of a word: how far a recognizer's times are off.

Find = Callable[[LabelledCall], Sequence[Finding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a system made of a call: words that go, with the type; windows with true times and with jittered ones."""

    masked: Mapping[int, str]
    windows: tuple[Window, ...]
    jittered: tuple[Window, ...]
    findings: int
    quarantined: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """A way to find; `verifies` when it looks again at what it masked."""

    name: str
    find: Find
    verifies: bool = False

    def __call__(self, call: LabelledCall) -> Outcome:
        """Plan a call. A call that could not be looked through is held back, with nothing found."""
        try:
            plan = self._plan(call)
        except RedactionError:
            return Outcome(masked={}, windows=(), jittered=(), findings=0, quarantined=True)
        masked: dict[int, str] = {}
        for finding in plan.findings:
            for index in covered_words(call.transcript.words, finding):
                masked.setdefault(index, finding.type)
        unsure = jitter(call)
        shifted = make_plan(unsure, plan.findings, policy=_POLICY, duration=unsure.duration)
        return Outcome(
            masked=masked,
            windows=plan.windows,
            jittered=shifted.windows,
            findings=len(plan.findings),
            quarantined=plan.verdict is Verdict.QUARANTINE,
        )

    def _plan(self, call: LabelledCall) -> Plan:
        transcript = call.transcript
        plan = make_plan(transcript, self.find(call), policy=_POLICY, duration=transcript.duration)
        return self._verify(call, plan) if self.verifies else plan

    def _verify(self, call: LabelledCall, plan: Plan) -> Plan:
        """Detect again on the masked words, as the step that masks does; what no round mends is quarantined."""

        def look(plan: Plan) -> Residue:
            masked = replace(call.transcript, words=plan.masked_words)
            return residue(plan, on_words=self.find(replace(call, transcript=masked)))

        settle = Settler(transcript=call.transcript, policy=_POLICY, duration=call.transcript.duration)
        return settle(plan, look).plan


def vaiti(detector: Detector) -> System:
    """Return Vaiti's own detector with its second look."""

    def find(call: LabelledCall) -> Sequence[Finding]:
        found = detector.detect(call.transcript, own_numbers=call.own_numbers)
        return [each for each in found if _POLICY.masks(each)]

    return System(name="vaiti", find=find, verifies=True)


def jitter(call: LabelledCall) -> Transcript:
    """Return the transcript with each edge of each word off by a normal error; the same one for the same call."""
    rng = Random(f"{call.case}/jitter")  # noqa: S311 - an error to measure with, nothing secret
    words = []
    for word in call.transcript.words:
        if word.start is None or word.end is None:
            words.append(word)
            continue
        edges = sorted((word.start + rng.gauss(0, JITTER), word.end + rng.gauss(0, JITTER)))
        words.append(replace(word, start=max(0.0, edges[0]), end=max(0.01, edges[1])))
    return replace(call.transcript, words=tuple(words))


_POLICY: Policy = default_policy()
