"""`vaiti-week/1`: what became of one week's deletions in one register, signed as receipts are. Counts only.

Receipts say it call by call; this is the page that somebody reads on Monday.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Final, Self

from recordings.controllers import Controller
from recordings.errors import RequestInvalid
from recordings.receipts import SOFTWARE
from recordings.status import ReadStatus
from storage.ports import ReceiptSigner
from storage.receipts import WEEK, written
from storage.records import Scope
from storage.sweeps import SweepBooks

_WEEK: Final = re.compile(r"(\d{4})-W(\d{2})")


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """A week of ISO 8601, from Monday on."""

    monday: date

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2026-W47`. Raises RequestInvalid."""
        found = _WEEK.fullmatch(text)
        try:
            return cls(date.fromisocalendar(int(found[1]), int(found[2]), 1) if found else date.max)
        except ValueError:
            raise RequestInvalid([("week", "as_2026-W47")]) from None

    @classmethod
    def before(cls, day: date) -> Self:
        """Return the last week that is over on this day."""
        return cls(day - timedelta(days=day.weekday() + 7))

    def back(self, count: int) -> Iterator[Week]:
        """Return the last `count` weeks up to this one, oldest first."""
        for ago in reversed(range(count)):
            yield Week(self.monday - timedelta(weeks=ago))

    def __str__(self) -> str:
        year, number, _ = self.monday.isocalendar()
        return f"{year}-W{number:02d}"

    def bounds(self, controller: Controller) -> tuple[datetime, datetime]:
        """Return the first moment and the one after the last, where the controller is."""
        first, after = (
            datetime.combine(day, time(), tzinfo=controller.zone_info).astimezone(UTC)
            for day in (self.monday, self.monday + timedelta(days=7))
        )
        return first, after


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportWeek:
    """Counts and signs. The week's deletions are counted in its bounds; how things stand, at this moment."""

    status: ReadStatus
    sweeps: SweepBooks
    signer: ReceiptSigner

    def __call__(self, controller: Controller, week: Week) -> Mapping[str, Any]:
        """Return the signed page of a register. Raises Unavailable."""
        since, until = week.bounds(controller)
        scope = Scope.of(controller.slug)
        now = self.status(scope)
        counted = self.sweeps.count_week(scope, since=since, until=until, now=now.at)
        oldest, swept_at = counted.oldest_overdue, now.sweep.swept_at
        return self.signer.sign(
            {
                "format": WEEK,
                "controller": controller.slug,
                "week": str(week),
                "since": written(since),
                "until": written(until),
                "due": counted.due,
                "purged": dict(counted.purged),
                "purged_over_an_hour_late": counted.late,
                "refused": counted.refused,
                "as_of": written(now.at),
                "kept": sum(now.stages.values()),
                "held": now.held,
                "held_past_their_time": now.held_overdue,
                "overdue": counted.overdue,
                "oldest_overdue_hours": None if oldest is None else int((now.at - oldest) / timedelta(hours=1)),
                "purge_halted": now.halted,
                "last_sweep": None if swept_at is None else written(swept_at),
                "mismatches": {kind: count for kind, count in now.sweep.left.items() if count},
                "repaired": {kind: count for kind, count in now.sweep.repaired.items() if count},
                "software": SOFTWARE,
            }
        )


def write_page(signed: Mapping[str, Any], name: str) -> str:
    """Return the signed document as a page in Markdown. `name` is the controller's."""
    purged = sum(signed["purged"].values())
    late, oldest = signed["purged_over_an_hour_late"], signed["oldest_overdue_hours"]
    rows: list[tuple[str, object]] = [
        ("came due in the week", signed["due"]),
        ("deleted in the week", purged),
        *((f"- {reason}", count) for reason, count in signed["purged"].items()),
        ("deleted over an hour late", late),
        ("refused, past their period when pushed", signed["refused"]),
        ("kept now", signed["kept"]),
        ("held now", signed["held"]),
        ("held past their time", signed["held_past_their_time"]),
        ("overdue now", signed["overdue"] if oldest is None else f"{signed['overdue']}, the first by {oldest} hours"),
        ("the purge is halted", signed["purge_halted"] or "no"),
        ("last comparison of all stores", signed["last_sweep"] or "never"),
        *((f"- {kind}: left", count) for kind, count in signed["mismatches"].items()),
        *((f"- {kind}: put right", count) for kind, count in signed["repaired"].items()),
    ]
    head = f"# {name}: deletions in week {signed['week']}\n\nFrom {signed['since']} to before {signed['until']}. "
    table = "\n".join(f"| {what} | {count} |" for what, count in rows)
    return (
        f"{head}How things stand is of {signed['as_of']}; the comparison is of all registers together.\n\n"
        f"| | |\n|---|---|\n{table}\n\n"
        f"Signed by key `{signed['signature']['key']}` in the JSON file of the same name.\n"
    )
