"""The key store's own upkeep: another root key takes over, and backups are made and die.

Reads: the key store. Writes: the key store, the folder of its backups, the audit log. Next: nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from recordings.engines import Clock
from recordings.errors import SettingsWrong
from storage.key_backup import KeyBackup, KeyBackups
from storage.key_database import KeyDatabase
from storage.key_rotation import Progress, Rotated, is_rotating, rotate_root
from storage.ports import AuditLog
from storage.records import AuditEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepKeys:
    """Rotates the root key, and backs the key store up."""

    database: KeyDatabase
    backups: KeyBackups
    folder: Path | None  # where backups lie that are not asked for elsewhere
    fresh_for: timedelta
    audit: AuditLog
    clock: Clock

    def back_up(self, folder: Path | None = None, *, actor: str) -> KeyBackup:
        """Make a backup, and remove those whose days are over. Raises SettingsWrong, Unavailable, KeysUnusable."""
        self.remove_dead()
        made = self.backups.make(self._folder(folder), now=self.clock.now())
        self._note("keys.backed-up", actor)
        return made

    def rotate(self, folder: Path | None = None, *, actor: str, progress: Progress = lambda _: None) -> Rotated:
        """Let a new root key take over, or end a rotation that was interrupted; a backup is part of it.

        Raises SettingsWrong, RootKeyNeeded, KeysUnusable, Unavailable.
        """
        self._folder(folder)  # told before anything is done
        self._note("keys.rotating", actor)
        done = rotate_root(self.database, back_up=lambda: self.back_up(folder, actor=actor), progress=progress)
        self._note("keys.rotated", actor, rewrapped=done.rewrapped, left=len(done.left))
        return done

    def remove_dead(self) -> int:
        """Remove backups whose days are over; returns how many. Raises Unavailable."""
        return self.backups.remove_dead(now=self.clock.now())

    def find_fault(self) -> str | None:
        """Say what is wrong with the key store's upkeep, None when nothing is."""
        now, newest = self.clock.now(), self.backups.newest()
        if is_rotating(self.database):
            return "a rotation of the root key has not ended: `vaiti keys rotate`"
        if newest is None:
            return "the key store has no backup: let VAITI_KEY_BACKUPS name a folder, and run `vaiti keys backup` daily"
        if now - newest.begun_at > self.fresh_for:
            hours = int((now - newest.begun_at) / timedelta(hours=1))
            return f"the newest backup of the key store is {hours} hours old: run `vaiti keys backup` daily"
        if not newest.path.exists():
            return "the newest backup of the key store is not where it was made: run `vaiti keys backup`"
        late = sum(each.dies_at <= now for each in self.backups.list())
        if late:
            return f"{late} backups of the key store are past their days: `vaiti keys backup` removes them"
        return None

    def _folder(self, given: Path | None) -> Path:
        folder = given or self.folder
        if folder is None:
            raise SettingsWrong("VAITI_KEY_BACKUPS: name the folder for backups of the key store, or give --to.")
        return folder

    def _note(self, action: str, actor: str, **detail: int) -> None:
        self.audit.append(AuditEntry(at=self.clock.now(), actor=actor, action=action, detail=detail))
