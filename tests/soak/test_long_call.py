"""A call of four hours is masked in the memory of a call of twenty minutes: measured in processes of their own."""

import io
import os
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from tests.unit.workers.sounds import wav
from workers.engines.codec import AvCodec

HOURS = float(os.environ.get("SOAK_HOURS", "4"))
MORE_MIB = 150
# for what grows with the words and not with the sound: the transcript, its plan and the findings of 27,000 words
REDACT = """
import re, sys
from pathlib import Path
from workers.main import run
try:
    run()
finally:
    # not ru_maxrss: a child starts with its parent's
    status = Path("/proc/self/status").read_text()
    print("peak", int(re.search(r"VmHWM:\\s*(\\d+)", status)[1]) // 1024, file=sys.stderr)
"""


def sample() -> bytes:
    """A sample call of ten minutes, as 16-bit samples of two channels."""
    file = io.BytesIO((files("workers") / "samples" / "service-long.flac").read_bytes())
    return np.concatenate(list(AvCodec().decode(file))).astype(np.int16).tobytes()


def peak_mib(source: Path, folder: Path) -> int:
    out = ["--out", str(folder / f"{source.stem}-masked.wav"), "--json", str(folder / f"{source.stem}.json")]
    command = [sys.executable, "-c", REDACT, "redact", str(source), *out]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 4), done.stderr[-500:]
    return int(done.stderr.split("peak ")[-1])


@pytest.mark.soak
def test_four_hours_take_no_more_memory_than_twenty_minutes(tmp_path: Path) -> None:
    ten_minutes = sample()[: 595 * 8000 * 2 * 2]  # a call of more than four hours is refused
    short, long = tmp_path / "short.wav", tmp_path / "long.wav"
    short.write_bytes(wav(ten_minutes * 2, channels=2, rate=8000, bits=16))
    long.write_bytes(wav(ten_minutes * round(HOURS * 6), channels=2, rate=8000, bits=16))
    brief, lasting = peak_mib(short, tmp_path), peak_mib(long, tmp_path)
    sys.stdout.write(f"peak {brief} MiB for 20 minutes, {lasting} MiB for {HOURS} hours\n")
    assert lasting <= brief + MORE_MIB, f"{brief} MiB for 20 minutes, {lasting} MiB for {HOURS} hours"
