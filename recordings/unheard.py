"""Speech that gave no words is cut like a finding: nobody can say what it was, so nobody may hear it. Pure.

A recognizer skips what it does not understand, and what it does not understand in a call is often a number said fast.
Voice activity detection hears the voice all the same: where it heard one and no word lies near, the sound is masked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from recordings.documents import RawWords
from redaction.model import Plan, Verdict, Window, Word
from redaction.plan import merge_windows

LEAST = 1.0
# Seconds of voice without a word that are cut: three digits said fast. A cough or an "öö" is shorter.
NEAR = 0.4
# Seconds around a word that belong to it: word ends lean early, and voice activity is padded by 250 ms.

Span = tuple[float, float]


def find_unheard(words: Iterable[Word], speech: Iterable[Span]) -> Iterator[Span]:
    """Yield the stretches of one channel's speech, at least `LEAST` long, in which none of its words lies."""
    heard = sorted(
        (max(0.0, word.start - NEAR), word.end + NEAR)
        for word in words
        if word.start is not None and word.end is not None
    )
    for start, end in speech:
        at = start
        for first, last in (*heard, (end, end)):
            if min(first, end) - at >= LEAST:
                yield at, min(first, end)
            at = max(at, last)


def cut_unheard(plan: Plan, raw: RawWords, *, duration: float | None) -> Plan:
    """Return the plan with the unheard speech of all channels cut as well, on all channels."""
    every = tuple(range(len(raw.transcript.channels)))
    cuts = [
        Window(start=start, end=end if duration is None else min(end, duration), channels=every)
        for channel, speech in enumerate(raw.speech)
        for start, end in find_unheard((word for word in raw.transcript.words if word.channel == channel), speech)
    ]
    if not cuts:
        return plan
    verdict = Verdict.MASKED if plan.verdict is Verdict.CLEAN else plan.verdict
    return replace(plan, windows=merge_windows((*plan.windows, *cuts)), verdict=verdict)
