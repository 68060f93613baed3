"""Findings that have a time and no words, into the plan: what they say is in the sound itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from redaction.errors import DetectionFailed
from redaction.keypad import Stretches
from redaction.model import Plan, SoundFinding, Verdict, Window
from redaction.plan import REVIEW, merge_windows, widen
from redaction.policy import Policy

KEYPAD = "KEYPAD"


def list_keypad(keyed: Stretches, policy: Policy) -> tuple[SoundFinding, ...]:
    """Return the stretches of `redaction.keypad` that the policy masks, in order of start, with their rule's slug."""
    found = (
        SoundFinding(type=KEYPAD, channel=channel, start=round(start, 3), end=round(end, 3), why=("tone-pairs",))
        for channel, stretches in enumerate(keyed)
        for start, end in stretches
    )
    return tuple(sorted((each for each in found if policy.masks(each)), key=lambda each: (each.start, each.channel)))


def cut_keypad(plan: Plan, keyed: Stretches, *, policy: Policy, channels: int, duration: float | None = None) -> Plan:
    """Return the plan with the keys cut too, padded as words are and on all channels.

    Not grown to a pause: a tone's ends are measured, a word's are guessed. Raises DetectionFailed unless every one of
    the channels was listened to.
    """
    if len(keyed) != channels:
        raise DetectionFailed
    sounds = list_keypad(keyed, policy)
    if not sounds:
        return plan
    cuts = cut_windows(sounds, channels=channels, duration=duration)
    cuts = tuple(replace(each, sound=policy.rule(KEYPAD).sound) for each in cuts)
    reasons = {*plan.reasons, *([REVIEW] if any(policy.doubts(each) for each in sounds) else [])}
    verdict = Verdict.MASKED if plan.verdict is Verdict.CLEAN else plan.verdict
    return replace(
        plan,
        windows=merge_windows((*plan.windows, *cuts)),
        verdict=Verdict.QUARANTINE if reasons else verdict,
        sounds=sounds,
        reasons=tuple(sorted(reasons)),
    )


def cut_windows(sounds: Sequence[SoundFinding], *, channels: int, duration: float | None) -> tuple[Window, ...]:
    """Return a window for each sound on all channels, within the recording."""
    spans = (widen(sound.start, sound.end, None) for sound in sounds)
    every = tuple(range(channels))
    return tuple(
        Window(start=start, end=end if duration is None else max(start, min(end, duration)), channels=every)
        for start, end in spans
    )


def count_findings(plan: Plan) -> Counter[str]:
    """Count the plan's data by type: runs of words of one datum once, each stretch of keys once."""
    said = Counter(kind for kind, _ in {(each.type, each.datum) for each in plan.findings})
    return said + Counter(sound.type for sound in plan.sounds)
