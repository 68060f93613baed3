"""Generations of sealed objects, which of each item is the lowest that may still be read, and the port to those.

Who can write to the object store can put a whole older generation back under its own name, yesterday's masked copy that
masks less. So the key store, which they cannot write to, keeps the floors (docs/adr/0027).
"""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol, Self

from storage.errors import Conflict
from storage.records import Item, RecordingId

_TEXT: Final = re.compile(r"([0-9]{8})-([0-9]{4})")


@dataclass(frozen=True, slots=True, order=True)
class Generation:
    """Whose claim wrote it (the row's token) and how many times that claim had written it before."""

    token: int
    number: int

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read the end of an object's name; None where it is none."""
        found = _TEXT.fullmatch(text)
        return cls(int(found[1]), int(found[2])) if found else None

    def next(self) -> Generation:
        """Return what the same claim writes after it."""
        return Generation(self.token, self.number + 1)

    def checked(self) -> Self:
        """Refuse numbers that the name has no room for: they would sort wrongly and be read as older."""
        if self.token > 99_999_999 or self.number > 9_999:
            raise Conflict
        return self

    def __str__(self) -> str:
        return f"{self.token:08d}-{self.number:04d}"


FIRST: Final = Generation(0, 0)
# What a push writes. Nothing is older, so a push has no floor to raise.

_ORDER: Final = (
    Item.RAW_AUDIO,
    Item.RAW_WORDS,
    Item.RAW_FACTS,
    Item.MANIFEST,
    Item.MASKED_AUDIO,
    Item.MASKED_WORDS,
    Item.PLAN,
    Item.LATER_FACTS,
    Item.NOTES,
    Item.CORRECTIONS,
    Item.CUTS,
)
# As they lie in `packed`: a new item goes to the end, and what was packed before it was there has its floor at FIRST.
_ONE: Final = struct.Struct(">IH")
_SIZE: Final = _ONE.size * len(_ORDER)


@dataclass(frozen=True, slots=True)
class Floors:
    """One recording's floors: the lowest generation of each item that may be read."""

    packed: bytes = bytes(_SIZE)  # token (32 bits) and number (16 bits) of each item, big-endian

    def __getitem__(self, item: Item) -> Generation:
        return Generation(*_ONE.unpack_from(self.packed.ljust(_SIZE, b"\0"), _ORDER.index(item) * _ONE.size))

    def moved(self, item: Item, to: Generation) -> Self:
        """Return them with this item's floor there. The length stays, so that the row is not laid out anew."""
        moved: Mapping[Item, Generation] = {**{each: self[each] for each in _ORDER}, item: to}
        return type(self)(b"".join(_ONE.pack(each.token, each.number) for each in moved.values()))

    def newest_token(self) -> int:
        """Return the highest token of a claim that has written."""
        return max(self[item].token for item in _ORDER)


class FloorKeeper(Protocol):
    """The part of a KeyStore that keeps the floors. They live and die with a recording's data key."""

    def floors(self, recording: RecordingId) -> Floors:
        """Return a recording's floors. Raises KeyGone."""

    def all_floors(self, beginning: str = "") -> Mapping[RecordingId, Floors]:
        """Return the floors of every recording that has a key and an id that begins so: for the sweep."""

    def raise_floor(self, recording: RecordingId, item: Item, to: Generation) -> None:
        """Let nothing older than `to` be read; never lowers. A kill does not lose it. Raises KeyGone, Unavailable."""

    def lower_floor(self, recording: RecordingId, item: Item, to: Generation) -> None:
        """Let what a restore put back be read again: a person's act, and nobody else's. Raises KeyGone, Unavailable."""
