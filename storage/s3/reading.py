"""Reading an object from any place: its beginning at once, the rest by ranges."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import BinaryIO, Final

from storage.errors import Tampered, Unavailable
from storage.s3.client import META, Client, Piece
from storage.s3.writing import LINK, content_key, has_versions
from storage.seekable import SeekableReader

BEGINNING: Final = 8 << 20
# Read when it is opened: a call of ten minutes is smaller and takes one request; a second one, for the end alone, costs
# more than the bytes do (a server that waits for acknowledgements: 40 ms). What was read stays so when it is replaced.
BLOCK: Final = 512 << 10
LARGEST: Final = 2 << 20
# Read where somebody jumps to, and twice as much each time while somebody reads on: requests are what costs.
_ID: Final = re.compile(r"[0-9a-f]{16}")


def open_object(client: Client, name: str) -> BinaryIO:
    """Open for reading, seekable. Raises NotFound, Unavailable; reads past `BEGINNING` do as well."""
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


class _Ranges(SeekableReader):
    """An object by ranges; its beginning and one block are kept. Reads raise NotFound when it was removed."""

    def __init__(self, client: Client, source: _Source) -> None:
        super().__init__(source.beginning.size)
        self._client = client
        self._source = source
        self._block: tuple[int, bytes] = (0, b"")

    def _at(self, position: int) -> tuple[int, bytes]:
        if position < len(self._source.beginning.content):
            return 0, self._source.beginning.content
        start, content = self._block
        if not start <= position < start + len(content):
            reads_on = content and position == start + len(content)
            wanted = min(2 * len(content), LARGEST) if reads_on else BLOCK
            piece = self._client.get(self._source.key, position, wanted, self._source.version)
            if piece.size != self._size:
                raise Unavailable("the object changed while it was read")
            self._block = (position, piece.content)
        return self._block
