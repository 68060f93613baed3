"""Reading an object from any place: its beginning at once, the rest by ranges."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import BinaryIO, Final

from storage.errors import Tampered, Unavailable
from storage.s3.client import META, Client, Piece
from storage.s3.writing import LINK, content_key, has_versions

BEGINNING: Final = 4 << 20
# Read when it is opened: most calls are smaller, are read in one request, and are read on when they are replaced.
BLOCK: Final = 512 << 10
_ID: Final = re.compile(r"[0-9a-f]{16}")


def open_object(client: Client, name: str) -> BinaryIO:
    """Open for reading, seekable. Raises NotFound, Unavailable; reads past the first 4 MiB do as well."""
    source = _find(client, name)
    link = source.beginning.meta.get(f"{META}{LINK}")
    if link is not None:
        if not _ID.fullmatch(link):
            raise Tampered
        source = _find(client, content_key(name, link))
    return io.BufferedReader(_Ranges(client, source), buffer_size=1 << 16)


@dataclass(frozen=True, slots=True)
class _Source:
    """Which version of which object, and how it begins."""

    key: str
    version: str | None
    beginning: Piece


def _find(client: Client, key: str) -> _Source:
    """Find the object that came first, where several versions may stand at one name (see `writing`)."""
    beginning = client.get(key, 0, BEGINNING)
    version = beginning.meta.get("x-amz-version-id")
    if not has_versions(version):
        return _Source(key, None, beginning)
    first = client.first_version(key)
    if first != version:
        beginning = client.get(key, 0, BEGINNING, first)
    return _Source(key, first, beginning)


class _Ranges(io.RawIOBase):
    """An object by ranges; its beginning and one block are kept."""

    def __init__(self, client: Client, source: _Source) -> None:
        super().__init__()
        self._client = client
        self._source = source
        self._size = source.beginning.size
        self._block: tuple[int, bytes] = (0, b"")
        self._position = 0

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
        """Read what is at hand at this position. Raises NotFound when the object was removed, Unavailable."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]  # io hands over any writable buffer
        if self._position >= self._size or not len(view):
            return 0
        start, content = self._at_hand()
        piece = content[self._position - start : self._position - start + len(view)]
        view[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)

    def _at_hand(self) -> tuple[int, bytes]:
        if self._position < len(self._source.beginning.content):
            return 0, self._source.beginning.content
        start, content = self._block
        if not start <= self._position < start + len(content):
            piece = self._client.get(self._source.key, self._position, BLOCK, self._source.version)
            if piece.size != self._size:
                raise Unavailable("the object changed while it was read")
            self._block = (self._position, piece.content)
        return self._block
