"""Opens the stores that the settings name; with `recordings.factory` the only file that names real adapters."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from recordings.engines import Clock
from recordings.errors import SettingsWrong
from recordings.journal import KeepJournal
from recordings.settings import Settings
from storage.embedded_queue import EmbeddedQueue
from storage.folder import FolderObjects
from storage.journal import Journal
from storage.keyring import Keyring
from storage.kms import RootKeys
from storage.moving_root_keys import MovingRootKeys
from storage.ports import ObjectStore
from storage.probe import Probed, probe
from storage.rates import Rates
from storage.root_keys import LocalRootKeys
from storage.rq_queue import RqQueue, connect
from storage.s3 import Bucket, S3Objects
from storage.sql import Database, SqlActs, SqlAuditLog, open_database, open_postgres_database

CATALOG = "catalog.db"
OBJECTS = "objects"
QUEUE = ":queue"
# Whose key signs jobs; no controller's name has a colon.


def open_catalog(settings: Settings, keys: Keyring) -> Database:
    """Open the database that the settings name. Raises SettingsWrong, DatabaseUnfit, Unavailable.

    Keys that a catalog does not know are taken for a crash's leavings and swept: another database than the one that
    these keys belong to would end every recording, so a new one beside old keys is refused.
    """
    file, address = settings.data / CATALOG, settings.database_address
    if address is None:
        if not file.exists() and _any_key(keys):
            raise SettingsWrong(
                f"The data folder has keys and no {CATALOG}: set VAITI_DATABASE_URL as it was, or restore {CATALOG}."
            )
        return open_database(file)
    if file.exists():
        raise SettingsWrong(
            f"The data folder has a catalog of its own ({CATALOG}), and VAITI_DATABASE_URL names another: "
            "leave that setting out, or begin with a new data folder (VAITI_DATA)."
        )
    database = open_postgres_database(address, password=settings.read_database_password())
    number, _ = SqlAuditLog(database).head()
    if not number and _any_key(keys):
        database.close()
        raise SettingsWrong(
            "The data folder has keys of recordings and the database (VAITI_DATABASE_URL) is empty: "
            "name the database that belongs to it."
        )
    return database


def open_journal(settings: Settings, database: Database) -> KeepJournal:
    """Return what keeps the journal in step with this database."""
    journal, acts = Journal(settings.journal_folder), SqlActs(database)
    return KeepJournal(journal=journal, acts=acts, audit=SqlAuditLog(database), data=settings.data)


def _any_key(keys: Keyring) -> bool:
    return any(True for _ in keys.recordings())


def open_root_keys(settings: Settings) -> RootKeys:
    """Return the root keys that the settings name. Raises SettingsWrong, KeysUnusable."""
    if settings.pkcs11_module is None:
        return LocalRootKeys(read=settings.read_root_keys, write=_write_root_keys(settings))
    from storage.pkcs11_root_keys import Pkcs11RootKeys, Token  # noqa: PLC0415 - takes a while, and few need it

    token = Token(module=settings.pkcs11_module, label=settings.pkcs11_token, pin=settings.read_pkcs11_pin())
    inside = Pkcs11RootKeys(token)
    if not settings.has_root_keys_here:
        return inside
    left = LocalRootKeys(
        read=lambda: settings.read_root_keys() if settings.has_root_keys_here else [],  # the last one may go
        write=_write_root_keys(settings),
    )
    return MovingRootKeys(to=inside, source=left)


def _write_root_keys(settings: Settings) -> Callable[[Sequence[bytes]], None] | None:
    return settings.write_root_keys if settings.root_key is None else None


def open_objects(settings: Settings) -> ObjectStore:
    """Return the store that the settings name. Raises SettingsWrong, Unavailable."""
    address = settings.bucket
    if address is None:
        return FolderObjects(settings.data / OBJECTS)
    return S3Objects(
        Bucket(
            endpoint=address.endpoint,
            name=address.name,
            tls=address.tls,
            region=settings.objects_region,
            access_key=settings.objects_access_key.get_secret_value() if settings.objects_access_key else "",
            secret_key=settings.read_objects_secret(),
            ca_file=settings.objects_ca_file,
        )
    )


def open_queue(settings: Settings, *, keys: Keyring, clock: Clock) -> EmbeddedQueue | RqQueue:
    """Return the queue that the settings name; whether Redis answers is not asked. Raises SettingsWrong."""
    address = settings.queue_address
    if address is None:
        return EmbeddedQueue()
    password = settings.read_queue_password()
    try:
        connection = connect(address, password=password)
    except ValueError:
        raise _queue_unreadable() from None
    return RqQueue(
        connection,
        sign=lambda order: keys.tag(QUEUE, "ticket", order),
        now=clock.now,
        longest=settings.max_call_seconds,
    )


def _queue_unreadable() -> SettingsWrong:
    return SettingsWrong("VAITI_QUEUE_URL cannot be read: redis://HOST:PORT/0")


def open_rates(settings: Settings) -> Rates:
    """Return what counts pushes: on Redis where the queue is there. Raises SettingsWrong."""
    try:
        return Rates(settings.queue_address, password=settings.read_queue_password())
    except ValueError:
        raise _queue_unreadable() from None


def probe_objects(settings: Settings) -> Probed:
    """Find out whether the store of objects keeps what Vaiti builds on. Raises SettingsWrong, Unavailable."""
    objects = open_objects(settings)
    found = probe(objects)
    return found + objects.probe_server() if isinstance(objects, S3Objects) else found
