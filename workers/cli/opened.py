"""What commands share that work on the data folder itself, beside a service that may run on it."""

# ruff: noqa: PLC0415 - the help must not wait for the service
from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from workers.cli.common import Exit, stop

if TYPE_CHECKING:
    from recordings.factory import Vaiti
    from storage.records import RecordingId


@contextmanager
def opened(data: Path | None) -> Iterator[Vaiti]:
    """Open the data folder for one command."""
    from recordings.observability import configure_logging
    from workers.clock import SystemClock
    from workers.place import settings_for
    from workers.service import open_vaiti

    configure_logging()
    vaiti = open_vaiti(settings_for(data), clock=SystemClock())
    try:
        yield vaiti
    finally:
        vaiti.close()


def recording_id(text: str) -> RecordingId:
    """Return a recording's id, or end."""
    from storage.records import RecordingId

    return RecordingId(opaque_id(text))


def opaque_id(text: str) -> str:
    """Return an id that has the form of one, or end."""
    if not re.fullmatch("[0-9a-f]{32}", text):
        stop("an id is 32 hexadecimal digits", Exit.USAGE)
    return text


def read_reference(text: str) -> tuple[str, str]:
    """Return type and value of a reference, or end."""
    kind, colon, value = text.partition(":")
    if not colon or not value:
        stop("--reference is type:value, for instance customer_number:123", Exit.USAGE)
    return kind, value
