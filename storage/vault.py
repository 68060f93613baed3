"""The vault: the door to what was recorded (design.md 9). Few steps may import this module; a lint says which."""

from __future__ import annotations

from storage.masked_store import MaskedStore
from storage.records import Item
from storage.sealed_objects import SealedObjects

__all__ = ["MaskedStore", "Vault"]


class Vault(SealedObjects):
    """A SealedStore that may touch every item. Whoever holds it can open what was recorded."""

    _may_touch = frozenset(Item)
