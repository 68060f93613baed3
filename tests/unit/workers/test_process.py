"""A process of ours is silent about what it works on, however it ends."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.crashes import ROOT

CANARY = "131052-308T"
_BEGIN = "from workers import process\nprocess.begin()\n"

ENDS = {
    "an exception that nobody catches": "raise ValueError('{canary}')",
    "an exception with a cause": (
        "try:\n    int('{canary}')\nexcept ValueError as e:\n    raise KeyError('{canary}') from e"
    ),
    "a thread that dies": "import threading\nt = threading.Thread(target=int, args=('{canary}',))\nt.start(); t.join()",
    "a task that nobody awaits": (
        "import asyncio, gc\n"
        "async def main():\n"
        "    async def fail(): raise ValueError('{canary}')\n"
        "    task = asyncio.ensure_future(fail())\n"
        "    await asyncio.sleep(0)\n    await asyncio.sleep(0)\n"
        "    del task; gc.collect()\n"
        "asyncio.run(main())"
    ),
    "a destructor that fails": "class C:\n    def __del__(self): raise ValueError('{canary}')\nC()",
    "a library's log": "import logging\nlogging.getLogger('sqlalchemy.engine').error('%s', '{canary}')",
    "a library's own handler": (
        "import logging\nl = logging.getLogger('presidio-analyzer')\nl.addHandler(logging.StreamHandler())\n"
        "try:\n    int('{canary}')\nexcept ValueError:\n    l.exception('{canary}')"
    ),
    "a warning": "import warnings\nwarnings.warn('{canary}')",
    "a crash": "import ctypes\nvalue = '{canary}'\nctypes.string_at(0)",
}


@pytest.mark.parametrize("code", ENDS.values(), ids=ENDS)
def test_what_goes_wrong_is_told_without_a_word_of_it(code: str) -> None:
    done = run(code.replace("{canary}", CANARY))
    assert CANARY not in done.stdout + done.stderr
    assert done.stderr, "that something went wrong is told"


def run(code: str, *, begin: str = _BEGIN) -> "subprocess.CompletedProcess[str]":
    """Run it in a process that has begun as ours do."""
    command = [sys.executable, "-"]
    whole = begin + code
    return subprocess.run(command, input=whole, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


def test_an_exception_is_told_by_class_slug_file_and_line() -> None:
    done = run("from storage.errors import KeyGone\nraise KeyGone")
    line = json.loads(done.stderr)
    assert (line["event"], line["error"], line["slug"], line["module"], line["line"]) == (
        "process.died",
        "KeyGone",
        "key-gone",
        "<stdin>",
        4,
    )
    assert done.returncode == 1


@pytest.mark.parametrize(("pattern", "limit"), [("core", 0), ("|/usr/lib/systemd/systemd-coredump %P", 1)])
def test_no_process_leaves_a_core_nor_do_its_children(tmp_path: Path, pattern: str, limit: int) -> None:
    (tmp_path / "core_pattern").write_text(pattern)
    code = (
        "import pathlib, subprocess, sys\n"
        f"process._CORE_PATTERN = pathlib.Path({str(tmp_path / 'core_pattern')!r})\nprocess.leave_no_core()\n"
        "show = 'import resource; print(resource.getrlimit(resource.RLIMIT_CORE))'\n"
        "subprocess.run([sys.executable, '-c', show])"
    )
    # the limit that was set when the process began can only fall, so each pattern has a process of its own
    done = run(code, begin="from workers import process\n")
    assert done.stdout == f"({limit}, {limit})\n"
