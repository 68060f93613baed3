"""Speech that gave no words is cut like a finding: nobody can say what it was, so nobody may hear it. Pure.

A recognizer skips what it does not understand, and what it does not understand in a call is often a number said fast.
Voice activity detection hears the voice all the same: where it heard one and no word lies near, the sound is masked.
"""

from __future__ import annotations

from bisect import bisect, bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from recordings.documents import RawWords
from redaction.model import Finding, Plan, Transcript, Verdict, Window, Word
from redaction.plan import merge_windows

LEAST = 1.0
# Seconds of voice without a word that are cut: three digits said fast. A cough or an "öö" is shorter.
MOST = 1.5
# Seconds of voice next to a finding that go with it, up to the next word: of "yheksän" said five times a recognizer
# ends the last one too early, and what is left of it is no second long.
NEAR = 0.4
# Seconds around a word that belong to it: word ends lean early, and voice activity is padded by 250 ms.

Span = tuple[float, float]


def find_unheard(words: Iterable[Word], speech: Iterable[Span]) -> Iterator[Span]:
    """Yield the stretches of one channel's speech, at least `LEAST` long, in which none of its words lies."""
    heard = _joined(
        (max(0.0, word.start - NEAR), word.end + NEAR)
        for word in words
        if word.start is not None and word.end is not None
    )
    lasts = [last for _, last in heard]
    for start, end in speech:
        at = start
        for first, last in islice(heard, bisect(lasts, start), None):
            if first >= end:
                break
            if first - at >= LEAST:
                yield at, first
            at = max(at, last)
        if end - at >= LEAST:
            yield at, end


def find_beside(
    transcript: Transcript, findings: Iterable[Finding], speech: Sequence[Sequence[Span]]
) -> Iterator[Span]:
    """Yield the voice beside each finding in which no word of its channel lies, at most `MOST` on each side."""
    timed = [word for word in transcript.words if word.start is not None and word.end is not None]
    starts, ends = _by_channel(timed, lambda word: word.start), _by_channel(timed, lambda word: word.end)
    voices = [_joined(spans) for spans in speech]
    for finding in findings:
        first, last = transcript.words[finding.first], transcript.words[finding.last]
        if first.start is None or last.end is None or finding.channel >= len(speech):
            continue
        channel, voice = finding.channel, voices[finding.channel]
        ended, begins = bisect(ends[channel], first.start), bisect_left(starts[channel], last.end)
        before = ends[channel][ended - 1] if ended else 0.0
        after = starts[channel][begins] if begins < len(starts[channel]) else last.end + MOST
        for start, _ in _around(voice, first.start):
            yield max(start, before, first.start - MOST), first.start
        for _, end in _around(voice, last.end):
            yield last.end, min(end, after, last.end + MOST)


def _joined(spans: Iterable[Span]) -> list[Span]:
    """Return the same time in order and apart."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined


def _around(spans: Sequence[Span], moment: float) -> Sequence[Span]:
    """Return the span that holds this moment, if one does."""
    number = bisect(spans, moment, key=lambda span: span[0])
    return [span for span in spans[max(0, number - 1) : number] if span[1] >= moment]


def _by_channel(words: Iterable[Word], time: Callable[[Word], float | None]) -> Mapping[int, list[float]]:
    found = defaultdict[int, list[float]](list)
    for word in words:
        found[word.channel].append(time(word) or 0.0)
    for times in found.values():
        times.sort()
    return found


def cut_unheard(plan: Plan, raw: RawWords, *, duration: float | None) -> Plan:
    """Return the plan with the unheard speech of all channels, and next to findings, cut as well, on all channels."""
    every = tuple(range(len(raw.transcript.channels)))
    unheard = [
        span
        for channel, speech in enumerate(raw.speech)
        for span in find_unheard((word for word in raw.transcript.words if word.channel == channel), speech)
    ]
    unheard.extend(span for span in find_beside(raw.transcript, plan.findings, raw.speech) if span[1] > span[0])
    cuts = [
        Window(start=start, end=end if duration is None else min(end, duration), channels=every)
        for start, end in unheard
    ]
    if not cuts:
        return plan
    verdict = Verdict.MASKED if plan.verdict is Verdict.CLEAN else plan.verdict
    return replace(plan, windows=merge_windows((*plan.windows, *cuts)), verdict=verdict)
