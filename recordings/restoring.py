"""A backup is put back, and told what has happened since. Beside `recordings.factory` it is what names real adapters.

The mark comes first and goes last: between them nothing of Vaiti opens this data folder, and a restore that was killed
is begun again with the same command.
"""

from __future__ import annotations

from pathlib import Path

from recordings.adoption import Adoption
from recordings.engines import Clock
from recordings.errors import RestoreRefused
from recordings.factory import Vaiti
from recordings.hidden import Hide
from recordings.journal import is_half_copied, write_mark
from recordings.opened import OWNER_ONLY
from recordings.settings import Settings
from recordings.steps.backup import BackUp, DatabaseCopy
from recordings.steps.replay import Replay, Replayed
from recordings.stores import CATALOG
from recordings.stores import OBJECTS as OBJECTS_HERE
from storage import crash_points
from storage.backup_folder import OBJECTS, Backup, read_backup
from storage.errors import NotFound
from storage.object_copies import copy_objects
from storage.sql import PostgresCopy, SqlHidden, SqliteCopy, SqlReplay


def backing_up(vaiti: Vaiti) -> BackUp:
    """Return what makes backups of this service."""
    settings = vaiti.settings
    return BackUp(
        database=_copy_of(settings),
        objects=_objects_of(settings),
        folder=settings.backups,
        life=settings.backup_life,
        fresh_for=settings.backup_fresh,
        audit=vaiti.audit,
        journal=vaiti.journal,
        clock=vaiti.clock,
    )


def restore(settings: Settings, folder: Path | None, *, clock: Clock, actor: str) -> Replayed:
    """Put a backup back and replay the journal; without a folder, replay into what somebody has put back already.

    The service may not run meanwhile. Raises RestoreRefused, SettingsWrong, KeysUnusable, Tampered, Unavailable.
    """
    if folder is not None:
        _put_back(settings, folder)
    elif is_half_copied(settings.data):
        raise RestoreRefused("A restore ended before the backup was copied: give the backup's folder again.")
    vaiti = Vaiti.open(settings, clock=clock, to_replay=True)
    try:
        return replaying(vaiti)(actor=actor)
    finally:
        vaiti.close()


def replaying(vaiti: Vaiti) -> Replay:
    """Return what replays the journal into this service's stores."""
    return Replay(
        catalog=vaiti.catalog,
        writes=SqlReplay(vaiti.database),
        holds=vaiti.holds,
        holding=vaiti.holding,
        index=vaiti.index,
        vault=vaiti.vault,
        keys=vaiti.keys,
        audit=vaiti.audit,
        journal=vaiti.journal,
        adopt=Adoption(catalog=vaiti.catalog, vault=vaiti.vault, periods=vaiti.periods, clock=vaiti.clock),
        periods=vaiti.period_books,
        api_keys=vaiti.api_keys,
        people=vaiti.people,
        persons=vaiti.persons,
        objections=vaiti.objections,
        cases=vaiti.cases,
        pack_links=vaiti.pack_links,
        hide=Hide(catalog=vaiti.catalog, writes=SqlHidden(vaiti.database), index=vaiti.index, clock=vaiti.clock),
        amend_again=vaiti.amend.again,
        purge=lambda recording, reason: vaiti.purge(recording, reason=reason, actor="restore"),
        clock=vaiti.clock,
    )


def _put_back(settings: Settings, folder: Path) -> None:
    backup, database = _read(folder), _copy_of(settings)
    if backup.file != database.name:
        raise RestoreRefused("The backup is of the other kind of database: VAITI_DATABASE_URL has to be as it was.")
    if (backup.label["objects"] is None) != (settings.bucket is not None):
        raise RestoreRefused("The backup's objects are elsewhere: VAITI_OBJECTS_URL has to be as it was.")
    backup.check()
    settings.data.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
    write_mark(settings.data, half_copied=True, since=None)
    crash_points.reach("restore.marked")
    database.put_back(backup.path / backup.file)
    crash_points.reach("restore.database-put-back")
    objects = _objects_of(settings)
    if objects is not None:
        copy_objects(backup.path / OBJECTS, objects)
    crash_points.reach("restore.objects-put-back")
    write_mark(settings.data, half_copied=False)


def _read(folder: Path) -> Backup:
    try:
        return read_backup(folder)
    except NotFound:
        raise RestoreRefused("There is no whole backup in this folder.") from None


def _copy_of(settings: Settings) -> DatabaseCopy:
    address = settings.database_address
    if address is None:
        return SqliteCopy(settings.data / CATALOG)
    password = settings.read_database_password()
    return PostgresCopy(address, password=password, environment=settings.program_environment)


def _objects_of(settings: Settings) -> Path | None:
    return settings.data / OBJECTS_HERE if settings.bucket is None else None
