"""Another look after masking: what still shows, and what to widen (design.md, decision 5).

Two looks: the detector on the masked words, and the detector on a second transcript of the masked sound around the
cuts. Pure: the caller decides how many rounds it grants before a person must look.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from redaction.mask_words import covered_words, mask_words
from redaction.model import Finding, Plan, SoundFinding, Transcript, Verdict, Window
from redaction.plan import merge_windows

NEAR = 3.0
# Seconds: a number that a cut took only in part is heard this close to it.
_MASK = re.compile(r"\[[A-Z][A-Z0-9_]*\]")
STEP = 0.5
# Seconds a window grows on each side when something is heard at it: more than a spoken digit.


@dataclass(frozen=True, slots=True, kw_only=True)
class Residue:
    """What the other look found: `windows` to cut as well, `findings` to mask as well, `stuck` what neither mends.

    `heard` are the places of all that was heard, as heard: a window is wider and a thing that is stuck has none.
    """

    windows: tuple[Window, ...] = ()
    findings: tuple[Finding, ...] = ()
    stuck: tuple[str, ...] = ()
    heard: tuple[Window, ...] = ()

    @property
    def clean(self) -> bool:
        """Tell whether nothing was left."""
        return not (self.windows or self.findings or self.stuck)


def residue(
    plan: Plan,
    *,
    on_words: Sequence[Finding] = (),
    on_sound: Sequence[Finding] = (),
    keyed: Sequence[SoundFinding] = (),
) -> Residue:
    """Return what is left. All are findings of a second look, with the same policy as the plan already applied.

    `on_words`: found on `plan.masked_words` (same word indexes). `on_sound`: found on a second transcript of the
    masked sound; only their times count, for its words are others. A sound finding without times, or one far from
    every cut (nobody listened there, so the transcript is not to be trusted), cannot be mended here.
    `keyed`: keys still heard in the masked sound, all of which was listened to.
    """
    every = tuple(sorted({channel for window in plan.windows for channel in window.channels}))
    stuck: set[str] = set()
    windows = [Window(start=max(0.0, key.start - STEP), end=key.end + STEP, channels=every) for key in keyed]
    for finding in on_sound:
        if finding.start is None or finding.end is None or finding.end < finding.start:
            stuck.add("residue-without-time")
            continue
        near = [each for each in plan.windows if _distance(each, finding.start, finding.end) <= NEAR]
        if not near:
            stuck.add("residue-far-from-cuts")
            continue
        closest = min(near, key=lambda each: _distance(each, finding.start or 0.0, finding.end or 0.0))
        start, end = min(finding.start, closest.start), max(finding.end, closest.end)
        windows.append(Window(start=max(0.0, start - STEP), end=end + STEP, channels=every))
    fresh = tuple(each for each in on_words if _still_shows(plan, each))
    sounding: list[Finding | SoundFinding] = [*on_sound, *keyed]
    heard = [
        Window(start=each.start, end=each.end, channels=every)
        for each in sounding
        if each.start is not None and each.end is not None and each.end >= each.start
    ]
    return Residue(
        windows=merge_windows(windows), findings=fresh, stuck=tuple(sorted(stuck)), heard=merge_windows(heard)
    )


def beside_masks(plan: Plan, heard: Transcript) -> Transcript:
    """Return what was heard of the masked sound with the plan's tags where they lie between the words.

    Without them a question stands without its answer, and the detector takes the next words for it.
    """
    tags = [word for word in plan.masked_words if _MASK.fullmatch(word.text) and word.start is not None]
    words = sorted((*heard.words, *tags), key=lambda word: (word.start or 0.0, word.channel))
    return replace(heard, words=tuple(words))


def audible(transcript: Transcript, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return the findings of `beside_masks` that hold a word that was heard, with the times of such words only."""
    left = []
    for finding in findings:
        covered = (transcript.words[index] for index in covered_words(transcript.words, finding))
        heard = [word for word in covered if word.text and not _MASK.fullmatch(word.text)]
        if heard:
            starts = [word.start for word in heard if word.start is not None]
            ends = [word.end for word in heard if word.end is not None]
            timed = len(starts) == len(ends) == len(heard)
            times = (min(starts), max(ends)) if timed else (None, None)
            left.append(replace(finding, start=times[0], end=times[1]))
    return tuple(left)


def mend(plan: Plan, left: Residue, *, transcript: Transcript, added: Plan | None = None) -> Plan:
    """Return the plan with what is left also cut. `added` is `make_plan` of `left.findings`, for their windows.

    Nothing is ever taken out of a plan here; what is stuck makes it a quarantine.
    """
    findings = (*plan.findings, *left.findings)
    end = transcript.duration
    windows = [*plan.windows, *left.windows, *(added.windows if added else ())]
    clipped = [replace(each, end=each.end if end is None else min(each.end, end)) for each in windows]
    reasons = tuple(sorted({*plan.reasons, *left.stuck, *(added.reasons if added else ())}))
    verdict = Verdict.MASKED if findings else plan.verdict
    return Plan(
        verdict=Verdict.QUARANTINE if reasons else verdict,
        findings=tuple(sorted(findings, key=lambda each: (each.first, each.last))),
        windows=merge_windows(each for each in clipped if each.end > each.start),
        masked_words=mask_words(transcript.words, findings),
        reasons=reasons,
        sounds=plan.sounds,
    )


def _still_shows(plan: Plan, finding: Finding) -> bool:
    """Tell whether a word of a finding is still there to read: cues around a mask make detectors point at it."""
    texts = (plan.masked_words[index].text for index in covered_words(plan.masked_words, finding))
    return any(text and not _MASK.fullmatch(text) for text in texts)


def _distance(window: Window, start: float, end: float) -> float:
    """Return the seconds between a window and a stretch; 0 when they touch."""
    return max(0.0, window.start - end, start - window.end)
