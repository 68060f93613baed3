"""Every adapter of a port runs the same suite: a new one is a new parameter here."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from storage.amendments import Amendments
from storage.api_keys import ApiKeyStore
from storage.cases import Cases
from storage.collections import Collections, Tags
from storage.embedded_queue import EmbeddedQueue
from storage.folder import FolderObjects
from storage.holds import HoldStore
from storage.keyring import Keyring
from storage.kms import RootKeys
from storage.masked_store import MaskedStore
from storage.notices import NoticeBooks
from storage.objections import Objections
from storage.pack_links import PackLinks
from storage.people import People, SignIns
from storage.periods import PeriodBooks
from storage.persons import Persons
from storage.ports import (
    AuditLog,
    Catalog,
    KeyStore,
    ObjectStore,
    SealedStore,
    SearchIndex,
)
from storage.s3 import S3Objects
from storage.sql import (
    SqlAmendments,
    SqlApiKeyStore,
    SqlAuditLog,
    SqlCases,
    SqlCatalog,
    SqlCollections,
    SqlGuardMemory,
    SqlHoldStore,
    SqlNoticeBooks,
    SqlObjections,
    SqlPackLinks,
    SqlPeople,
    SqlPeriodBooks,
    SqlPersons,
    SqlSearchIndex,
    SqlSignIns,
    SqlTags,
    SqlWorkBooks,
    open_database,
    open_postgres_database,
)
from storage.vault import Vault
from storage.work import WorkBooks
from tests.roots import in_memory
from tests.s3_server import S3Server
from tests.softhsm import SoftHsm


@dataclass(frozen=True)
class Books:
    """The ports that share a database."""

    catalog: Catalog
    index: SearchIndex
    audit: AuditLog
    guard: SqlGuardMemory
    holds: HoldStore
    periods: PeriodBooks
    api_keys: ApiKeyStore
    people: People
    sign_ins: SignIns
    work: WorkBooks
    notices: NoticeBooks
    tags: Tags
    cases: Cases
    pack_links: PackLinks
    objections: Objections
    collections: Collections
    amendments: Amendments
    persons: Persons


@pytest.fixture(params=["sqlite", "postgresql"])
def books(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Books]:
    if request.param == "sqlite":
        database = open_database(tmp_path / "data" / "catalog.db")
    else:
        database = open_postgres_database(request.getfixturevalue("postgres_url"))
    yield Books(
        catalog=SqlCatalog(database),
        index=SqlSearchIndex(database),
        audit=SqlAuditLog(database),
        guard=SqlGuardMemory(database),
        holds=SqlHoldStore(database),
        periods=SqlPeriodBooks(database),
        api_keys=SqlApiKeyStore(database),
        people=SqlPeople(database),
        sign_ins=SqlSignIns(database),
        work=SqlWorkBooks(database),
        notices=SqlNoticeBooks(database),
        tags=SqlTags(database),
        cases=SqlCases(database),
        pack_links=SqlPackLinks(database),
        objections=SqlObjections(database),
        collections=SqlCollections(database),
        amendments=SqlAmendments(database),
        persons=SqlPersons(database),
    )
    database.close()


@pytest.fixture
def catalog(books: Books) -> Catalog:
    return books.catalog


@pytest.fixture
def work(books: Books) -> WorkBooks:
    return books.work


@pytest.fixture
def notices(books: Books) -> NoticeBooks:
    return books.notices


@pytest.fixture
def tags(books: Books) -> Tags:
    return books.tags


@pytest.fixture
def pack_links(books: Books) -> PackLinks:
    return books.pack_links


@pytest.fixture
def cases(books: Books) -> Cases:
    return books.cases


@pytest.fixture
def amendments(books: Books) -> Amendments:
    return books.amendments


@pytest.fixture
def persons(books: Books) -> Persons:
    return books.persons


@pytest.fixture
def objections(books: Books) -> Objections:
    return books.objections


@pytest.fixture
def collections(books: Books) -> Collections:
    return books.collections


@pytest.fixture
def index(books: Books) -> SearchIndex:
    return books.index


@pytest.fixture
def audit(books: Books) -> AuditLog:
    return books.audit


@pytest.fixture
def holds(books: Books) -> HoldStore:
    return books.holds


@pytest.fixture(params=["folder", "s3", "s3-versioned"])
def objects(request: pytest.FixtureRequest, tmp_path: Path) -> ObjectStore:
    if request.param == "folder":
        return FolderObjects(tmp_path / "objects")
    server: S3Server = request.getfixturevalue("s3_server")
    return S3Objects(server.make_bucket(versioned=request.param == "s3-versioned"))


@pytest.fixture(params=["local", "pkcs11"])
def roots(request: pytest.FixtureRequest) -> Iterator[RootKeys]:
    if request.param == "local":
        yield in_memory()
        return
    softhsm: SoftHsm = request.getfixturevalue("softhsm")
    inside = softhsm.root_keys()
    yield inside
    inside.close()


@pytest.fixture
def keyring(tmp_path: Path, roots: RootKeys) -> Iterator[Keyring]:
    keyring = Keyring.open(tmp_path / "keys" / "keys.db", roots=roots)
    yield keyring
    keyring.close()


@pytest.fixture
def keys(keyring: Keyring) -> KeyStore:
    return keyring


@pytest.fixture
def vault(objects: ObjectStore, keys: KeyStore) -> Vault:
    return Vault(objects, keys)


@pytest.fixture
def masked(objects: ObjectStore, keys: KeyStore) -> SealedStore:
    return MaskedStore(objects, keys)


@pytest.fixture(params=["embedded"])
def queue() -> EmbeddedQueue:
    return EmbeddedQueue()
