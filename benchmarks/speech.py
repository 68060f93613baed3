"""Speech to words on a shipped sample: the transcriber against faster-whisper's own two ways, with the same model.

The sample is cut, or said again and again; words are compared without their order.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.elsewhere import Elsewhere, NoPeer
from benchmarks.pairs import Row, compare
from workers.engines.codec import AvCodec
from workers.engines.model_folder import find_model

SAMPLES = Path(__file__).resolve().parents[1] / "workers" / "samples"
LENGTHS, MORE_LENGTHS = (30, 84, 600), (14_400,)
# Seconds; four hours behind `make bench FULL=1`.
FIRST = 5


def rows(*, full: bool = False) -> Iterator[Row]:
    """Both channels of a call, channel by channel for the library."""
    with TemporaryDirectory(prefix="vaiti-") as folder:
        for seconds in LENGTHS + (MORE_LENGTHS if full else ()):
            call, long = Path(folder) / "call.flac", seconds > 1_000
            call.write_bytes(a_call(seconds))
            for way in ("batched",) if long else ("batched", "plain"):
                with (
                    suppress(NoPeer),
                    Elsewhere.ours("ours_hear", call) as ours,
                    Elsewhere.of("faster-whisper", "whisper_hear", way, find_model("demo").path, call) as theirs,
                ):
                    name = f"transcribe {seconds / 60:.0f} min" if seconds >= 600 else f"transcribe {seconds} s"
                    pairs = 1 if seconds >= 600 else 3
                    row = compare(name, ours, f"faster-whisper {way}", theirs, pairs=pairs)
                    yield replace(row, beside=f"{_same(ours.said, theirs.said):.0%} of the words the same")
        yield from _started(Path(folder) / "call.flac")


def _started(call: Path) -> Iterator[Row]:
    call.write_bytes(a_call(FIRST))

    def ours() -> None:
        with Elsewhere.ours("ours_hear", call) as process:
            process()

    def theirs() -> None:
        with Elsewhere.of("faster-whisper", "whisper_hear", "plain", find_model("demo").path, call) as process:
            process()

    with suppress(NoPeer):
        yield compare(f"from a process's start to the words of {FIRST} s", ours, "faster-whisper plain", theirs)


def a_call(seconds: int) -> bytes:
    """Return the shortest sample, cut to so many seconds or said again and again."""
    codec = AvCodec()
    sample = min(SAMPLES.glob("*.flac"), key=lambda path: path.stat().st_size).read_bytes()
    facts = codec.probe(io.BytesIO(sample))
    sound = np.concatenate(list(codec.decode(io.BytesIO(sample))))
    wanted, out = seconds * facts.rate, io.BytesIO()
    whole, rest = divmod(wanted, len(sound))
    codec.encode_flac(
        [*[sound] * whole, sound[:rest]], rate=facts.rate, channels=facts.channels, bits=facts.bits, out=out
    )
    return out.getvalue()


def _same(ours: str, theirs: str) -> float:
    """Return the share of words that stand in both."""
    mine, others = Counter(ours.split()), Counter(theirs.split())
    return (mine & others).total() / max(1, mine.total(), others.total())
