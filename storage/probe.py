"""Does an object store keep the promises that Vaiti builds on? It is asked to, with objects of its own."""

from __future__ import annotations

import io
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from storage.errors import Conflict, NotFound
from storage.ports import ObjectStore

PREFIX: Final = "probe"
_CONTENT: Final = bytes(range(256))
_LARGE: Final = (8 << 20) + 300
# More than one part, so that an object is also stored and read in pieces.


@dataclass(frozen=True, slots=True)
class Probed:
    """What a store lacks, and what is worth saying about it: sentences without names or values."""

    missing: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    def __add__(self, other: Probed) -> Probed:
        """Put two looks at one store together."""
        return Probed(self.missing + other.missing, self.remarks + other.remarks)


def probe(objects: ObjectStore) -> Probed:
    """Write, read, and destroy under a prefix of our own. Raises Unavailable; then what was written may stay there."""
    folder = f"{PREFIX}/{secrets.token_hex(16)}/"
    try:
        found = [*_replaces(objects, f"{folder}small.1"), *_misreads(objects, f"{folder}large.1")]
    finally:
        objects.destroy(folder)
    return Probed((*found, *_keeps(objects, folder)))


def _put(objects: ObjectStore, name: str, content: bytes) -> None:
    with objects.write(name) as out:
        out.write(content)


def _replaces(objects: ObjectStore, name: str) -> Iterator[str]:
    _put(objects, name, _CONTENT)
    try:
        _put(objects, name, b"second")
    except Conflict:
        return
    yield "it lets a second write replace the first: puts with If-None-Match: * have to be refused with 412"


def _misreads(objects: ObjectStore, name: str) -> Iterator[str]:
    content = (_CONTENT * (_LARGE // len(_CONTENT) + 1))[:_LARGE]
    _put(objects, name, content)
    with objects.open(name) as source:
        for start in (0, 5_000_001, _LARGE - 7):
            source.seek(start)
            if source.read(1000) != content[start : start + 1000]:
                yield "it does not read an object from a place in its middle: GET with Range has to be answered"
                return
        if source.seek(0, io.SEEK_END) != _LARGE:
            yield "it tells another length than was written"


def _keeps(objects: ObjectStore, folder: str) -> Iterator[str]:
    if objects.inventory(folder):
        yield "it still lists what was deleted"
    for name in ("small.1", "large.1"):
        try:
            objects.open(f"{folder}{name}").close()
        except NotFound:
            continue
        yield "it still gives what was deleted"
        return
