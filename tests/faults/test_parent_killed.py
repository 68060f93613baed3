"""Who kept the workers running is killed without a word: they end too (T4)."""

import subprocess
import sys

from tests.crashes import ROOT

_CHILD = """
import os, time
from workers.supervisor import end_with_parent
end_with_parent()
print(os.getpid(), flush=True)
time.sleep(600)
"""
_PARENT = """
import sys
from threading import Event
from workers.supervisor import supervise
supervise([[sys.executable, "-c", {child!r}]] * 2, stop=Event())
"""


def test_workers_whose_parent_is_killed_end_with_it() -> None:
    code = _PARENT.format(child=_CHILD)
    parent = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    assert len({parent.stdout.readline() for _ in range(2)}) == 2
    parent.kill()
    rest, _ = parent.communicate(timeout=60)  # ends when nobody is left who could write
    assert rest == ""
