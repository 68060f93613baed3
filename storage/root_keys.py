"""Root keys of this machine: 32 random bytes each, in a file or in the environment, the newest last."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from storage import crash_points, key_wrap
from storage.errors import KeysUnusable, RootKeyNeeded

Read = Callable[[], Sequence[bytes]]
Write = Callable[[Sequence[bytes]], None]


class LocalRootKeys:
    """RootKeys on keys that this process can see. A version is named by a check of its key, which is no secret."""

    def __init__(self, *, read: Read, write: Write | None = None) -> None:
        """`read` returns the keys, the newest last; `write` keeps others instead (None: only a person can).

        Raises ValueError for a key of another length than 32 bytes.
        """
        self._read = read
        self._write = write
        self._known = self._look()

    def make_next(self, after: str) -> str:
        """Return the version that follows `after`; made now, unless it was made or given before.

        Raises RootKeyNeeded when only a person can give it.
        """
        self._known = self._look()
        newest = next(reversed(self._known), after)
        if newest != after:
            return newest
        if self._write is None:
            raise RootKeyNeeded
        made = key_wrap.new_key()
        self._write([*self._known.values(), made])
        crash_points.reach("root-file.written")
        self._known = self._look()
        return _version_of(made)

    def has(self, version: str) -> bool:
        """Tell whether this version is there."""
        if version not in self._known:
            self._known = self._look()  # another process may have rotated
        return version in self._known

    def wrap(self, version: str, key: bytes, *, place: Sequence[str]) -> bytes:
        """Wrap a key, bound to its place. Raises KeysUnusable for a version that is not there."""
        return key_wrap.wrap(key, under=self._under(version, place), place=key_wrap.context(*place))

    def unwrap(self, version: str, wrapped: bytes, *, place: Sequence[str]) -> bytes:
        """Open what `wrap` made. Raises Tampered, and KeysUnusable for a version that is not there."""
        return key_wrap.unwrap(wrapped, under=self._under(version, place), place=key_wrap.context(*place))

    def destroy(self, version: str) -> bool:
        """Destroy a version; False when only a person can. Destroying nothing is no error."""
        self._known = self._look()
        if version not in self._known:
            return True
        if self._write is None:
            return False
        self._write([key for name, key in self._known.items() if name != version])
        self._known = self._look()
        return True

    def _look(self) -> dict[str, bytes]:
        return {_version_of(key): key for key in self._read()}

    def _under(self, version: str, place: Sequence[str]) -> bytes:
        if not self.has(version):
            raise KeysUnusable
        return key_wrap.derive(self._known[version], "wrap", place[0])


def _version_of(key: bytes) -> str:
    if len(key) != key_wrap.KEY_SIZE:
        msg = "a root key is 32 bytes"
        raise ValueError(msg)
    return key_wrap.derive(key, "root check").hex()
