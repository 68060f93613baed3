"""Now, and another now for a demonstration."""

from __future__ import annotations

import time
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from recordings.engines import Uptime

_BOOT_ID: Final = Path("/proc/sys/kernel/random/boot_id")
_PROCESS: Final = uuid.uuid4().hex
# Names this process where the system does not name its start: then uptimes are compared within a process only.
_COUNTER: Final = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
# The one of Linux goes on while the machine sleeps.


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """Return the present moment in UTC."""
        return datetime.now(tz=UTC)  # noqa: TID251 - this is where now comes from

    def uptime(self) -> Uptime:
        """Return how long the machine has run since it was started."""
        try:
            boot = _BOOT_ID.read_text(encoding="ascii").strip()
        except OSError:
            boot = _PROCESS
        return Uptime(boot, time.clock_gettime(_COUNTER))


class FixedClock:
    """A clock that stands at one moment: `--as-of`, on a folder that the demo marked."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment.astimezone(UTC)

    def now(self) -> datetime:
        """Return that moment in UTC."""
        return self._moment

    def uptime(self) -> None:
        """Return nothing: it does not run."""
