"""One step of a call of several hours, for `test_light_memory`: run with the part, a folder and the hours."""

import io
import json
import re
import sys
from importlib.resources import files
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np

from recordings.factory import Engines, Vaiti
from recordings.facts import parse_facts
from recordings.settings import Settings
from redaction.model import Word
from storage.records import Scope, Stage
from tests.integration.conftest import CONTROLLERS, FACTS
from tests.integration.fakes import MovedClock, Playback
from workers.engines.build import detector_builder
from workers.engines.codec import AvCodec
from workers.engines.fenced import FencedCodec
from workers.engines.tone import SineTone

SAMPLES = files("workers") / "samples"
LENGTH = 595.0
# seconds of the sample call, so that 24 of them stay under four hours
WAITS_IN = {"detect": Stage.TRANSCRIBED, "mask": Stage.PLANNED, "index": Stage.MASKED}


def words(times: int) -> list[Word]:
    """The words of the sample call, again and again."""
    given = json.loads((SAMPLES / "service-long.json").read_text(encoding="utf-8"))["words"]
    return [
        Word(**{**word, "start": word["start"] + n * LENGTH, "end": word["end"] + n * LENGTH})
        for n in range(times)
        for word in given
        if word["end"] < LENGTH
    ]


def audio(times: int) -> bytes:
    """The sound of the sample call, again and again, as FLAC."""
    codec, out = AvCodec(), io.BytesIO()
    once = np.concatenate(list(codec.decode(io.BytesIO((SAMPLES / "service-long.flac").read_bytes()))))
    blocks = (once[: round(LENGTH * 8000)] for _ in range(times))
    codec.encode_flac(blocks, rate=8000, channels=2, bits=16, out=out)
    return out.getvalue()


def open_vaiti(folder: Path, times: int) -> Vaiti:
    """The service with everything real but hearing."""
    (folder / "controllers.toml").write_text(CONTROLLERS, encoding="utf-8")
    engines = Engines(
        codec=FencedCodec(),
        transcriber=lambda: Playback(words=words(times)),
        detector=detector_builder(language="fi"),
        tone=SineTone(),
    )
    settings = Settings(data=folder / "data", controllers=folder / "controllers.toml")
    return Vaiti.open(settings, clock=MovedClock(), engines=engines)


def run(part: str, folder: Path, times: int) -> dict[str, Any]:
    """Do the part; returns what it took."""
    begun = process_time()
    vaiti = open_vaiti(folder, times)
    if part == "prepare":
        recording = vaiti.ingest(parse_facts(json.dumps(FACTS).encode()), [audio(times)], actor="soak").recording
    else:
        (recording,) = vaiti.catalog.list(Scope.system())
        assert recording.stage is WAITS_IN[part], recording.slug
    recording = vaiti.advance(recording)
    vaiti.close()
    # not ru_maxrss: a child starts with its parent's
    peak = re.search(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text(encoding="ascii"))
    assert peak
    return {"mib": int(peak[1]) // 1024, "cpu": round(process_time() - begun, 1), "stage": recording.stage.value}


if __name__ == "__main__":
    part, folder, hours = sys.argv[1:]
    sys.stdout.write(json.dumps(run(part, Path(folder), round(float(hours) * 6))))
