"""Files made to harm whoever decodes them (T18 of the faults that are tried): bombs, lies, and things in disguise."""

from __future__ import annotations

import io
import struct
import zipfile

import numpy as np

from tests.unit.workers.sounds import encoded, pcm, tones, wav
from workers.engines.writers import Pcm, write_flac

WORDS = tones()


def silent_flac(hours: float) -> bytes:
    """A small file and a long silence."""
    out = io.BytesIO()
    minute = np.zeros((60 * 8000, 1), dtype=np.int16)
    write_flac((minute for _ in range(round(hours * 60))), Pcm(rate=8000, channels=1, bits=16), out=out)
    return out.getvalue()


def without_length(flac: bytes) -> bytes:
    """The same with a header that does not say how long it is: only counting tells."""
    return flac[:21] + bytes([flac[21] & 0xF0]) + bytes(4) + flac[26:]


def box(name: bytes, content: bytes, *, stated: int | None = None) -> bytes:
    return struct.pack(">I4s", len(content) + 8 if stated is None else stated, name) + content


FTYP = box(b"ftyp", b"M4A \0\0\0\0M4A isom")


def nested_mp4(depth: int = 20_000) -> bytes:
    """Boxes in boxes in boxes."""
    inner = b"".join(struct.pack(">I4s", (depth - at) * 8, b"trak") for at in range(depth))
    return FTYP + box(b"moov", inner)


def mp4_with_tables(entries: int, *, stated: int) -> bytes:
    """A file for sound whose index says that it has so many entries, and holds some of them."""
    m4a = encoded("ipod", "aac", WORDS, inner="fltp")
    at = m4a.index(b"stsz") - 4
    old = struct.unpack(">I", m4a[at : at + 4])[0]
    table = box(b"stsz", struct.pack(">III", 0, 0, stated) + bytes(4 * entries))
    more = len(table) - old
    grown = bytearray(m4a[:at] + table + m4a[at + old :])
    for name in (b"moov", b"trak", b"mdia", b"minf", b"stbl"):
        place = m4a.index(name) - 4
        size = struct.unpack(">I", grown[place : place + 4])[0] + more
        grown[place : place + 4] = struct.pack(">I", size)
    return bytes(grown)


def a_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("call.wav", bytes(2**20))
    return out.getvalue()


def hostile(canary: str, *, hours: float = 4.1) -> dict[str, bytes]:
    """One of each kind; `canary` is an address that must never be asked, `hours` how long the silence lasts."""
    opus = encoded("ogg", "libopus", tones(rate=48_000), rate=48_000, inner="s16")
    playlist = f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{canary}/one.ts\n#EXT-X-ENDLIST\n".encode()
    id3 = b"ID3\x04\x00\x00\x00\x00\x00\x00"
    silence = silent_flac(hours)
    return {
        "nothing": b"",
        "a long silence": silence,
        "a long silence that does not say so": without_length(silence),
        "65,535 channels": wav(bytes(65_535 * 2 * 4), channels=65_535, align=0xFFFE),
        "2 GHz": wav(WORDS.tobytes(), channels=2, rate=2_000_000_000, align=4),
        "a RIFF that lies about its length": wav(WORDS.tobytes(), channels=2, stated=0xFFFFFFF0),
        "an ffconcat script": f"ffconcat version 1.0\nfile '{canary}/one.wav'\n".encode(),
        "an ffconcat script behind a tag": id3 + f"ffconcat version 1.0\nfile '{canary}/one.wav'\n".encode(),
        "a playlist": playlist,
        "a playlist behind a tag": id3 + playlist,
        "a playlist behind a sync word": b"\xff\xfb\x90\x44" + playlist,
        "boxes in boxes": nested_mp4(),
        "a table that is not there": mp4_with_tables(0, stated=0xFFFFFFFF),
        "a table of two million entries": mp4_with_tables(2_000_000, stated=2_000_000),
        "immersive audio": box(b"ftyp", b"iamf\0\0\0\0iamfmp42") + box(b"moov", bytes(64)),
        "a zip": a_zip(),
        "a zip that says RIFF": b"RIFF\x24\0\0\0WAVE" + a_zip(),
        "half of an Opus file": opus[: len(opus) // 2],
        "a WAV with an Opus file in it": wav(opus, tag=0x704F),
        "an endless tag": b"ID3\x04\x00\x00\x7f\x7f\x7f\x7f" + pcm(WORDS),
    }
