"""What the vault and the masked store share: sealing as they write, opening as they read, generations.

An object's name is `<2 hex>/<recording>/<item>.<generation>`, opaque ids only; its key and its identity name the
generation as well. A rewrite is a new generation; the old one is removed when the new one is durable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, Final, Self, cast

from storage.errors import Conflict, KeyGone, LostClaim, NotFound
from storage.ports import KeyStore, ObjectStore
from storage.records import Item, RecordingId, StoredObject
from storage.sealed_stream import SealingWriter, open_sealed

_GENERATION: Final = re.compile(r"([0-9]{8})-([0-9]{4})")
_ID: Final = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True, order=True)
class _Generation:
    """Whose claim wrote it (the row's token) and how many times that claim had written it before."""

    token: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Self | None:
        found = _GENERATION.fullmatch(text)
        return cls(int(found[1]), int(found[2])) if found else None

    def checked(self) -> Self:
        """Refuse numbers that the name has no room for: they would sort wrongly and be read as older."""
        if self.token > 99_999_999 or self.number > 9_999:
            raise Conflict
        return self

    def __str__(self) -> str:
        return f"{self.token:08d}-{self.number:04d}"


class SealedObjects:
    """A SealedStore over one ObjectStore and one KeyStore; a subclass says which items it may touch."""

    _may_touch: frozenset[Item] = frozenset()

    def __init__(self, objects: ObjectStore, keys: KeyStore) -> None:
        """`objects` holds what is sealed, `keys` the keys; they are backed up apart."""
        self._objects = objects
        self._keys = keys

    @contextmanager
    def write(self, recording: RecordingId, item: Item, *, token: int | None = None) -> Iterator[BinaryIO]:
        """Write and seal as a stream; replaces an earlier generation of the item only when the context ends well.

        `token` is the claim's, so that a worker that lost its claim cannot replace what its successor wrote.
        Raises KeyGone, LostClaim, Unavailable.
        """
        self._check(item)
        generation = self._next(recording, item, token)
        key = self._keys.derive(recording, _purpose(item, generation))
        with self._objects.write(_name(recording, item, generation)) as out:
            sealing = SealingWriter(out, key=key, identity=_identity(recording, item, generation))
            yield cast("BinaryIO", sealing)
            sealing.finish()
            self._check_still_wanted(recording, item, generation)
        self._remove_before(recording, item, generation)

    def open(self, recording: RecordingId, item: Item) -> BinaryIO:
        """Open for reading in clear, seekable, authenticated chunk by chunk. Raises NotFound, KeyGone, Tampered."""
        self._check(item)
        try:
            return self._open_newest(recording, item)
        except NotFound:
            return self._open_newest(recording, item)  # a rewrite may have removed it between list and open

    def remove(self, recording: RecordingId, item: Item) -> None:
        """Remove an item (all generations). Removing nothing is no error."""
        self._check(item)
        self._objects.destroy(f"{_folder(recording)}{item}.")

    def inventory(self, recording: RecordingId) -> Sequence[StoredObject]:
        """Everything stored for a recording, in both areas, unfinished writes too."""
        return self._objects.inventory(_folder(recording))

    def destroy(self, recording: RecordingId) -> int:
        """Remove everything stored for a recording, in both areas."""
        return self._objects.destroy(_folder(recording))

    def tokens(self, recording: RecordingId) -> Mapping[Item, int]:
        """Return which items there are, whole, and the token of the claim that wrote each of them last."""
        folder, newest = _folder(recording), dict[Item, int]()
        for stored in self._objects.inventory(folder):
            item, _, text = stored.name.removeprefix(folder).partition(".")
            generation = _Generation.parse(text)
            if generation and item in set(Item):
                newest[Item(item)] = max(generation.token, newest.get(Item(item), 0))
        return newest

    def _check(self, item: Item) -> None:
        if item not in self._may_touch:
            msg = f"{type(self).__name__} does not open {item}"
            raise TypeError(msg)

    def _check_still_wanted(self, recording: RecordingId, item: Item, written: _Generation) -> None:
        """Leave nothing behind when the recording was purged, or somebody else took over, while we wrote."""
        if not self._keys.knows(recording):
            raise KeyGone
        if any(written < generation for generation in self._generations(recording, item)):
            raise LostClaim

    def _open_newest(self, recording: RecordingId, item: Item) -> BinaryIO:
        generations = self._generations(recording, item)
        if not generations:
            raise NotFound
        newest = generations[-1]
        key = self._keys.derive(recording, _purpose(item, newest))
        source = self._objects.open(_name(recording, item, newest))
        return open_sealed(source, key=key, identity=_identity(recording, item, newest))

    def _generations(self, recording: RecordingId, item: Item) -> Sequence[_Generation]:
        prefix = f"{_folder(recording)}{item}."
        names = (stored.name.removeprefix(prefix) for stored in self._objects.inventory(prefix))
        return sorted(found for name in names if (found := _Generation.parse(name)))

    def _next(self, recording: RecordingId, item: Item, token: int | None) -> _Generation:
        generations = self._generations(recording, item)
        newest = generations[-1] if generations else _Generation(0, -1)
        if token is None or token == newest.token:
            return _Generation(newest.token, newest.number + 1).checked()
        if token < newest.token:
            raise LostClaim
        return _Generation(token, 0).checked()

    def _remove_before(self, recording: RecordingId, item: Item, kept: _Generation) -> None:
        for generation in self._generations(recording, item):
            if generation < kept:
                self._objects.destroy(_name(recording, item, generation))


def _folder(recording: RecordingId) -> str:
    if not _ID.fullmatch(recording):
        msg = "not a recording id"
        raise ValueError(msg)
    return f"{recording[:2]}/{recording}/"


def _name(recording: RecordingId, item: Item, generation: _Generation) -> str:
    return f"{_folder(recording)}{item}.{generation}"


def _purpose(item: Item, generation: _Generation) -> str:
    return f"object/{item}/{generation}"  # one key never seals two objects


def _identity(recording: RecordingId, item: Item, generation: _Generation) -> bytes:
    return f"{recording}|{item}|{generation}".encode()
