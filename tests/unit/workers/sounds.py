"""Sound files made in memory, by PyAV where it can write them and by hand where it cannot."""

from __future__ import annotations

import io
import struct
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

FORMATS = {np.dtype(np.int16): "s16", np.dtype(np.int32): "s32", np.dtype(np.float32): "flt", np.dtype(np.uint8): "u8"}


def tones(seconds: float = 2.0, *, rate: int = 8000, channels: int = 2) -> NDArray[np.int16]:
    """Something that no codec finds trivial, another on each channel; shape (frames, channels)."""
    t = np.arange(round(seconds * rate)) / rate
    waves = [np.sin(2 * np.pi * (300 + 170 * c) * t) * (0.6 + 0.4 * np.sin(2 * np.pi * 3 * t)) for c in range(channels)]
    noise = np.random.default_rng(3).normal(0, 0.01, (len(t), channels))
    return ((np.stack(waves, axis=1) * 0.4 + noise) * 30_000).astype(np.int16)


def encoded(
    container: str,
    codec: str,
    samples: NDArray[Any],
    *,
    rate: int = 8000,
    inner: str | None = None,
    options: dict[str, str] | None = None,
) -> bytes:
    """A file of this container and codec; `inner` is the codec's sample format, `options` the container's."""
    out = io.BytesIO()
    layout = {1: "mono", 2: "stereo", 3: "2.1", 6: "5.1"}[samples.shape[1]]
    with av.open(out, "w", format=container, options=options or {}) as muxer:
        stream: Any = muxer.add_stream(codec, rate=rate)
        stream.layout = layout
        if inner:
            stream.format = inner
        whole: Any = np.ascontiguousarray(samples).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(whole, format=FORMATS[samples.dtype], layout=layout)
        frame.sample_rate, frame.pts = rate, 0
        muxer.mux(stream.encode(frame))
        muxer.mux(stream.encode(None))
    return out.getvalue()


def wav(
    data: bytes,
    *,
    tag: int = 1,
    channels: int = 1,
    rate: int = 8000,
    bits: int = 16,
    stated: int | None = None,
    align: int | None = None,
) -> bytes:
    """A WAV file written by hand: any format tag, and a stated length that may be a lie."""
    align = align or max(1, bits // 8 * channels)
    head = struct.pack("<HHIIHH", tag, channels, rate, rate * align & 0xFFFFFFFF, align, bits)
    if tag == 0x31:  # GSM: two bytes more, the samples in a block
        head += struct.pack("<HH", 2, 320)
    length = len(data) if stated is None else stated
    body = b"fmt " + struct.pack("<I", len(head)) + head + b"data" + struct.pack("<I", length) + data
    return b"RIFF" + struct.pack("<I", (4 + len(body)) & 0xFFFFFFFF) + b"WAVE" + body


def pcm(samples: NDArray[np.int16], *, rate: int = 8000) -> bytes:
    """A plain 16-bit WAV."""
    return wav(samples.tobytes(), channels=samples.shape[1], rate=rate)
