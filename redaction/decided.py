"""What people decided about places of a call, and what earlier plans of it masked: later runs only add (design.md 11).

A place is words, a time, or both. `masks` are personal data whatever the rules say; `clears` are none, and are the only
thing that takes a finding out of a plan or a doubt out of a second look.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from redaction.doubt import split_runs
from redaction.mask_words import covered_words, mask_words
from redaction.model import Finding, Plan, SoundFinding, Transcript, Verdict, Window, Word
from redaction.pauses import Quiet
from redaction.plan import PADDING, REVIEW, make_plan, merge_windows
from redaction.policy import Action, Policy
from redaction.turns import turn_times
from redaction.verify import STEP

BY_A_PERSON = "review"
# The rule slug of what a person marked.


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Words `first` to `last` of `channel`, or seconds, or both; `type` is what a person takes it for."""

    type: str
    channel: int | None = None
    first: int | None = None
    last: int | None = None
    start: float | None = None
    end: float | None = None

    def covers(self, start: float | None, end: float | None, *, by: float = 0.0) -> bool:
        """Tell whether a stretch of sound lies in the place, give or take `by` seconds."""
        if None in (self.start, self.end, start, end):
            return False
        return (self.start or 0.0) - by <= (start or 0.0) and (end or 0.0) <= (self.end or 0.0) + by


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """All that was decided about one call. A later word about the same words or time replaces an earlier one."""

    masks: tuple[Place, ...] = ()
    clears: tuple[Place, ...] = ()

    def spares_words(self, words: Sequence[Word], finding: Finding) -> bool:
        """Tell whether all of a finding's words were cleared."""
        return _indexes(words, self.clears).issuperset(covered_words(words, finding))

    def spares_rest(self, plan: Plan, finding: Finding) -> bool:
        """Tell whether all that a finding on masked words still shows was cleared."""
        words = plan.masked_words
        hidden = {index for each in plan.findings for index in covered_words(words, each)}
        return (hidden | _indexes(words, self.clears)).issuperset(covered_words(words, finding))

    def spares_sound(self, finding: Finding | SoundFinding) -> bool:
        """Tell whether what was heard again lies where a person cleared what is heard."""
        return any(place.covers(finding.start, finding.end, by=STEP) for place in self.clears)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planner:
    """Makes one call's plan of what is found today, of its plan before and of what was decided about it."""

    transcript: Transcript
    policy: Policy
    quiet: Quiet | None = None
    duration: float | None = None
    decided: Decided = field(default_factory=Decided)

    def __call__(self, found: Sequence[Finding], before: Plan | None = None) -> Plan:
        """Return the plan. Nothing that `before` cuts is left out of it but what was cleared."""
        if before is None and self.decided == Decided():
            return self._make(found, self.policy)
        words = self.transcript.words
        fits = before is not None and fits_words(before, words)
        kept = before.findings if before is not None and fits else ()
        dropped = [each for each in kept if self.decided.spares_words(words, each)]
        chosen = self._unite(
            tuple(_as_findings(words, self.decided.masks)),
            tuple(each for each in kept if each not in dropped),
            tuple(each for each in found if self.policy.masks(each) and not self.decided.spares_words(words, each)),
        )
        sure = _indexes(words, (place for place in self.decided.masks if place.start is not None))
        timed = [each for each in chosen if not sure.issuperset(covered_words(words, each))]
        plan = self._make(timed, _masking(self.policy))
        holes = (*self._make(dropped, _masking(self.policy)).windows, *self._cleared_times())
        windows = [*plan.windows, *self._decided_windows(), *_without(before.windows if before else (), holes)]
        return replace(
            plan,
            verdict=Verdict.MASKED if plan.verdict is Verdict.CLEAN and (chosen or windows) else plan.verdict,
            findings=chosen,
            windows=merge_windows(windows),
            masked_words=mask_words(words, chosen),
        )

    def without_review(self, plan: Plan) -> Plan:
        """Return the plan without the wish for a person's look, when a person has looked at all that it was for."""
        unsure = [each for each in plan.sounds if self.policy.doubts(each)]
        seen = all(any(place.covers(each.start, each.end) for place in self.decided.masks) for each in unsure)
        words = self.transcript.words
        said = _indexes(words, self.decided.masks)
        doubted = [each for each in plan.findings if self.policy.doubts(each)]
        if (
            REVIEW not in plan.reasons
            or not seen
            or any(not said.issuperset(covered_words(words, each)) for each in doubted)
        ):
            return plan
        reasons = tuple(reason for reason in plan.reasons if reason != REVIEW)
        return replace(plan, reasons=reasons, verdict=plan.verdict if reasons else Verdict.MASKED)

    def _make(self, findings: Sequence[Finding], policy: Policy) -> Plan:
        return make_plan(self.transcript, findings, policy=policy, quiet=self.quiet, duration=self.duration)

    def _decided_windows(self) -> Iterator[Window]:
        every = tuple(range(len(self.transcript.channels)))
        for place in self.decided.masks:
            if place.start is not None and place.end is not None:
                end = place.end + PADDING
                end = end if self.duration is None else min(end, self.duration)
                start = max(0.0, place.start - PADDING)
                yield Window(start=min(start, end), end=end, channels=every)

    def _cleared_times(self) -> Iterator[Window]:
        """Yield the places that were cleared by their time alone: what was heard there may be heard."""
        for place in self.decided.clears:
            if place.first is None and place.start is not None and place.end is not None:
                yield Window(start=place.start, end=place.end, channels=())

    def _unite(self, *layers: Sequence[Finding]) -> tuple[Finding, ...]:
        """Return the findings of all layers; words that an earlier layer has are taken out of a later one's."""
        words = self.transcript.words
        hidden: set[int] = set()
        data: dict[tuple[int, int], int] = {}
        united: list[Finding] = []
        for number, layer in enumerate(layers):
            for finding in sorted(layer, key=lambda each: (each.first, each.last)):
                covered = covered_words(words, finding)
                for run in split_runs(index for index in covered if index not in hidden):
                    datum = data.setdefault((number, finding.datum), len(data))
                    united.append(_cut(words, finding, run, datum))
                hidden.update(covered)
        return tuple(sorted(united, key=lambda each: (each.first, each.last)))


def fits_words(plan: Plan, words: Sequence[Word]) -> bool:
    """Tell whether a plan is of these words: heard anew they may be others, and its indexes point nowhere."""
    return len(plan.masked_words) == len(words) and all(
        (mine.channel, mine.start, mine.end) == (other.channel, other.start, other.end)
        for mine, other in zip(plan.masked_words, words, strict=True)
    )


def _cut(words: Sequence[Word], finding: Finding, run: Sequence[int], datum: int) -> Finding:
    """Return the part of a finding that is these words."""
    if (finding.first, finding.last) == (run[0], run[-1]):
        return replace(finding, datum=datum)
    times = turn_times(words, run)
    start, end = times if times is not None else (None, None)
    return replace(finding, datum=datum, first=run[0], last=run[-1], start=start, end=end)


def _as_findings(words: Sequence[Word], places: Iterable[Place]) -> Iterator[Finding]:
    for number, place in enumerate(places):
        for run in split_runs(sorted(_indexes(words, (place,)))):
            start, end = turn_times(words, run) or (place.start, place.end)
            yield Finding(
                type=place.type,
                channel=words[run[0]].channel,
                first=run[0],
                last=run[-1],
                datum=number,
                start=start,
                end=end,
                score=1.0,
                why=(BY_A_PERSON,),
            )


def _indexes(words: Sequence[Word], places: Iterable[Place]) -> set[int]:
    """Return the indexes of the words that the places name."""
    return {
        index
        for place in places
        if place.first is not None and place.last is not None
        for index in range(place.first, min(place.last + 1, len(words)))
        if words[index].channel == place.channel
    }


def _without(windows: Sequence[Window], holes: Sequence[Window]) -> Iterator[Window]:
    """Yield what is left of the windows outside the holes; what still has to be cut there is cut by what is kept."""
    for window in windows:
        at = window.start
        for hole in sorted(holes, key=lambda each: each.start):
            if hole.end <= at or hole.start >= window.end:
                continue
            if hole.start > at:
                yield replace(window, start=at, end=hole.start)
            at = max(at, hole.end)
        if at < window.end:
            yield replace(window, start=at)


def _masking(policy: Policy) -> Policy:
    """Return the policy with nothing kept: what was masked once is masked whatever today's policy keeps."""
    rules = {kind: replace(rule, action=Action.MASK, threshold=0.0) for kind, rule in policy.rules.items()}
    other = replace(policy.other, action=Action.MASK, threshold=0.0)
    return replace(policy, rules=MappingProxyType(rules), other=other)
