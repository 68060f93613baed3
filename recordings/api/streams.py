"""Bytes out: one range of an encrypted object, and what a writer in another thread makes while it is sent.

Browsers seek in sound only where Range works: without it, `currentTime` stays 0 and no error is shown.
"""

from __future__ import annotations

import io
import os
import queue
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import BinaryIO

from recordings.errors import RangeUnsatisfiable

CHUNK = 1 << 16
# Bytes a read: as large as the sealed chunks, so that none is opened twice.
PATIENCE = 60.0
# Seconds that a receiver may take nothing before the archive it asked for is given up.
_RANGE = re.compile(r"^bytes=(\d*)-(\d*)$")


def parse_range(header: str | None, size: int) -> tuple[int, int] | None:
    """Return the [first, end) bytes that a Range header asks for, or None for all.

    A header that is not one range of bytes is ignored, as RFC 9110 allows. Raises RangeUnsatisfiable.
    """
    found = _RANGE.match(header.strip()) if header else None
    if found is None or found.group(0) == "bytes=-":
        return None
    first, last = found.groups()
    if not first:  # the last so many bytes
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(size, int(last) + 1) if last else size
    if first and last and int(last) < int(first):
        return None
    if start >= end:
        raise RangeUnsatisfiable(size)
    return start, end


def measure(source: BinaryIO) -> int:
    """Return the size of a seekable file in bytes; it is left at its start."""
    size = source.seek(0, os.SEEK_END)
    source.seek(0)
    return size


def read_span(source: BinaryIO, start: int, end: int) -> Iterator[bytes]:
    """Yield bytes [start, end) and close the file, also when the receiver goes away."""
    with closing(source):
        source.seek(start)
        left = end - start
        while left > 0 and (chunk := source.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk


class _Pipe(io.RawIOBase):
    """A file that is written in one thread and read as chunks in another; it holds at most a megabyte."""

    def __init__(self) -> None:
        super().__init__()
        self._chunks: queue.Queue[bytes | None] = queue.Queue(maxsize=16)
        self._given_up = False

    def writable(self) -> bool:
        return True

    def write(self, data: object, /) -> int:
        """Hand on the bytes. Raises BrokenPipeError when nobody takes them any more."""
        content = bytes(data)  # type: ignore[call-overload]  # any buffer, as io takes it
        for at in range(0, len(content), CHUNK):
            self._put(content[at : at + CHUNK])
        return len(content)

    def finish(self) -> None:
        """Say that nothing follows."""
        if not self._given_up:
            self._put(None)

    def give_up(self) -> None:
        """Say that nobody reads: the writer stops at its next write."""
        self._given_up = True
        while not self._chunks.empty():
            self._chunks.get_nowait()

    def chunks(self) -> Iterator[bytes]:
        """Yield what is written until it is finished."""
        while (chunk := self._chunks.get()) is not None:
            yield chunk

    def _put(self, chunk: bytes | None) -> None:
        try:
            if self._given_up:
                raise BrokenPipeError
            self._chunks.put(chunk, timeout=PATIENCE)
        except queue.Full:
            self._given_up = True
            raise BrokenPipeError from None


def stream_from(write: Callable[[BinaryIO], object]) -> Iterator[bytes]:
    """Yield what `write` writes, while it writes it in a thread of its own; raise what it raises."""
    pipe = _Pipe()

    def work() -> None:
        try:
            write(pipe)  # type: ignore[arg-type]  # a raw file is all that an archive needs
        finally:
            pipe.finish()

    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="vaiti-stream") as pool:
        done = pool.submit(work)
        try:
            yield from pipe.chunks()
        except GeneratorExit:
            pipe.give_up()
            raise
        done.result()
