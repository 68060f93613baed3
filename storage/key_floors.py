"""The floors of the objects' generations, kept beside the data keys: they die with them.

Raising one is not waited for. A kill does not lose it; a power failure may, and then the older generation opens again
until the next sweep. That is worth less than a sync of the disk for each object that is written.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, cast

from sqlalchemy import Connection, Table, bindparam, select, update

from storage.errors import KeyGone
from storage.generations import Floors, Generation
from storage.key_database import KeyDatabase
from storage.key_tables import DataKeyRow
from storage.records import AFTER, Item, RecordingId
from storage.sqlite_file import answering, for_writing, noting

_KEYS: Final = cast("Table", DataKeyRow.__table__)
_MINE: Final = _KEYS.c.recording == bindparam("mine")
_READ: Final = select(_KEYS.c.floors).where(_MINE)
_WRITE: Final = update(_KEYS).where(_MINE).values(floors=bindparam("moved"))
# Built once: every object that is opened or written asks.


def read_floors(database: KeyDatabase, recording: RecordingId) -> Floors:
    """Return a recording's floors. Raises KeyGone, Unavailable."""
    with answering(), database.engine.connect() as connection:
        return _read(connection, recording)


def read_all_floors(database: KeyDatabase, beginning: str) -> Mapping[RecordingId, Floors]:
    """Return the floors of every recording that has a key and an id that begins so. Raises Unavailable."""
    mine = _KEYS.c.recording.between(beginning, beginning + AFTER)
    with answering(), database.engine.connect() as connection:
        rows = connection.execute(select(_KEYS.c.recording, _KEYS.c.floors).where(mine))
        return {RecordingId(row.recording): Floors(row.floors) for row in rows}


def raise_floor(database: KeyDatabase, recording: RecordingId, item: Item, to: Generation) -> None:
    """Let nothing older than `to` be read. Never lowers. Raises KeyGone, Unavailable."""
    with answering(), noting(database.engine) as connection:
        floors = _read(connection, recording)
        if floors[item] < to:
            connection.execute(_WRITE, {"mine": recording, "moved": floors.moved(item, to).packed})


def lower_floor(database: KeyDatabase, recording: RecordingId, item: Item, to: Generation) -> None:
    """Let what a restore put back be read again; durable when it returns. Raises KeyGone, Unavailable."""
    with answering(), for_writing(database.engine).begin() as connection:
        moved = _read(connection, recording).moved(item, to)
        connection.execute(_WRITE, {"mine": recording, "moved": moved.packed})


def _read(connection: Connection, recording: RecordingId) -> Floors:
    found = connection.scalar(_READ, {"mine": recording})
    if found is None:
        raise KeyGone
    return Floors(found)
