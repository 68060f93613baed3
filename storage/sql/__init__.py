"""The catalog, the search index and the audit log on a SQL database (SQLAlchemy; SQLite in the embedded form)."""

from storage.sql.audit import SqlAuditLog
from storage.sql.catalog import SqlCatalog
from storage.sql.search import SqlSearchIndex
from storage.sql.session import Database, open_database

__all__ = ["Database", "SqlAuditLog", "SqlCatalog", "SqlSearchIndex", "open_database"]
