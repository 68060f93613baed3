"""Masking sound: two channels of noise, file to file, against the two ways of pydub and ffmpeg's filters; and keys."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.elsewhere import Elsewhere, NoPeer
from benchmarks.pairs import Row, compare
from redaction.keypad import find_keypad
from redaction.pauses import find_quiet
from workers.engines.codec import AvCodec

CHANNELS, MINUTES = 2, 60
CASES = ((10, 30, 8000, "wav"), (10, 3_000, 8000, "wav"), (10, 30, 16_000, "wav"), (10, 30, 8000, "flac"))
LONG_CASES = tuple((minutes, cuts, 8000, "wav") for minutes in (60, 240) for cuts in (30, 3_000))
# (minutes, cuts, Hz, what is written); the long ones behind `make bench FULL=1`.
MOST_COPIES = 6_000
# Minutes times cuts / 10 that pydub copies in a reasonable time: it copies the whole sound for each cut.


def a_call(minutes: int, rate: int = 8000) -> bytes:
    """So many minutes of noise at the level of speech, as 16-bit WAV."""
    noise = np.random.default_rng(1).normal(0, 2000, (rate * MINUTES, CHANNELS)).astype(np.int16)
    out = io.BytesIO()
    AvCodec().encode_wav([noise] * minutes, rate=rate, channels=CHANNELS, bits=16, out=out)
    return out.getvalue()


def cuts(minutes: int, count: int) -> list[tuple[float, float]]:
    """Starts and ends in seconds: 0.3 to 1.2 s, less where there is no room, spread over the call."""
    places, apart = np.random.default_rng(2), minutes * MINUTES / count
    starts = [apart * (number + 0.2) for number in range(count)]
    return [(start, start + min(0.7 * apart, places.uniform(0.3, 1.2))) for start in starts]


def rows(*, full: bool = False) -> list[Row]:
    """Compare on the same calls and the same windows."""
    with TemporaryDirectory(prefix="vaiti-") as folder:
        cases = CASES + (LONG_CASES if full else ())
        return [row for case in cases for row in _masked(Path(folder), *case)] + [_listened()]


def _masked(home: Path, minutes: int, count: int, rate: int, kind: str) -> Iterator[Row]:
    sound, spans = home / "call.wav", home / "cuts.json"
    sound.write_bytes(a_call(minutes, rate))
    spans.write_text(json.dumps(cuts(minutes, count)), encoding="ascii")
    name = f"mask {count:,} cuts in {minutes} min" + (f" at {rate // 1000} kHz" if rate != 8000 else "")
    name += f" to {kind.upper()}"
    pairs = 3 if minutes <= 10 else 1
    pydub = {"pydub slicing": ("pydub", "pydub_mask", "slicing"), "pydub overlay": ("pydub", "pydub_mask", "overlay")}
    peers = {**(pydub if kind == "wav" else {}), "ffmpeg filters": ("ffmpeg", "ffmpeg_mask")}
    for against, script in peers.items():
        slow = script[0] == "pydub" and count > 30
        if slow and ("overlay" in script or minutes * count / 10 > MOST_COPIES):
            continue
        ours = Elsewhere.ours("ours_mask", sound, spans, home / f"ours.{kind}")
        with suppress(NoPeer), ours, Elsewhere.of(*script, sound, spans, home / f"theirs.{kind}") as theirs:
            yield compare(name, ours, against, theirs, pairs=1 if slow else pairs)


def _listened() -> Row:
    call = a_call(10)
    return compare(
        "listen for keys in 10 min",
        lambda: find_keypad(AvCodec().decode(io.BytesIO(call)), rate=8000),
        "finding the pauses",
        lambda: find_quiet(AvCodec().decode(io.BytesIO(call)), rate=8000),
    )
