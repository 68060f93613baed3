"""Mask, look again, widen; what cannot be cleared in parts goes by whole turns; then a person looks (design.md 5).

One loop for the service, for `vaiti redact` and for the benchmark. Pure: the caller's `look` masks by a plan and says
what it still tells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from redaction.mask_words import covered_words
from redaction.model import Finding, Plan, Transcript, Verdict, Window, Word
from redaction.pauses import Quiet
from redaction.plan import make_plan
from redaction.policy import Policy
from redaction.turns import turn_runs, turn_times
from redaction.verify import Residue, mend

ROUNDS = 3
# The first masking and two that are widened; then the doubtful turns go whole, and one more look decides.
DOUBTFUL = "DOUBTFUL"
# The type of words that no recognizer named: the rest of a turn that could not be cleared in parts.
WHOLE_TURN = "whole-turn"
RESIDUE = "residue-after-masking"

Run = tuple[int, ...]
"""Word indexes of one turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The plan that held, or one whose verdict is quarantine with what was `left` of it: a person's doubtful places."""

    plan: Plan
    left: Residue = field(default_factory=Residue)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settler:
    """Takes one call's plan to its end. `quiet` and `duration` as in `make_plan`."""

    transcript: Transcript
    policy: Policy
    quiet: Quiet | None = None
    duration: float | None = None

    def __call__(self, plan: Plan, look: Callable[[Plan], Residue]) -> Settled:
        """Return what held. `look` is called once a round with the plan to mask by; it raises what it raises."""
        if plan.verdict is Verdict.QUARANTINE:
            return Settled(plan=plan)
        left = Residue()
        for _ in range(ROUNDS):
            left = look(plan)
            if left.clean:
                return Settled(plan=plan)
            plan = self._mend(plan, left)
            if plan.verdict is Verdict.QUARANTINE:
                return Settled(plan=plan, left=left)
        plan = self._mask_turns(plan, left)
        if plan.verdict is not Verdict.QUARANTINE:
            left = look(plan)
            if left.clean:
                return Settled(plan=plan)
        reasons = tuple(sorted({*plan.reasons, *left.stuck, RESIDUE}))
        return Settled(plan=replace(plan, verdict=Verdict.QUARANTINE, reasons=reasons), left=left)

    def _mend(self, plan: Plan, left: Residue) -> Plan:
        added = make_plan(self.transcript, left.findings, policy=self.policy, quiet=self.quiet, duration=self.duration)
        return mend(plan, left, transcript=self.transcript, added=added)

    def _mask_turns(self, plan: Plan, left: Residue) -> Plan:
        """Return the plan with the doubtful turns cut whole, whatever the policy keeps: nobody knows what they say."""
        rest = Residue(findings=self._whole_turns(plan, left), windows=tuple(self._turn_windows(left)))
        added = make_plan(self.transcript, rest.findings, policy=Policy(), quiet=self.quiet, duration=self.duration)
        return mend(plan, rest, transcript=self.transcript, added=added)

    def _doubtful(self, left: Residue) -> Iterator[Run]:
        """Yield the turns in which something is left: by their words, or by their time, or next to it."""
        words = self.transcript.words
        shown = {index for finding in left.findings for index in covered_words(words, finding)}
        runs = [(run, turn_times(words, run)) for run in turn_runs(words)]
        heard = {run for window in left.heard for run in _at(window, runs)}
        yield from (run for run, _ in runs if shown.intersection(run) or run in heard)

    def _turn_windows(self, left: Residue) -> Iterator[Window]:
        """Yield the whole time of each doubtful turn: what was said between its words was said there too."""
        every = tuple(range(len(self.transcript.channels)))
        for run in self._doubtful(left):
            times = turn_times(self.transcript.words, run)
            if times is not None:
                yield Window(start=max(0.0, times[0]), end=times[1], channels=every)

    def _whole_turns(self, plan: Plan, left: Residue) -> tuple[Finding, ...]:
        """Return the words of the doubtful turns that the plan does not mask yet, each turn one datum."""
        words = self.transcript.words
        hidden = {index for finding in plan.findings for index in covered_words(words, finding)}
        datum = max((finding.datum for finding in plan.findings), default=-1)
        return tuple(
            _finding(words, piece, datum + number)
            for number, run in enumerate(self._doubtful(left), start=1)
            for piece in split_runs(index for index in run if index not in hidden)
        )


def split_runs(indexes: Iterable[int]) -> Iterator[Run]:
    """Yield unbroken runs of ascending indexes: another channel's word, or a masked one, ends a run."""
    run: list[int] = []
    for index in indexes:
        if run and index != run[-1] + 1:
            yield tuple(run)
            run = []
        run.append(index)
    if run:
        yield tuple(run)


def _finding(words: Sequence[Word], run: Sequence[int], datum: int) -> Finding:
    times = turn_times(words, run)
    return Finding(
        type=DOUBTFUL,
        channel=words[run[0]].channel,
        first=run[0],
        last=run[-1],
        datum=datum,
        start=times[0] if times else None,
        end=times[1] if times else None,
        score=1.0,
        why=(WHOLE_TURN,),
    )


def _at(window: Window, runs: Sequence[tuple[Run, tuple[float, float] | None]]) -> tuple[Run, ...]:
    """Return the turns during which something was heard, or else the one that is next to it in time."""
    away = {run: max(0.0, times[0] - window.end, window.start - times[1]) for run, times in runs if times is not None}
    least = min(away.values(), default=0.0)
    return tuple(run for run, seconds in away.items() if seconds <= least)
