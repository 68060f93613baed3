"""A call is heard, searched for personal data and masked, and no library asks the network for anything meanwhile."""

import os
import re
import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAMPLE = files("workers") / "samples" / "fault-report.wav"
RUN = "from workers.main import run; run()"
MISSING = "this test needs: sudo apt-get install strace"
ASKS = re.compile(r"(connect|send\w+)\(.*AF_INET")
# Only to make a socket, as urllib3 does to learn whether there is IPv6, asks nobody.


def asked(folder: Path, *command: str) -> list[str]:
    """Run Python with this command; returns its system calls, of all its processes, that concern the internet."""
    if shutil.which("strace") is None:
        if os.environ.get("CI"):
            raise AssertionError(MISSING)
        pytest.skip(MISSING)
    told = folder / "calls"
    tracing = ["strace", "-f", "-qq", "-e", "trace=connect,sendto,sendmsg,sendmmsg", "-o", str(told)]
    clean = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    environment = {**clean, "PYTHONPATH": str(ROOT), "HOME": str(folder)}
    done = subprocess.run([*tracing, sys.executable, "-c", *command], cwd=folder, env=environment, check=False)
    assert done.returncode == 0
    return [line for line in told.read_text(encoding="utf-8", errors="replace").splitlines() if ASKS.search(line)]


def test_a_call_is_redacted_and_no_library_asks_the_network(tmp_path: Path) -> None:
    out = ("--out", str(tmp_path / "masked.flac"), "--json", str(tmp_path / "plan.json"))
    assert asked(tmp_path, RUN, "redact", str(SAMPLE), *out) == []
    assert (tmp_path / "masked.flac").stat().st_size


def test_a_library_that_did_would_be_seen(tmp_path: Path) -> None:
    assert asked(tmp_path, "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('127.0.0.1', 9))")
