"""What the pages of cases are given: plain values made from cases and links, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from recordings.belonging import Belonging
from recordings.controllers import Controller
from recordings.deadlines import deadline, working_days_until
from recordings.web.models import CallView
from recordings.web.texts import write_date
from storage.cases import CLOSED, Case
from storage.persons import Link
from storage.records import RecordingId

WEEKS = 6
# That the picture shows; what is due later stands in its last bar.
TALLEST, WIDE, STEP = 64, 44, 60
# Pixels of the picture: a bar's height at most, its width, and from one bar to the next.


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case for the page. `left` are working days, empty once it is closed."""

    id: str
    name: str
    kind: str
    state: str
    received: str
    due: str
    aim: str
    left: str
    overdue: bool
    closed: bool
    moved: bool  # the last day is another than the plain date
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A week of the picture: what it is called, how many answers are due, and where the bar stands."""

    name: str
    count: int
    late: bool
    x: int
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class HersView:
    """A call that the person's references lead to; `doubtful` ones need a yes."""

    call: CallView
    by: str
    doubtful: bool


def view_case(case: Case, controller: Controller, *, today: date, t: Mapping[str, str], language: str) -> CaseView:
    """Build the view as it is true today, on the controller's calendar."""

    def day(moment: datetime | None) -> str:
        return write_date(moment.astimezone(controller.zone_info), language) if moment else ""

    closed = case.state in CLOSED
    aim = deadline(case.received_on, extended=case.extended_for is not None, country=controller.country).aim
    left = working_days_until(case.due_on, today, country=controller.country)
    facts = (
        ("case_way", t[f"way_{case.way}"]),
        ("case_asker", t[f"asker_{case.asker}"]),
        ("case_identified", t[f"by_{case.identified_by}"] if case.identified_by else t["not_known"]),
        ("case_about", t[f"about_{case.about}"] if case.about else ""),
        ("case_extended", t[f"extended_{case.extended_for}"] if case.extended_for else ""),
        ("case_released", day(case.released_at)),
        ("case_linked", day(case.linked_at)),
        ("case_packed", day(case.packed_at)),
        ("case_ground", t[f"ground_{case.ground}"] if case.ground else ""),
        ("case_closed", day(case.closed_at)),
        ("case_forget", write_date(case.forget_on, language) if case.forget_on else ""),
    )
    return CaseView(
        id=case.id,
        name=case.name,
        kind=t[f"case_{case.kind}"],
        state=t[f"case_{case.state}"],
        received=write_date(case.received_on, language),
        due=write_date(case.due_on, language),
        aim=write_date(aim, language),
        left="" if closed or left < 0 else t["days_left"].format(count=left),
        overdue=not closed and today > case.due_on,
        closed=closed,
        moved=aim != case.due_on,
        facts=tuple((name, value) for name, value in facts if value),
    )


def draw_due(cases: Sequence[Case], *, today: date, t: Mapping[str, str], language: str) -> list[Bar]:
    """Count open cases by the week in which they are due, what is overdue first, and say where each bar stands."""
    monday = today - timedelta(days=today.weekday())
    weeks = [monday + timedelta(weeks=n) for n in range(WEEKS)]
    counts = [0] * (WEEKS + 1)
    for each in cases:
        week = 0 if each.due_on < today else 1 + min(WEEKS - 1, (each.due_on - monday).days // 7)
        counts[week] += 1
    names = [t["overdue"], t["this_week"], *(write_date(week, language) for week in weeks[1:])]
    most = max(1, *counts)
    heights = [round(TALLEST * count / most) for count in counts]
    return [
        Bar(name, count, late=number == 0, x=number * STEP, y=TALLEST - height, height=height)
        for number, (name, count, height) in enumerate(zip(names, counts, heights, strict=True))
    ]


def view_hers(links: Sequence[Link], calls: Mapping[RecordingId, CallView], t: Mapping[str, str]) -> list[HersView]:
    """Build the rows of a person's calls, by which references they are hers, those that need a yes last."""
    belonging = Belonging.of(links)
    by: dict[RecordingId, set[str]] = {}
    for each in links:
        by.setdefault(each.recording, set()).add(f"{t[f'reference_{each.reference.type}']}, {t[f'as_{each.role}']}")
    rows = [
        HersView(calls[recording], "; ".join(sorted(ways)), recording in belonging.doubtful)
        for recording, ways in by.items()
        if recording in calls
    ]
    return sorted(rows, key=lambda row: row.doubtful)
