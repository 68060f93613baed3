"""The door to what staff may see (design.md 9): masked sound, masked words, plans.

A module of its own, so that the import contracts can keep the steps that serve staff away from the vault's.
"""

from __future__ import annotations

from storage.records import RAW_ITEMS, Item
from storage.sealed_objects import SealedObjects


class MaskedStore(SealedObjects):
    """A SealedStore without raw items: asking for one is a TypeError, whoever asks."""

    _may_touch = frozenset(Item) - RAW_ITEMS
