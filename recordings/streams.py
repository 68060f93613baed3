"""Bytes out: one range of an encrypted object, and what a writer in another thread makes while it is sent.

Browsers seek in sound only where Range works: without it, `currentTime` stays 0 and no error is shown.
"""

from __future__ import annotations

import io
import os
import queue
import re
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from typing import BinaryIO

import anyio.to_thread
from fastapi.responses import StreamingResponse

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
        self._told = False

    def writable(self) -> bool:
        return True

    def write(self, data: object, /) -> int:
        """Hand on the bytes. Raises BrokenPipeError, once, when nobody takes them any more.

        What the writer still writes while it closes its archive is dropped: a second error there would hide the first.
        """
        content = bytes(data)  # type: ignore[call-overload]  # any buffer, as io takes it
        for at in range(0, len(content), CHUNK):
            self._put(content[at : at + CHUNK])
        return len(content)

    def finish(self) -> None:
        """Say that nothing follows."""
        if not self._given_up:
            self._put(None)

    def give_up(self) -> None:
        """Say that nobody reads: the writer stops at its next write, and a reader that still waits is let go."""
        self._given_up = True
        with suppress(queue.Empty):
            while True:
                self._chunks.get_nowait()
        with suppress(queue.Full):
            self._chunks.put_nowait(None)

    def take(self) -> bytes | None:
        """Return the next chunk, None after the last; waits for it."""
        return self._chunks.get()

    def _put(self, chunk: bytes | None) -> None:
        if not self._given_up:
            try:
                self._chunks.put(chunk, timeout=PATIENCE)
            except queue.Full:
                self._given_up = True
            else:
                return
        if not self._told:
            self._told = True
            raise BrokenPipeError


async def stream_from(write: Callable[[BinaryIO], object]) -> AsyncIterator[bytes]:
    """Yield what `write` writes, while it writes it in a thread of its own; raise what it raises.

    Asynchronous because of its end: when the receiver goes away, this is cancelled, and the writer is told at once.
    """
    pipe = _Pipe()

    def work() -> None:
        try:
            write(pipe)  # type: ignore[arg-type]  # a raw file is all that an archive needs
        finally:
            pipe.finish()

    pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="vaiti-stream")
    done = pool.submit(work)
    try:
        while (chunk := await anyio.to_thread.run_sync(pipe.take, abandon_on_cancel=True)) is not None:
            yield chunk
        await anyio.to_thread.run_sync(done.result)
    finally:
        pipe.give_up()
        pool.shutdown(wait=False)


def answer_archive(write: Callable[[BinaryIO], object], *, name: str = "vaiti-access.zip") -> StreamingResponse:
    """Answer with an archive while it is written."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingResponse(stream_from(write), media_type="application/zip", headers=headers)
