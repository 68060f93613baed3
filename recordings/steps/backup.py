"""A backup: the catalog's database and the sealed objects, while the service runs. Never the keys.

Reads: catalog, objects, audit. Writes: the folder of backups, audit, journal. Next: nothing.

The database is copied first: every object that it names is there then, or under a newer name. What comes later is in
the copy of the objects without a row, and a restore takes it up. Objects in a bucket stay where they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

from recordings.engines import Clock
from recordings.errors import SettingsWrong
from recordings.journal import KeepJournal, write_mark
from recordings.receipts import SOFTWARE
from storage import crash_points
from storage.backup_folder import OBJECTS, Backup, BackupFolder
from storage.object_copies import copy_objects
from storage.ports import AuditLog
from storage.records import AuditEntry


class DatabaseCopy(Protocol):
    """How the catalog's database is copied, and put back."""

    name: str

    def save(self, target: Path) -> None:
        """Write a copy. Raises Unavailable, DatabaseUnfit."""

    def put_back(self, source: Path) -> None:
        """Let the copy be the database. Nobody may have it open. Raises as `save`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackUp:
    """Makes backups, and removes those whose days are over."""

    database: DatabaseCopy
    objects: Path | None  # None: they are in a bucket
    folder: Path | None
    life: timedelta
    fresh_for: timedelta
    audit: AuditLog
    journal: KeepJournal
    clock: Clock

    def __call__(self, folder: Path | None = None, *, actor: str) -> Backup:
        """Make one. Raises SettingsWrong, Unavailable, DatabaseUnfit, NoRoom."""
        backups = self._backups(folder)
        now = self.clock.now()
        backups.remove_dead(now=now, life=self.life)
        self.journal.catch_up()  # a backup whose journal is behind is no backup
        made = backups.make(now, self.database.name, self._fill)
        self.audit.append(AuditEntry(at=now, actor=actor, action="backup.made"))
        return made

    def remove_dead(self) -> int:
        """Remove backups whose days are over; returns how many. Raises Unavailable."""
        return self._backups(None).remove_dead(now=self.clock.now(), life=self.life) if self.folder else 0

    def find_fault(self) -> str | None:
        """Say what is wrong with the backups in the folder that the settings name, None when nothing is."""
        now, found = self.clock.now(), self._backups(None).list()
        if not found:
            return "there is no backup: run `vaiti backup` daily"
        if now - found[-1].made_at > self.fresh_for:
            hours = int((now - found[-1].made_at) / timedelta(hours=1))
            return f"the newest backup is {hours} hours old: run `vaiti backup` daily"
        late = sum(now - each.made_at > self.life for each in found)
        return f"{late} backups are past their days: `vaiti backup` removes them" if late else None

    def _fill(self, part: Path) -> Mapping[str, Any]:
        number, hash_ = self.audit.head()
        self.database.save(part / self.database.name)
        crash_points.reach("backup.database-copied")
        objects = copy_objects(self.objects, part / OBJECTS) if self.objects else None
        crash_points.reach("backup.objects-copied")
        write_mark(part)  # whoever copies this folder by hand is stopped as well
        return {"software": SOFTWARE, "objects": objects, "audit": {"number": number, "hash": hash_}}

    def _backups(self, given: Path | None) -> BackupFolder:
        folder = given or self.folder
        if folder is None:
            raise SettingsWrong("VAITI_BACKUPS: name the folder for backups, or give --to.")
        return BackupFolder(folder)
