"""What the page of a person is given: her references by type and calls, her links, and what was decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from recordings.controllers import Controller
from recordings.web.models import CallView
from recordings.web.texts import write_date
from storage.persons import Bond, Evidence, Link, PersonDecision
from storage.records import RecordingId, Reference

Mark = Callable[..., str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    """What is known of a person."""

    links: Sequence[Link] = ()
    parted: Sequence[tuple[RecordingId, Reference]] = ()
    history: Sequence[PersonDecision] = ()

    @property
    def pairs(self) -> list[tuple[Reference, RecordingId]]:
        """Her references with their calls, those that were found to be wrong too."""
        return [(each.reference, each.recording) for each in self.links] + [
            (reference, recording) for recording, reference in self.parted
        ]

    @property
    def references(self) -> list[Reference]:
        """What names her."""
        return list(dict.fromkeys(each.reference for each in self.links))

    @property
    def recordings(self) -> set[RecordingId]:
        """All calls of the page."""
        return {recording for _, recording in self.pairs}


@dataclass(frozen=True, slots=True)
class LinkView:
    """A call by one reference; `role` is empty where it was found not to be hers."""

    mark: str
    call: CallView
    type: str
    number: int  # among her references of this type, from 1
    role: str
    evidence: str
    shared: bool


@dataclass(frozen=True, slots=True)
class ReferenceView:
    """A reference: its type, which of her own of that type, how many calls it has, and the newest of them."""

    mark: str
    type: str
    number: int
    count: int
    newest: str
    shared: bool


@dataclass(frozen=True, slots=True)
class DecisionView:
    """What was decided: the texts' keys, when and by whom, and whether it counts."""

    id: str
    bond: Bond
    type: str
    other_type: str
    evidence: Evidence
    on: str
    undone_on: str


def view_links(ours: Ours, calls: Mapping[RecordingId, CallView], mark: Mark) -> list[LinkView]:
    """Return her links, newest call first, and then those that were found to be wrong."""
    numbers = _numbers(ours)
    hers = [
        LinkView(
            mark(each.reference, each.recording),
            calls[each.recording],
            each.reference.type,
            numbers[each.reference],
            each.role.value,
            each.evidence.value,
            each.shared,
        )
        for each in sorted(ours.links, key=lambda each: _when(calls[each.recording]), reverse=True)
    ]
    wrong = [
        LinkView(mark(each, recording), calls[recording], each.type, numbers.get(each, 0), "", "", shared=False)
        for recording, each in ours.parted
    ]
    return hers + wrong


def view_references(ours: Ours, calls: Mapping[RecordingId, CallView], mark: Mark) -> list[ReferenceView]:
    """Return her references, those with most calls first."""
    numbers = _numbers(ours)
    found = []
    for reference in ours.references:
        its = [each for each in ours.links if each.reference == reference]
        newest = max((calls[each.recording] for each in its), key=_when)
        row = (mark(reference), reference.type, numbers[reference], len(its), newest.started, its[0].shared)
        found.append(ReferenceView(*row))
    return sorted(found, key=lambda each: -each.count)


def view_decisions(history: Sequence[PersonDecision], controller: Controller, *, language: str) -> list[DecisionView]:
    """Return what was decided, newest first."""
    zone = controller.zone_info
    return [
        DecisionView(
            each.id,
            each.bond,
            each.reference.type,
            each.other.type if each.other else "",
            each.evidence,
            write_date(each.at.astimezone(zone), language),
            write_date(each.undone_at.astimezone(zone), language) if each.undone_at else "",
        )
        for each in reversed(history)
    ]


def _when(call: CallView) -> tuple[date, str]:
    return call.day, call.hour


def _numbers(ours: Ours) -> Mapping[Reference, int]:
    """Count references of one type, so that two phones can be told apart."""
    numbers, seen = dict[Reference, int](), dict[str, int]()
    for each in sorted(ours.references, key=lambda each: (each.type, str(each.tag))):
        seen[each.type] = numbers[each] = seen.get(each.type, 0) + 1
    return numbers
