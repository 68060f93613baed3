"""One call's plan: what is found today, what was masked before and what people decided (design.md 11).

The step that plans uses it, and the one that looks whether today's rules find more than a published copy masks: both
must come to the same plan.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from recordings.documents import RawWords
from recordings.engines import Detector
from recordings.policies import Terms
from recordings.unheard import cut_unheard
from redaction.decided import Decided, Place, Planner
from redaction.model import Plan, Transcript, Verdict
from redaction.notice import find_notice
from redaction.policy import Policy
from redaction.sounds import cut_keypad
from storage.records import Decision, DecisionAction

NOT_ENABLED = "language-not-enabled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What is known of one call besides the rules: what was heard, its earlier plan, what was decided about it."""

    raw: RawWords
    seconds: float | None
    before: Plan | None = None
    decisions: tuple[Decision, ...] = ()

    @property
    def decided(self) -> Decided:
        """The decisions that still stand."""
        return decided_of(self.decisions)


def listen_for_notice(raw: RawWords) -> dict[str, bool | float | None]:
    """Return what changes when it is known whether the caller was told that the call is recorded."""
    at = find_notice(raw.transcript.words, [channel.role for channel in raw.transcript.channels])
    return {"told": at is not None, "told_at": at}


def plan_call(call: Call, terms: Terms, detector: Detector) -> Plan:
    """Return the plan by today's rules; nothing that was cut before is missing but what was cleared.

    Raises RedactionError.
    """
    raw, policy = call.raw, terms.policy
    planner = Planner(
        transcript=raw.transcript,
        policy=policy,
        quiet=raw.quiet or None,
        duration=call.seconds,
        decided=call.decided,
    )
    plan = planner(terms.find(detector, raw.transcript), call.before)
    channels = len(raw.transcript.channels)
    plan = cut_keypad(plan, raw.keyed, policy=policy, channels=channels, duration=call.seconds)
    plan = cut_unheard(planner.without_review(plan), raw, duration=call.seconds)
    return _in_languages(plan, raw.transcript, terms)


def _in_languages(plan: Plan, transcript: Transcript, terms: Terms) -> Plan:
    """Let a person look at a call in which a language is spoken that is not enabled: the rules may not read it.

    Where no language was found in a channel, the stated one counts.
    """
    channels = {word.channel for word in transcript.words} or set(range(len(transcript.channels)))
    spoken = {transcript.channels[channel].language or transcript.language for channel in channels}
    if spoken <= terms.languages:
        return plan
    return replace(plan, verdict=Verdict.QUARANTINE, reasons=(NOT_ENABLED, *plan.reasons))


def decided_of(decisions: Iterable[Decision]) -> Decided:
    """Return what stands: a later decision about the same place takes the place of an earlier one."""
    standing: dict[tuple[object, ...], Decision] = {}
    for decision in decisions:
        words = (decision.channel, decision.first, decision.last)
        standing[words if decision.first is not None else (decision.start, decision.end)] = decision
    return Decided(
        masks=tuple(_place(each) for each in standing.values() if each.action is DecisionAction.MASK),
        clears=tuple(_place(each) for each in standing.values() if each.action is DecisionAction.CLEAR),
    )


def digest_rules(terms: Terms) -> str:
    """Return a digest of the rules that a call is looked through with: the code and lists of `redaction`, its policy.

    Any edit makes another one. That asks for a look too many now and then, and never for one too few.
    """
    digest = hashlib.sha256(_digest_package().encode())
    for each in fields(Policy):
        if each.name != "namer":
            digest.update(_plain(getattr(terms.policy, each.name)).encode())
    digest.update(repr(tuple(terms.own_numbers)).encode())
    digest.update(repr(sorted(terms.languages)).encode())
    return digest.hexdigest()[:32]


def _place(decision: Decision) -> Place:
    return Place(
        type=decision.type,
        channel=decision.channel,
        first=decision.first,
        last=decision.last,
        start=decision.start,
        end=decision.end,
    )


def _plain(value: object) -> str:
    # the order of a set differs from process to process
    return repr(sorted(map(repr, value))) if isinstance(value, frozenset) else repr(value)


@cache
def _digest_package() -> str:
    digest = hashlib.sha256()
    for name, file in sorted(_walk(files("redaction"), "")):
        digest.update(name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _walk(folder: Traversable, name: str) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for each in folder.iterdir():
        if each.is_dir() and each.name != "__pycache__":
            found += _walk(each, f"{name}{each.name}/")
        elif each.is_file():
            found.append((f"{name}{each.name}", each))
    return found
