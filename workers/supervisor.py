"""Keeps several processes of this machine running: one that ends is started again, and all end with this one."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from threading import Event
from time import monotonic

from recordings.observability import log

STOP_SECONDS = 60.0
# How long a step may still run when all are told to stop; after that its lease decides.
PAUSE, LONGEST_PAUSE = 1.0, 30.0
# Seconds until a process that ended is started again; doubled while it ends at once.
HEALTHY = 60.0
_PR_SET_PDEATHSIG = 1
_CHILD = "from workers.main import run; run()"


def end_with_parent() -> None:
    """Let the kernel tell this process to stop when the one that started it is gone. Linux only, elsewhere nothing."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() == 1:  # it was gone before
            raise SystemExit(0)


def vaiti(*arguments: str) -> list[str]:
    """Return the command that runs `vaiti ARGUMENTS` with this Python."""
    return [sys.executable, "-c", _CHILD, *arguments]


def supervise(commands: Sequence[Sequence[str]], *, stop: Event) -> None:
    """Run these commands of our own until `stop` is set; then tell them, and wait for the steps that run."""
    children = [_Child(command) for command in commands]
    while not stop.is_set():
        for child in children:
            child.keep()
        stop.wait(PAUSE)
    for child in children:
        child.tell()
    for child in children:
        child.end()


class _Child:
    def __init__(self, command: Sequence[str]) -> None:
        self._command = list(command)
        self._process: subprocess.Popen[bytes] | None = None
        self._began = 0.0
        self._pause = 0.0

    def keep(self) -> None:
        """Start it unless it runs, or has ended a moment ago."""
        if self._process is not None and self._process.poll() is not None:
            lasted = monotonic() - self._began
            self._pause = 0.0 if lasted > HEALTHY else min(LONGEST_PAUSE, max(PAUSE, 2 * self._pause))
            log.warning("worker.ended", status=self._process.returncode, seconds=round(lasted, 3))
            self._process = None
            self._began = monotonic()
        if self._process is None and monotonic() - self._began >= self._pause:
            self._began = monotonic()
            self._process = subprocess.Popen(self._command)  # noqa: S603 - built by us, by no one else

    def tell(self) -> None:
        """Ask it to stop."""
        if self._process is not None:
            self._process.terminate()

    def end(self) -> None:
        """Wait for it, and no longer than that."""
        if self._process is None:
            return
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
