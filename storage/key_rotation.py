"""Another root key takes over: every key under the old one is wrapped again, and no object is touched.

The order makes it safe to die anywhere: the new version is made, then it is in force for whatever is written from now
on, then the keys move to it in batches, then the old wrappings leave the file, then a backup is made, and only
then the old version is destroyed. Run again, it goes on where it was.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from storage import crash_points
from storage.key_database import KeyDatabase
from storage.key_tables import FactRow, RootVersionRow, UnderRoot, tables_under_root

BATCH: Final = 100
# Keys a transaction: others can write between two, also where a KMS takes milliseconds for each.

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Rotated:
    """What a rotation did. `left` are old versions that only a person can destroy."""

    version: str
    rewrapped: int
    left: tuple[str, ...]


def rotate_root(
    database: KeyDatabase, *, back_up: Callable[[], object], progress: Progress = lambda _: None
) -> Rotated:
    """Let a new root key take over, or end the rotation that was interrupted.

    `back_up` is called before the old root key dies, and with it every earlier backup. `progress` is told how many
    keys were wrapped again. Raises RootKeyNeeded where a person has to give the new key, KeysUnusable, Unavailable.
    """
    version = _begin(database)
    crash_points.reach("rotation.begun")
    rewrapped = 0
    while count := _rewrap_some(database):
        rewrapped += count
        progress(rewrapped)
        crash_points.reach("rotation.some-rewrapped")
    crash_points.reach("rotation.rewrapped")
    if _old_versions(database):
        database.scrub([])
        crash_points.reach("rotation.scrubbed")
        back_up()
        crash_points.reach("rotation.backed-up")
    return Rotated(version, rewrapped, _destroy_old(database))


def is_rotating(database: KeyDatabase) -> bool:
    """Tell whether a rotation began and has not ended: an old version is still there or in use."""
    with database.reading() as session:
        return bool(_old(session, database.root(session)))


def _begin(database: KeyDatabase) -> str:
    """Return the version that takes over: a new one, unless an old one is still to be replaced."""
    with database.writing() as session:  # holding the write lock: of two rotations at once one makes the version
        present = database.root(session)
        if _old(session, present):
            return present
        version = database.roots.make_next(present)
        crash_points.reach("rotation.version-made")
        session.get_one(FactRow, "root").value = version.encode()
        session.add(RootVersionRow(version=version))
    return version


def _rewrap_some(database: KeyDatabase) -> int:
    """Wrap a batch of keys under the version in force; returns how many."""
    with database.writing() as session:
        present = database.root(session)
        for table in tables_under_root():
            rows = list(session.scalars(select(table).where(table.root != present).limit(BATCH)))
            for row in rows:
                database.seal(session, row, database.unseal(row))
            if rows:
                return len(rows)
    return 0


def _destroy_old(database: KeyDatabase) -> tuple[str, ...]:
    """Destroy what is under no key any more; returns the versions that only a person can destroy."""
    left = []
    for version in _old_versions(database):
        if not database.roots.destroy(version):
            left.append(version)
            continue
        crash_points.reach("rotation.destroyed")
        with database.writing() as session:
            session.delete(session.get_one(RootVersionRow, version))
        crash_points.reach("rotation.forgotten")
    return tuple(left)


def _old_versions(database: KeyDatabase) -> list[str]:
    with database.reading() as session:
        return [old for old in _old(session, database.root(session)) if not _in_use(session, old)]


def _old(session: Session, present: str) -> list[str]:
    return list(session.scalars(select(RootVersionRow.version).where(RootVersionRow.version != present)))


def _in_use(session: Session, version: str) -> int:
    def count(table: type[UnderRoot]) -> int:
        return session.scalars(select(func.count()).select_from(table).where(table.root == version)).one()

    return sum(count(table) for table in tables_under_root())
