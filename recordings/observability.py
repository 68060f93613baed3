"""Logs: JSON lines on standard error whose keys are an allow-list, each with the form that its values have.

A log lives longer than a recording and is read by more people, so it holds ids, slugs and counts only. Nothing that
was said, pushed or typed can get into it by being passed along: what is not on the list, or does not look as its key
says, is dropped, not escaped. Tests refuse it (docs/monitoring.md).
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from contextlib import suppress
from typing import Any, Final, TextIO, cast

import structlog

_SLUG: Final = re.compile(r"[a-z][a-z0-9-]{0,63}")
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@/+-]{0,127}")
_CLASS: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,63}")
_MODULE: Final = re.compile(r"[A-Za-z0-9_.<>-]{1,64}")

FORMS: Final[Mapping[str, re.Pattern[str] | type]] = {
    "event": re.compile(r"[a-z][a-z-]{0,31}\.[a-z][a-z-]{0,31}"),
    "level": _SLUG,
    "timestamp": re.compile(r"[0-9TZ:.+-]{10,40}"),
    "recording": re.compile(r"[0-9a-f]{32}"),
    "file": re.compile(r"[0-9a-f]{12,64}"),  # a keyed hash of its name, never the name: it may hold a phone number
    "controller": _SLUG,
    "kind": _SLUG,
    "stage": _SLUG,
    "step": _SLUG,
    "slug": _SLUG,
    "error": _CLASS,  # an exception's class, never its text
    "logger": re.compile(r"[A-Za-z_][A-Za-z0-9_.]{0,63}"),  # a library's, whose text is withheld
    "module": _MODULE,  # a source file's own name
    "line": int,
    "model": _NAME,
    "seconds": float,
    "count": int,
    "attempt": int,
    "status": int,
    "method": _SLUG,
    "version": _NAME,
    "port": int,
    "worker": _NAME,
}
ALLOWED_KEYS: Final = frozenset(FORMS)
UNNAMED: Final = "event.unnamed"
# What stands for an event whose own name is none of ours: that something happened is still told.

log: structlog.stdlib.BoundLogger = structlog.get_logger("vaiti")


class Unlisted(Exception):
    """An event holds a key that is not on the list, or a value that does not look as its key says."""


def is_allowed(key: str, value: object) -> bool:
    """Tell whether a log may hold this."""
    form = FORMS.get(key)
    if form is None or isinstance(value, bool):
        return False
    if value is None:
        return True
    if isinstance(form, re.Pattern):
        return isinstance(value, str) and form.fullmatch(value) is not None
    return isinstance(value, (int, float) if form is float else form)


def drop_unlisted(_logger: object, _method: str, event: MutableMapping[str, Any]) -> dict[str, Any]:
    """Keep what a log may hold; anything else never reaches the writer."""
    kept = {key: value for key, value in event.items() if is_allowed(key, value)}
    return {**kept, "event": kept.get("event") or UNNAMED}


def refuse_unlisted(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Raise Unlisted for what would be dropped, naming keys of ours only: for tests."""
    wrong = sorted(key for key, value in event.items() if not is_allowed(key, value))
    if wrong:
        raise Unlisted(f"not to be logged: {', '.join(key for key in wrong if key in FORMS) or 'a key of no list'}")
    return event


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


WITHHELD: Final = "(text withheld)"


class Told(logging.Handler):
    """Passes on that a library warned of something: which one and how badly, never its text."""

    def emit(self, record: logging.LogRecord) -> None:
        """Log the record's logger, level and line."""
        log.warning(
            "library.told", logger=record.name, module=record.filename, line=record.lineno, status=record.levelno
        )


def withhold(*arguments: Any, **more: Any) -> logging.LogRecord:
    """Make a log record without what it says: message, arguments, exception and stack may quote what was said."""
    record = logging.LogRecord(*arguments, **more)
    record.msg, record.args, record.exc_info, record.exc_text, record.stack_info = WITHHELD, (), None, None, None
    return record


def withhold_libraries() -> None:
    """Let no library's log hold its text, whatever handlers it has; what is a warning or worse is told as ours."""
    logging.setLogRecordFactory(withhold)
    logging.basicConfig(level=logging.WARNING, handlers=[Told()], force=True)


LIBRARY_LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"none": {"class": "logging.NullHandler"}},
    "loggers": {
        name: {"handlers": ["none"], "level": "CRITICAL", "propagate": False}
        for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "python_multipart", "asyncio", "rq")
    },
}
# uvicorn writes paths and, for a fault, a traceback whose messages may quote what was sent; the form parser quotes
# bytes; RQ writes tracebacks. Faults are logged with the exception's class instead, by `recordings.api.problems` and by
# the workers. For uvicorn it is `log_config`.
