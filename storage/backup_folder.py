"""Backups in a folder: each a folder of its own, whole or not there, and gone when its days are over.

One holds a copy of the catalog's database, the sealed objects where they lie in a folder, and `backup.json`, which says
what it is. Never a key: what was erased stays erased, whatever a backup still has of it.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from storage.errors import NotFound, Tampered
from storage.sqlite_file import answering

FORMAT: Final = "vaiti-backup/1"
LABEL: Final = "backup.json"
OBJECTS: Final = "objects"
_PREFIX, _PART = "vaiti-backup-", ".part"
_UNFINISHED_LIFE: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """One backup; `file` is the database's copy and `label` what `backup.json` says."""

    path: Path
    made_at: datetime
    file: str
    label: Mapping[str, Any]

    def check(self) -> None:
        """Read the database's copy again. Raises Tampered, Unavailable."""
        if _digest(self.path / self.file) != self.label["sha256"]:
            raise Tampered("the database in this backup is not what was written")


class BackupFolder:
    """Where backups are made, listed and removed."""

    def __init__(self, path: Path) -> None:
        """`path` is made with the first backup."""
        self._path = path

    def make(self, now: datetime, file: str, fill: Callable[[Path], Mapping[str, Any]]) -> Backup:
        """Make a backup: `fill` writes into a folder and returns what the label says beside. Raises Unavailable."""
        name = f"{_PREFIX}{_stamp(now)}"
        part, whole = self._path / f"{name}{_PART}", self._path / name
        with answering():
            self._path.mkdir(mode=0o700, parents=True, exist_ok=True)
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir(mode=0o700)
            said = fill(part)
            label = {"format": FORMAT, "made_at": now.astimezone(UTC).isoformat(), "file": file, **said}
            label["sha256"] = _digest(part / file)
            (part / LABEL).write_text(json.dumps(label) + "\n", encoding="ascii")
            part.rename(whole)
        return read_backup(whole)

    def list(self) -> list[Backup]:
        """Every whole backup, oldest first. Raises Unavailable, Tampered."""
        with answering():
            paths = sorted(self._path.glob(f"{_PREFIX}*")) if self._path.exists() else []
        found = [read_backup(path) for path in paths if path.suffix != _PART]
        return sorted(found, key=lambda backup: backup.made_at)

    def remove_dead(self, *, now: datetime, life: timedelta) -> int:
        """Remove backups that are older than they may be, and what a crash left a day ago; returns how many.

        Raises Unavailable.
        """
        dead = [backup.path for backup in self.list() if now - backup.made_at > life]
        oldest = f"{_PREFIX}{_stamp(now - _UNFINISHED_LIFE)}"  # a younger one may be somebody's who is at it
        with answering():
            left = [path for path in self._path.glob(f"{_PREFIX}*{_PART}") if path.name < oldest]
            for path in (*dead, *left):
                shutil.rmtree(path)
        return len(dead)


def read_backup(path: Path) -> Backup:
    """Read what a folder says it is. Raises NotFound where it is no whole backup, Tampered."""
    label = path / LABEL
    if not label.is_file():
        raise NotFound("there is no whole backup in this folder")
    with answering():
        text = label.read_text(encoding="ascii")
    try:
        said = json.loads(text)
        if said["format"] == FORMAT and Path(said["file"]).name == said["file"]:
            return Backup(path=path, made_at=datetime.fromisoformat(said["made_at"]), file=said["file"], label=said)
    except (ValueError, KeyError, TypeError):
        pass
    raise Tampered("this folder's backup.json is not what was written")


def _stamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _digest(path: Path) -> str:
    with answering(), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
