"""Backups of the key store: its own, apart from all others, and dead after a few days (design.md 8).

A backup holds keys as the store does, wrapped, and is worth nothing without the root key. It can bring back what was
destroyed since it was made, so each is written down in the store before its first byte: a receipt can say until when
a copy of a destroyed key may exist. What is older than its days is removed at the next backup and at every sweep.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from sqlalchemy import select

from storage import crash_points
from storage.durable import sync
from storage.errors import Unavailable
from storage.key_database import KeyDatabase
from storage.key_tables import KeyBackupRow
from storage.sqlite_file import answering

LONGEST_LIFE: Final = timedelta(days=7)
# Until then a backup could bring a deleted call back; every receipt says so (recordings.receipts).
_STAMP: Final = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyBackup:
    """A backup of the key store. `root` is the version of the root key that opens it."""

    id: str
    path: Path
    root: str
    begun_at: datetime
    dies_at: datetime
    finished: bool  # an unfinished one may exist in part


class KeyBackups:
    """Makes backups of one key store, and lets them die."""

    def __init__(self, database: KeyDatabase, *, life: timedelta = LONGEST_LIFE) -> None:
        """`life` is how long a backup may exist, at most seven days. Raises ValueError."""
        if not timedelta(0) < life <= LONGEST_LIFE:
            msg = "a backup of keys lives for seven days at most"
            raise ValueError(msg)
        self._database = database
        self._life = life

    def make(self, folder: Path, *, now: datetime) -> KeyBackup:
        """Write a backup into a folder: 0600, whole or not there. Raises Unavailable, KeysUnusable when it is bad."""
        made = self._write_down(folder, now)
        crash_points.reach("key-backup.written-down")
        self._write(made.path)
        crash_points.reach("key-backup.written")
        with self._database.writing() as session:
            session.get_one(KeyBackupRow, made.id).finished = True
        return replace(made, finished=True)

    def list(self) -> list[KeyBackup]:
        """Every backup that may still exist, oldest first."""
        with self._database.reading() as session:
            return [_backup_of(row) for row in session.scalars(select(KeyBackupRow).order_by(KeyBackupRow.begun_at))]

    def newest(self) -> KeyBackup | None:
        """Return the newest whole backup; one of before a rotation opens with nothing any more and does not count."""
        with self._database.reading() as session:
            root = self._database.root(session)
        whole = [each for each in self.list() if each.finished and each.root == root]
        return whole[-1] if whole else None

    def end_at(self, *, made_by: datetime) -> datetime | None:
        """Say when the last backup dies of those made by a moment: until then one may hold what was destroyed then.

        None when there is none.
        """
        return max((each.dies_at for each in self.list() if each.begun_at <= made_by), default=None)

    def take_up(self, known: Iterable[KeyBackup], folders: Iterable[Path]) -> None:
        """Let the store know of the backups that were made after the one that it was restored from: they die as well.

        `known` is what the store before it knew; others are found by their names in `folders`.
        """
        mine = self.list()
        new = {each.path: each for folder in folders for each in self._found_in(folder)}
        new |= {each.path: each for each in known}
        ids, paths = {each.id for each in mine}, {each.path for each in mine}
        with self._database.writing() as session:
            session.add_all(_row_of(each) for each in new.values() if each.id not in ids and each.path not in paths)

    def _found_in(self, folder: Path) -> Iterator[KeyBackup]:
        """Every backup in a folder. Its root key is not known, so that none counts as the newest one."""
        for path in folder.resolve().glob("vaiti-keys-*.db"):
            with suppress(ValueError, IndexError):
                begun = datetime.strptime(path.name.split("-")[2], _STAMP).replace(tzinfo=UTC)
                name, dies = uuid.uuid4().hex, begun + self._life
                yield KeyBackup(id=name, path=path, root="", begun_at=begun, dies_at=dies, finished=True)

    def remove_dead(self, *, now: datetime) -> int:
        """Remove backups whose days are over, and what a crash left of one; returns how many.

        Raises Unavailable when one cannot be removed; it stays on the list.
        """
        dead = [each for each in self.list() if each.dies_at <= now]
        for backup in dead:
            with answering():
                backup.path.unlink(missing_ok=True)
                _part_of(backup.path).unlink(missing_ok=True)
            crash_points.reach("key-backup.removed")
            with self._database.writing() as session:
                session.delete(session.get_one(KeyBackupRow, backup.id))
        return len(dead)

    def _write_down(self, folder: Path, now: datetime) -> KeyBackup:
        """Say that there will be a backup, before there is a byte of it."""
        name = uuid.uuid4().hex
        path = folder.resolve() / f"vaiti-keys-{now.astimezone(UTC):{_STAMP}}-{name[:8]}.db"
        with self._database.writing() as session:
            root, dies = self._database.root(session), now + self._life
            made = KeyBackup(id=name, path=path, root=root, begun_at=now, dies_at=dies, finished=False)
            session.add(_row_of(made))
        return made

    def _write(self, path: Path) -> None:
        part = _part_of(path)
        with answering():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            raw = self._database.engine.raw_connection()
            try:
                raw.cursor().execute("VACUUM INTO ?", (str(part),))  # one state, and nothing that was deleted
            finally:
                raw.close()
            crash_points.reach("key-backup.copied")
            self._check(part)
            sync(part)
            part.rename(path)
            sync(path.parent)

    def _check(self, path: Path) -> None:
        """Open it as a restored store would be: a backup that does not open is none."""
        copy = KeyDatabase.open(path, self._database.roots)
        try:
            with copy.engine.connect() as connection:
                if connection.exec_driver_sql("PRAGMA integrity_check").scalar() != "ok":
                    raise Unavailable("the backup of the keys is damaged; look at the disk")
        finally:
            copy.close()


def _part_of(path: Path) -> Path:
    return path.with_name(f"{path.name}.part")


def _backup_of(row: KeyBackupRow) -> KeyBackup:
    return KeyBackup(
        id=row.id,
        path=Path(row.path),
        root=row.root,
        begun_at=datetime.fromisoformat(row.begun_at),
        dies_at=datetime.fromisoformat(row.dies_at),
        finished=row.finished,
    )


def _row_of(backup: KeyBackup) -> KeyBackupRow:
    return KeyBackupRow(
        id=backup.id,
        path=str(backup.path),
        root=backup.root,
        begun_at=_written(backup.begun_at),
        dies_at=_written(backup.dies_at),
        finished=backup.finished,
    )


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
