"""The catalog, the search index and the audit log on a SQL database (SQLAlchemy): SQLite or PostgreSQL."""

from storage.sql.acts import SqlActs
from storage.sql.amendments import SqlAmendments
from storage.sql.api_keys import SqlApiKeyStore
from storage.sql.audit import SqlAuditLog
from storage.sql.cases import SqlCases
from storage.sql.catalog import SqlCatalog
from storage.sql.collections import SqlCollections, SqlTags
from storage.sql.contested import SqlContestedMasks
from storage.sql.copies import PostgresCopy, SqliteCopy
from storage.sql.guard import SqlGuardMemory
from storage.sql.hidden import SqlHidden
from storage.sql.holds import SqlHoldStore
from storage.sql.notices import SqlNoticeBooks
from storage.sql.objections import SqlObjections
from storage.sql.pack_links import SqlPackLinks
from storage.sql.people import SqlPeople
from storage.sql.periods import SqlPeriodBooks
from storage.sql.persons import SqlPersons
from storage.sql.postgres import open_postgres_database
from storage.sql.replay import SqlReplay
from storage.sql.saved_searches import SqlSavedSearches
from storage.sql.search import SqlSearchIndex
from storage.sql.session import Database
from storage.sql.sign_ins import SqlSignIns
from storage.sql.sqlite import open_database
from storage.sql.sweeps import SqlSweepBooks
from storage.sql.work import SqlWorkBooks

__all__ = [
    "Database",
    "PostgresCopy",
    "SqlActs",
    "SqlAmendments",
    "SqlApiKeyStore",
    "SqlAuditLog",
    "SqlCases",
    "SqlCatalog",
    "SqlCollections",
    "SqlContestedMasks",
    "SqlGuardMemory",
    "SqlHidden",
    "SqlHoldStore",
    "SqlNoticeBooks",
    "SqlObjections",
    "SqlPackLinks",
    "SqlPeople",
    "SqlPeriodBooks",
    "SqlPersons",
    "SqlReplay",
    "SqlSavedSearches",
    "SqlSearchIndex",
    "SqlSignIns",
    "SqlSweepBooks",
    "SqlTags",
    "SqlWorkBooks",
    "SqliteCopy",
    "open_database",
    "open_postgres_database",
]
