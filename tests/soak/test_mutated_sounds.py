"""Real sound files with damage, in every format, for as long as one likes: each decodes or is refused, and no more."""

import io
import os
import random
import sys
from collections import Counter
from pathlib import Path
from time import monotonic

import pytest

from recordings.errors import BadAudio
from tests.unit.workers.hostile import hostile
from tests.unit.workers.test_codec import ALL
from workers.engines import fenced
from workers.engines.fenced import FencedCodec

SECONDS = float(os.environ.get("SOAK_SECONDS", "600"))
SLOWEST = 60.0
# seconds for one file, all of which are short
VALUES = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)


def damaged(content: bytes, dice: random.Random) -> bytes:
    """The file after one to eight accidents; headers have more of them than their share."""
    changed = bytearray(content)
    for _ in range(dice.randint(1, 8)):
        if len(changed) < 16:
            break
        at = dice.randrange(min(len(changed) - 8, dice.choice((64, 256, 4096, len(changed)))))
        match dice.randrange(5):
            case 0:
                changed[at] ^= 1 << dice.randrange(8)
            case 1:
                changed[at : at + 4] = dice.choice(VALUES).to_bytes(4, dice.choice(("big", "little")))
            case 2:
                del changed[at : at + dice.randrange(1, 512)]
            case 3:
                changed[at:at] = dice.randbytes(dice.randrange(1, 64))
            case _:
                start = dice.randrange(len(changed))
                changed[at:at] = changed[start : start + dice.randrange(1, 2048)]
    return bytes(changed)


@pytest.mark.soak
def test_a_damaged_file_decodes_or_is_refused() -> None:
    codec, dice = FencedCodec(longest_seconds=600), random.Random(20261123)
    seeds = [*ALL.values(), *hostile("http://127.0.0.1:9", hours=0.05).values()]
    ended: Counter[str] = Counter()
    slowest, begun = 0.0, monotonic()
    while monotonic() - begun < SECONDS:
        content, started = damaged(dice.choice(seeds), dice), monotonic()
        try:
            frames = sum(len(block) for block in codec.decode(io.BytesIO(content)))
            ended["decoded"] += frames > 0
        except BadAudio as refused:
            ended[refused.slug] += 1
        slowest = max(slowest, monotonic() - started)
    assert fenced._host._process is not None
    host = Path(f"/proc/{fenced._host._process.pid}")
    sys.stdout.write(f"{sum(ended.values())} files, slowest {slowest:.1f} s: {dict(ended)}\n")
    assert ended["decoded"]
    assert slowest < SLOWEST
    assert len(list((host / "fd").iterdir())) < 16, "the host keeps nothing of the files that were"
