"""What a process has once: the stores with their keys, and the engines that it was given (with `recordings.stores`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from recordings.company import read_company
from recordings.controllers import Controllers
from recordings.engines import AudioCodec, Clock, Detector, Tone, Transcriber
from recordings.errors import SettingsWrong
from recordings.journal import KeepJournal
from recordings.openid import Provider
from recordings.settings import KEY_STORE, Settings
from recordings.stores import open_catalog, open_journal, open_objects, open_queue, open_rates, open_root_keys
from storage.embedded_queue import EmbeddedQueue
from storage.keyring import Keyring
from storage.masked_store import MaskedStore
from storage.ports import ObjectStore
from storage.rates import Rates
from storage.rq_queue import RqQueue
from storage.sql import (
    Database,
    SqlAmendments,
    SqlApiKeyStore,
    SqlAuditLog,
    SqlCases,
    SqlCatalog,
    SqlCollections,
    SqlContestedMasks,
    SqlGuardMemory,
    SqlHoldStore,
    SqlNoticeBooks,
    SqlObjections,
    SqlPackLinks,
    SqlPeople,
    SqlPeriodBooks,
    SqlPersons,
    SqlSavedSearches,
    SqlSearchIndex,
    SqlSignIns,
    SqlSweepBooks,
    SqlTags,
    SqlWorkBooks,
)
from storage.vault import Vault

OWNER_ONLY = 0o700


@dataclass(frozen=True, slots=True, kw_only=True)
class Engines:
    """The heavy parts, as `workers` builds them. Models are callables: built at their first use, then kept."""

    codec: AudioCodec
    transcriber: Callable[[], Transcriber]
    detector: Callable[[], Detector]
    tone: Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class Stores:
    """Everything that is open in a data folder."""

    settings: Settings
    clock: Clock
    controllers: Controllers
    provider: Provider | None
    given: Engines | None
    database: Database
    catalog: SqlCatalog
    index: SqlSearchIndex
    audit: SqlAuditLog
    guard_memory: SqlGuardMemory
    holds: SqlHoldStore
    sweeps: SqlSweepBooks
    period_books: SqlPeriodBooks
    api_keys: SqlApiKeyStore
    people: SqlPeople
    sign_ins: SqlSignIns
    amendments: SqlAmendments
    work_books: SqlWorkBooks
    notices: SqlNoticeBooks
    tags: SqlTags
    contested: SqlContestedMasks
    cases: SqlCases
    pack_links: SqlPackLinks
    objections: SqlObjections
    persons: SqlPersons
    collections: SqlCollections
    saved_searches: SqlSavedSearches
    objects: ObjectStore
    keys: Keyring
    signer: Keyring
    vault: Vault
    masked: MaskedStore
    queue: EmbeddedQueue | RqQueue
    rates: Rates

    @classmethod
    def open(cls, settings: Settings, *, clock: Clock, engines: Engines | None = None, to_replay: bool = False) -> Self:
        """Open or make the data folder. Without engines it searches, answers and purges, and takes no push.

        Raises SettingsWrong, KeysUnusable, DatabaseUnfit, Unavailable, and RestoreNeeded for a database that was put
        back, but `to_replay` (`recordings.restoring`). A bucket is not asked before something is read or written.
        """
        if settings.controllers is None:
            raise SettingsWrong("There is no controllers file (VAITI_CONTROLLERS): no period, so nothing may be kept.")
        controllers = Controllers.read(settings.controllers)
        company = read_company(settings.company_sign_in, controllers) if settings.company_sign_in else None
        roots = open_root_keys(settings)
        settings.data.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
        keys = Keyring.open(settings.data / KEY_STORE, roots=roots, now=clock.now)
        database = open_catalog(settings, keys)
        if not to_replay:
            open_journal(settings, database).open()
        objects = open_objects(settings)
        return cls(
            settings=settings,
            clock=clock,
            controllers=controllers,
            provider=Provider(company) if company else None,
            given=engines,
            database=database,
            catalog=SqlCatalog(database),
            index=SqlSearchIndex(database),
            audit=SqlAuditLog(database),
            guard_memory=SqlGuardMemory(database),
            holds=SqlHoldStore(database),
            sweeps=SqlSweepBooks(database),
            period_books=SqlPeriodBooks(database),
            api_keys=SqlApiKeyStore(database),
            people=SqlPeople(database),
            sign_ins=SqlSignIns(database),
            amendments=SqlAmendments(database),
            work_books=SqlWorkBooks(database),
            notices=SqlNoticeBooks(database),
            tags=SqlTags(database),
            contested=SqlContestedMasks(database),
            cases=SqlCases(database),
            pack_links=SqlPackLinks(database),
            objections=SqlObjections(database),
            persons=SqlPersons(database),
            collections=SqlCollections(database),
            saved_searches=SqlSavedSearches(database),
            objects=objects,
            keys=keys,
            signer=keys,
            vault=Vault(objects, keys),
            masked=MaskedStore(objects, keys),
            queue=open_queue(settings, keys=keys, clock=clock),
            rates=open_rates(settings),
        )

    @property
    def journal(self) -> KeepJournal:
        """Keeps outside what a restored database must not forget."""
        return open_journal(self.settings, self.database)

    def close(self) -> None:
        """Close the stores."""
        self.queue.close()
        self.rates.close()
        self.database.close()
        self.keys.close()

    @property
    def engines(self) -> Engines:
        """The heavy parts. Raises SettingsWrong in a process that was opened without them."""
        if self.given is None:
            raise SettingsWrong("This process was started without engines for sound and speech.")
        return self.given
