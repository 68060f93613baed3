"""What every process of ours does first: nothing that was said gets out by an accident of the process itself.

An exception that nobody catches, in a thread or an event loop too, is told by class, file and line; libraries' logs
lose their text; warnings are told by class; a process that dies leaves no core.
"""

from __future__ import annotations

import asyncio
import faulthandler
import resource
import sys
import threading
import warnings
from contextlib import suppress
from pathlib import Path
from traceback import walk_tb
from types import TracebackType
from typing import Any, Final

from recordings.observability import configure_logging, log, withhold_libraries

_CORE_PATTERN: Final = Path("/proc/sys/kernel/core_pattern")


def begin() -> None:
    """Make this process silent about what it works on. Called once, before anything is read."""
    leave_no_core()
    configure_logging()
    withhold_libraries()
    with suppress(ValueError, RuntimeError, AttributeError):  # a process may be started without standard error
        faulthandler.enable()  # functions, files and lines of a crash; no value
    sys.excepthook = _tell_uncaught
    sys.unraisablehook = lambda fault: tell("process.unraisable", fault.exc_type, fault.exc_traceback)
    threading.excepthook = lambda fault: tell("process.thread-died", fault.exc_type, fault.exc_traceback)
    asyncio.BaseEventLoop.default_exception_handler = _tell_of_loop  # type: ignore[assignment,method-assign]
    warnings.showwarning = _tell_warning  # type: ignore[assignment]


def leave_no_core() -> None:
    """Let the kernel write no core of this process and its children, nor hand one to a program that collects them."""
    try:
        piped = _CORE_PATTERN.read_bytes().startswith(b"|")
    except OSError:  # not Linux
        piped = False
    limit = 1 if piped else 0  # a pipe minds no limit but this one (fs/coredump.c); a file needs a page at least
    resource.setrlimit(resource.RLIMIT_CORE, (limit, limit))


def tell(event: str, kind: type[BaseException] | None, traceback: TracebackType | None) -> None:
    """Log an exception's class and slug, and where it was raised; no word of it."""
    frames = list(walk_tb(traceback))
    place = {"module": Path(frames[-1][0].f_code.co_filename).name, "line": frames[-1][1]} if frames else {}
    name = "" if kind is None else kind.__name__
    log.error(event, error=name, slug=getattr(kind, "slug", None), **place)


def _tell_uncaught(kind: type[BaseException], _fault: BaseException, traceback: TracebackType | None) -> None:
    tell("process.died", kind, traceback)


def _tell_of_loop(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    fault = context.get("exception")
    tell("process.task-died", type(fault) if fault else None, getattr(fault, "__traceback__", None))


def _tell_warning(_message: object, category: type[Warning], filename: str, lineno: int, *_: object) -> None:
    with suppress(OSError):
        log.warning("process.warned", error=category.__name__, module=Path(filename).name, line=lineno)
