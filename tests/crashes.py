"""Kills at named places: a child process ends at one, at once and without tidying up (storage/crash_points.py)."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
KILLED = 137
_CHILD = """
import os
from storage import crash_points
crash_points.reach = lambda point: os._exit({killed}) if point == {point!r} else None
"""


def points_of(source: str) -> list[str]:
    """Every place that a file of ours names, in its order."""
    found = re.findall(r'crash_points\.reach\("([a-z.-]+)"\)', (ROOT / source).read_text(encoding="utf-8"))
    assert found, source
    return found


def run_until(point: str, code: str) -> int:
    """Run code in a Python of its own that dies at this place; returns how it ended."""
    child = _CHILD.format(killed=KILLED, point=point) + code
    return subprocess.run([sys.executable, "-c", child], cwd=ROOT, check=False).returncode
