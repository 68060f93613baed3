"""What one process counted of one system; tallies add up, so that calls can be shared out over the cores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields

from workers.evaluation.figures import FIGURES
from workers.evaluation.intervals import Ratio
from workers.evaluation.labelled import Item, LabelledCall
from workers.evaluation.sound import measure
from workers.evaluation.systems import Outcome

Group = tuple[str, ...]
# its first part says what is grouped by: type, form (of a type), tag, figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Leak:
    """An item of which something stayed: where, and of what kind. Never what it was."""

    case: str
    type: str
    form: str
    tags: tuple[str, ...]


@dataclass(slots=True)
class Tally:
    """Counts of one system over some calls."""

    total: Counter[Group] = field(default_factory=Counter)
    found: Counter[Group] = field(default_factory=Counter)
    typed: Counter[Group] = field(default_factory=Counter)
    false_types: Counter[str] = field(default_factory=Counter)
    calls: Counter[str] = field(default_factory=Counter)
    quarantined: Counter[str] = field(default_factory=Counter)
    false_words: Ratio = field(default_factory=Ratio)
    audible: Ratio = field(default_factory=Ratio)
    audible_jittered: Ratio = field(default_factory=Ratio)
    harmless_cut: Ratio = field(default_factory=Ratio)
    harmless_cut_jittered: Ratio = field(default_factory=Ratio)
    over: Ratio = field(default_factory=Ratio)
    over_hourly: Ratio = field(default_factory=Ratio)
    audible_hourly: Ratio = field(default_factory=Ratio)
    audible_jittered_hourly: Ratio = field(default_factory=Ratio)
    leaks: list[Leak] = field(default_factory=list)

    def merge(self, other: Tally) -> None:
        """Add what another process counted."""
        for each in fields(self):
            mine, theirs = getattr(self, each.name), getattr(other, each.name)
            if isinstance(mine, Ratio):
                mine.merge(theirs)
            elif isinstance(mine, list):
                mine.extend(theirs)
            else:
                mine.update(theirs)


def score(call: LabelledCall, system: Callable[[LabelledCall], Outcome], tally: Tally) -> None:
    """Count what a system makes of a call."""
    outcome = system(call)
    channels = "one channel" if len(call.transcript.channels) == 1 else "two channels"
    tally.calls.update((channels, "all"))
    if outcome.quarantined:
        tally.quarantined.update((channels, "all"))
    _score_items(call, outcome, tally)
    _score_words(call, outcome, tally)
    _score_sound(call, outcome, tally)


def _score_items(call: LabelledCall, outcome: Outcome, tally: Tally) -> None:
    words: dict[int, list[int]] = {}
    for index, (mark, must) in enumerate(zip(call.marks, call.must, strict=True)):
        if mark is not None and must:
            words.setdefault(mark, []).append(index)
    for number, indexes in words.items():
        item = call.items[number]
        groups = tuple(_groups(item))
        types = [outcome.masked.get(index) for index in indexes]
        tally.total.update(groups)
        if None in types:
            tally.leaks.append(Leak(case=call.case, type=item.type, form=item.form, tags=item.tags))
            continue
        tally.found.update(groups)
        if types.count(item.type) * 2 > len(types):
            tally.typed.update(groups)


def _groups(item: Item) -> Iterator[Group]:
    yield "type", item.type
    yield "form", item.type, item.form
    for tag in dict.fromkeys(item.tags):
        yield "tag", tag
    for figure in FIGURES:
        if figure.chooses(item):
            yield "figure", figure.name


def _score_words(call: LabelledCall, outcome: Outcome, tally: Tally) -> None:
    harmless = [index for index, mark in enumerate(call.marks) if mark is None]
    false = [outcome.masked[index] for index in harmless if index in outcome.masked]
    tally.false_types.update(false)
    tally.false_words.add(len(false), len(harmless))


def _score_sound(call: LabelledCall, outcome: Outcome, tally: Tally) -> None:
    true, unsure = measure(call, outcome.windows), measure(call, outcome.jittered)
    hours = (call.transcript.duration or max((each.end for each in call.speech), default=0.0)) / 3600
    tally.audible.add(true.audible, true.personal)
    tally.audible_jittered.add(unsure.audible, unsure.personal)
    tally.audible_hourly.add(true.audible, hours)
    tally.audible_jittered_hourly.add(unsure.audible, hours)
    tally.harmless_cut.add(true.harmless_cut, true.harmless)
    tally.harmless_cut_jittered.add(unsure.harmless_cut, unsure.harmless)
    tally.over.add(true.over, outcome.findings)
    tally.over_hourly.add(true.over, hours)
