"""A backup of the key store is put back. Keys that were destroyed since are destroyed in it before it is the store.

The mark comes before the store and goes with the replay that has to follow: what was pushed after the backup has no key
any more, and holds were placed since. Nothing of Vaiti opens the data folder between them.
"""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from recordings.engines import Clock
from recordings.errors import RestoreRefused
from recordings.journal import read_told, write_mark
from recordings.opened import OWNER_ONLY
from recordings.settings import KEY_STORE, Settings
from recordings.stores import open_root_keys
from storage import crash_points
from storage.errors import KeysUnusable, NotFound, Unavailable
from storage.journal import Journal
from storage.key_backup import KeyBackup, KeyBackups
from storage.key_database import KeyDatabase
from storage.key_restore import is_healthy, making_ready, put_in_store
from storage.keyring import Keyring
from storage.kms import RootKeys
from storage.records import RecordingId

BATCH: Final = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoredKeys:
    """How many keys a backup brought, how many of them were destroyed again, and when it was made."""

    keys: int
    destroyed: int
    made_at: datetime | None


def restore_keys(settings: Settings, backup: Path, *, clock: Clock, over_healthy: bool = False) -> RestoredKeys:
    """Put a backup in the key store's place. The service may not run meanwhile, and `restore` has to follow.

    `over_healthy` replaces a store that is whole: what was pushed since the backup is lost then. Raises RestoreRefused,
    SettingsWrong, KeysUnusable, Tampered, Unavailable.
    """
    roots, store = open_root_keys(settings), settings.data / KEY_STORE
    gone = _read_gone(settings)
    healthy = is_healthy(store, roots)
    if healthy and not over_healthy:
        raise RestoreRefused(
            "The key store in place is whole: what was pushed since the backup would be lost. --yes replaces it."
        )
    settings.data.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
    try:
        with making_ready(backup, settings.data, roots) as database:
            keys = Keyring(database, now=clock.now)
            before = set(keys.recordings())
            crash_points.reach("restore-keys.copied")
            _destroy(keys, before & gone)
            crash_points.reach("restore-keys.destroyed")
            made_at = _take_up_backups(database, settings, backup, known=_backups_of(store, roots) if healthy else ())
    except NotFound:
        raise RestoreRefused("This file is no whole backup of a key store.") from None
    crash_points.reach("restore-keys.ready")
    write_mark(settings.data, keys_of=made_at.isoformat() if made_at else None)
    crash_points.reach("restore-keys.marked")
    put_in_store(settings.data, store)
    return RestoredKeys(keys=len(before), destroyed=len(before & gone), made_at=made_at)


def _read_gone(settings: Settings) -> frozenset[RecordingId]:
    """Return whose purges have begun or ended, by the journal. Raises RestoreRefused."""
    journal = Journal(settings.journal_folder)
    if not journal.path.exists():
        raise RestoreRefused("There is no journal (VAITI_JOURNAL): nobody knows whose keys were destroyed since.")
    told = read_told(journal.acts())
    return frozenset(told.buried.keys() | told.begun.keys())


def _destroy(keys: Keyring, gone: Collection[RecordingId]) -> None:
    mine = sorted(gone)
    for at in range(0, len(mine), BATCH):
        keys.destroy_all(mine[at : at + BATCH])


def _take_up_backups(
    database: KeyDatabase, settings: Settings, backup: Path, *, known: Collection[KeyBackup]
) -> datetime | None:
    """Let the store know of every backup that there still may be; returns when the one that it comes from was made."""
    backups = KeyBackups(database, life=timedelta(days=settings.key_backup_days))
    mine = backups.list()
    folders = {backup.parent, settings.key_backups or backup.parent}
    backups.take_up(known, [each for each in folders if each.is_dir()])
    return mine[-1].begun_at if mine else None  # each is written down before it is made, itself too


def _backups_of(store: Path, roots: RootKeys) -> Collection[KeyBackup]:
    with suppress(KeysUnusable, Unavailable):
        database = KeyDatabase.open(store, roots)
        try:
            return KeyBackups(database).list()
        finally:
            database.close()
    return ()
