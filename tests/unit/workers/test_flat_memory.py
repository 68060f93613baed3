"""An hour of sound costs no more memory than a minute: measured in a process of its own."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.unit.workers.sounds import tones, wav

PASS_THROUGH = """
import resource, sys
from workers.engines.codec import AvCodec
codec = AvCodec()
source, out = sys.argv[1:]
with open(source, "rb") as file, open(out, "wb") as masked:
    facts = codec.probe(file)
    shape = {"rate": facts.rate, "channels": facts.channels, "bits": facts.bits}
    codec.encode_flac(codec.decode(file), **shape, out=masked)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def peak_mib(source: Path, out: Path) -> int:
    done = subprocess.run([sys.executable, "-c", PASS_THROUGH, source, out], capture_output=True, text=True, check=True)
    return int(done.stdout)


@pytest.mark.parametrize("minutes", [60])
def test_decoding_and_encoding_an_hour_takes_no_more_memory_than_a_minute(tmp_path: Path, minutes: int) -> None:
    minute = tones(60.0).tobytes()
    short, long = tmp_path / "short.wav", tmp_path / "long.wav"
    short.write_bytes(wav(minute, channels=2))
    long.write_bytes(wav(minute * minutes, channels=2))
    assert peak_mib(long, tmp_path / "long.flac") <= peak_mib(short, tmp_path / "short.flac") + 15
