"""What the vault and the masked store share: sealing as they write, opening as they read, generations.

An object's name is `<2 hex>/<recording>/<item>.<generation>`, opaque ids only; its key and its identity name the
generation as well. A rewrite is a new generation: once it is durable the key store's floor is raised to it, and then
the old one is removed. A kill in between leaves the new one to be read. What lies below the floor was put back, and is
refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import BinaryIO, Final, cast

from storage import crash_points
from storage.errors import KeyGone, LostClaim, NotFound, Tampered
from storage.generations import FIRST, Floors, Generation
from storage.newest import Newest
from storage.ports import KeyStore, ObjectStore
from storage.records import Item, RecordingId, StoredObject
from storage.sealed_stream import SealingWriter, open_sealed

_ID: Final = re.compile(r"[0-9a-f]{32}")


class SealedObjects:
    """A SealedStore over one ObjectStore and one KeyStore; a subclass says which items it may touch."""

    _may_touch: frozenset[Item] = frozenset()

    def __init__(self, objects: ObjectStore, keys: KeyStore) -> None:
        """`objects` holds what is sealed, `keys` the keys; they are backed up apart."""
        self._objects = objects
        self._keys = keys
        self._newest = Newest()

    @contextmanager
    def write(
        self, recording: RecordingId, item: Item, *, token: int | None = None, first: bool = False
    ) -> Iterator[BinaryIO]:
        """Write and seal as a stream; replaces an earlier generation of the item only when the context ends well.

        `token` is the claim's, so that a worker that lost its claim cannot replace what its successor wrote; `first`
        says that nobody has written the item before. Raises KeyGone, LostClaim, Unavailable.
        """
        self._check(item)
        generation = FIRST if first else self._next(recording, item, token)
        key = self._keys.derive(recording, _purpose(item, generation))
        with self._objects.write(_name(recording, item, generation)) as out:
            sealing = SealingWriter(out, key=key, identity=_identity(recording, item, generation))
            yield cast("BinaryIO", sealing)
            sealing.finish()
            if generation < self._keys.floors(recording)[item]:  # somebody else took over while we wrote
                raise LostClaim
        crash_points.reach("sealed.published")
        self._raise_floor(recording, item, generation)
        crash_points.reach("sealed.floor-raised")
        self._remove_before(recording, item, generation)

    def open(self, recording: RecordingId, item: Item) -> BinaryIO:
        """Open for reading in clear, seekable, authenticated chunk by chunk. Raises NotFound, KeyGone, Tampered."""
        self._check(item)
        known = self._newest.find(recording, item, self._keys.floors(recording)[item])
        if known is not None:
            with suppress(NotFound):  # it was removed; whether there is another is looked for
                return self._open(recording, item, known)
            self._newest.forget(recording, item)
        try:
            return self._open_newest(recording, item)[1]
        except NotFound:
            return self._open_newest(recording, item)[1]  # a rewrite may have removed it between list and open

    def settle(self, recording: RecordingId, item: Item) -> None:
        """Raise the floor to the newest generation that is there, when it opens: a power failure may have lowered it.

        Raises NotFound, KeyGone, Tampered, Unavailable.
        """
        self._check(item)
        newest, source = self._open_newest(recording, item)
        source.close()
        self._raise_floor(recording, item, newest)

    def accept(self, recording: RecordingId) -> None:
        """Lower the floors to what is there: a restore put older generations back. Nobody may be served from them.

        Raises KeyGone, Unavailable.
        """
        floors, newest = self._keys.floors(recording), dict[Item, Generation]()
        for item, generation in self._whole(recording):
            newest[item] = max(generation, newest.get(item, generation))
        for item, generation in newest.items():
            if generation < floors[item]:
                self._keys.lower_floor(recording, item, generation)

    def remove(self, recording: RecordingId, item: Item) -> None:
        """Remove an item (all generations); put back, it is refused. Removing nothing is no error."""
        self._check(item)
        self._objects.destroy(f"{_folder(recording)}{item}.")
        with suppress(KeyGone):  # without its key nothing opens
            floor = self._keys.floors(recording)[item]
            if floor > FIRST:
                self._keys.raise_floor(recording, item, floor.next())

    def inventory(self, recording: RecordingId) -> Sequence[StoredObject]:
        """Everything stored for a recording, in both areas, unfinished writes too."""
        return self._objects.inventory(_folder(recording))

    def destroy(self, recording: RecordingId) -> int:
        """Remove everything stored for a recording, in both areas."""
        return self._objects.destroy(_folder(recording))

    def items(self, recording: RecordingId) -> frozenset[Item]:
        """Return which items there are, whole."""
        return frozenset(item for item, _ in self._whole(recording))

    def last_token(self, recording: RecordingId) -> int:
        """Return the highest token of a claim that wrote any item, also one that is not there any more."""
        floors = Floors()
        with suppress(KeyGone):
            floors = self._keys.floors(recording)
        return max(floors.newest_token(), *(each.token for _, each in self._whole(recording)), 0)

    def _whole(self, recording: RecordingId) -> Iterator[tuple[Item, Generation]]:
        folder = _folder(recording)
        for stored in self._objects.inventory(folder):
            item, _, text = stored.name.removeprefix(folder).partition(".")
            generation = Generation.parse(text)
            if generation and item in set(Item):
                yield Item(item), generation

    def _check(self, item: Item) -> None:
        if item not in self._may_touch:
            msg = f"{type(self).__name__} does not open {item}"
            raise TypeError(msg)

    def _raise_floor(self, recording: RecordingId, item: Item, to: Generation) -> None:
        """Refuse from now on what is older. A recording that was purged meanwhile keeps nothing of what was written.

        A purge destroys the key and then looks for objects: either it sees this one, or this sees that the key is gone.
        """
        try:
            if to == FIRST:
                self._keys.floors(recording)
            else:
                self._keys.raise_floor(recording, item, to)
        except KeyGone:
            self._objects.destroy(_name(recording, item, to))
            raise

    def _open_newest(self, recording: RecordingId, item: Item) -> tuple[Generation, BinaryIO]:
        floor = self._keys.floors(recording)[item]  # asked first: what it was raised to is listed after
        generations = self._generations(recording, item)
        if not generations:
            raise NotFound
        newest = generations[-1]
        if newest < floor:
            raise Tampered
        source = self._open(recording, item, newest)
        self._newest.keep(recording, item, floor, newest)
        return newest, source

    def _open(self, recording: RecordingId, item: Item, generation: Generation) -> BinaryIO:
        key = self._keys.derive(recording, _purpose(item, generation))
        source = self._objects.open(_name(recording, item, generation))
        return open_sealed(source, key=key, identity=_identity(recording, item, generation))

    def _generations(self, recording: RecordingId, item: Item) -> Sequence[Generation]:
        prefix = f"{_folder(recording)}{item}."
        names = (name.removeprefix(prefix) for name in self._objects.names(prefix))
        return sorted(found for name in names if (found := Generation.parse(name)))

    def _next(self, recording: RecordingId, item: Item, token: int | None) -> Generation:
        floor = self._keys.floors(recording)[item]
        if token is not None and token != floor.token:
            if token < floor.token:
                raise LostClaim
            return Generation(token, 0).checked()  # a claim writes an item once: nobody need be asked
        written = [*self._generations(recording, item), *([floor] if floor > FIRST else [])]
        if not written:
            return Generation(token or 0, 0).checked()
        newest = max(written)
        if token is None or token == newest.token:
            return newest.next().checked()
        if token < newest.token:
            raise LostClaim
        return Generation(token, 0).checked()

    def _remove_before(self, recording: RecordingId, item: Item, kept: Generation) -> None:
        if kept == FIRST:
            return
        for generation in self._generations(recording, item):
            if generation < kept:
                self._objects.destroy(_name(recording, item, generation))


def _folder(recording: RecordingId) -> str:
    if not _ID.fullmatch(recording):
        msg = "not a recording id"
        raise ValueError(msg)
    return f"{recording[:2]}/{recording}/"


def _name(recording: RecordingId, item: Item, generation: Generation) -> str:
    return f"{_folder(recording)}{item}.{generation}"


def _purpose(item: Item, generation: Generation) -> str:
    return f"object/{item}/{generation}"  # one key never seals two objects


def _identity(recording: RecordingId, item: Item, generation: Generation) -> bytes:
    return f"{recording}|{item}|{generation}".encode()
