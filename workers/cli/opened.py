"""What commands share that work on the data folder itself, beside a service that may run on it."""

# ruff: noqa: PLC0415 - the help must not wait for the service
from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from workers.cli.common import Exit, stop

if TYPE_CHECKING:
    from recordings.factory import Vaiti
    from recordings.settings import Settings
    from storage.records import RecordingId


@contextmanager
def opened(data: Path | None) -> Iterator[Vaiti]:
    """Open the data folder for one command."""
    from recordings.observability import configure_logging
    from workers.clock import SystemClock
    from workers.place import settings_for
    from workers.service import open_vaiti

    configure_logging()
    with closing(open_vaiti(settings_for(data), clock=SystemClock())) as vaiti:
        yield vaiti


def stopped_settings(data: Path | None) -> Settings:
    """Return the settings of a service that does not run, or end."""
    from recordings.observability import configure_logging
    from workers.place import settings_for

    configure_logging()
    settings = settings_for(data)
    if _is_served(settings):
        stop(f"something answers on port {settings.port}: stop the service first", Exit.FAULT, slug="restore-refused")
    return settings


def _is_served(settings: Settings) -> bool:
    try:
        with socket.create_connection((settings.host, settings.port), timeout=2):
            return True
    except OSError:
        return False


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
