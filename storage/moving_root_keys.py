"""Root keys on their way to another place: new versions are made there, old ones die where they were."""

from __future__ import annotations

from collections.abc import Sequence

from storage.kms import RootKeys


class MovingRootKeys:
    """RootKeys in two places; a rotation moves a key store from the one to the other."""

    def __init__(self, *, to: RootKeys, source: RootKeys) -> None:
        """`source` is where the present version may still be."""
        self._to = to
        self._source = source

    def make_next(self, after: str) -> str:
        """Make it at the new place. Raises RootKeyNeeded, Unavailable."""
        return self._to.make_next(after)

    def has(self, version: str) -> bool:
        """Tell whether this version is in either place. Raises Unavailable."""
        return self._to.has(version) or self._source.has(version)

    def wrap(self, version: str, key: bytes, *, place: Sequence[str]) -> bytes:
        """See RootKeys."""
        return self._where(version).wrap(version, key, place=place)

    def unwrap(self, version: str, wrapped: bytes, *, place: Sequence[str]) -> bytes:
        """See RootKeys."""
        return self._where(version).unwrap(version, wrapped, place=place)

    def destroy(self, version: str) -> bool:
        """See RootKeys."""
        return self._where(version).destroy(version)

    def _where(self, version: str) -> RootKeys:
        return self._source if self._source.has(version) else self._to
