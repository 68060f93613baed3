"""Last nets under the recognizers: long numbers, spelled words, echoes, and runs found only in part.

They look at runs and not at texts, because what they need is how much was said, not what it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from redaction.candidates import LIKELY, POSSIBLE, WEAK, Candidate
from redaction.formats import phone
from redaction.model import Word
from redaction.numbers.runs import Run
from redaction.towns import is_town

LONG = 6
# Digits; shorter runs are amounts, hours and house numbers too often.
SPELLED = 3
# Letters; "aa bee" is a stairwell, three and more are a name or an address.
ECHO_SECONDS, ECHO_WORDS = 20.0, 40
# How long after a number its read-back is still one.
ECHO_DIGITS, ECHOED_DIGITS = 2, 4
# A read-back of two digits counts when what it repeats has four.
TOWN_WORDS = 8


def mark_own(runs: Iterable[Run], own_numbers: Sequence[str]) -> tuple[Run, ...]:
    """Return the runs, those that say one of the company's own numbers marked harmless ("own")."""
    own = {phone.compact(number) for number in own_numbers}
    if not own:
        return tuple(runs)
    return tuple(
        replace(run, harmless="own") if any(phone.compact(reading.text) in own for reading in run.readings) else run
        for run in runs
    )


def catch_runs(runs: Sequence[Run], candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return candidates for long and spelled runs, and for what a recognizer left over of a run it found."""
    found: list[Candidate] = []
    for run in runs:
        if not run.digits and _letters(run) >= SPELLED and len(run.words) >= SPELLED:
            found.append(_whole(run, "PERSON", POSSIBLE, "spelled"))
            continue
        touching = [each for each in candidates if _touches(each, run)]
        if touching:
            best = max(touching, key=lambda each: each.score)
            if len(run.words) > 1 and (run.digits >= LONG or best.why == ("asked",)):
                found.append(replace(best, first=run.first, last=run.last, score=min(best.score, LIKELY)))
        elif run.harmless in {"", "cardinal"} and run.digits >= LONG + (run.harmless == "cardinal"):
            found.append(_whole(run, "LONG_NUMBER", POSSIBLE, "long-number"))
    return found


def catch_towns(words: Sequence[Word], candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the towns that are named within a few words after a street or a postal code."""
    found: list[Candidate] = []
    for each in candidates:
        if each.type not in {"STREET_ADDRESS", "POSTAL_CODE"}:
            continue
        for index in range(each.last + 1, min(each.last + 1 + TOWN_WORDS, len(words))):
            word = words[index].text.strip(".,!?").lower()
            if words[index].channel == each.channel and is_town(word):
                found.append(
                    Candidate(
                        type="POSTAL_CODE",
                        channel=each.channel,
                        first=index,
                        last=index,
                        score=POSSIBLE,
                        why=("town",),
                    )
                )
    return found


def catch_echoes(words: Sequence[Word], runs: Sequence[Run], candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates and those runs of the other speaker that repeat digits of what was found near them."""
    found = list(candidates)
    values = [
        (at, run, _digit_texts(run))
        for run in runs
        for at, each in enumerate(candidates)
        if _touches(each, run) and run.digits >= ECHOED_DIGITS
    ]
    covered = {(run.channel, run.first) for _, run, _ in values}
    for run in runs:
        texts = [text for text in _digit_texts(run) if len(text) >= ECHO_DIGITS]
        if not texts or (run.channel, run.first) in covered or run.harmless in {"unit", "own"}:
            continue
        for at, source, numbers in values:
            repeats = any(text in number for text in texts for number in numbers)
            if repeats and source.channel != run.channel and _near(words, source, run):
                group = candidates[at].group if candidates[at].group is not None else at
                found[at] = replace(found[at], group=group)
                found.append(
                    replace(
                        candidates[at], channel=run.channel, first=run.first, last=run.last, score=WEAK + 0.2,
                        why=("echo",), group=group,
                    )
                )  # fmt: skip
                break
    return found


def _touches(candidate: Candidate, run: Run) -> bool:
    return candidate.channel == run.channel and candidate.first <= run.last and candidate.last >= run.first


def _whole(run: Run, kind: str, score: float, why: str) -> Candidate:
    return Candidate(type=kind, channel=run.channel, first=run.first, last=run.last, score=score, why=(why,))


def _letters(run: Run) -> int:
    return sum(character.isalpha() for character in run.readings[0].text)


def _digit_texts(run: Run) -> list[str]:
    return [re.sub(r"\D", "", reading.text) for reading in run.readings]


def _near(words: Sequence[Word], source: Run, run: Run) -> bool:
    """Tell whether the run was said during or soon after the source."""
    if run.last < source.first:
        return False
    end, start = words[source.last].end, words[run.first].start
    if end is not None and start is not None:
        return start - end <= ECHO_SECONDS
    return run.first - source.last <= ECHO_WORDS
