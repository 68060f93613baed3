"""The port to where root keys live: a key management service, or what stands in for one (docs/adr/0021)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class RootKeys(Protocol):
    """Where root keys live: a file, the environment, or a KMS that never gives them out (docs/adr/0021).

    A root key has versions. A version's name is no secret; it says under which of them a key is wrapped.
    """

    def make_next(self, after: str) -> str:
        """Return the version that follows `after`; made now, unless it was made or given before.

        So what a killed rotation made is found again. Before the first version `after` is the key store's id. Raises
        RootKeyNeeded when only a person can give it, Unavailable.
        """

    def has(self, version: str) -> bool:
        """Tell whether this version is there. Raises Unavailable."""

    def wrap(self, version: str, key: bytes, *, place: Sequence[str]) -> bytes:
        """Wrap a key, bound to its place, its kind first. Raises KeysUnusable where the version is not, Unavailable."""

    def unwrap(self, version: str, wrapped: bytes, *, place: Sequence[str]) -> bytes:
        """Open what `wrap` made. Raises Tampered, KeysUnusable where the version is not, Unavailable."""

    def destroy(self, version: str) -> bool:
        """Destroy a version; False when only a person can. Destroying nothing is no error. Raises Unavailable."""
