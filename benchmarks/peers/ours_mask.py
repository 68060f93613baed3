"""Mask a file as the service does: decode, cut and encode as a stream. Arguments: sound, windows (JSON), out."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from loop import serve

from redaction.mask_samples import mask_blocks
from redaction.model import Window
from workers.engines.codec import AvCodec
from workers.engines.tone import SineTone

source, spans, target = map(Path, sys.argv[1:])
windows = [Window(start=start, end=end, channels=(0, 1)) for start, end in json.loads(spans.read_text())]
codec, tone = AvCodec(), SineTone()


def mask() -> int:
    """Return the frames that were written."""
    with source.open("rb") as sound, target.open("wb") as out:
        facts = codec.probe(sound)
        samples = tone.samples(rate=facts.rate, bits=facts.bits)
        blocks = mask_blocks(codec.decode(sound), rate=facts.rate, windows=windows, tone=samples)
        encode = codec.encode_flac if target.suffix == ".flac" else codec.encode_wav
        return encode(blocks, rate=facts.rate, channels=facts.channels, bits=facts.bits, out=out)


serve(mask)
