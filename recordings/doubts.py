"""The doubtful places of a recording that waits for a person: where, of what kind, found by which rules. No words.

They lie beside the plan, in the same sealed document; readers of `vaiti-plan/1` do not know them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

from redaction.doubt import DOUBTFUL
from redaction.mask_words import covered_words
from redaction.model import Finding, Plan, SoundFinding, Transcript
from redaction.plan import make_plan
from redaction.policy import Policy
from redaction.shape import classify
from redaction.verify import Residue

DOUBTS = "doubts"
EDGE = 0.02
# Seconds: what times of words are worth.


class Doubt(StrEnum):
    """Why a place is doubtful."""

    READ = "read"  # found again in the masked words
    HEARD = "heard"  # found again in the masked sound
    UNTIMED = "untimed"  # found, and no time for it is believable
    UNSURE = "unsure"  # found with so low a score that the policy asks for a person
    MASKED = "masked"  # in the plan of a published recording: nobody doubts it, and a person may


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtfulPlace:
    """Words `first` to `last` of `channel`, or seconds, or both; `shape` are word classes, `why` rule slugs."""

    doubt: Doubt
    type: str
    channel: int | None = None
    first: int | None = None
    last: int | None = None
    start: float | None = None
    end: float | None = None
    shape: tuple[str, ...] = ()
    why: tuple[str, ...] = ()


def with_doubts(document: Mapping[str, Any], places: Sequence[DoubtfulPlace]) -> dict[str, Any]:
    """Return a plan's document with the doubtful places beside it."""
    return {**document, DOUBTS: [asdict(place) for place in places]}


def read_doubts(document: Mapping[str, Any]) -> tuple[DoubtfulPlace, ...]:
    """Return the doubtful places of a plan's document; a plan without doubts has none."""
    return tuple(
        DoubtfulPlace(
            **{**each, "doubt": Doubt(each["doubt"]), "shape": tuple(each["shape"]), "why": tuple(each["why"])}
        )
        for each in document.get(DOUBTS, [])
    )


def doubts_of_plan(plan: Plan, transcript: Transcript, policy: Policy) -> tuple[DoubtfulPlace, ...]:
    """Return what makes a plan wait before anything was masked: findings without a time, and unsure ones."""
    unsure: list[Finding | SoundFinding] = [each for each in plan.findings if policy.doubts(each)]
    unsure += [each for each in plan.sounds if policy.doubts(each)]
    untimed = [each for each in plan.findings if plan.reasons and _has_no_time(each, transcript)]
    return (
        *(_place(Doubt.UNTIMED, each, transcript) for each in untimed),
        *(_place(Doubt.UNSURE, each, transcript) for each in unsure),
    )


def doubts_of_residue(left: Residue, transcript: Transcript) -> tuple[DoubtfulPlace, ...]:
    """Return what a second look still found."""
    heard = (
        SoundFinding(type=DOUBTFUL, channel=0, start=window.start, end=window.end, why=("heard-again",))
        for window in left.heard
    )
    return (
        *(_place(Doubt.READ, each, transcript) for each in left.findings),
        *(_place(Doubt.HEARD, each, transcript) for each in heard),
    )


def masked_places(plan: Plan, transcript: Transcript) -> tuple[DoubtfulPlace, ...]:
    """Return what a published recording's plan masks: what a person may find wrong."""
    return (
        *(_place(Doubt.MASKED, each, transcript) for each in plan.findings),
        *(_place(Doubt.MASKED, each, transcript) for each in plan.sounds),
    )


def words_at(transcript: Transcript, place: DoubtfulPlace) -> Iterator[int]:
    """Yield the indexes of the words of a place: the named ones, or all that are said during its time."""
    for index, word in enumerate(transcript.words):
        if place.first is not None and place.last is not None:
            if place.first <= index <= place.last and word.channel == place.channel:
                yield index
        elif (
            None not in (word.start, word.end, place.start, place.end)
            and (word.start or 0.0) < (place.end or 0.0)
            and (place.start or 0.0) < (word.end or 0.0)
        ):
            yield index


def words_during(transcript: Transcript, place: DoubtfulPlace) -> tuple[DoubtfulPlace, ...]:
    """Return the words that are said during a place that is a time, as places of their own: runs on one channel."""
    said = [(transcript.words[index].channel, index) for index in words_at(transcript, _narrower(place))]
    runs: list[tuple[int, int, int]] = []
    for channel, index in sorted(said):
        if runs and runs[-1][0] == channel and _follows(transcript, runs[-1][2], index):
            runs[-1] = (channel, runs[-1][1], index)
        else:
            runs.append((channel, index, index))
    return tuple(
        replace(place, channel=channel, first=first, last=last, start=None, end=None) for channel, first, last in runs
    )


def _follows(transcript: Transcript, before: int, index: int) -> bool:
    """Tell whether no other word of the channel lies between two."""
    channel = transcript.words[index].channel
    return not any(transcript.words[each].channel == channel for each in range(before + 1, index))


def _narrower(place: DoubtfulPlace) -> DoubtfulPlace:
    """Return the place without its edges: who marks one word does not mark the hundredth second of the next."""
    if place.start is None or place.end is None or place.end - place.start <= 4 * EDGE:
        return place
    return replace(place, start=place.start + EDGE, end=place.end - EDGE)


def shape_of(transcript: Transcript, place: DoubtfulPlace) -> DoubtfulPlace:
    """Return the place with the classes of its words."""
    wanted = tuple(words_at(transcript, place))
    classes = classify(transcript.words) if wanted else ()
    return replace(place, shape=tuple(classes[index].value for index in wanted))


def _place(doubt: Doubt, found: Finding | SoundFinding, transcript: Transcript) -> DoubtfulPlace:
    place = DoubtfulPlace(doubt=doubt, type=found.type, start=found.start, end=found.end, why=found.why)
    if isinstance(found, Finding):
        place = replace(place, channel=found.channel, first=found.first, last=found.last)
    return shape_of(transcript, place)


def _has_no_time(finding: Finding, transcript: Transcript) -> bool:
    covered = covered_words(transcript.words, finding)
    return bool(covered) and bool(make_plan(transcript, [finding], policy=Policy()).reasons)
