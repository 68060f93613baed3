"""What a file says it is, read from its bytes before any codec sees it.

Names and content types lie, and a demuxer that is left to guess will take a playlist for music and open the files that
it lists. So the container is told by its magic bytes here, and FFmpeg is given that one demuxer and no other. The
containers that state their own length are walked as well: a file that was cut off must not pass for a short call.
"""

from __future__ import annotations

import os
import struct
from dataclasses import dataclass
from typing import BinaryIO

from workers.engines.refusals import refusal

_HEAD = 64  # enough for every magic number below
_TAIL = 65_536  # an Ogg page is at most 65,307 bytes
_UNKNOWN_SIZES = frozenset({0, 0xFFFFFFFF})  # a recorder that streamed its file never went back to fill the size in
_MAX_BOXES = 10_000  # an honest file has tens; this bounds the walk over a hostile one


@dataclass(frozen=True, slots=True)
class Container:
    """How to open a file: FFmpeg's demuxer, and the codecs that may be inside."""

    name: str
    demuxer: str
    codecs: frozenset[str]


_WAV = Container(
    "wav",
    "wav",
    frozenset(
        {
            *("pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le", "pcm_f64le"),
            *("pcm_mulaw", "pcm_alaw", "adpcm_ima_wav", "adpcm_ms", "gsm_ms"),
        }
    ),
)
_MP3 = Container("mp3", "mp3", frozenset({"mp3", "mp3float"}))
_AAC = Container("aac", "aac", frozenset({"aac"}))
_FLAC = Container("flac", "flac", frozenset({"flac"}))
_OGG = Container("ogg", "ogg", frozenset({"opus", "libopus", "vorbis", "flac"}))
_MP4 = Container("m4a", "mp4", frozenset({"aac", "alac"}))


def sniff(source: BinaryIO) -> Container:
    """Tell the container by its magic bytes; the file is left at its start.

    Raises BadAudio: `audio-empty`, `audio-unknown-format`, `audio-truncated`.
    """
    size = _size(source)
    if size == 0:
        raise refusal("audio-empty")
    container = _match(_read_at(source, 0, _HEAD), source)
    if container is None:
        raise refusal("audio-unknown-format")
    if _is_cut_off(container, source, size):
        raise refusal("audio-truncated")
    source.seek(0)
    return container


def _match(head: bytes, source: BinaryIO) -> Container | None:
    if head[:4] in (b"RIFF", b"RF64") and head[8:12] == b"WAVE":
        return _WAV
    if head[:4] == b"fLaC":
        return _FLAC
    if head[:4] == b"OggS":
        return _OGG
    if head[4:8] == b"ftyp":
        return _MP4
    return _match_mpeg(head, source)


def _match_mpeg(head: bytes, source: BinaryIO) -> Container | None:
    """MP3 and AAC have no magic number but a sync word, perhaps after ID3 tags."""
    start = 0
    for _ in range(_MAX_BOXES):
        if head[:3] != b"ID3" or len(head) < 10:
            break
        # the tag's size is four bytes of seven bits; a footer adds ten bytes
        length = 0
        for byte in head[6:10]:
            length = length << 7 | byte & 0x7F
        start += 10 + length + (10 if head[5] & 0x10 else 0)
        head = _read_at(source, start, _HEAD)
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    layer = head[1] >> 1 & 3
    if layer == 0:
        return _AAC if head[1] & 0xF0 == 0xF0 else None
    return _MP3 if layer == 1 and head[2] >> 4 != 0xF and head[2] >> 2 & 3 != 3 else None


def _is_cut_off(container: Container, source: BinaryIO, size: int) -> bool:
    if container is _WAV:
        stated, there = wav_data_bytes(source)
        return stated > there
    if container is _OGG:
        return _ogg_is_cut_off(source, size)
    if container is _MP4:
        return _boxes_are_cut_off(source, size)
    return False


def wav_data_bytes(source: BinaryIO) -> tuple[int, int]:
    """(bytes of samples that the header states, bytes that are there); equal when the header does not say."""
    size = _size(source)
    at, long_size = 12, None
    for _ in range(_MAX_BOXES):
        if at + 8 > size:
            break
        name, length = struct.unpack("<4sI", _read_at(source, at, 8))
        if name == b"ds64":
            long_size = struct.unpack("<Q", _read_at(source, at + 16, 8).ljust(8, b"\0"))[0]
        if name == b"data":
            there = size - at - 8
            stated = long_size if long_size is not None and length == 0xFFFFFFFF else length
            return (there, there) if stated in _UNKNOWN_SIZES else (stated, there)
        at += 8 + length + (length & 1)
    return 1, 0  # no data chunk at all: the file ends in its headers


def mp3_frames_stated(source: BinaryIO) -> int | None:
    """How many MPEG frames the encoder's Xing or Info header counts; None where there is no such header."""
    head = _read_at(source, 0, _TAIL)
    at = max(head.find(b"Xing"), head.find(b"Info"))
    if at < 0 or len(head) < at + 12 or not head[at + 7] & 1:
        return None
    return int.from_bytes(head[at + 8 : at + 12], "big")


def _ogg_is_cut_off(source: BinaryIO, size: int) -> bool:
    """Check the last page: an Ogg stream ends with a whole one that says so."""
    start = max(0, size - _TAIL)
    tail = _read_at(source, start, _TAIL)
    at = tail.rfind(b"OggS")
    if at < 0 or len(tail) < at + 27:
        return True
    segments = tail[at + 26]
    table = tail[at + 27 : at + 27 + segments]
    end_of_stream = bool(tail[at + 5] & 4)
    return len(table) < segments or at + 27 + segments + sum(table) > len(tail) or not end_of_stream


def _boxes_are_cut_off(source: BinaryIO, size: int) -> bool:
    """Walk the top-level boxes of an MP4: they fill the file exactly, and one of them is the index."""
    at, names = 0, set()
    for _ in range(_MAX_BOXES):
        if at + 8 > size:
            break
        length, name = struct.unpack(">I4s", _read_at(source, at, 8))
        if length == 1:
            length = int.from_bytes(_read_at(source, at + 8, 8), "big")
        names.add(name)
        if length == 0:  # to the end of the file
            at = size
            break
        if length < 8:
            return True
        at += length
    return at > size or b"moov" not in names


def _size(source: BinaryIO) -> int:
    return source.seek(0, os.SEEK_END)


def _read_at(source: BinaryIO, offset: int, count: int) -> bytes:
    source.seek(offset)
    return source.read(count)
