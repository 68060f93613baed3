"""Samples into FLAC and WAV, without any metadata: no title, no date, no name of a program or a machine.

Both formats state their length at the front, which is known only at the end. A seekable file is corrected there; a
sealed object is not seekable, so the number of frames may be given ahead and then stands in the header from the start.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, BinaryIO

import av
import numpy as np
from numpy.typing import NDArray

from recordings.engines import Samples
from recordings.errors import BadAudio

HIGHEST_ODD_RATE = 65_535
# FLAC's header writes higher rates in tens of hertz
_WAV_HEADER = 44
_WAV_LIMIT = 0xFFFFFFFF
_STREAMINFO_END = 42  # "fLaC", the block's four bytes, and 34 bytes of STREAMINFO


@dataclass(frozen=True, slots=True, kw_only=True)
class Pcm:
    """The shape of the samples that are written: `bits` is 16, or 24 in the upper bits of int32."""

    rate: int
    channels: int
    bits: int

    @property
    def width(self) -> int:
        """Bytes of a frame in a WAV file."""
        return self.bits // 8 * self.channels

    @property
    def format(self) -> str:
        """FFmpeg's name for the samples."""
        return "s16" if self.bits == 16 else "s32"

    @property
    def layout(self) -> str:
        """FFmpeg's name for the channels."""
        return {1: "mono", 2: "stereo"}[self.channels]


def write_flac(blocks: Iterable[Samples], pcm: Pcm, *, out: BinaryIO, frames: int | None = None) -> int:
    """Write (frames, channels) blocks as FLAC of 16 or 24 bits; returns the frames written.

    `frames`, where known, goes into the header of an `out` that cannot seek.
    """
    target = _Target(out, frames=frames)
    written = 0
    with av.open(target, "w", format="flac", container_options={"fflags": "+bitexact"}) as muxer:
        stream: Any = muxer.add_stream("flac", rate=pcm.rate, options={"flags": "+bitexact"})
        stream.layout = pcm.layout
        stream.format = pcm.format
        for block in blocks:
            if not len(block):
                continue
            frame = av.AudioFrame.from_ndarray(_interleaved(block, pcm), format=pcm.format, layout=pcm.layout)
            frame.sample_rate = pcm.rate
            frame.pts = written
            written += len(block)
            muxer.mux(stream.encode(frame))
        muxer.mux(stream.encode(None))
    return written


def write_wav(blocks: Iterable[Samples], pcm: Pcm, *, out: BinaryIO, frames: int | None = None) -> int:
    """Write (frames, channels) blocks as PCM WAV of 16 or 24 bits; returns the frames written."""
    seekable = out.seekable()
    start = out.tell() if seekable else 0
    out.write(_wav_header(frames, pcm))
    written = 0
    for block in blocks:
        written += len(block)
        if written * pcm.width + _WAV_HEADER > _WAV_LIMIT:
            raise BadAudio("audio-too-long", "The recording is too long for a WAV file. Ask for FLAC.")
        out.write(_packed(block, pcm))
    if seekable:
        end = out.tell()
        out.seek(start)
        out.write(_wav_header(written, pcm))
        out.seek(end)
    return written


def _wav_header(frames: int | None, pcm: Pcm) -> bytes:
    data = _WAV_LIMIT - _WAV_HEADER if frames is None else frames * pcm.width
    return struct.pack(
        "<4sI4s4sIHHIIHH4sI",
        *(b"RIFF", data + _WAV_HEADER - 8, b"WAVE"),
        *(b"fmt ", 16, 1, pcm.channels, pcm.rate, pcm.rate * pcm.width, pcm.width, pcm.bits),
        *(b"data", data),
    )


def _packed(block: Samples, pcm: Pcm) -> bytes:
    if pcm.bits == 16:
        return np.ascontiguousarray(block, dtype="<i2").tobytes()
    whole = np.ascontiguousarray(block, dtype="<i4")
    return whole.view(np.uint8).reshape(-1, 4)[:, 1:].tobytes()  # little end first: the lowest byte holds nothing


def _interleaved(block: Samples, pcm: Pcm) -> NDArray[Any]:
    return np.ascontiguousarray(block, dtype=np.int16 if pcm.bits == 16 else np.int32).reshape(1, -1)


class _Target:
    """What PyAV writes to: passes bytes on, and lets it seek only where `out` can."""

    def __init__(self, out: BinaryIO, *, frames: int | None) -> None:
        self._out = out
        self._frames = frames
        self._head = b""
        self._headless = not out.seekable()
        if not self._headless:
            self.seek = out.seek
            self.tell = out.tell

    def write(self, data: bytes) -> int:
        """Pass on; the first bytes of a file that cannot seek wait until the whole header is there."""
        if not self._headless:
            return self._out.write(data)
        self._head += data
        if len(self._head) >= _STREAMINFO_END:
            self._out.write(self._with_length(self._head))
            self._head, self._headless = b"", False
        return len(data)

    def _with_length(self, head: bytes) -> bytes:
        """Put the number of frames into STREAMINFO: its lowest 36 bits before the checksum."""
        if self._frames is None:
            return head
        at = 4 + 4 + 13
        high = head[at] & 0xF0 | self._frames >> 32 & 0x0F
        return head[:at] + bytes([high]) + struct.pack(">I", self._frames & 0xFFFFFFFF) + head[at + 5 :]
