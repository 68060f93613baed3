"""Bring a database to the newest schema: Alembic, with the migrations that ship in this package."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from storage.sqlite_file import for_writing


def upgrade_to_head(engine: Engine) -> None:
    """Run the migrations that are missing, in one transaction: two processes that start at once do it once."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    with for_writing(engine).begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
