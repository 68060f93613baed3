"""The purge as an act of its own, beside the one that the service does every minute."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from recordings.steps.purge import Progress
from storage.reserve import Reserve
from workers.files import write_lines
from workers.place import clock_for, settings_for
from workers.service import open_vaiti


def purge_due(
    data: Path | None,
    *,
    as_of: str | None = None,
    out: Path | None = None,
    confirmed_by: str | None = None,
    progress: Progress | None = None,
) -> list[Mapping[str, Any]]:
    """Purge what is due in a data folder and return the receipts, written to `out` where given, one a line.

    `as_of` is another now and works only on a folder that `vaiti demo` marked. `confirmed_by` is who has looked at what
    halted an earlier purge. Raises SettingsWrong, PurgeHalted, PurgeIncomplete.
    """
    settings = settings_for(data)
    clock = clock_for(settings, as_of)
    if settings.data.is_dir():
        Reserve.of(settings.data).spend()  # on a full disk no database can even be opened
    vaiti = open_vaiti(settings, clock=clock)
    try:
        signed = list(vaiti.purge_due(clock.now(), progress, confirmed_by=confirmed_by))
    finally:
        vaiti.close()
    if out is not None:
        write_lines(signed, out)
    return signed
