"""A reader of known length that can be read from any place: what readers of sealed and of distant objects share."""

from __future__ import annotations

import io
from abc import abstractmethod
from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate


class SeekableReader(io.RawIOBase):
    """Keeps the position; a subclass says which bytes stand there."""

    def __init__(self, size: int) -> None:
        """Begin at the first of `size` bytes."""
        super().__init__()
        self._size = size
        self._position = 0

    @abstractmethod
    def _at(self, position: int) -> tuple[int, bytes]:
        """Return a stretch of bytes that holds this position, and the position of its first byte."""

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True."""
        return True

    def tell(self) -> int:
        """Return the position in bytes."""
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Move to a position in bytes; as with files, it may be past the end."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._size}[whence]
        if base + offset < 0:
            msg = "negative seek position"
            raise ValueError(msg)
        self._position = base + offset
        return self._position

    def readinto(self, buffer: object, /) -> int:
        """Read up to the end of the stretch at this position. Raises what `_at` raises."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]  # io hands over any writable buffer
        if self._position >= self._size or not len(view):
            return 0
        start, content = self._at(self._position)
        piece = content[self._position - start : self._position - start + len(view)]
        view[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)


class PiecesReader(SeekableReader):
    """Reads bytes that came in pieces, without joining them."""

    def __init__(self, pieces: Sequence[bytes]) -> None:
        """None of the pieces is empty."""
        self._pieces = pieces
        self._starts = [0, *accumulate(map(len, pieces))]
        super().__init__(self._starts[-1])

    def _at(self, position: int) -> tuple[int, bytes]:
        number = bisect(self._starts, position) - 1
        return self._starts[number], self._pieces[number]
