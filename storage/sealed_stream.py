"""Sealed streams: the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizar 2015) over AES-256-GCM.

Standard streaming AEAD and no cipher of our own (design.md 8). Chunks make range reads possible: a player that
jumps into an hour of sound costs one chunk, not the hour. docs/object-format.md has the bytes.
"""

from __future__ import annotations

import hashlib
import io
import os
import struct
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.errors import Tampered
from storage.seekable import SeekableReader

MAGIC: Final = b"VAITISTR"
VERSION: Final = 1
CHUNK_LOG2: Final = 16
# 64 KiB: 0.024 % overhead, and little to decrypt for a seek.
SMALLEST_LOG2: Final = 6
LARGEST_LOG2: Final = 20
# What a reader accepts: a header must not talk it into a huge buffer.
PREFIX_SIZE: Final = 7
TAG_SIZE: Final = 16
HEADER_SIZE: Final = len(MAGIC) + 2 + PREFIX_SIZE
MOST_CHUNKS: Final = 1 << 32
# The counter is 32 bits; a nonce must never come twice.


class _Seal:
    """The key, the header and the identity: what every chunk of one object shares."""

    def __init__(self, key: bytes, *, header: bytes, identity: bytes) -> None:
        self._aead = AESGCM(key)
        self._prefix = header[-PREFIX_SIZE:]
        self._bound = header + hashlib.sha256(identity).digest()

    def _nonce(self, number: int, *, last: bool) -> bytes:
        if number >= MOST_CHUNKS:
            msg = "too many chunks for one stream"
            raise OverflowError(msg)
        return self._prefix + struct.pack(">IB", number, last)

    def close_chunk(self, number: int, clear: bytes, *, last: bool) -> bytes:
        return self._aead.encrypt(self._nonce(number, last=last), clear, self._bound)

    def open_chunk(self, number: int, sealed: bytes, *, last: bool) -> bytes:
        try:
            return self._aead.decrypt(self._nonce(number, last=last), sealed, self._bound)
        except InvalidTag:
            raise Tampered from None


class SealingWriter(io.RawIOBase):
    """Seals what is written to it and passes it on to `out`, chunk by chunk.

    Nothing is a whole object before `finish`: a stream that was only closed has no last chunk and is refused.
    """

    def __init__(self, out: BinaryIO, *, key: bytes, identity: bytes, chunk_log2: int = CHUNK_LOG2) -> None:
        """`key` is 32 bytes and seals this one object; `identity` says which object this is."""
        super().__init__()
        header = MAGIC + bytes((VERSION, chunk_log2)) + os.urandom(PREFIX_SIZE)
        self._out = out
        self._seal = _Seal(key, header=header, identity=identity)
        self._size = 1 << chunk_log2
        self._number = 0
        self._waiting = bytearray()
        out.write(header)

    def writable(self) -> bool:
        """Return True."""
        return not self.closed

    def write(self, data: object, /) -> int:
        """Take all of `data`; returns its length in bytes."""
        view = memoryview(data).cast("B")  # type: ignore[arg-type]  # any buffer: bytes, an array, numpy samples
        # A full chunk waits for one more byte: only then is it known not to be the last. Each byte is copied once.
        at = 0
        while len(self._waiting) + len(view) - at > self._size:
            missing = self._size - len(self._waiting)
            piece = view[at : at + missing]
            self._put(b"".join((self._waiting, piece)) if self._waiting else bytes(piece), last=False)
            self._waiting.clear()
            at += missing
        self._waiting += view[at:]
        return len(view)

    def finish(self) -> None:
        """Seal the last chunk. Call it once, when everything was written."""
        self._put(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _put(self, clear: bytes, *, last: bool) -> None:
        sealed = self._seal.close_chunk(self._number, clear, last=last)
        if self._seal.open_chunk(self._number, sealed, last=last) != clear:  # bad memory would lose the call
            raise Tampered
        self._out.write(sealed)
        self._number += 1


class _OpeningReader(SeekableReader):
    """Opens sealed chunks as they are read; one opened chunk is kept."""

    def __init__(self, source: BinaryIO, *, key: bytes, identity: bytes) -> None:
        self._source = source
        header = source.read(HEADER_SIZE)
        self._chunk = _chunk_size(header)
        self._seal = _Seal(key, header=header, identity=identity)
        body = source.seek(0, io.SEEK_END) - HEADER_SIZE
        self._chunks = -(-body // (self._chunk + TAG_SIZE))
        length = body - self._chunks * TAG_SIZE
        # The writer leaves an empty last chunk only in an empty stream, so every length has one sealed form.
        if self._chunks < 1 or length < 0 or (self._chunks > 1 and length <= (self._chunks - 1) * self._chunk):
            raise Tampered
        super().__init__(length)
        self._opened: tuple[int, bytes] = (-1, b"")
        # The last chunk is opened first: it proves the length, so that even a read of the beginning refuses a cut.
        self._open(self._chunks - 1)

    def close(self) -> None:
        """Close the source too, and forget the opened chunk."""
        self._opened = (-1, b"")
        self._source.close()
        super().close()

    def _at(self, position: int) -> tuple[int, bytes]:
        number = position // self._chunk
        return number * self._chunk, self._open(number)

    def _open(self, number: int) -> bytes:
        if self._opened[0] != number:
            self._source.seek(HEADER_SIZE + number * (self._chunk + TAG_SIZE))
            sealed = self._source.read(self._chunk + TAG_SIZE)
            self._opened = (number, self._seal.open_chunk(number, sealed, last=number == self._chunks - 1))
        return self._opened[1]


def open_sealed(source: BinaryIO, *, key: bytes, identity: bytes) -> BinaryIO:
    """Open a sealed stream for reading in clear, seekable; closing it closes `source`, a seekable file.

    Raises Tampered here or while reading, when a chunk was changed, cut, moved, swapped or sealed under another
    key or identity. Not one byte of a chunk that fails is returned.
    """
    try:
        return io.BufferedReader(_OpeningReader(source, key=key, identity=identity), buffer_size=1 << CHUNK_LOG2)
    except Tampered:
        source.close()
        raise


def sealed_size(clear: int) -> int:
    """How many bytes `clear` bytes become."""
    return HEADER_SIZE + clear + TAG_SIZE * max(1, -(-clear // (1 << CHUNK_LOG2)))


def _chunk_size(header: bytes) -> int:
    if len(header) != HEADER_SIZE or header[: len(MAGIC)] != MAGIC or header[len(MAGIC)] != VERSION:
        raise Tampered
    log2 = header[len(MAGIC) + 1]
    if not SMALLEST_LOG2 <= log2 <= LARGEST_LOG2:
        raise Tampered
    return 1 << log2
