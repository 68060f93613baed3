"""Bring a database to the newest schema: Alembic, with the migrations that ship in this package."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, text

from storage.sql.postgres_engine import without_haste
from storage.sqlite_file import for_writing

EVERYTHING: Final = "*"
# The scope of the service itself, as row security on PostgreSQL knows it; no controller can have this name.
_LOCK: Final = 0x7661697469


def upgrade_to_head(engine: Engine) -> None:
    """Run the migrations that are missing, in one transaction: two processes that start at once do it once."""
    upgrade(engine, "head")


def upgrade(engine: Engine, revision: str) -> None:
    """Run the migrations up to a revision."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    with for_writing(engine).begin() as connection:
        config.attributes["connection"] = connection
        if connection.dialect.name != "postgresql":
            command.upgrade(config, revision)
            return
        with without_haste(connection):
            _alone_and_unscoped(connection)
            command.upgrade(config, revision)


def _alone_and_unscoped(connection: Connection) -> None:
    """Keep other migrations out, and let this one see the rows that it changes."""
    settings = {"lock": _LOCK, "scope": f"{{{EVERYTHING}}}"}
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock), set_config('vaiti.scope', :scope, true)"), settings)
