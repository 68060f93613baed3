"""What the search form holds, as a search takes it. A value that means nothing narrows nothing: no form is an error."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

from recordings.notes import one_spelling
from redaction.policy import ENTITY_TYPES
from storage.records import Kind, SearchFilter

DIRECTIONS = ("inbound", "outbound")
MOST_TYPED = 500
# Characters.


class SearchForm(BaseModel):
    """The fields of the form as they were typed; days and minutes as a browser writes them."""

    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)

    query: str = ""
    kind: str = ""
    since: str = ""
    until: str = ""
    queue: str = ""
    agent: str = ""
    masked: str = ""
    direction: str = ""
    language: str = ""
    shortest: str = ""
    longest: str = ""
    tag: str = ""

    @property
    def narrows(self) -> bool:
        """Tell whether one of the fields that are folded away is filled in."""
        folded = (self.since, self.until, self.queue, self.agent, self.masked, self.direction, self.language)
        return any((*folded, self.shortest, self.longest, self.tag))

    def cut(self) -> SearchForm:
        """Return the form with no more of each field than means something."""
        fields = {name: str(value).strip()[:MOST_TYPED] for name, value in self.model_dump().items()}
        return SearchForm(**fields)

    def filter(self, zone: ZoneInfo) -> SearchFilter:
        """Return what narrows; days are those of the zone, the last one included."""
        return SearchFilter(
            kind=Kind(self.kind) if self.kind in {each.value for each in Kind} else None,
            queue=self.queue.strip() or None,
            agent=self.agent.strip() or None,
            masked=(self.masked,) if self.masked in ENTITY_TYPES else (),
            direction=self.direction if self.direction in DIRECTIONS else None,
            language=self.language if len(self.language) == 2 else None,
            since=_midnight(self.since, zone, days=0),
            until=_midnight(self.until, zone, days=1),
            shortest=_seconds(self.shortest),
            longest=_seconds(self.longest),
            tags=(one_spelling(self.tag),) if self.tag.strip() else (),
        )

    def as_search(self, zone: ZoneInfo) -> dict[str, Any]:
        """Return the form as the interface takes a search (`AskedIn`), without what does not narrow: to be kept."""
        narrows = self.filter(zone)
        found = {
            "query": self.query,
            "kind": narrows.kind.value if narrows.kind else None,
            "queue": narrows.queue,
            "agent": narrows.agent,
            "direction": narrows.direction,
            "language": narrows.language,
            "since": narrows.since.isoformat() if narrows.since else None,
            "until": narrows.until.isoformat() if narrows.until else None,
            "min_seconds": narrows.shortest,
            "max_seconds": narrows.longest,
            "masked": list(narrows.masked),
            "tags": list(narrows.tags),
        }
        return {name: value for name, value in found.items() if value not in (None, [])}


def form_of(search: Mapping[str, Any], zone: ZoneInfo) -> SearchForm:
    """Return a kept search as the form shows it: whole days of the zone, the first of several kinds."""
    plain = {name: str(search.get(name) or "") for name in ("query", "kind", "queue", "agent", "direction", "language")}
    return SearchForm(
        **plain,
        since=_day(search.get("since"), zone, days=0),
        until=_day(search.get("until"), zone, days=-1),
        shortest=_minutes(search.get("min_seconds")),
        longest=_minutes(search.get("max_seconds")),
        masked=next(iter(search.get("masked", ())), ""),
        tag=next(iter(search.get("tags", ())), ""),
    )


def _day(kept: str | None, zone: ZoneInfo, *, days: int) -> str:
    if kept is None:
        return ""
    return (datetime.fromisoformat(kept).astimezone(zone) + timedelta(days=days)).date().isoformat()


def _minutes(seconds: float | None) -> str:
    return "" if seconds is None else f"{seconds / 60:g}"


def _midnight(typed: str, zone: ZoneInfo, *, days: int) -> datetime | None:
    with suppress(ValueError, OverflowError):
        return datetime.combine(date.fromisoformat(typed) + timedelta(days=days), time(), zone)
    return None


def _seconds(typed: str) -> float | None:
    """Read minutes."""
    with suppress(ValueError):
        minutes = float(typed.replace(",", "."))
        return minutes * 60 if 0 <= minutes < 100_000 else None
    return None
