"""Logs: JSON lines on standard error whose keys are an allow-list. What is not on the list is dropped, not escaped.

A log lives longer than a recording and is read by more people, so it holds ids, slugs and counts only. Nothing that
was said, pushed or typed can get into it by being passed along (docs/logging.md).
"""

from __future__ import annotations

import sys
from collections.abc import MutableMapping
from contextlib import suppress
from typing import Any, TextIO, cast

import structlog

ALLOWED_KEYS = frozenset(
    {
        "event",
        "level",
        "timestamp",
        "recording",  # opaque id
        "controller",
        "kind",
        "stage",
        "step",
        "slug",
        "error",  # an exception's class, never its text
        "model",
        "seconds",
        "count",
        "attempt",
        "status",
        "method",
        "version",
        "port",
        "worker",
    }
)

log: structlog.stdlib.BoundLogger = structlog.get_logger("vaiti")


def drop_unlisted(_logger: object, _method: str, event: MutableMapping[str, Any]) -> dict[str, Any]:
    """Keep allowed keys with plain values; anything else never reaches the writer."""
    return {
        key: value
        for key, value in event.items()
        if key in ALLOWED_KEYS and isinstance(value, str | int | float | bool | None)
    }


class _Lossy:
    """A stream that loses a line rather than stop the work: pipes are closed and files end before processes do."""

    def __init__(self, stream: TextIO | None) -> None:
        """Without a stream: standard error, as it is when something is written."""
        self._stream = stream

    def write(self, text: str) -> int:
        """Write, or lose the line."""
        with suppress(OSError, ValueError):
            (self._stream or sys.stderr).write(text)
        return len(text)

    def flush(self) -> None:
        """Flush what can be flushed."""
        with suppress(OSError, ValueError):
            (self._stream or sys.stderr).flush()


def configure_logging(stream: TextIO | None = None) -> None:
    """Send logs to `stream` (standard error). Called once by a process's start, never at import."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            drop_unlisted,
            structlog.processors.JSONRenderer(sort_keys=True),
        ],
        logger_factory=structlog.PrintLoggerFactory(cast("TextIO", _Lossy(stream))),
        cache_logger_on_first_use=False,
    )


UVICORN_LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"none": {"class": "logging.NullHandler"}},
    "loggers": {
        name: {"handlers": ["none"], "level": "CRITICAL", "propagate": False}
        for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "python_multipart", "asyncio")
    },
}
# uvicorn writes paths and, for a fault, a traceback whose messages may quote what was sent; the form parser quotes
# bytes. Faults are logged by `recordings.api.problems` with the exception's class instead. Pass it as `log_config`.
