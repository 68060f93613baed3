"""What the search form holds, as a search takes it. A value that means nothing narrows nothing: no form is an error."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict

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

    @property
    def narrows(self) -> bool:
        """Tell whether one of the fields that are folded away is filled in."""
        folded = (self.since, self.until, self.queue, self.agent, self.masked, self.direction, self.language)
        return any((*folded, self.shortest, self.longest))

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
        )


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
