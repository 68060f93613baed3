"""Transcript and findings to a plan: which words go, and which stretches of sound (design.md, decisions 1 and 4)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

from redaction.believe import Clockwork
from redaction.mask_words import mask_words
from redaction.model import Finding, InSound, Plan, Transcript, Verdict, Window
from redaction.pauses import Quiet
from redaction.policy import Policy

PADDING = 0.25
# Seconds on both sides at least, pauses or not: word ends from attention lean early, and 250 ms is what field reports
# found to be enough (elizaOS#15876). On the sample calls it closed no gap that 0.1 s left: there a word was misheard.
REACH = 0.45
# Seconds: how far a window may grow towards a pause. People who dictate numbers pause between groups within this.
MERGE_GAP = 0.15
# Seconds: a shorter remnant between two windows is no word anyone needs, but may be half a digit.
REVIEW = "policy-review"
# Why a person has to look: the controller's policy asks for it at a score as low as this.


def make_plan(
    transcript: Transcript,
    findings: Sequence[Finding],
    *,
    policy: Policy,
    quiet: Quiet | None = None,
    duration: float | None = None,
) -> Plan:
    """Return the plan. `quiet` are the pauses per channel (`redaction.pauses`), `duration` the sound's seconds.

    Verdict: clean when nothing is to be cut, masked when all of it can be placed, else quarantine with reasons.
    """
    known_end = duration if duration is not None else transcript.duration
    clockwork = Clockwork(transcript.words, known_end)
    chosen = tuple(sorted((each for each in findings if policy.masks(each)), key=lambda each: (each.first, each.last)))
    windows: list[Window] = []
    reasons: set[str] = {REVIEW} if any(policy.doubts(each) for each in chosen) else set()
    every = tuple(range(len(transcript.channels)))
    for finding in chosen:
        span = clockwork.span(finding.first, finding.last)
        if span.end is None:
            reasons.add("finding-without-time")
            continue
        pauses = quiet[finding.channel] if quiet is not None and finding.channel < len(quiet) else None
        start, end = widen(span.start, span.end, pauses)
        end = _clip(end, known_end)
        sound = policy.rule(finding.type).sound
        windows.append(Window(start=min(start, end), end=end, channels=every, sound=sound))
    outcome = Verdict.MASKED if chosen else Verdict.CLEAN
    return Plan(
        verdict=Verdict.QUARANTINE if reasons else outcome,
        findings=chosen,
        windows=merge_windows(windows),
        masked_words=mask_words(transcript.words, chosen),
        reasons=tuple(sorted(reasons)),
    )


def widen(start: float, end: float, pauses: Sequence[tuple[float, float]] | None) -> tuple[float, float]:
    """Return the stretch padded and then grown to the nearest pause on both sides, at most by `REACH`.

    With pauses measured but none near, it grows by all of `REACH`: the words' ends are then in running speech, where
    they are least exact. Never narrower than padded.
    """
    if pauses is None:
        return max(0.0, start - PADDING), end + PADDING
    return max(0.0, _reach_back(start - PADDING, pauses)), _reach_on(end + PADDING, pauses)


def merge_windows(windows: Iterable[Window], gap: float = MERGE_GAP) -> tuple[Window, ...]:
    """Return the windows in order of start, those that touch or nearly touch joined over all their channels.

    Where silence meets a tone, all of it is tone: it says that something was cut.
    """
    merged: list[Window] = []
    for window in sorted(windows, key=lambda each: (each.start, each.end)):
        if merged and window.start <= merged[-1].end + gap:
            last = merged[-1]
            channels = tuple(sorted({*last.channels, *window.channels}))
            sound = last.sound if last.sound is window.sound else InSound.TONE
            merged[-1] = Window(start=last.start, end=max(last.end, window.end), channels=channels, sound=sound)
        else:
            merged.append(window)
    return tuple(merged)


def _reach_back(start: float, pauses: Sequence[tuple[float, float]]) -> float:
    """Return where the pause at or before `start` ends; `start` itself when it already lies in one."""
    at = bisect_right(pauses, (start, float("inf"))) - 1
    if at < 0:
        return start - REACH
    return max(start - REACH, min(start, pauses[at][1]))


def _reach_on(end: float, pauses: Sequence[tuple[float, float]]) -> float:
    """Return where the pause at or after `end` begins; `end` itself when it already lies in one."""
    at = bisect_left(pauses, end, key=lambda pause: pause[1])
    if at == len(pauses):
        return end + REACH
    return min(end + REACH, max(end, pauses[at][0]))


def _clip(end: float, duration: float | None) -> float:
    return end if duration is None else min(end, duration)
