"""Sound in and out of files with PyAV, as a stream: memory does not grow with the length of the call.

PyAV and not pydub, because pydub turns telephone codecs into 8 bits, needs four times the call in memory and leaves
clear copies in the temporary folder when it fails. What leaves here is what the codec decoded: masking changes
samples inside its windows and nothing else, so "the original" must mean one thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO

import av
import av.logging
import numpy as np
from numpy.typing import NDArray

from recordings.engines import Samples, SoundFacts
from workers.engines import containers, writers
from workers.engines.refusals import refusal

LONGEST_SECONDS = 4 * 3600.0
# design: nobody speaks with a customer for longer, and an hour of someone's mistake must not fill the vault
LOWEST_RATE, HIGHEST_RATE = 6_000, 192_000
# dictation devices record at 6 kHz and nothing below is speech; above 192 kHz nobody records it
MOST_CHANNELS = 2
# the agent and the customer; a conference mix has no one to ask whose channel it is

# FFmpeg writes to the terminal by itself, and its messages quote tags from the file
av.logging.set_level(av.logging.PANIC)


def library_versions() -> tuple[str, str]:
    """Return the versions of PyAV and of the FFmpeg inside it: hostile files break old ones."""
    return av.__version__, str(av.ffmpeg_version_info)


class AvCodec:
    """`recordings.engines.AudioCodec` on PyAV. Holds no state: one object serves all threads."""

    def __init__(self, *, longest_seconds: float = LONGEST_SECONDS) -> None:
        self._longest = longest_seconds

    def probe(self, source: BinaryIO) -> SoundFacts:
        """Read the headers of a seekable file. Raises BadAudio."""
        container = containers.sniff(source)
        with _opened(source, container) as (_, stream):
            facts = _read_facts(source, container, stream)
        if facts.frames == 0:
            raise refusal("audio-empty")
        self._check_length(facts.seconds or 0.0)
        return facts

    def decode(self, source: BinaryIO) -> Iterator[Samples]:
        """Yield (frames, channels) blocks of a second: int16, or int32 with 24 significant bits. Raises BadAudio."""
        container = containers.sniff(source)
        stated = containers.mp3_frames_stated(source) if container.name == "mp3" else None
        source.seek(0)
        with _opened(source, container) as (demuxer, stream):
            facts = _read_facts(source, container, stream)
            self._check_length(facts.seconds or 0.0)
            frames = 0
            for block in _blocks(_decoded(demuxer, stream, stated), facts):
                frames += len(block)
                self._check_length(frames / facts.rate)
                yield block
        if frames == 0:
            raise refusal("audio-empty")
        if facts.frames is not None and frames < facts.frames:
            raise refusal("audio-truncated")

    def encode_flac(  # noqa: PLR0913 - the protocol's five, and the length
        self,
        blocks: Iterable[Samples],
        *,
        rate: int,
        channels: int,
        bits: int,
        out: BinaryIO,
        frames: int | None = None,
    ) -> int:
        """Write FLAC without metadata; returns the frames written. Give `frames` where `out` cannot seek."""
        shape = writers.Pcm(rate=rate, channels=channels, bits=bits)
        return writers.write_flac(blocks, shape, out=out, frames=frames)

    def encode_wav(  # noqa: PLR0913 - the protocol's five, and the length
        self,
        blocks: Iterable[Samples],
        *,
        rate: int,
        channels: int,
        bits: int,
        out: BinaryIO,
        frames: int | None = None,
    ) -> int:
        """Write PCM WAV without metadata; returns the frames written. Give `frames` where `out` cannot seek."""
        shape = writers.Pcm(rate=rate, channels=channels, bits=bits)
        return writers.write_wav(blocks, shape, out=out, frames=frames)

    def _check_length(self, seconds: float) -> None:
        if seconds > self._longest:
            raise refusal("audio-too-long")


@dataclass(frozen=True, slots=True)
class _Shape:
    """What every frame of one recording has to agree on."""

    rate: int
    channels: int


@contextmanager
def _opened(source: BinaryIO, container: containers.Container) -> Iterator[tuple[Any, Any]]:
    """Open with the sniffed demuxer and no other: no protocol, no second format, no codec that is not expected."""
    options = {
        "format_whitelist": container.demuxer,
        "codec_whitelist": ",".join(sorted(container.codecs)),
        "protocol_whitelist": "none",  # the bytes come from `source`; nothing in them may open anything else
    }
    source.seek(0)
    try:
        demuxer = av.open(source, "r", format=container.demuxer, options=options, metadata_errors="ignore")
    except (av.FFmpegError, ValueError) as fault:
        raise refusal("audio-undecodable") from fault
    with demuxer:
        if not demuxer.streams.audio:
            raise refusal("audio-undecodable")
        stream = demuxer.streams.audio[0]
        _check_stream(stream, container)
        yield demuxer, stream


def _check_stream(stream: Any, container: containers.Container) -> None:
    context = stream.codec_context
    if context is None or context.codec.name not in container.codecs:
        raise refusal("audio-codec-refused")
    if context.format is None:  # headers that contradict themselves
        raise refusal("audio-undecodable")
    rate, channels = int(context.rate or 0), int(context.channels or 0)
    if not LOWEST_RATE <= rate <= HIGHEST_RATE or (rate > writers.HIGHEST_ODD_RATE and rate % 10):
        raise refusal("audio-odd-rate")
    if not 1 <= channels <= MOST_CHANNELS:
        raise refusal("audio-too-many-channels")


def _read_facts(source: BinaryIO, container: containers.Container, stream: Any) -> SoundFacts:
    context = stream.codec_context
    frames = _frames_stated(source, container, stream)
    seconds = frames / context.rate if frames is not None else None
    if seconds is None and stream.duration and stream.time_base:
        seconds = float(stream.duration * stream.time_base)
    return SoundFacts(
        container=container.name,
        codec=context.codec.canonical_name,
        rate=context.rate,
        channels=context.channels,
        bits=24 if _holds_more_than_16_bits(context) else 16,
        frames=frames,
        seconds=seconds,
    )


def _frames_stated(source: BinaryIO, container: containers.Container, stream: Any) -> int | None:
    """Read the exact number of frames, where the headers state it exactly."""
    if container.name == "flac" and stream.duration:
        return int(stream.duration)
    width = _PCM_BYTES.get(stream.codec_context.codec.name)
    if container.name == "wav" and width is not None:
        place = source.tell()  # the demuxer reads on from here
        stated, _ = containers.wav_data_bytes(source)
        source.seek(place)
        return stated // (width * int(stream.codec_context.channels))
    return None


_PCM_BYTES = {
    "pcm_u8": 1,
    "pcm_mulaw": 1,
    "pcm_alaw": 1,
    "pcm_s16le": 2,
    "pcm_s24le": 3,
    "pcm_s32le": 4,
    "pcm_f32le": 4,
    "pcm_f64le": 8,
}
_LOSSLESS_FLOAT = frozenset({"pcm_f32le", "pcm_f64le"})


def _holds_more_than_16_bits(context: Any) -> bool:
    """Lossy codecs decode to floats that mean 16 bits; integers of 32 bits and float WAV hold 24 and are kept so."""
    return context.codec.name in _LOSSLESS_FLOAT or context.format.name in ("s32", "s32p")


def _decoded(demuxer: Any, stream: Any, frames_stated: int | None) -> Iterator[Any]:
    """Yield decoded frames; a packet that does not decode is an error, never a gap that closes silently."""
    packets = 0
    try:
        for packet in demuxer.demux(stream):
            packets += packet.size > 0
            # a WAV without a stated length ends in a packet that is short and whole
            if packet.is_corrupt and demuxer.format.name != "wav":
                raise refusal("audio-truncated")
            yield from packet.decode()
    except (av.FFmpegError, ValueError) as fault:
        raise refusal("audio-undecodable" if _has_more(demuxer, stream) else "audio-truncated") from fault
    if frames_stated is not None and packets < frames_stated:
        raise refusal("audio-truncated")


def _has_more(demuxer: Any, stream: Any) -> bool:
    """Tell damage in the middle from a file that stops: is there another packet after the bad one?"""
    try:
        return any(packet.size > 0 for packet in demuxer.demux(stream))
    except (av.FFmpegError, ValueError):
        return False


def _blocks(frames: Iterator[Any], facts: SoundFacts) -> Iterator[Samples]:
    """Gather frames into blocks of a second, checking that the sound does not change its shape on the way."""
    shape = _Shape(rate=facts.rate, channels=facts.channels)
    parts: list[NDArray[Any]] = []
    held = 0
    for frame in frames:
        if (frame.sample_rate, frame.layout.nb_channels) != (shape.rate, shape.channels):
            raise refusal("audio-changes-shape")
        part = _to_integers(frame, wide=facts.bits == 24)
        parts.append(part)
        held += len(part)
        if held >= shape.rate:
            yield _joined(parts)
            parts, held = [], 0
    if held:
        yield _joined(parts)


def _joined(parts: list[NDArray[Any]]) -> Samples:
    joined: Samples = np.concatenate(parts)
    return joined


def _to_integers(frame: Any, *, wide: bool) -> Samples:
    """One frame as (frames, channels) integers. Floats are rounded to the nearest step and never dithered."""
    values: NDArray[Any] = frame.to_ndarray()
    channels = frame.layout.nb_channels
    values = values.T if frame.format.is_planar else values.reshape(-1, channels)
    if values.dtype.kind == "f":
        return _round_floats(values, wide=wide)
    if values.dtype == np.uint8:
        return np.asarray((values.astype(np.int16) - 128) << 8, dtype=np.int16)
    if values.dtype == np.int32:
        return np.asarray(values & ~0xFF, dtype=np.int32)  # 24 bits: FLAC's and everybody's limit
    return np.ascontiguousarray(values, dtype=np.int16)


def _round_floats(values: NDArray[Any], *, wide: bool) -> Samples:
    if not np.isfinite(values).all():
        raise refusal("audio-not-finite")
    full = 2**23 if wide else 2**15
    steps = np.clip(np.rint(values.astype(np.float64) * full), -full, full - 1)
    if wide:
        return steps.astype(np.int32) << 8
    return steps.astype(np.int16)
