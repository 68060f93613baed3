"""Writing an object of unknown length: in flat memory, whole or not at all, never over another.

What fits into one part is put at its name in one request that fails when the name is taken. For what is larger an
unfinished upload lies at `<name>.content-<id>` meanwhile: an inventory shows it, and whoever destroys the prefix ends
it, by which we learn that we lost. It is completed at its own key, which nobody else writes, and a small link to it is
put at the name in the same way: servers honour the condition on a put, and several (Ceph 16 among them) ignore it, in
silence, where an upload is completed.

Where the bucket keeps versions, Ceph 16 ignores it on a put as well. There the oldest version is the object, for
readers too: whoever finds that another came first removes their own and has lost.
"""

from __future__ import annotations

import io
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO, Final, cast

from minio.datatypes import Part

from storage.errors import Conflict, LostClaim, NotFound, StorageError, Unavailable
from storage.s3.client import META, NO_VERSION, Client

PART_SIZE: Final = 8 << 20
# A server takes 10,000 parts of 5 MiB or more: 80 GiB an object.
WRITE: Final = "write"
LINK: Final = "link"
# The metadata of what we put: whose write it is, and where the content of a link lies.


@contextmanager
def writing(client: Client, name: str) -> Iterator[BinaryIO]:
    """Write an object (see ObjectStore). Raises Conflict, LostClaim, Unavailable; then nothing of it is left."""
    new = _NewObject(client, name)
    whole = False
    try:
        yield cast("BinaryIO", new)
        new.finish()
        whole = True
    finally:
        if not whole:
            new.drop()


def content_key(name: str, write: str) -> str:
    """Return where the content of a large object lies."""
    return f"{name}.content-{write}"


def has_versions(version: str | None) -> bool:
    """Tell from an object's version whether its bucket keeps versions."""
    return version not in {None, "", NO_VERSION}


class _NewObject(io.RawIOBase):
    """One write: at most two parts of it are in memory."""

    def __init__(self, client: Client, name: str) -> None:
        super().__init__()
        self._client = client
        self._name = name
        self._write = secrets.token_hex(8)
        self._key = content_key(name, self._write)
        self._upload = ""
        self._waiting: list[bytes] = []  # joined once: a buffer that grows is copied again and again
        self._length = 0
        self._parts: list[Part] = []
        self._size = 0
        self._completing = False
        self._putting = False
        self._version: str | None = None

    def writable(self) -> bool:
        """Return True."""
        return not self.closed

    def write(self, data: object, /) -> int:
        """Take all of `data`; returns its length in bytes. Raises LostClaim, Unavailable."""
        left = memoryview(data).cast("B")  # type: ignore[arg-type]  # any buffer, as io takes it
        size = len(left)
        while left:
            if self._length == PART_SIZE:
                self._send()
            room = PART_SIZE - self._length
            piece = data if isinstance(data, bytes) and len(left) == len(data) <= room else bytes(left[:room])
            self._waiting.append(piece)
            self._length += len(piece)
            left = left[len(piece) :]
        self._size += size
        return size

    def finish(self) -> None:
        """Give the object its name."""
        if self._parts:
            self._finish_large()
        else:
            self._put(b"".join(self._waiting), {})

    def drop(self) -> None:
        """Leave nothing behind, as far as the server answers; what stays is in every inventory."""
        with suppress(StorageError):
            if self._upload:
                self._client.abandon(self._key, self._upload)
        with suppress(StorageError):
            if self._completing:
                self._client.remove((self._key, each.version_id) for each in self._client.versions(self._key))
        with suppress(StorageError):
            if self._putting:
                self._take_back()

    def _send(self) -> None:
        if not self._upload:
            self._upload = self._client.begin(self._key)
        part = self._client.send(self._key, self._upload, len(self._parts) + 1, b"".join(self._waiting))
        self._parts.append(part)
        self._waiting.clear()
        self._length = 0

    def _finish_large(self) -> None:
        self._send()
        self._completing = True
        self._client.complete(self._key, self._upload, self._parts)
        self._check_content()
        self._put(self._key.encode(), {LINK: self._write})
        self._check_content()  # a link to what was destroyed meanwhile would be a dead one

    def _check_content(self) -> None:
        try:
            kept = self._client.facts(self._key).size
        except NotFound:
            raise LostClaim from None
        if kept != self._size:
            raise Unavailable("the object store keeps another length than was sent")

    def _put(self, content: bytes, meta: dict[str, str]) -> None:
        self._putting = True
        try:
            put = self._client.put_new(self._name, content, {WRITE: self._write, **meta})
        except Conflict:
            # a put whose answer was lost is sent again, and then meets itself
            if self._find_own() is None:
                raise
            return
        if has_versions(put.version_id):
            self._check_first(put.version_id)

    def _check_first(self, version: str | None) -> None:
        """Keep the oldest version of the name: it is the object, and ours or another's."""
        self._version = version
        first = self._client.first_version(self._name)
        if first == version:
            return
        if first is None:  # destroyed meanwhile, ours with it
            raise LostClaim
        self._client.remove([(self._name, version)])
        self._version = self._find_own(first)  # ours too when a put was sent twice
        if self._version is None:
            raise Conflict

    def _take_back(self) -> None:
        version = self._version or self._find_own()
        if version is not None:
            self._client.remove([(self._name, version or None)])

    def _find_own(self, version: str | None = None) -> str | None:
        """Return the version of what stands at the name if this write put it there, empty without versions."""
        with suppress(NotFound):
            facts = self._client.facts(self._name, version)
            if (facts.metadata or {}).get(f"{META}{WRITE}") == self._write:
                return facts.version_id or ""
        return None
