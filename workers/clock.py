"""Now, and another now for a demonstration."""

from __future__ import annotations

from datetime import UTC, datetime


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """Return the present moment in UTC."""
        return datetime.now(tz=UTC)  # noqa: TID251 - this is where now comes from


class FixedClock:
    """A clock that stands at one moment: `--as-of`, on a folder that the demo marked."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment.astimezone(UTC)

    def now(self) -> datetime:
        """Return that moment in UTC."""
        return self._moment
