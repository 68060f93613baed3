"""The light steps on a call of four hours and two channels, measured in a process that has done nothing else."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HOURS = float(os.environ.get("SOAK_HOURS", "4"))
MOST_MIB = 300


@pytest.mark.soak
def test_the_light_steps_of_a_long_call_take_under_300_mib(tmp_path: Path) -> None:
    peaks = {}
    for part in ("prepare", "detect", "mask", "index"):
        command = [sys.executable, "-m", "tests.soak.light_steps", part, str(tmp_path), str(HOURS)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-2000:]
        peaks[part] = json.loads(done.stdout)
    sys.stdout.write(f"{HOURS} hours: {json.dumps(peaks)}\n")
    assert max(peaks[part]["mib"] for part in ("detect", "index")) <= MOST_MIB
