"""CPU seconds of each step of a ten-minute call, but for what a speech model takes: the words are played.

What decodes runs in a process of its own; its seconds are counted too. Masking contains listening again for keys.
"""

from __future__ import annotations

import json
import os
import statistics
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from recordings.facts import parse_facts
from storage.records import Stage
from tests.integration.conftest import FACTS
from tests.soak import light_steps
from workers.engines import fenced

ROUNDS = 3
_NAMES: Mapping[Stage, str] = {
    Stage.RECEIVED: "transcribe",
    Stage.TRANSCRIBED: "detect",
    Stage.PLANNED: "mask",
    Stage.MASKED: "index",
}


def steps() -> dict[str, float]:
    """Return the median CPU seconds of each step of a two-channel call of 10 minutes, by name."""
    sound = light_steps.audio(1)
    taken = [_one(sound) for _ in range(ROUNDS + 1)][1:]  # the first one loads what the others have
    return {name: statistics.median(each[name] for each in taken) for name in taken[0]}


def _one(sound: bytes) -> dict[str, float]:
    with TemporaryDirectory(prefix="vaiti-") as folder:
        vaiti = light_steps.open_vaiti(Path(folder), 1)
        vaiti.engines.detector()
        begun = _cpu()
        recording = vaiti.ingest(parse_facts(json.dumps(FACTS).encode()), [sound], actor="benchmark").recording
        taken = {"push": _cpu() - begun}
        while recording.stage in _NAMES:
            name, begun = _NAMES[recording.stage], _cpu()
            recording = vaiti.advance(recording)
            taken[name] = _cpu() - begun
        vaiti.close()
    if recording.stage is not Stage.PUBLISHED:
        raise RuntimeError(recording.slug)
    return taken


def _cpu() -> float:
    """CPU seconds of this process and of those that decode for it, living and ended."""
    host = fenced._host._process  # noqa: SLF001 - nobody else wants to know
    if host is None:
        return process_time()
    # user and system time of the host and of its children that have ended: fields 14 to 17 of proc(5)
    fields = Path(f"/proc/{host.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[11:15]
    return process_time() + sum(map(int, fields)) / os.sysconf("SC_CLK_TCK")
